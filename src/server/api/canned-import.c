/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many canned replies at once: all of them or none. One with a known shortcut, or without any and
 * with a known name, takes the place of the one that has it. Centre's thread. */
#include "server/api/canned.h"
#include "server/api/handlers.h"

#include "base/fold.h"

typedef struct
{
  GPtrArray *replies; /* ModelCannedReply; NULL where it was taken */
  GPtrArray *problems;
  guint added, changed, unchanged;
} Import;

static void
read_item (Import *self, JsonNode *node, guint i)
{
  g_autofree char *path = g_strdup_printf ("canned_replies[%u]", i);
  ModelCannedReply *reply = model_canned_reply_new ();

  g_ptr_array_add (self->replies, reply);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      model_problems_add (self->problems, path, "type", "an object expected");
      return;
    }
  model_fields_read (&model_canned_reply_body_noun, json_node_get_object (node), path, reply,
                     self->problems);
  api_canned_tidy (reply);
  model_canned_reply_check (reply, path, self->problems);
}

/* A shortcut stands once in what is brought. */
static void
check_shortcuts (Import *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->replies->len; i++)
    {
      const ModelCannedReply *reply = g_ptr_array_index (self->replies, i);
      g_autofree char *path = g_strdup_printf ("canned_replies[%u].shortcut", i);

      if (reply->shortcut != NULL && !g_hash_table_add (seen, base_fold (reply->shortcut)))
        model_problems_add (self->problems, path, "repeated", "another one has this shortcut");
    }
}

/* FALSE: answered. */
static gboolean
read_items (ApiCall *call, Import *self)
{
  g_autoptr (GError) error = NULL;
  BaseJson list;

  if (!base_json_only (&call->body, &error, "scope", "canned_replies", NULL) ||
      !base_json_get_array (&call->body, "canned_replies", MODEL_REPLIES_IMPORT, &list, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (list.array); i++)
    read_item (self, json_array_get_element (list.array, i), i);
  check_shortcuts (self);

  return TRUE;
}

static void
refuse (ApiCall *call, Import *self)
{
  JsonObject *more = json_object_new ();
  JsonArray *problems = json_array_new ();

  for (guint i = 0; i < self->problems->len; i++)
    {
      const ModelProblem *problem = g_ptr_array_index (self->problems, i);
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "path", problem->path);
      base_json_set_string (object, "code", problem->code);
      base_json_set_string (object, "message", problem->message);
      json_array_add_object_element (problems, object);
    }
  json_object_set_array_member (more, "problems", problems);
  api_call_problem (call, 422, "invalid", more, NULL);
}

static CannedReply *
known_of (const CannedShelf *shelf, const ModelCannedReply *reply)
{
  return reply->shortcut != NULL ? canned_at (shelf, reply->shortcut, NULL)
                                 : canned_named (shelf, reply->name);
}

static guint
count_new (const CannedShelf *shelf, const Import *self)
{
  guint n = 0;

  for (guint i = 0; i < self->replies->len; i++)
    n += known_of (shelf, g_ptr_array_index (self->replies, i)) == NULL ? 1 : 0;

  return n;
}

static void
take (ApiCall *call, CannedShelf *shelf, Import *self)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  StoreBatch *batch = store_batch_new ();
  JsonObject *answer = api_call_mark (call);
  gint64 version = centre_seq (call->centre) + 1;

  for (guint i = 0; i < self->replies->len; i++)
    {
      ModelCannedReply *reply = g_ptr_array_index (self->replies, i);
      CannedReply *known = known_of (shelf, reply);

      if (known != NULL && model_canned_reply_equal (known->reply, reply))
        {
          self->unchanged++;
          continue;
        }
      self->added += known == NULL ? 1 : 0;
      self->changed += known != NULL ? 1 : 0;
      self->replies->pdata[i] = NULL;
      known = canned_set (shelf, known, reply, version, batch);
      if (!g_ptr_array_find (changed, known, NULL))
        g_ptr_array_add (changed, known);
    }
  json_object_set_int_member (answer, "added", self->added);
  json_object_set_int_member (answer, "changed", self->changed);
  json_object_set_int_member (answer, "unchanged", self->unchanged);
  if (changed->len == 0)
    {
      api_call_write (call, batch, 200, answer);
      return;
    }
  api_call_keep_answer (call, batch, 200, answer);
  canned_commit (centre_canned (call->centre), shelf, call->agent, changed, batch, api_call_kept,
                 api_call_ref (call));
}

void
api_canned_import (ApiCall *call)
{
  g_autoptr (GPtrArray) replies =
      g_ptr_array_new_with_free_func ((GDestroyNotify) model_canned_reply_free);
  g_autoptr (GPtrArray) problems = model_problems_new ();
  Import import = { .replies = replies, .problems = problems };
  CannedShelf *shelf = api_canned_scope (call);

  if (shelf == NULL)
    return;
  if (read_items (call, &import))
    {
      if (problems->len > 0)
        refuse (call, &import);
      else if (canned_count (shelf) + count_new (shelf, &import) > api_canned_max (shelf))
        api_call_invalid (call, "/scope", api_canned_max (shelf), "no room for all of them");
      else
        take (call, shelf, &import);
    }
  canned_done (centre_canned (call->centre), shelf);
}
