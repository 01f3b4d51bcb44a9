/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts cut to what was found in them. Pure. */
#include "base/excerpt.h"

#include "base/json.h"
#include "base/words.h"

#include <string.h>

#define BEFORE  40 /* characters of an excerpt before the hit */
#define EXCERPT 160

gboolean
base_words_in (const char *text, char **words)
{
  gsize start, length;

  for (char **word = words; *word != NULL; word++)
    if (!base_words_find (text, *word, &start, &length))
      return FALSE;

  return TRUE;
}

static void
add_span (JsonArray *spans, const char *text, gsize length, gboolean match)
{
  JsonObject *span;
  g_autofree char *part = g_strndup (text, length);

  if (length == 0)
    return;
  span = json_object_new ();
  base_json_set_string (span, "text", part);
  json_object_set_boolean_member (span, "match", match);
  json_array_add_object_element (spans, span);
}

/* The first of the words in the text; FALSE: none of them. */
static gboolean
next_hit (const char *text, char **words, gsize *start, gsize *length)
{
  gboolean any = FALSE;

  for (char **word = words; *word != NULL; word++)
    {
      gsize at, n;

      if (base_words_find (text, *word, &at, &n) && (!any || at < *start))
        {
          any = TRUE;
          *start = at;
          *length = n;
        }
    }

  return any;
}

static gsize
rest_of_word (const char *text)
{
  const char *at = text;

  while (*at != '\0' &&
         (base_word_char (g_utf8_get_char (at)) != 0 || g_unichar_ismark (g_utf8_get_char (at))))
    at = g_utf8_next_char (at);

  return (gsize) (at - text);
}

/* Where the excerpt begins: a little before the hit, with a word. */
static const char *
beginning (const char *text, gsize hit)
{
  const char *at = text + hit;

  for (guint i = 0; i < BEFORE && at > text; i++)
    at = g_utf8_prev_char (at);
  if (at == text)
    return text;
  while (at < text + hit && !g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  while (at < text + hit && g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  return at;
}

JsonArray *
base_excerpt (const char *text, char **words)
{
  JsonArray *spans = json_array_new ();
  gsize start = 0, length = 0;
  gboolean any = next_hit (text, words, &start, &length);
  const char *from = any ? beginning (text, start) : text;
  g_autofree char *part = g_utf8_substring (from, 0, MIN (EXCERPT, g_utf8_strlen (from, -1)));
  const char *at = part;

  if (from > text)
    add_span (spans, "…", strlen ("…"), FALSE);
  while (next_hit (at, words, &start, &length))
    {
      gsize rest = rest_of_word (at + start + length);

      add_span (spans, at, start, FALSE);
      add_span (spans, at + start, length, TRUE);
      add_span (spans, at + start + length, rest, FALSE);
      at += start + length + rest;
    }
  add_span (spans, at, strlen (at), FALSE);
  if (strlen (from) > strlen (part))
    add_span (spans, "…", strlen ("…"), FALSE);

  return spans;
}
