/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What supervisors write to an agent, a team or all, and what the centre says itself: sent, listed,
 * marked as read, deleted. Each who gets it has a row. Centre's thread. */
#include "server/api/handlers.h"

#include "base/ids.h"
#include "server/centre/notices.h"

#include <string.h>

#define TEXT_MAX 1000
#define LIST_MAX 500

static const char *const priorities[] = { "low", "normal", "high", "urgent", NULL };

void
api_notices_list (ApiCall *call)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (agent_notice_free);
  g_autoptr (GError) error = NULL;
  JsonArray *notices;
  JsonObject *answer;

  if (!store_query (centre_store (call->centre), &error, agent_notice_on_row, list,
                    STORE_GET_NOTICES, call->agent, (gint64) LIST_MAX))
    {
      api_call_store_error (call, error);
      return;
    }
  notices = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (
        notices, agent_notice_to_json (call->centre, g_ptr_array_index (list, i)));
  answer = json_object_new ();
  json_object_set_array_member (answer, "notices", notices);
  api_call_reply_durable (call, 200, answer);
}

/* --- sending ---------------------------------------------------------------------------------- */

/* FALSE: answered. */
static gboolean
may_send (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, call->agent) : NULL;
  JsonObject *more;

  if (agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR)
    return TRUE;
  more = json_object_new ();
  base_json_set_string (more, "reason", model_code (MODEL_CODE_NOT_SUPERVISOR));
  api_call_problem (call, 403, "not_allowed", more, NULL);

  return FALSE;
}

/* Where it goes. */
typedef struct
{
  const char *agent, *team; /* both NULL: to all */
  guint priority;
  char *text;
} Wish;

/* FALSE: answered. */
static gboolean
read_wish (ApiCall *call, Wish *wish)
{
  g_autoptr (GError) error = NULL;
  const char *text;

  if (!base_json_only (&call->body, &error, "agent", "team", "priority", "text", NULL) ||
      !base_json_opt_string (&call->body, "agent", 64, NULL, &wish->agent, &error) ||
      !base_json_opt_string (&call->body, "team", 64, NULL, &wish->team, &error) ||
      !base_json_get_word (&call->body, "priority", priorities, &wish->priority, &error) ||
      !base_json_get_string (&call->body, "text", TEXT_MAX * 4, &text, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  wish->text = g_strstrip (g_strdup (text));
  if (*wish->text != '\0' && g_utf8_strlen (wish->text, -1) <= TEXT_MAX)
    return TRUE;
  api_call_invalid (call, "/text", TEXT_MAX, "1 to so many characters");

  return FALSE;
}

static gboolean
is_for (const ModelAgent *agent, const Wish *wish)
{
  if (wish->agent != NULL)
    return g_str_equal (agent->id, wish->agent);
  if (wish->team != NULL)
    return g_strcmp0 (agent->team, wish->team) == 0 ||
           (agent->teams != NULL &&
            g_strv_contains ((const char *const *) agent->teams, wish->team));

  return TRUE;
}

static GPtrArray *
recipients (ApiCall *call, const Wish *wish)
{
  const GPtrArray *agents = centre_definitions (call->centre)->agents;
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (agents, i);

      if (is_for (agent, wish))
        g_ptr_array_add (list, agent->id);
    }

  return list;
}

static void
send_to (ApiCall *call, const AgentNotice *notice, GPtrArray *agents)
{
  StoreBatch *batch = store_batch_new ();
  JsonObject *answer = api_call_mark (call);

  for (guint i = 0; i < agents->len; i++)
    store_batch_add (batch, STORE_NOTICE_ADD, (const char *) g_ptr_array_index (agents, i),
                     notice->id, notice->at, notice->sender, notice->audience, notice->priority,
                     notice->text);
  json_object_set_int_member (answer, "recipients", agents->len);
  api_call_keep_answer (call, batch, 201, answer);
  centre_together_begin (call->centre);
  for (guint i = 0; i < agents->len; i++)
    {
      const gboolean last = i + 1 == agents->len;

      centre_announce (call->centre, g_ptr_array_index (agents, i), "notice.changed", call->agent,
                       agent_notice_journal ("notice.sent", call->agent, notice->id),
                       agent_notice_news (call->centre, notice, FALSE),
                       last ? batch : store_batch_new (), last ? api_call_kept : NULL,
                       last ? api_call_ref (call) : NULL);
    }
  centre_together_end (call->centre);
}

void
api_notice_send (ApiCall *call)
{
  g_autoptr (AgentNotice) notice = g_new0 (AgentNotice, 1);
  g_autoptr (GPtrArray) agents = NULL;
  Wish wish = { 0 };

  if (!may_send (call) || !read_wish (call, &wish))
    {
      g_free (wish.text);
      return;
    }
  agents = recipients (call, &wish);
  notice->id = base_token_new (9);
  notice->at = centre_now (call->centre);
  notice->sender = g_strdup (call->agent);
  notice->audience = g_strdup (wish.agent != NULL ? "agent" : wish.team != NULL ? "team" : "all");
  notice->priority = g_strdup (priorities[wish.priority]);
  notice->text = wish.text;
  if (wish.agent != NULL && wish.team != NULL)
    api_call_invalid (call, "/team", 0, "an agent or a team");
  else if (agents->len == 0)
    api_call_invalid (call, wish.agent != NULL ? "/agent" : "/team", 0, "nobody there");
  else
    send_to (call, notice, agents);
}

/* --- marking and deleting --------------------------------------------------------------------- */

/* The agent's own that the path names; NULL: answered. */
static AgentNotice *
find (ApiCall *call)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (!store_query (centre_store (call->centre), &error, agent_notice_on_row, list,
                    STORE_GET_NOTICE, call->agent, call->parameters[0]))
    api_call_store_error (call, error);
  else if (list->len == 0)
    api_call_not_found (call);

  return list->len > 0 ? g_ptr_array_index (list, 0) : NULL;
}

static void
change (ApiCall *call, const AgentNotice *notice, gboolean deleted, StoreBatch *batch)
{
  api_call_keep_answer (call, batch, 200, api_call_mark (call));
  centre_announce (
      call->centre, call->agent, "notice.changed", call->agent,
      agent_notice_journal (deleted ? "notice.deleted" : "notice.read", call->agent, notice->id),
      agent_notice_news (call->centre, notice, deleted), batch, api_call_kept, api_call_ref (call));
}

void
api_notice_change (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AgentNotice) notice = NULL;
  StoreBatch *batch;
  gboolean read;

  if (!base_json_only (&call->body, &error, "read", NULL) ||
      !base_json_get_bool (&call->body, "read", &read, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  notice = find (call);
  if (notice == NULL)
    return;
  notice->read = read;
  batch = store_batch_new ();
  store_batch_add (batch, STORE_NOTICE_READ, call->agent, notice->id, (gint64) read);
  change (call, notice, FALSE, batch);
}

void
api_notice_delete (ApiCall *call)
{
  g_autoptr (AgentNotice) notice = find (call);
  StoreBatch *batch;

  if (notice == NULL)
    return;
  batch = store_batch_new ();
  store_batch_add (batch, STORE_NOTICE_DROP, call->agent, notice->id);
  change (call, notice, TRUE, batch);
}
