/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer writes in a chat: the matter, then an answer to what the agent writes, by a word
 * in it or else the next one in line, and a goodbye. Immutable once read. */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

typedef struct
{
  char *subject; /* of the form */
  char **first;  /* what one came for, a message each */
  char *waiting; /* when nothing is answered */
  char *bye;
  GPtrArray *answers; /* DemoAnswer */
  JsonObject *bot;    /* what a bot of the site said before (docs/webchat.md), or NULL */
} DemoTalk;

typedef struct
{
  char **words; /* in what the agent wrote; none: fits anything */
  char *text;
} DemoAnswer;

DemoTalk *demo_talk_from_json (const BaseJson *json, GError **error);
void demo_talk_free (DemoTalk *talk);

/* The answer to @said, each given once: @used has a bit for each. NULL: everything is said. */
const char *demo_talk_answer (const DemoTalk *talk, const char *said, guint64 *used);

G_END_DECLS
