/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bot of the centre's site said with a customer before it handed over, as a stranger told
 * it. All is borrowed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BOT_LINES_MAX 100
#define BOT_NAME_MAX  128

typedef struct
{
  gboolean by_bot; /* else by the customer */
  const char *text;
  gint64 at; /* as it was told, or 0 */
} BotLine;

typedef struct
{
  const char *name;     /* of the bot, or NULL */
  const BotLine *lines; /* in their order */
  guint n;
} BotTalk;

/* Whether there is something to read in each line. If not, @line is the first without. Pure. */
gboolean bot_talk_check (const BotTalk *talk, guint *line);

/* When each line was said, into @at (n of them), as far as that can be: none after @now or after
 * the one that follows it, none long before. What cannot be has the time of what follows it. Pure.
 */
void bot_talk_times (const BotTalk *talk, gint64 now, gint64 *at);

G_END_DECLS
