/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelves of canned replies: read from the store, changed, committed, told. Centre's thread. */

#include "server/centre/canned.h"

#include "base/fold.h"
#include "base/ids.h"
#include "base/json.h"
#include "server/centre/render.h"

#include <string.h>

/* Of more at once it is only said that there are some: desks ask for them. */
#define TOLD_MAX 20

struct _CannedReplies
{
  Centre *centre;
  GHashTable *shelves; /* agent → CannedShelf */
};

static void
reply_free (gpointer data)
{
  CannedReply *one = data;

  model_canned_reply_free (one->reply);
  g_free (one->folded);
  g_free (one->defined);
  g_free (one);
}

static void
shelf_free (gpointer data)
{
  CannedShelf *shelf = data;

  g_free (shelf->agent);
  g_hash_table_unref (shelf->replies);
  g_free (shelf);
}

CannedReplies *
canned_new (Centre *centre)
{
  CannedReplies *self = g_new0 (CannedReplies, 1);

  self->centre = centre;
  self->shelves = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, shelf_free);

  return self;
}

void
canned_free (CannedReplies *self)
{
  g_hash_table_unref (self->shelves);
  g_free (self);
}

/* --- reading ---------------------------------------------------------------------------------- */

static ModelNames
texts_from_json (const char *json)
{
  g_autoptr (JsonNode) node = base_json_parse (json, strlen (json), NULL, NULL);
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (ModelCannedReply) reply = model_canned_reply_new ();
  JsonObject *body;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      json_object_get_size (json_node_get_object (node)) == 0)
    return NULL;
  body = json_object_new ();
  json_object_set_string_member (body, "name", "-");
  json_object_set_member (body, "texts", g_steal_pointer (&node));
  model_fields_read (&model_canned_reply_body_noun, body, "", reply, problems);
  json_object_unref (body);

  return g_steal_pointer (&reply->texts);
}

static void
fold (CannedReply *one)
{
  g_free (one->folded);
  one->folded = one->reply->shortcut != NULL ? base_fold (one->reply->shortcut) : NULL;
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  CannedShelf *shelf = user_data;
  CannedReply *one = g_new0 (CannedReply, 1);

  one->reply = model_canned_reply_new ();
  one->reply->id = g_strdup (store_row_text (row, 0));
  one->reply->shortcut = g_strdup (store_row_text (row, 1));
  one->reply->category = g_strdup (store_row_text (row, 2));
  one->reply->name = g_strdup (store_row_text (row, 3));
  fold (one);
  one->reply->texts = texts_from_json (store_row_text (row, 4));
  one->defined = g_strdup (store_row_text (row, 5));
  one->revision = store_row_int (row, 6);
  one->version = store_row_int (row, 7);
  one->deleted = store_row_int (row, 8) != 0;
  g_hash_table_insert (shelf->replies, one->reply->id, one);
}

CannedShelf *
canned_shelf (CannedReplies *self, const char *agent, GError **error)
{
  CannedShelf *shelf = g_hash_table_lookup (self->shelves, agent);

  if (shelf != NULL)
    return shelf;
  shelf = g_new0 (CannedShelf, 1);
  shelf->agent = g_strdup (agent);
  shelf->replies = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, reply_free);
  if (!store_query (centre_store (self->centre), error, on_row, shelf, STORE_GET_CANNED, agent))
    {
      shelf_free (shelf);
      return NULL;
    }
  g_hash_table_insert (self->shelves, shelf->agent, shelf);

  return shelf;
}

void
canned_done (CannedReplies *self, CannedShelf *shelf)
{
  if (shelf->pending == 0 && *shelf->agent != '\0')
    g_hash_table_remove (self->shelves, shelf->agent);
}

gboolean
canned_load (CannedReplies *self, GError **error)
{
  return canned_shelf (self, CANNED_PUBLIC, error) != NULL;
}

guint
canned_count (const CannedShelf *shelf)
{
  GHashTableIter iter;
  gpointer one;
  guint n = 0;

  g_hash_table_iter_init (&iter, shelf->replies);
  while (g_hash_table_iter_next (&iter, NULL, &one))
    n += ((CannedReply *) one)->deleted ? 0 : 1;

  return n;
}

CannedReply *
canned_find (const CannedShelf *shelf, const char *id)
{
  return g_hash_table_lookup (shelf->replies, id);
}

