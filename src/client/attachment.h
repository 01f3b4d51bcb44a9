/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetAttachment: one file of a message, or of the message that is being written. Read-only,
 * notifying:
 *   id s (of the centre, "" before it has it), key s (what names it here), name s, type s, size i,
 * state s ("reading": from the local disk, "uploading", "waiting": for the link, "ready": at the
 * centre, "failed"), progress d (0 to 1), reason s (of "failed": a code), limit i (bytes, where the
 * reason names one) */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_ATTACHMENT guichet_attachment_get_type ()
G_DECLARE_FINAL_TYPE (GuichetAttachment, guichet_attachment, GUICHET, ATTACHMENT, GuichetRecord)

const char *guichet_attachment_get_id (GuichetAttachment *self);
const char *guichet_attachment_get_key (GuichetAttachment *self);
const char *guichet_attachment_get_name (GuichetAttachment *self);
const char *guichet_attachment_get_kind (GuichetAttachment *self); /* its type */
gint64 guichet_attachment_get_size (GuichetAttachment *self);
const char *guichet_attachment_get_state (GuichetAttachment *self);
double guichet_attachment_get_progress (GuichetAttachment *self);
const char *guichet_attachment_get_reason (GuichetAttachment *self);
gint64 guichet_attachment_get_limit (GuichetAttachment *self);
