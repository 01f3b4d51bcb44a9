/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digital work that an agent gives away or takes: unassign, transfer and to whom that is possible,
 * several offers at once. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/render.h"

#define ID_MAX     128
#define OFFERS_MAX 100

/* --- giving away ------------------------------------------------------------------------------ */

void
api_interaction_unassign (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_UNASSIGN };
  g_autoptr (GError) error = NULL;
  Record *record;

  if (!base_json_only (&call->body, &error, NULL))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

/* FALSE: the body is not as it should be. */
static gboolean
read_target (ApiCall *call, AcdCommand *command, const char **kind, GError **error)
{
  const char *queue, *agent, *skill;
  BaseJson to;

  if (!base_json_only (&call->body, error, "to", kind != NULL ? "kind" : NULL, NULL) ||
      (kind != NULL && !base_json_get_string (&call->body, "kind", ID_MAX, kind, error)) ||
      !base_json_get_object (&call->body, "to", &to, error) ||
      !base_json_only (&to, error, "queue", "agent", "skill", NULL) ||
      !base_json_opt_string (&to, "queue", ID_MAX, NULL, &queue, error) ||
      !base_json_opt_string (&to, "agent", ID_MAX, NULL, &agent, error) ||
      !base_json_opt_string (&to, "skill", ID_MAX, NULL, &skill, error))
    return FALSE;
  command->queue = queue;
  command->target = agent;
  command->skill = skill;

  return TRUE;
}

/* What the core would call by its own names; FALSE: answered. */
static gboolean
makes_sense (ApiCall *call, const Record *record, const AcdCommand *command)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelQueue *queue =
      command->queue != NULL ? model_definitions_queue (definitions, command->queue) : NULL;

  if ((command->queue != NULL) + (command->target != NULL) + (command->skill != NULL) != 1)
    api_call_invalid (call, "/to", 0, "one of queue, agent, skill");
  else if (queue != NULL && queue->channel != (gint32) record->channel)
    api_call_invalid (call, "/to/queue", 0, "a queue of another channel");
  else if (g_strcmp0 (command->target, call->agent) == 0)
    api_call_invalid (call, "/to/agent", 0, "the agent who has it");
  else
    return TRUE;

  return FALSE;
}

