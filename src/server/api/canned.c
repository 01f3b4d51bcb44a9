/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies of agents: listed, added, changed, deleted. Centre's thread. */
#include "server/api/canned.h"

#include "server/api/handlers.h"

#include <string.h>

static const char *const scopes[] = { "personal", "public", NULL };

/* --- reading ---------------------------------------------------------------------------------- */

static void
list_shelf (const CannedShelf *shelf, gint64 since, JsonArray *replies, JsonArray *deleted)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, shelf->replies);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CannedReply *one = value;

      if (one->version <= since)
        continue;
      if (!one->deleted)
        json_array_add_object_element (replies, canned_to_json (shelf, one));
      else if (since > 0)
        json_array_add_string_element (deleted, one->reply->id);
    }
}

void
api_canned_list (ApiCall *call)
{
  CannedReplies *canned = centre_canned (call->centre);
  const char *from = api_call_query (call, "since");
  g_autoptr (GError) error = NULL;
  CannedShelf *own = NULL, *all = NULL;
  JsonArray *replies, *deleted;
  JsonObject *answer;
  gint64 since = 0;

  if (from != NULL && !g_ascii_string_to_signed (from, 10, 0, G_MAXINT64, &since, NULL))
    {
      api_call_invalid_query (call, "since", 0, "not a number");
      return;
    }
  all = canned_shelf (canned, CANNED_PUBLIC, &error);
  if (all != NULL)
    own = canned_shelf (canned, call->agent, &error);
  if (own == NULL)
    {
      api_call_store_error (call, error);
      return;
    }
  /* A number from another life of the store. */
  if (since > centre_seq (call->centre))
    since = 0;
  replies = json_array_new ();
  deleted = json_array_new ();
  list_shelf (all, since, replies, deleted);
  list_shelf (own, since, replies, deleted);
  canned_done (canned, own);
  answer = json_object_new ();
  base_json_set_string (answer, "epoch", hub_get_epoch (centre_hub (call->centre)));
  json_object_set_int_member (answer, "since", since);
  json_object_set_int_member (answer, "version", centre_seq (call->centre));
  json_object_set_array_member (answer, "canned_replies", replies);
  json_object_set_array_member (answer, "deleted", deleted);
  api_call_reply_durable (call, 200, answer);
}

/* --- changing --------------------------------------------------------------------------------- */

gboolean
api_canned_may_change (ApiCall *call, gboolean is_public)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, call->agent) : NULL;
  ModelRole role = agent != NULL ? (ModelRole) agent->role : MODEL_ROLE_AGENT;
  ModelPermission permission = model_reply_permission (role, is_public);
  JsonObject *more;

  if (permission.verdict == MODEL_ALLOWED)
    return TRUE;
  more = json_object_new ();
  base_json_set_string (more, "reason", model_code (permission.reason));
  api_call_problem (call, 403, "not_allowed", more, NULL);

  return FALSE;
}

guint
api_canned_max (const CannedShelf *shelf)
{
  return *shelf->agent == '\0' ? MODEL_REPLIES_PUBLIC : MODEL_REPLIES_PERSONAL;
}

CannedShelf *
api_canned_scope (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  CannedShelf *shelf = NULL;
  guint scope;

  if (!base_json_get_word (&call->body, "scope", scopes, &scope, &error))
    {
      api_call_bad_body (call, error);
      return NULL;
    }
  if (!api_canned_may_change (call, scope == 1))
    return NULL;
  shelf =
      canned_shelf (centre_canned (call->centre), scope == 1 ? CANNED_PUBLIC : call->agent, &error);
  if (shelf == NULL)
    api_call_store_error (call, error);

  return shelf;
}

void
api_canned_tidy (ModelCannedReply *reply)
{
  if (reply->shortcut != NULL && *reply->shortcut == '\0')
    g_clear_pointer (&reply->shortcut, g_free);
  if (reply->category != NULL && *g_strstrip (reply->category) == '\0')
    g_clear_pointer (&reply->category, g_free);
  if (reply->name != NULL)
    g_strstrip (reply->name);
}

static void
refuse_problem (ApiCall *call, const ModelProblem *problem)
{
  g_autofree char *pointer = g_strdelimit (g_strconcat ("/", problem->path, NULL), ".", '/');
  JsonObject *more = json_object_new ();
  gboolean malformed =
      g_str_equal (problem->code, "type") || g_str_equal (problem->code, "unknown_member");

  base_json_set_string (more, "field", pointer);
  base_json_set_string (more, "reason", problem->code);
  api_call_problem (call, malformed ? 400 : 422, malformed ? "bad_request" : "invalid", more,
                    problem->message);
}

/* What the body says of the reply itself; NULL: answered. */
static ModelCannedReply *
read_reply (ApiCall *call)
{
  g_autoptr (ModelCannedReply) reply = model_canned_reply_new ();
  g_autoptr (GPtrArray) problems = model_problems_new ();

  json_object_remove_member (call->body.object, "scope");
  json_object_remove_member (call->body.object, "revision");
  model_fields_read (&model_canned_reply_body_noun, call->body.object, "", reply, problems);
  api_canned_tidy (reply);
  if (problems->len == 0)
    model_canned_reply_check (reply, "", problems);
  if (problems->len == 0)
    return g_steal_pointer (&reply);
  refuse_problem (call, g_ptr_array_index (problems, 0));

  return NULL;
}

