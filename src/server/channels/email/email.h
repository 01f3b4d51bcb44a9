/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The channel e-mail: the mailboxes and servers that the daemon's file names. Centre's thread; each
 * mailbox is read, and each server spoken to, in a thread of its own. */
#pragma once

#include "server/channels/conversations.h"

G_BEGIN_DECLS

typedef struct _Email Email;

/* NULL with an error: a password cannot be read. Connects itself to the conversations. */
Email *email_new (Centre *centre, GError **error);
void email_free (Email *self);

G_END_DECLS
