/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word fits wherever it stands, capital or small, accents as written. */
#include "demo/chat-talk.h"

#include <string.h>

#define MAX_ANSWERS 32 /* bits of what was used */
#define MAX_LINES   8
#define MAX_TEXT    1000

G_STATIC_ASSERT (MAX_ANSWERS <= 64);

static void
answer_free (gpointer data)
{
  DemoAnswer *answer = data;

  g_strfreev (answer->words);
  g_free (answer->text);
  g_free (answer);
}

void
demo_talk_free (DemoTalk *talk)
{
  if (talk == NULL)
    return;
  g_free (talk->subject);
  g_strfreev (talk->first);
  g_free (talk->waiting);
  g_free (talk->bye);
  g_ptr_array_unref (talk->answers);
  g_clear_pointer (&talk->bot, json_object_unref);
  g_free (talk);
}

static DemoAnswer *
answer_from_json (const BaseJson *json, GError **error)
{
  g_auto (GStrv) words = NULL;
  const char *text;
  DemoAnswer *answer;

  if (!base_json_get_string (json, "text", MAX_TEXT, &text, error) ||
      !base_json_opt_strings (json, "words", MAX_LINES, MAX_TEXT, &words, error))
    return NULL;
  answer = g_new0 (DemoAnswer, 1);
  answer->words = g_steal_pointer (&words);
  answer->text = g_strdup (text);
  return answer;
}

static gboolean
read_answers (GPtrArray *answers, const BaseJson *json, GError **error)
{
  BaseJson array, item;

  if (!base_json_get_array (json, "answers", MAX_ANSWERS, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      DemoAnswer *answer =
          base_json_item_object (&array, i, &item, error) ? answer_from_json (&item, error) : NULL;

      if (answer == NULL)
        return FALSE;
      g_ptr_array_add (answers, answer);
    }
  return TRUE;
}

DemoTalk *
demo_talk_from_json (const BaseJson *json, GError **error)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_free);
  g_auto (GStrv) first = NULL;
  const char *subject, *waiting, *bye;
  BaseJson bot;
  DemoTalk *talk;

  if (!base_json_get_string (json, "subject", MAX_TEXT, &subject, error) ||
      !base_json_get_strings (json, "first", MAX_LINES, MAX_TEXT, &first, error) ||
      !base_json_get_string (json, "waiting", MAX_TEXT, &waiting, error) ||
      !base_json_get_string (json, "bye", MAX_TEXT, &bye, error) ||
      !base_json_opt_object (json, "bot", &bot, error) || !read_answers (answers, json, error))
    return NULL;
  talk = g_new0 (DemoTalk, 1);
  talk->subject = g_strdup (subject);
  talk->first = g_steal_pointer (&first);
  talk->waiting = g_strdup (waiting);
  talk->bye = g_strdup (bye);
  talk->answers = g_steal_pointer (&answers);
  talk->bot = bot.object != NULL ? json_object_ref (bot.object) : NULL;
  return talk;
}

static gboolean
fits (const DemoAnswer *answer, const char *folded)
{
  for (char **word = answer->words; *word != NULL; word++)
    {
      g_autofree char *small = g_utf8_casefold (*word, -1);

      if (strstr (folded, small) != NULL)
        return TRUE;
    }
  return FALSE;
}

const char *
demo_talk_answer (const DemoTalk *talk, const char *said, guint64 *used)
{
  g_autofree char *folded = g_utf8_casefold (said, -1);
  guint best = talk->answers->len;

  for (guint i = 0; i < talk->answers->len; i++)
    {
      const DemoAnswer *answer = g_ptr_array_index (talk->answers, i);

      if ((*used >> i & 1) != 0)
        continue;
      if (fits (answer, folded))
        {
          best = i;
          break;
        }
      if (answer->words[0] == NULL && best == talk->answers->len)
        best = i;
    }
  if (best == talk->answers->len)
    return NULL;
  *used |= (guint64) 1 << best;
  return ((DemoAnswer *) g_ptr_array_index (talk->answers, best))->text;
}
