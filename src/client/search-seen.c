/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: search in what the desk has, and a transcript out of it: documents of the local
 * file into the same objects as the centre's answers. Main loop. */
#include "client/session.h"

#include "base/excerpt.h"
#include "base/words.h"
#include "client/message.h"
#include "client/past.h"
#include "client/request.h"

#include <string.h>

static GType
type_of (GuichetSeenKind kind)
{
  return kind == GUICHET_SEEN_CUSTOMER ? GUICHET_TYPE_CUSTOMER : GUICHET_TYPE_RECENT;
}

static gboolean
apply_seen (GuichetSession *self,
            GuichetRecord *record,
            GuichetSeenKind kind,
            BaseJson *root,
            char **words,
            GError **error)
{
  const char *text;

  switch (kind)
    {
    case GUICHET_SEEN_CUSTOMER:
      return guichet_apply_customer (record, root, &self->context, error);
    case GUICHET_SEEN_CONTACT:
      return guichet_apply_recent (record, root, &self->context, error);
    case GUICHET_SEEN_MESSAGE:
    case GUICHET_SEEN_NOTE:
      if (!base_json_get_string (root, "text", G_MAXINT, &text, error))
        return FALSE;
      json_object_set_array_member (root->object, "excerpt", base_excerpt (text, words));
      return guichet_apply_found (record, root, &self->context, error);
    case GUICHET_SEEN_KINDS:
      break;
    }
  g_return_val_if_reached (FALSE);
}

/* What an older version kept and this one cannot read is not found. */
static void
add_seen (GuichetSession *self, GPtrArray *list, const GuichetSeen *seen, char **words)
{
  g_autoptr (GuichetRecord) record = g_object_new (type_of (seen->kind), NULL);
  g_autoptr (JsonNode) node = base_json_parse (seen->json, strlen (seen->json), NULL, NULL);
  BaseJson root;

  if (node != NULL && base_json_root (&root, node, NULL) &&
      apply_seen (self, record, seen->kind, &root, words, NULL))
    g_ptr_array_add (list, g_steal_pointer (&record));
}

static void
on_seen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = guichet_store_find_finish (GUICHET_STORE (source), result, &error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  if (found == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < found->len; i++)
    add_seen (g_task_get_source_object (task), list, found->pdata[i], g_task_get_task_data (task));
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

/* A number that stands alone is found by any way to write it: without what is left out before it.
 */
static char **
words_of (const char *query)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *words[] = { NULL, NULL };

  for (const char *c = query; *c != '\0'; c++)
    if (g_ascii_isdigit (*c) && (digits->len > 0 || *c != '0'))
      g_string_append_c (digits, *c);
    else if (!g_ascii_isdigit (*c) && strchr ("+-./() ", *c) == NULL)
      return base_words_of (query);
  words[0] = digits->str;
  return g_strdupv ((char **) words);
}

static gboolean
has_store (GuichetSession *self, GTask *task)
{
  if (self->store != NULL)
    return TRUE;
  g_task_return_pointer (task, g_ptr_array_new_with_free_func (g_object_unref),
                         (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
  return FALSE;
}

void
guichet_session_search_seen_async (GuichetSession *self,
                                   const char *query,
                                   guint limit,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  char **words = words_of (query);

  g_task_set_task_data (task, words, (GDestroyNotify) g_strfreev);
  if (has_store (self, task))
    guichet_store_find_async (self->store, words, limit, cancellable, on_seen, task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = guichet_store_find_finish (GUICHET_STORE (source), result, &error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const GuichetSeen *seen = found->pdata[i];
      g_autoptr (GuichetRecord) message = g_object_new (GUICHET_TYPE_MESSAGE, NULL);
      g_autoptr (JsonNode) node = base_json_parse (seen->json, strlen (seen->json), NULL, NULL);
      BaseJson root;

      if (node != NULL && base_json_root (&root, node, NULL) &&
          guichet_apply_message (message, &root, NULL, NULL))
        g_ptr_array_add (list, g_steal_pointer (&message));
    }
  if (found != NULL)
    g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
guichet_session_transcript_seen_async (GuichetSession *self,
                                       const char *conversation,
                                       gint64 before,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (has_store (self, task))
    guichet_store_read_async (self->store, conversation, before, limit, cancellable, on_read, task);
}
