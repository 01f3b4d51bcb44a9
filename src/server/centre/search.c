/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two ways through the index: see search.h. Keeps nothing. On the thread of the reader. */
#include "server/centre/search.h"

#include "base/excerpt.h"

#define SHORT  5   /* letters: the longest beginning with a list of its own */
#define PAGE   64  /* rows of one question */
#define LOOKED 512 /* rows that a search looks at before it takes the other way */
#define WORDS  8

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
  if (!base_words_in (store_row_text (row, 1), self->words))
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
look (Search *self, StoreReader *reader, StoreQuery query, glong letters, GError **error)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_autoptr (GError) problem = NULL;

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
      if (!store_reader_query (reader, &problem, on_row, self, query, match->str, self->last,
                               (gint64) PAGE))
        {
          if (g_error_matches (problem, STORE_ERROR, STORE_ERROR_STOPPED))
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
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
search_texts (StoreReader *reader,
              SearchKind kind,
              char **words,
              guint limit,
              SearchMayFunc may,
              gpointer user_data,
              GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) search_hit_free);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  StoreQuery query = kind == SEARCH_MESSAGES ? STORE_GET_MESSAGES_WITH : STORE_GET_NOTES_WITH;
  Search search = { .limit = limit, .may = may, .user_data = user_data, .hits = hits };

  for (guint i = 0; words[i] != NULL && i < WORDS; i++)
    g_ptr_array_add (first, words[i]);
  g_ptr_array_add (first, NULL);
  search.words = (char **) first->pdata;
  if (!look (&search, reader, query, SHORT, error))
    return NULL;
  if (hits->len < limit && search.rows == PAGE && any_longer (search.words))
    {
      before = g_steal_pointer (&hits);
      hits = search.hits = g_ptr_array_new_with_free_func ((GDestroyNotify) search_hit_free);
      if (!look (&search, reader, query, G_MAXLONG, error))
        return NULL;
      if (hits->len < before->len)
        return g_steal_pointer (&before); /* stopped: what was found first is more */
    }

  return g_steal_pointer (&hits);
}
