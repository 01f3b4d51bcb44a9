/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Message-IDs of our mails: made of the message's own id, so that the same message always bears
 * the same one, and of a mark that nobody can make who never saw it. Any thread. */
#pragma once

#include "server/store/secrets.h"

G_BEGIN_DECLS

/* "m7.2.MARK@centre.example", without < >; @ours is the address it is sent from. */
char *email_id_new (Secrets *secrets, const char *message, const char *ours);
/* The id of the message, or NULL if it is none of ours. */
char *email_id_read (Secrets *secrets, const char *id);

G_END_DECLS
