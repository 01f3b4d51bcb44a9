/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer sends to begin a chat, as it came: names and values are not yet held against an
 * entry point. From strangers; pure; any thread. */
#pragma once

#include "base/json.h"
#include "server/channels/bot-talk.h"

G_BEGIN_DECLS

#define WEBCHAT_NAME_MAX  128
#define WEBCHAT_VALUE_MAX 256
#define WEBCHAT_LINE_MAX  4000 /* characters of what was said to a bot or by it */

typedef struct
{
  JsonNode *node;
  BaseJson root, values;      /* values.object may be NULL */
  const char *name;           /* NULL: none was given */
  const char *language, *key; /* language: a valid one, or NULL */
  BotTalk bot;                /* what was said before */
  GArray *lines;              /* of it */
} WebchatForm;

/* NULL: a BASE_ERROR says which member is wrong. A key of a bad length or with bad characters is
 * BASE_ERROR_TOO_LONG at /key. */
WebchatForm *webchat_form_parse (GBytes *body, GError **error);
void webchat_form_free (WebchatForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebchatForm, webchat_form_free)

/* The value of a variable, NULL where there is none; @wrong then says what is wrong with it
 * ("type", "length"), or is NULL. */
const char *webchat_form_value (const WebchatForm *self, const char *variable, const char **wrong);

G_END_DECLS
