/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a mail while it is read. */
#pragma once

#include "server/channels/email/mail.h"

#include "server/channels/email/mime.h"

G_BEGIN_DECLS

/* The text and the attachments. */
void mail_read_body (Mail *self, GMimeMessage *message, gboolean whole, const MailLimits *limits);
/* Whether a person wrote it. */
void mail_judge (Mail *self, GMimeMessage *message);
/* A header as text for people, decoded, on one line and without control characters; NULL if it is
 * not there. Free with g_free. */
char *mail_header_text (const char *raw);
/* An address in small letters, or NULL if it is none. Free with g_free. */
char *mail_address (const char *address);
/* The ids of such a header, without < >; at most the last @max. */
void mail_add_ids (GPtrArray *ids, const char *header, guint max);

G_END_DECLS
