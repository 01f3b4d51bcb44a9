/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers by any part of what is known of them. Each has one folded text, a line for the name and
 * one for every number and address; its trigrams are the index, and what they find is looked at
 * once more. Centre's thread, but for the finding: that of the reader. */
#include "server/centre/people.h"

#include "base/words.h"

#include <string.h>

#define LOOKED_AT 400 /* candidates of one search */
#define MISSING   500 /* that are indexed at once */

/* The lines' first characters; no folded word holds them. */
#define NAME    ' '
#define NUMBER  '#'
#define ADDRESS '@'

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);

  return g_string_free (digits, FALSE);
}

void
people_index (StoreBatch *batch, const char *id, const char *name, GPtrArray *addresses)
{
  g_autofree char *folded = base_words (name);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%c%s", NAME, folded);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      const PersonAddress *known = g_ptr_array_index (addresses, i);
      gboolean number =
          g_str_equal (known->channel, "voice") || g_str_equal (known->channel, "sms");
      g_autofree char *words = number ? digits_of (known->address) : base_words (known->address);

      g_string_append_printf (text, number ? "\n%c%s" : "\n%c %s", number ? NUMBER : ADDRESS,
                              words);
    }
  store_batch_add (batch, STORE_CUSTOMER_WORDS, id, text->str);
}

/* --- finding ---------------------------------------------------------------------------------- */

typedef struct
{
  StoreReader *reader;
  char **words;
  char *digits; /* of a query that is nothing but a number, or NULL */
  gint32 visible;
  GPtrArray *found; /* Found */
  GHashTable *seen; /* roots */
} Search;

typedef struct
{
  char *id, *folded;
  int rank; /* 0 the name begins so, 1 a word of it, 2 otherwise */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->id);
  g_free (found->folded);
  g_free (found);
}

/* As people write a number, with a national or international beginning or in the middle. */
static char *
number_of (const char *query)
{
  g_autofree char *digits = NULL;
  const char *bare;

  for (const char *at = query; *at != '\0'; at++)
    if (strchr ("0123456789 +-./()", *at) == NULL)
      return NULL;
  digits = digits_of (query);
  bare = digits + strspn (digits, "0");

  return strlen (bare) >= 2 ? g_strdup (bare) : NULL;
}

/* A desk that sees the last digits only cannot ask for the others one by one. */
static gboolean
number_fits (const Search *self, const char *line, const char *wanted)
{
  gsize length = strlen (line), part = strlen (wanted);

  if (self->visible == 0)
    return strstr (line, wanted) != NULL;

  return g_str_has_suffix (line, wanted) && (part <= (gsize) self->visible || part + 3 >= length);
}

static gboolean
line_fits (const Search *self, const char *line, const char *word)
{
  switch (*line)
    {
    case NAME:
      return strstr (line, word) != NULL;
    case NUMBER:
      return number_fits (self, line + 1, word);
    case ADDRESS:
      return self->visible == 0 && strstr (line, word) != NULL;
    default:
      return FALSE;
    }
}

static gboolean
fits (const Search *self, const char *folded)
{
  g_auto (GStrv) lines = g_strsplit (folded, "\n", -1);
  g_auto (GStrv) number = self->digits != NULL ? g_new0 (char *, 2) : NULL;
  char **words = self->words;

  if (number != NULL)
    {
      number[0] = g_strdup (self->digits);
      words = number;
    }
  for (char **word = words; *word != NULL; word++)
    {
      gboolean any = FALSE;

      for (char **line = lines; *line != NULL && !any; line++)
        any = line_fits (self, *line, *word);
      if (!any)
        return FALSE;
    }

  return TRUE;
}

static void
on_root_row (StoreRow *row, gpointer user_data)
{
  *(char **) user_data = g_strdup (store_row_text (row, 2));
}

