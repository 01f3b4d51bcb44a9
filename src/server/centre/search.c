/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two ways through the index: see search.h. Keeps nothing. Centre's thread. */
#include "server/centre/search.h"

#include "base/json.h"
#include "base/words.h"

#include <string.h>

#define SHORT   3   /* letters: the longest beginning with a list of its own */
#define PAGE    64  /* rows of one question */
#define LOOKED  512 /* rows that a search looks at before it takes the other way */
#define BEFORE  40  /* characters of an excerpt before the hit */
#define EXCERPT 160
#define WORDS   8

typedef struct
{
  char **words;
  guint limit;
  SearchMayFunc may;
  gpointer user_data;
  GPtrArray *hits;
  guint rows, looked;
  gint64 last; /* the number of the last document */
} Search;

void
search_hit_free (SearchHit *hit)
{
  g_free (hit->conversation);
  g_free (hit->interaction);
  g_free (hit->channel);
  g_free (hit->queue);
  g_free (hit->author);
  g_free (hit->agent);
  g_free (hit->phone);
  g_free (hit->name);
  g_free (hit->customer);
  g_free (hit->text);
  g_free (hit);
}

static gboolean
has_all (const char *text, char **words)
{
  gsize start, length;

  for (char **word = words; *word != NULL; word++)
    if (!base_words_find (text, *word, &start, &length))
      return FALSE;

  return TRUE;
}

static SearchHit *
hit_from_row (StoreRow *row)
{
  SearchHit *hit = g_new0 (SearchHit, 1);

  hit->conversation = g_strdup (store_row_text (row, 2));
  hit->number = store_row_int (row, 3);
  hit->interaction = g_strdup (store_row_text (row, 4));
  hit->at = store_row_int (row, 5);
  hit->author = g_strdup (store_row_text (row, 6));
  hit->agent = g_strdup (store_row_text (row, 7));
  hit->channel = g_strdup (store_row_text (row, 8));
  hit->queue = g_strdup (store_row_text (row, 9));
  hit->phone = g_strdup (store_row_text (row, 10));
  hit->name = g_strdup (store_row_text (row, 11));
  hit->customer = g_strdup (store_row_text (row, 12));
  hit->text = g_strdup (store_row_text (row, 1));

  return hit;
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  Search *self = user_data;
  SearchHit *hit;

  self->rows++;
  if (self->hits->len >= self->limit)
    return;
  self->looked++;
  self->last = store_row_int (row, 0);
  if (!has_all (store_row_text (row, 1), self->words))
    return;
  hit = hit_from_row (row);
  if (self->may == NULL || self->may (hit, self->user_data))
    g_ptr_array_add (self->hits, hit);
  else
    search_hit_free (hit);
}

/* The index folds like we do, but knows only the marks of Latin letters. */
static void
add_word (GString *match, const char *word, glong letters)
{
  g_autofree char *part = g_utf8_substring (word, 0, MIN (letters, g_utf8_strlen (word, -1)));

  g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", part);
}

static gboolean
look (Search *self, Store *store, StoreQuery query, glong letters, GError **error)
{
  g_autoptr (GString) match = g_string_new (NULL);

  for (char **word = self->words; *word != NULL; word++)
    if (g_utf8_strlen (*word, -1) >= 2)
      add_word (match, *word, letters);
  if (match->len == 0)
    return TRUE;
  self->last = G_MAXINT64;
  self->looked = 0;
  do
    {
      self->rows = 0;
      if (!store_query (store, error, on_row, self, query, match->str, self->last, (gint64) PAGE))
        return FALSE;
    }
  while (self->rows == PAGE && self->looked < LOOKED && self->hits->len < self->limit);

  return TRUE;
}

static gboolean
any_longer (char **words)
{
  for (char **word = words; *word != NULL; word++)
    if (g_utf8_strlen (*word, -1) > SHORT)
      return TRUE;

  return FALSE;
}

GPtrArray *
search_texts (Store *store,
              SearchKind kind,
              char **words,
              guint limit,
              SearchMayFunc may,
              gpointer user_data,
              GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) search_hit_free);
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  StoreQuery query = kind == SEARCH_MESSAGES ? STORE_GET_MESSAGES_WITH : STORE_GET_NOTES_WITH;
  Search search = { .limit = limit, .may = may, .user_data = user_data, .hits = hits };

  for (guint i = 0; words[i] != NULL && i < WORDS; i++)
    g_ptr_array_add (first, words[i]);
  g_ptr_array_add (first, NULL);
  search.words = (char **) first->pdata;
  if (!look (&search, store, query, SHORT, error))
    return NULL;
  if (hits->len < limit && search.rows == PAGE && any_longer (search.words))
    {
      g_ptr_array_set_size (hits, 0);
      if (!look (&search, store, query, G_MAXLONG, error))
        return NULL;
    }

  return g_steal_pointer (&hits);
}

/* --- excerpts --------------------------------------------------------------------------------- */

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
search_excerpt (const char *text, char **words)
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
