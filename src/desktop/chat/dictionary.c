/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One language's words. Loaded on another thread, then used on the main one alone.
 */

#include "desktop/chat/dictionary.h"

#include <enchant.h>
#include <string.h>

struct _GuichetDictionary
{
  EnchantBroker *broker;
  EnchantDict *dict; /* NULL: there is none of the language */
  char *tag;         /* as the dictionary is called */
  GPtrArray *tags;   /* of all dictionaries */
};

void
guichet_dictionary_free (GuichetDictionary *loaded)
{
  if (loaded->dict != NULL)
    enchant_broker_free_dict (loaded->broker, loaded->dict);
  enchant_broker_free (loaded->broker);
  g_ptr_array_unref (loaded->tags);
  g_free (loaded->tag);
  g_free (loaded);
}

static void
on_dictionary (const char *tag,
               const char *provider,
               const char *description,
               const char *file,
               gpointer user_data)
{
  GPtrArray *tags = user_data;

  if (!g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
    g_ptr_array_add (tags, g_strdup (tag));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The dictionary itself, or the first of the same language; NULL: none. */
static const char *
best_of (GPtrArray *tags, const char *language)
{
  gsize length = strcspn (language, "_-.@");
  const char *best = NULL;

  for (guint i = 0; i < tags->len; i++)
    {
      const char *tag = tags->pdata[i];

      if (g_ascii_strcasecmp (tag, language) == 0)
        return tag;
      if (best == NULL && g_ascii_strncasecmp (tag, language, length) == 0 &&
          strcspn (tag, "_-") == length)
        best = tag;
    }
  return best;
}

static void
load (GTask *task, gpointer source, gpointer language, GCancellable *cancellable)
{
  GuichetDictionary *loaded = g_new0 (GuichetDictionary, 1);

  loaded->broker = enchant_broker_init ();
  loaded->tags = g_ptr_array_new_with_free_func (g_free);
  enchant_broker_list_dicts (loaded->broker, on_dictionary, loaded->tags);
  g_ptr_array_sort (loaded->tags, compare);
  loaded->tag = g_strdup (best_of (loaded->tags, language));
  if (loaded->tag != NULL)
    loaded->dict = enchant_broker_request_dict (loaded->broker, loaded->tag);
  g_task_return_pointer (task, loaded, (GDestroyNotify) guichet_dictionary_free);
}

/* With French apostrophes as dictionaries have them. */
static gboolean
is_right_alone (GuichetDictionary *self, const char *word, gssize length)
{
  return enchant_dict_check (self->dict, word, length) == 0;
}

static char *
plain (const char *word, gsize length)
{
  g_autoptr (GString) text = g_string_new_len (word, (gssize) length);

  g_string_replace (text, "’", "'", 0);
  g_string_replace (text, "ʼ", "'", 0);
  g_string_replace (text, "\xe2\x80\x90", "-", 0);
  g_string_replace (text, "\xe2\x80\x91", "-", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is joined by hyphens is right where each part is. */
gboolean
guichet_dictionary_has (GuichetDictionary *self, const char *word, gsize length)
{
  g_autofree char *text = plain (word, length);
  g_auto (GStrv) parts = NULL;

  if (is_right_alone (self, text, -1))
    return TRUE;
  parts = g_strsplit (text, "-", -1);
  if (parts[1] == NULL)
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (!is_right_alone (self, parts[i], -1))
      return FALSE;
  return TRUE;
}

char **
guichet_dictionary_suggest (GuichetDictionary *self, const char *word)
{
  g_autofree char *text = plain (word, strlen (word));
  gsize n = 0;
  char **found = enchant_dict_suggest (self->dict, text, -1, &n);
  char **copy = found != NULL ? g_strdupv (found) : g_new0 (char *, 1);

  if (found != NULL)
    enchant_dict_free_string_list (self->dict, found);
  return copy;
}

void
guichet_dictionary_add (GuichetDictionary *self, const char *word, gboolean lasting)
{
  g_autofree char *text = plain (word, strlen (word));

  if (lasting)
    enchant_dict_add (self->dict, text, -1);
  else
    enchant_dict_add_to_session (self->dict, text, -1);
}

const char *
guichet_dictionary_tag (const GuichetDictionary *self)
{
  return self->dict != NULL ? self->tag : "";
}

GPtrArray *
guichet_dictionary_tags (const GuichetDictionary *self)
{
  return self->tags;
}

void
guichet_dictionary_load_async (gpointer source,
                               const char *language,
                               GCancellable *cancellable,
                               GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, done, NULL);

  g_task_set_task_data (task, g_strdup (language), g_free);
  g_task_run_in_thread (task, load);
}

GuichetDictionary *
guichet_dictionary_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* "Français", where the dictionary is of a language that the desk knows. */
const char *
guichet_dictionary_language (const char *tag)
{
  static const struct
  {
    const char *tag, *name;
  } names[] = { { "bg", "Български" }, { "de", "Deutsch" },  { "en", "English" },
                { "es", "Español" },   { "fr", "Français" }, { "it", "Italiano" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (tag, names[i].tag) && strcspn (tag, "_-") == strlen (names[i].tag))
      return names[i].name;
  return tag;
}
