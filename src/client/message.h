/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetMessage: one thing written in a conversation. Read-only, notifying:
 *   id s (of the centre, or the key of one that the centre does not have yet), number i (0: not at
 * the centre yet), interaction s (id), at i, author s ("customer", "agent", "bot", "centre"), agent
 * s (id, of an agent's), agent-name s, text s, state s: "received" of a customer's; "handed_over"
 * of what a bot and the customer said before; of ours "keeping" (not on the disk yet), "pending",
 * "sent", "delivered", "read", "failed", reason s (of "failed": a code), attachments o (GListModel
 * of GuichetAttachment; NULL: none); of mails: subject s, from s (who wrote it, where that is
 * another than the conversation's address; of a bot its name), left-out i (attachments that are not
 * kept), cut b (there was more text); coming i (files that the centre is still fetching), lost i
 * (files that it could not), lost-reason s (a code: why the first of them); private b (for agents
 * alone); hand-over b (the last before a bot handed over) */
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
gboolean guichet_message_get_masked (GuichetMessage *self); /* a card's number stood in it */
gint64 guichet_message_get_coming (GuichetMessage *self);
gint64 guichet_message_get_lost (GuichetMessage *self);
const char *guichet_message_get_lost_reason (GuichetMessage *self);
gboolean guichet_message_get_private (GuichetMessage *self);
gboolean guichet_message_get_hand_over (GuichetMessage *self);
/* Whether it was said with a bot, before the conversation. */
gboolean guichet_message_is_before (GuichetMessage *self);
/* What is done when it has left: "pending", "escalated", "resolved" or "". */
const char *guichet_message_get_then (GuichetMessage *self);