static void
on_candidate (StoreRow *row, gpointer user_data)
{
  Search *self = user_data;
  const char *folded = store_row_text (row, 1);
  g_autofree char *root = NULL;
  g_autofree char *first = g_strconcat (" ", self->words[0], NULL);
  Found *found;

  if (!fits (self, folded))
    return;
  store_reader_query (self->reader, NULL, on_root_row, &root, STORE_GET_CUSTOMER,
                      store_row_text (row, 0));
  if (root == NULL || !g_hash_table_add (self->seen, g_strdup (root)))
    return;
  found = g_new0 (Found, 1);
  found->id = g_steal_pointer (&root);
  found->folded = g_strdup (folded);
  found->rank = g_str_has_prefix (folded, first) ? 0 : strstr (folded, first) != NULL ? 1 : 2;
  g_ptr_array_add (self->found, found);
}

/* The word's trigrams, all of which must be there; of a word of two letters where it begins. */
static void
add_trigrams (GString *match, const char *word)
{
  g_autofree char *begun = g_strconcat (" ", word, NULL);
  const char *at = g_utf8_strlen (word, -1) < 3 ? begun : word;

  for (glong n = g_utf8_strlen (at, -1); n >= 3; n--)
    {
      const char *end = g_utf8_offset_to_pointer (at, 3);

      g_string_append_printf (match, "%s\"%.*s\"", match->len > 0 ? " AND " : "", (int) (end - at),
                              at);
      at = g_utf8_next_char (at);
    }
}

static int
by_rank (gconstpointer a, gconstpointer b)
{
  const Found *first = *(const Found *const *) a;
  const Found *second = *(const Found *const *) b;

  return first->rank != second->rank ? first->rank - second->rank
                                     : strcmp (first->folded, second->folded);
}

static gboolean
look (Search *self, gboolean begins, GError **error)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_autoptr (GError) problem = NULL;

  if (self->digits != NULL && strlen (self->digits) == 2)
    return TRUE;
  if (self->digits != NULL)
    add_trigrams (match, self->digits);
  for (char **word = self->words; self->digits == NULL && *word != NULL; word++)
    {
      g_autofree char *first = g_strconcat (" ", *word, NULL);

      if (g_utf8_strlen (*word, -1) >= 2)
        add_trigrams (match, begins && word == self->words ? first : *word);
    }
  if (match->len == 0 ||
      store_reader_query (self->reader, &problem, on_candidate, self, STORE_GET_CUSTOMERS_WITH,
                          match->str, (gint64) LOOKED_AT) ||
      g_error_matches (problem, STORE_ERROR, STORE_ERROR_STOPPED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

gint32
people_visible (Centre *centre)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  return definitions != NULL ? definitions->settings.visible_digits : 0;
}

GPtrArray *
people_find (StoreReader *reader, gint32 visible, const char *query, guint limit, GError **error)
{
  g_auto (GStrv) words = base_words_of (query);
  g_autofree char *digits = number_of (query);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (found_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { reader, words, digits, visible, all, seen };
  GPtrArray *ids;

  if (words[0] == NULL)
    return g_ptr_array_new_with_free_func (g_free);
  /* First those of whose words one begins so, of whom there may be more than can be looked at. */
  if (digits == NULL && !look (&search, TRUE, error))
    return NULL;
  if (all->len < limit && !look (&search, FALSE, error))
    return NULL;
  g_ptr_array_sort (all, by_rank);
  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < MIN (all->len, limit); i++)
    g_ptr_array_add (ids, g_strdup (((Found *) g_ptr_array_index (all, i))->id));

  return ids;
}

/* --- those from before ------------------------------------------------------------------------ */

typedef struct
{
  Centre *centre;
  StoreBatch *batch;
  guint n;
} Missing;

static void
on_missing_row (StoreRow *row, gpointer user_data)
{
  Missing *missing = user_data;
  g_autoptr (Person) person = person_load (missing->centre, store_row_text (row, 0));

  missing->n++;
  if (person != NULL)
    people_index (missing->batch, store_row_text (row, 0), person->name, person->addresses);
}

static void
on_indexed (gpointer user_data)
{
  people_index_missing (user_data);
}

void
people_index_missing (Centre *centre)
{
  Missing missing = { centre, store_batch_new (), 0 };

  store_query (centre_store (centre), NULL, on_missing_row, &missing, STORE_GET_CUSTOMERS_UNFOLDED,
               (gint64) MISSING);
  if (missing.n > 0)
    centre_write (centre, missing.batch, missing.n == MISSING ? on_indexed : NULL, centre);
  else
    store_batch_free (missing.batch);
}