/* FALSE: answered. */
static gboolean
shortcut_is_free (ApiCall *call,
                  const CannedShelf *shelf,
                  const ModelCannedReply *reply,
                  const CannedReply *known)
{
  JsonObject *more;

  if (reply->shortcut == NULL || canned_at (shelf, reply->shortcut, known) == NULL)
    return TRUE;
  more = json_object_new ();
  base_json_set_string (more, "field", "/shortcut");
  base_json_set_string (more, "reason", "repeated");
  api_call_problem (call, 422, "invalid", more, "another reply has this shortcut");

  return FALSE;
}

/* Takes the reply; NULL deletes. */
static void
change (ApiCall *call,
        CannedShelf *shelf,
        CannedReply *known,
        ModelCannedReply *reply,
        guint status)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  StoreBatch *batch = store_batch_new ();
  JsonObject *answer = api_call_mark (call);
  CannedReply *one = canned_set (shelf, known, reply, centre_seq (call->centre) + 1, batch);

  if (reply != NULL)
    json_object_set_object_member (answer, "canned_reply", canned_to_json (shelf, one));
  else
    json_object_set_int_member (answer, "revision", one->revision);
  g_ptr_array_add (changed, one);
  api_call_keep_answer (call, batch, status, answer);
  canned_commit (centre_canned (call->centre), shelf, call->agent, changed, batch, api_call_kept,
                 api_call_ref (call));
}

void
api_canned_create (ApiCall *call)
{
  CannedShelf *shelf = api_canned_scope (call);
  ModelCannedReply *reply = shelf != NULL ? read_reply (call) : NULL;

  if (reply != NULL && canned_count (shelf) >= api_canned_max (shelf))
    api_call_invalid (call, "/scope", api_canned_max (shelf), "no more of them");
  else if (reply != NULL && shortcut_is_free (call, shelf, reply, NULL))
    change (call, shelf, NULL, g_steal_pointer (&reply), 201);
  model_canned_reply_free (reply);
  if (shelf != NULL)
    canned_done (centre_canned (call->centre), shelf);
}

/* The one that the path names and the agent may change, on its shelf; NULL: answered. */
static CannedReply *
find_own (ApiCall *call, CannedShelf **shelf)
{
  CannedReplies *canned = centre_canned (call->centre);
  g_autoptr (GError) error = NULL;
  CannedReply *one = NULL;

  *shelf = canned_shelf (canned, CANNED_PUBLIC, &error);
  if (*shelf != NULL)
    one = canned_find (*shelf, call->parameters[0]);
  if (*shelf != NULL && one == NULL)
    {
      *shelf = canned_shelf (canned, call->agent, &error);
      one = *shelf != NULL ? canned_find (*shelf, call->parameters[0]) : NULL;
    }
  if (*shelf == NULL)
    api_call_store_error (call, error);
  else if (one == NULL)
    api_call_not_found (call);
  else if (api_canned_may_change (call, *(*shelf)->agent == '\0'))
    return one;

  return NULL;
}

/* FALSE: answered. */
static gboolean
is_current (ApiCall *call, const CannedShelf *shelf, const CannedReply *one, gint64 revision)
{
  JsonObject *more;

  if (revision == one->revision)
    return TRUE;
  more = json_object_new ();
  if (!one->deleted)
    json_object_set_object_member (more, "current", canned_to_json (shelf, one));
  api_call_problem (call, 409, "conflict", more, NULL);

  return FALSE;
}

/* One that was deleted comes back so: the number of its deletion is its revision. */
void
api_canned_change (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  CannedShelf *shelf = NULL;
  CannedReply *one;
  ModelCannedReply *reply = NULL;
  gint64 revision;

  if (!base_json_only (&call->body, &error, "shortcut", "category", "name", "texts", "revision",
                       NULL) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  one = find_own (call, &shelf);
  if (one != NULL)
    reply = read_reply (call);
  if (reply != NULL && is_current (call, shelf, one, revision))
    {
      if (one->deleted && canned_count (shelf) >= api_canned_max (shelf))
        api_call_invalid (call, "/revision", api_canned_max (shelf), "no more of them");
      else if (shortcut_is_free (call, shelf, reply, one))
        change (call, shelf, one, g_steal_pointer (&reply), 200);
    }
  model_canned_reply_free (reply);
  if (shelf != NULL)
    canned_done (centre_canned (call->centre), shelf);
}

void
api_canned_delete (ApiCall *call)
{
  const char *text = api_call_query (call, "revision");
  CannedShelf *shelf = NULL;
  CannedReply *one;
  gint64 revision;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &revision, NULL))
    {
      api_call_invalid_query (call, "revision", 0, "which revision?");
      return;
    }
  one = find_own (call, &shelf);
  if (one != NULL && one->deleted)
    api_call_not_found (call);
  else if (one != NULL && is_current (call, shelf, one, revision))
    change (call, shelf, one, NULL, 200);
  if (shelf != NULL)
    canned_done (centre_canned (call->centre), shelf);
}
