/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of canned replies. A search looks at each once: ten thousand take a few milliseconds
 * (tests/client/test-canned.c measures it). Main loop. */
#include "client/canned-search.h"

#include "base/fold.h"

#include <string.h>

typedef struct
{
  GuichetCannedReply *reply;
  char *id;
  char *order; /* sort key */
  char *shortcut;
  char *name;
  char *category;
  char *content; /* all languages */
} Entry;

struct _GuichetCannedIndex
{
  GListStore *list;   /* the same order as entries */
  GPtrArray *entries; /* Entry */
  GHashTable *by_id;  /* id → Entry */
};

/* Where what is searched stands, best first. */
typedef enum
{
  RANK_SHORTCUT,        /* is it */
  RANK_SHORTCUT_BEGINS, /* begins with it */
  RANK_SHORTCUT_HAS,
  RANK_NAME_BEGINS,
  RANK_NAME_HAS,
  RANK_CONTENT,
  N_RANKS
} Rank;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->reply);
  g_free (entry->id);
  g_free (entry->order);
  g_free (entry->shortcut);
  g_free (entry->name);
  g_free (entry->category);
  g_free (entry->content);
  g_free (entry);
}

static char *
folded_texts (GuichetCannedReply *reply)
{
  const char *const *texts = guichet_canned_reply_get_texts (reply);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; texts[i] != NULL && texts[i + 1] != NULL; i += 2)
    g_string_append_printf (all, "%s\n", texts[i + 1]);
  return base_fold (all->str);
}

static Entry *
entry_new (GuichetCannedReply *reply)
{
  Entry *entry = g_new0 (Entry, 1);
  g_autofree char *name = g_utf8_collate_key (guichet_canned_reply_get_name (reply), -1);
  g_autofree char *category = g_utf8_collate_key (guichet_canned_reply_get_category (reply), -1);

  entry->reply = g_object_ref (reply);
  entry->id = g_strdup (guichet_canned_reply_get_id (reply));
  entry->shortcut = base_fold (guichet_canned_reply_get_shortcut (reply));
  entry->name = base_fold (guichet_canned_reply_get_name (reply));
  entry->category = base_fold (guichet_canned_reply_get_category (reply));
  entry->content = folded_texts (reply);
  /* Those without category last. */
  entry->order = g_strjoin ("\n", *category != '\0' ? category : "\xff", name, entry->id, NULL);
  return entry;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Entry *const *) a)->order, (*(const Entry *const *) b)->order);
}

/* Where it stands, or would. */
static guint
place_of (GuichetCannedIndex *self, const char *order)
{
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (strcmp (((const Entry *) self->entries->pdata[middle])->order, order) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

GuichetCannedIndex *
guichet_canned_index_new (GListStore *list)
{
  GuichetCannedIndex *self = g_new0 (GuichetCannedIndex, 1);

  self->list = list;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
guichet_canned_index_free (GuichetCannedIndex *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

GuichetCannedReply *
guichet_canned_index_find (GuichetCannedIndex *self, const char *id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  return entry != NULL ? entry->reply : NULL;
}

void
guichet_canned_index_fill (GuichetCannedIndex *self, GPtrArray *replies)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < replies->len; i++)
    g_ptr_array_add (self->entries, entry_new (replies->pdata[i]));
  g_ptr_array_sort (self->entries, compare);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];
      g_hash_table_insert (self->by_id, entry->id, entry);
      g_ptr_array_add (sorted, entry->reply);
    }
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                       sorted->pdata, sorted->len);
}

void
guichet_canned_index_remove (GuichetCannedIndex *self, const char *id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, id);
  guint place;

  if (entry == NULL)
    return;
  place = place_of (self, entry->order);
  g_hash_table_remove (self->by_id, id);
  g_ptr_array_remove_index (self->entries, place);
  g_list_store_remove (self->list, place);
}

void
guichet_canned_index_put (GuichetCannedIndex *self, GuichetCannedReply *reply)
{
  g_autoptr (GuichetCannedReply) kept = g_object_ref (reply);
  Entry *entry = entry_new (reply);
  guint place;

  guichet_canned_index_remove (self, entry->id);
  place = place_of (self, entry->order);
  g_ptr_array_insert (self->entries, (int) place, entry);
  g_hash_table_insert (self->by_id, entry->id, entry);
  g_list_store_insert (self->list, place, kept);
}

/* Where every word of the query is found; N_RANKS: one is nowhere. */
static Rank
rank_of (const Entry *entry, const char *query, char **words)
{
  gboolean in_shortcut = TRUE, in_name = TRUE;

  if (*words == NULL)
    return RANK_CONTENT; /* of a search for nothing the order stays */
  if (strncmp (entry->shortcut, query, strlen (query)) == 0)
    return entry->shortcut[strlen (query)] == '\0' ? RANK_SHORTCUT : RANK_SHORTCUT_BEGINS;
  for (char **word = words; *word != NULL; word++)
    {
      gboolean here = strstr (entry->shortcut, *word) != NULL;
      gboolean named = strstr (entry->name, *word) != NULL;

      in_shortcut = in_shortcut && here;
      in_name = in_name && (named || here);
      if (!here && !named && strstr (entry->content, *word) == NULL &&
          strstr (entry->category, *word) == NULL)
        return N_RANKS;
    }
  if (in_shortcut)
    return RANK_SHORTCUT_HAS;
  if (in_name)
    return g_str_has_prefix (entry->name, query) ? RANK_NAME_BEGINS : RANK_NAME_HAS;
  return RANK_CONTENT;
}

static char **
words_of (const char *query)
{
  char **words = g_strsplit_set (query, " \t\n", 16);
  guint kept = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      words[kept++] = words[i];
    else
      g_free (words[i]);
  words[kept] = NULL;
  return words;
}

static gboolean
is_in (const Entry *entry, const char *category)
{
  return category == NULL ||
         g_str_equal (guichet_canned_reply_get_category (entry->reply), category);
}

/* Of shortcuts and names that are as good the agent's own come first. */
static void
take (GPtrArray *found, GPtrArray *of_rank, guint limit)
{
  for (int own = 1; own >= 0; own--)
    for (guint i = 0; i < of_rank->len && found->len < limit; i++)
      if (guichet_canned_reply_get_personal (of_rank->pdata[i]) == own)
        g_ptr_array_add (found, g_object_ref (of_rank->pdata[i]));
}

GPtrArray *
guichet_canned_index_search (GuichetCannedIndex *self,
                             const char *query,
                             const char *category,
                             guint limit)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *ranks[N_RANKS];
  g_autofree char *folded = base_fold (query);
  g_auto (GStrv) words = words_of (g_strstrip (folded));

  for (int i = 0; i < N_RANKS; i++)
    ranks[i] = g_ptr_array_new ();
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];
      Rank rank = is_in (entry, category) ? rank_of (entry, folded, words) : N_RANKS;

      if (rank < N_RANKS)
        g_ptr_array_add (ranks[rank], entry->reply);
    }
  for (int i = 0; i < N_RANKS; i++)
    {
      if (i < RANK_CONTENT)
        take (found, ranks[i], limit);
      for (guint j = 0; i == RANK_CONTENT && j < ranks[i]->len && found->len < limit; j++)
        g_ptr_array_add (found, g_object_ref (ranks[i]->pdata[j]));
      g_ptr_array_unref (ranks[i]);
    }
  return found;
}