CannedReply *
canned_at (const CannedShelf *shelf, const char *shortcut, const CannedReply *except)
{
  g_autofree char *wanted = base_fold (shortcut);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, shelf->replies);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CannedReply *one = value;

      if (one != except && !one->deleted && g_strcmp0 (one->folded, wanted) == 0)
        return one;
    }

  return NULL;
}

CannedReply *
canned_named (const CannedShelf *shelf, const char *name)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, shelf->replies);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CannedReply *one = value;

      if (!one->deleted && one->reply->shortcut == NULL && g_str_equal (one->reply->name, name))
        return one;
    }

  return NULL;
}

JsonObject *
canned_to_json (const CannedShelf *shelf, const CannedReply *one)
{
  JsonObject *object = json_object_new ();
  const ModelCannedReply *reply = one->reply;

  base_json_set_string (object, "id", reply->id);
  base_json_set_string (object, "scope", *shelf->agent == '\0' ? "public" : "personal");
  base_json_set_string (object, "shortcut", reply->shortcut != NULL ? reply->shortcut : "");
  base_json_set_string (object, "category", reply->category != NULL ? reply->category : "");
  base_json_set_string (object, "name", reply->name);
  json_object_set_object_member (object, "texts", render_names (reply->texts));
  json_object_set_int_member (object, "revision", one->revision);
  json_object_set_int_member (object, "version", one->version);

  return object;
}

/* --- changing --------------------------------------------------------------------------------- */

static void
put (const CannedShelf *shelf, const CannedReply *one, StoreBatch *batch)
{
  JsonObject *texts = render_names (one->reply->texts);
  g_autofree char *json = base_json_to_text (texts);

  json_object_unref (texts);
  store_batch_add (batch, STORE_CANNED_SET, one->reply->id, shelf->agent, one->reply->shortcut,
                   one->reply->category, one->reply->name, json, one->defined, one->revision,
                   one->version, (gint64) one->deleted);
}

/* Nothing of a text that was deleted is kept. */
static ModelCannedReply *
bare (const char *id)
{
  ModelCannedReply *reply = model_canned_reply_new ();

  reply->id = g_strdup (id);
  reply->name = g_strdup ("");

  return reply;
}

CannedReply *
canned_set (CannedShelf *shelf,
            CannedReply *known,
            ModelCannedReply *reply,
            gint64 version,
            StoreBatch *batch)
{
  CannedReply *one = known;

  if (one == NULL)
    {
      g_autofree char *token = base_token_new (9);

      /* Never the id of one that is defined: those begin with a letter or digit. */
      g_free (reply->id);
      reply->id = g_strconcat ("_", token, NULL);
      one = g_new0 (CannedReply, 1);
      one->reply = reply;
      g_hash_table_insert (shelf->replies, reply->id, one);
    }
  else
    {
      ModelCannedReply *before = one->reply;
      gpointer key = NULL;

      one->deleted = reply == NULL;
      one->reply = reply != NULL ? reply : bare (before->id);
      g_free (reply != NULL ? reply->id : NULL);
      if (reply != NULL)
        reply->id = g_strdup (before->id);
      g_hash_table_steal_extended (shelf->replies, before->id, &key, NULL);
      g_hash_table_insert (shelf->replies, one->reply->id, one);
      model_canned_reply_free (before);
    }
  fold (one);
  one->revision++;
  one->version = version;
  put (shelf, one, batch);

  return one;
}

typedef struct
{
  CannedReplies *self;
  char *agent;
  CentreReadyFunc done;
  gpointer user_data;
} Commit;

static void
on_durable (gpointer user_data)
{
  Commit *commit = user_data;
  CannedShelf *shelf = g_hash_table_lookup (commit->self->shelves, commit->agent);

  if (shelf != NULL)
    {
      shelf->pending--;
      canned_done (commit->self, shelf);
    }
  commit->done (commit->user_data);
  g_free (commit->agent);
  g_free (commit);
}

