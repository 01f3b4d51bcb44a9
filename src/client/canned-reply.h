/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCannedReply: a text that agents send often. Read-only, notifying: id s, personal b (the
 * agent's own; else everybody's), shortcut s (without the slash; "" none), category s ("" none),
 * name s, texts as (language, text, language, text…; "und": for every customer), revision i,
 * version i. */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_CANNED_REPLY guichet_canned_reply_get_type ()
G_DECLARE_FINAL_TYPE (GuichetCannedReply,
                      guichet_canned_reply,
                      GUICHET,
                      CANNED_REPLY,
                      GuichetRecord)

const char *guichet_canned_reply_get_id (GuichetCannedReply *self);
gboolean guichet_canned_reply_get_personal (GuichetCannedReply *self);
const char *guichet_canned_reply_get_shortcut (GuichetCannedReply *self);
const char *guichet_canned_reply_get_category (GuichetCannedReply *self);
const char *guichet_canned_reply_get_name (GuichetCannedReply *self);
const char *const *guichet_canned_reply_get_texts (GuichetCannedReply *self);
gint64 guichet_canned_reply_get_revision (GuichetCannedReply *self);

/* guichet_canned_reply_text: the one for a customer of this language ("" or NULL: not known) from
 * an agent of that one. */
const char *guichet_canned_reply_text (GuichetCannedReply *self,
                                       const char *language,
                                       const char *agents_language);