void
api_interaction_transfer (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_TRANSFER };
  g_autoptr (GError) error = NULL;
  Record *record;

  if (!read_target (call, &command, NULL, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL || !makes_sense (call, record, &command))
    return;
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

/* --- several agents --------------------------------------------------------------------------- */

void
api_interaction_consult (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_CONSULT };
  g_autoptr (GError) error = NULL;
  const char *kind = NULL;
  Record *record;

  if (!read_target (call, &command, &kind, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  command.on = g_strcmp0 (kind, "conference") == 0;
  if (!command.on && g_strcmp0 (kind, "consult") != 0)
    {
      api_call_invalid (call, "/kind", 0, "consult or conference");
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL || !makes_sense (call, record, &command))
    return;
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

void
api_interaction_consult_end (ApiCall *call)
{
  Record *record = api_call_interaction (call);
  AcdCommand command = { .type = ACD_COMMAND_END_CONSULT };

  if (record == NULL)
    return;
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

/* --- to whom ---------------------------------------------------------------------------------- */

static void
set_problem (ApiCall *call, const Record *record, AcdCommand *command, JsonObject *object)
{
  const char *wanted = api_call_query (call, "for");

  command->type = wanted == NULL || g_str_equal (wanted, "transfer") ? ACD_COMMAND_TRANSFER
                                                                     : ACD_COMMAND_CONSULT;
  command->on = g_strcmp0 (wanted, "conference") == 0;
  command->agent = call->agent;
  command->interaction = record->id;
  base_json_set_string (object, "problem",
                        acd_core_target_problem (centre_core (call->centre), command));
}

static JsonObject *
named (const char *id, ModelNames names)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", id);
  json_object_set_object_member (object, "names", render_names (names));

  return object;
}

static JsonArray *
target_queues (ApiCall *call, const Record *record, const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->queues->len; i++)
    {
      const ModelQueue *queue = g_ptr_array_index (definitions->queues, i);
      AcdCommand command = { .queue = queue->id };
      AcdQueueView view = { 0 };
      JsonObject *object;

      if (queue->channel != (gint32) record->channel)
        continue;
      object = named (queue->id, queue->names);
      acd_core_queue_view (centre_core (call->centre), queue->id, &view);
      json_object_set_int_member (object, "waiting", view.waiting);
      json_object_set_int_member (object, "staffed", view.staffed);
      set_problem (call, record, &command, object);
      json_array_add_object_element (array, object);
    }

  return array;
}

/* Those who are signed in, and of the own team the others too. */
static JsonObject *
target_agent (ApiCall *call, const Record *record, const ModelAgent *agent, const char *own_team)
{
  AcdPresenceView view = acd_core_agent_presence (centre_core (call->centre), agent->id);
  AcdCommand command = { .target = agent->id };
  JsonObject *object;

  if (view.presence == MODEL_PRESENCE_SIGNED_OUT &&
      (own_team == NULL || g_strcmp0 (agent->team, own_team) != 0))
    return NULL;
  object = json_object_new ();
  base_json_set_string (object, "id", agent->id);
  base_json_set_string (object, "name", agent->name);
  base_json_set_string (object, "team", agent->team);
  base_json_set_string (object, "presence", model_presence_to_text (view.presence));
  base_json_set_string (object, "reason", view.reason);
  set_problem (call, record, &command, object);

  return object;
}

static JsonArray *
target_agents (ApiCall *call, const Record *record, const ModelDefinitions *definitions)
{
  const ModelAgent *own = model_definitions_agent (definitions, call->agent);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (definitions->agents, i);
      JsonObject *object = NULL;

      if (agent != own && model_definitions_slots (definitions, agent, record->channel) > 0)
        object = target_agent (call, record, agent, own != NULL ? own->team : NULL);
      if (object != NULL)
        json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
target_skills (ApiCall *call, const Record *record, const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->skills->len; i++)
    {
      const ModelSkill *skill = g_ptr_array_index (definitions->skills, i);
      AcdCommand command = { .skill = skill->id };
      JsonObject *object = named (skill->id, skill->names);

      set_problem (call, record, &command, object);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
target_teams (const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->teams->len; i++)
    {
      const ModelTeam *team = g_ptr_array_index (definitions->teams, i);

      json_array_add_object_element (array, named (team->id, team->names));
    }

  return array;
}

void
api_interaction_targets (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  Record *record = api_call_interaction (call);
  const char *wanted = api_call_query (call, "for");
  JsonObject *answer;

  if (record == NULL)
    return;
  if (wanted != NULL && !g_str_equal (wanted, "transfer") && !g_str_equal (wanted, "consult") &&
      !g_str_equal (wanted, "conference"))
    {
      api_call_invalid_query (call, "for", 0, "transfer, consult or conference");
      return;
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "teams", target_teams (definitions));
  json_object_set_array_member (answer, "queues", target_queues (call, record, definitions));
  json_object_set_array_member (answer, "agents", target_agents (call, record, definitions));
  json_object_set_array_member (answer, "skills", target_skills (call, record, definitions));
  api_call_reply_durable (call, 200, answer);
}

/* --- several offers at once ------------------------------------------------------------------- */

typedef struct
{
  ApiCall *call;
  guint outstanding; /* commands that are not done; one more while they are being given */
  JsonArray *accepted;
  JsonArray *failed;
} Accepting;

typedef struct
{
  Accepting *accepting;
  char offer[MODEL_ID_TEXT_SIZE];
} One;

static void
add_failed (Accepting *self, const char *offer, const char *reason)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "offer", offer);
  base_json_set_string (object, "reason", reason);
  json_array_add_object_element (self->failed, object);
}

static void
one_done (Accepting *self)
{
  g_autoptr (ApiCall) call = NULL;
  JsonObject *answer;

  if (--self->outstanding > 0)
    return;
  call = self->call;
  answer = api_call_mark (call);
  json_object_set_array_member (answer, "accepted", self->accepted);
  json_object_set_array_member (answer, "failed", self->failed);
  g_free (self);
  api_call_write (call, store_batch_new (), 200, answer);
}

static void
on_accepted (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree One *one = user_data;

  if (result->error == NULL)
    json_array_add_string_element (one->accepting->accepted, one->offer);
  else
    add_failed (one->accepting, one->offer, result->error->message);
  one_done (one->accepting);
}

static void
accept_one (Accepting *self, const char *text)
{
  AcdCommand command = { .type = ACD_COMMAND_OFFER_ACCEPT, .agent = self->call->agent };
  Centre *centre = self->call->centre;
  AcdOfferView view;
  One *one;

  if (!model_id_from_text (MODEL_ID_OFFER, text, &command.offer) ||
      !acd_core_offer_view (centre_core (centre), command.offer, &view) ||
      !g_str_equal (view.agent, self->call->agent))
    add_failed (self, text, model_code (MODEL_CODE_OFFER_OVER));
  else if (view.channel == MODEL_CHANNEL_VOICE)
    add_failed (self, text, model_code (MODEL_CODE_AT_THE_STATION));
  else
    {
      one = g_new0 (One, 1);
      one->accepting = self;
      g_strlcpy (one->offer, text, sizeof one->offer);
      self->outstanding++;
      centre_command (centre, &command, NULL, NULL, on_accepted, one);
    }
}

void
api_offers_accept (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  Accepting *self;
  BaseJson offers;
  const char *text;

  if (!base_json_only (&call->body, &error, "offers", NULL) ||
      !base_json_get_array (&call->body, "offers", OFFERS_MAX, &offers, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  for (guint i = 0; i < base_json_length (&offers); i++)
    if (!base_json_item_string (&offers, i, ID_MAX, &text, &error))
      {
        api_call_bad_body (call, error);
        return;
      }
  self = g_new0 (Accepting, 1);
  *self = (Accepting){ api_call_ref (call), 1, json_array_new (), json_array_new () };
  for (guint i = 0; i < base_json_length (&offers); i++)
    if (base_json_item_string (&offers, i, ID_MAX, &text, NULL))
      accept_one (self, text);
  one_done (self);
}
