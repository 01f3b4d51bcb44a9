/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetMessage: one thing written in a conversation. Read-only, notifying:
 *   id s (of the centre, or the key of one that the centre does not have yet), number i (0: not at
 * the centre yet), interaction s (id), at i, author s ("customer", "agent", "centre"), agent s (id,
 * of an agent's), agent-name s, text s, state s: "received" of a customer's; of ours "keeping" (not
 * on the disk yet), "pending", "sent", "delivered", "read", "failed", reason s (of "failed": a
 * code), attachments o (GListModel of GuichetAttachment; NULL: none); of mails: subject s, from s
 * (who wrote it, where that is another than the conversation's address), left-out i (attachments
 * that are not kept), cut b (there was more text); private b (for agents alone) */
#pragma once

#include "client/record.h"

#include <gio/gio.h>

#define GUICHET_TYPE_MESSAGE guichet_message_get_type ()
G_DECLARE_FINAL_TYPE (GuichetMessage, guichet_message, GUICHET, MESSAGE, GuichetRecord)

const char *guichet_message_get_id (GuichetMessage *self);
gint64 guichet_message_get_number (GuichetMessage *self);
const char *guichet_message_get_interaction (GuichetMessage *self);
gint64 guichet_message_get_at (GuichetMessage *self);
const char *guichet_message_get_author (GuichetMessage *self);
const char *guichet_message_get_agent (GuichetMessage *self);
const char *guichet_message_get_agent_name (GuichetMessage *self); /* "": not known */
const char *guichet_message_get_text (GuichetMessage *self);
const char *guichet_message_get_state (GuichetMessage *self);
const char *guichet_message_get_reason (GuichetMessage *self);
GListModel *guichet_message_get_attachments (GuichetMessage *self);
const char *guichet_message_get_subject (GuichetMessage *self);
const char *guichet_message_get_from (GuichetMessage *self);
gint64 guichet_message_get_left_out (GuichetMessage *self);
gboolean guichet_message_get_cut (GuichetMessage *self);
gboolean guichet_message_get_private (GuichetMessage *self);