/* What streams are told. */
static JsonObject *
notice_of (const CannedShelf *shelf, GPtrArray *changed)
{
  JsonObject *notice = json_object_new ();
  JsonArray *replies = json_array_new ();
  JsonArray *deleted = json_array_new ();
  gboolean all = changed->len <= TOLD_MAX;
  gint64 version = 0;

  for (guint i = 0; i < changed->len; i++)
    {
      const CannedReply *one = g_ptr_array_index (changed, i);

      version = MAX (version, one->version);
      if (all && one->deleted)
        json_array_add_string_element (deleted, one->reply->id);
      else if (all)
        json_array_add_object_element (replies, canned_to_json (shelf, one));
    }
  json_object_set_int_member (notice, "version", version);
  json_object_set_boolean_member (notice, "complete", all);
  json_object_set_array_member (notice, "canned_replies", replies);
  json_object_set_array_member (notice, "deleted", deleted);

  return notice;
}

void
canned_commit (CannedReplies *self,
               CannedShelf *shelf,
               const char *by,
               GPtrArray *changed,
               StoreBatch *batch,
               CentreReadyFunc done,
               gpointer user_data)
{
  JsonObject *journal = json_object_new ();
  JsonArray *ids = json_array_new ();
  Commit *commit = g_new0 (Commit, 1);

  base_json_set_string (journal, "type", "canned_reply.changed");
  base_json_set_string (journal, "agent", by);
  for (guint i = 0; i < changed->len; i++)
    json_array_add_string_element (
        ids, ((const CannedReply *) g_ptr_array_index (changed, i))->reply->id);
  json_object_set_array_member (journal, "canned_replies", ids);
  commit->self = self;
  commit->agent = g_strdup (shelf->agent);
  commit->done = done;
  commit->user_data = user_data;
  shelf->pending++;
  centre_announce (self->centre, *shelf->agent != '\0' ? shelf->agent : NULL,
                   "canned_reply.changed", by, journal, notice_of (shelf, changed), batch,
                   on_durable, commit);
}

/* --- definitions ------------------------------------------------------------------------------ */

static char *
json_of (const ModelCannedReply *reply)
{
  GString *json = g_string_new (NULL);

  model_fields_write (&model_canned_reply_body_noun, reply, json);

  return g_string_free (json, FALSE);
}

static ModelCannedReply *
copy (const ModelCannedReply *reply)
{
  ModelCannedReply *new = model_canned_reply_new ();

  new->id = g_strdup (reply->id);
  new->shortcut = g_strdup (reply->shortcut);
  new->category = g_strdup (reply->category);
  new->name = g_strdup (reply->name);
  new->texts = g_strdupv (reply->texts);

  return new;
}

static void
define_one (CannedShelf *shelf, const ModelCannedReply *reply, gint64 version, StoreBatch *batch)
{
  CannedReply *one = canned_find (shelf, reply->id);
  g_autofree char *json = json_of (reply);
  CannedReply *rival;

  if (one != NULL && g_strcmp0 (one->defined, json) == 0)
    return;
  if (one == NULL)
    {
      one = g_new0 (CannedReply, 1);
      one->reply = bare (reply->id);
      g_hash_table_insert (shelf->replies, one->reply->id, one);
    }
  /* The centre's shortcut is taken from whom people gave it to meanwhile. */
  rival = reply->shortcut != NULL ? canned_at (shelf, reply->shortcut, one) : NULL;
  if (rival != NULL)
    {
      ModelCannedReply *without = copy (rival->reply);

      g_clear_pointer (&without->shortcut, g_free);
      canned_set (shelf, rival, without, version, batch);
    }
  g_free (one->defined);
  one->defined = g_steal_pointer (&json);
  canned_set (shelf, one, copy (reply), version, batch);
}

void
canned_define (CannedReplies *self,
               const ModelDefinitions *definitions,
               gint64 version,
               StoreBatch *batch)
{
  CannedShelf *shelf = g_hash_table_lookup (self->shelves, CANNED_PUBLIC);
  GPtrArray *defined = definitions->canned_replies;
  g_autoptr (GList) all = g_hash_table_get_values (shelf->replies);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; defined != NULL && i < defined->len; i++)
    g_hash_table_add (ids, ((ModelCannedReply *) defined->pdata[i])->id);
  for (GList *l = all; l != NULL; l = l->next)
    {
      CannedReply *one = l->data;

      if (one->defined == NULL || g_hash_table_contains (ids, one->reply->id))
        continue;
      g_clear_pointer (&one->defined, g_free);
      canned_set (shelf, one, NULL, version, batch);
    }
  for (guint i = 0; defined != NULL && i < defined->len; i++)
    define_one (shelf, defined->pdata[i], version, batch);
}
