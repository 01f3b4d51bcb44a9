/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digital work that an agent gives away or takes: unassign, transfer, consult, several offers
 * at once. Centre's thread. */
#include "server/api/directory.h"
#include "server/api/handlers.h"

#include "server/api/customer-body.h"

#define ID_MAX     128
#define OFFERS_MAX 100

/* --- giving away ------------------------------------------------------------------------------ */

void
api_interaction_unassign (ApiCall *call)
{
  api_call_simple (call, ACD_COMMAND_UNASSIGN);
}

/* What the body names beside the command. */
typedef struct
{
  const char *kind;
  const char *number; /* as it was typed */
} Wish;

gboolean
api_read_target (BaseJson *to, AcdCommand *command, GError **error)
{
  const char *queue, *agent, *skill, *team, *entry_point;

  if (!base_json_opt_string (to, "queue", ID_MAX, NULL, &queue, error) ||
      !base_json_opt_string (to, "agent", ID_MAX, NULL, &agent, error) ||
      !base_json_opt_string (to, "skill", ID_MAX, NULL, &skill, error) ||
      !base_json_opt_string (to, "team", ID_MAX, NULL, &team, error) ||
      !base_json_opt_string (to, "entry_point", ID_MAX, NULL, &entry_point, error))
    return FALSE;
  command->queue = queue;
  command->target = agent;
  command->skill = skill;
  command->team = team;
  command->entry_point = entry_point;

  return TRUE;
}

guint
api_count_targets (const AcdCommand *command)
{
  return (command->queue != NULL) + (command->target != NULL) + (command->skill != NULL) +
         (command->team != NULL) + (command->entry_point != NULL);
}

gboolean
api_aims_at_team (ApiCall *call, const char *number, AcdCommand *command)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);

  return definitions != NULL && model_definitions_aims_at_team (definitions, number, &command->team,
                                                                &command->entry_point);
}

/* FALSE: the body is not as it should be. */
static gboolean
read_target (ApiCall *call, AcdCommand *command, gboolean with_kind, Wish *wish, GError **error)
{
  const char *box;
  BaseJson to;

  if (!base_json_only (&call->body, error, "to", with_kind ? "kind" : NULL, NULL) ||
      (with_kind && !base_json_get_string (&call->body, "kind", ID_MAX, &wish->kind, error)) ||
      !base_json_get_object (&call->body, "to", &to, error) ||
      !base_json_only (&to, error, "queue", "agent", "skill", "team", "entry_point", "number",
                       "box", NULL) ||
      !api_read_target (&to, command, error) ||
      !base_json_opt_string (&to, "box", ID_MAX, NULL, &box, error) ||
      !base_json_opt_string (&to, "number", API_NUMBER_MAX * 2, NULL, &wish->number, error))
    return FALSE;
  command->box = box;
  command->outside = wish->number != NULL && !api_aims_at_team (call, wish->number, command);
  if (!command->outside)
    wish->number = NULL;

  return TRUE;
}

/* What the core would call by its own names; FALSE: answered. */
static gboolean
makes_sense (ApiCall *call, const Record *record, const AcdCommand *command)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelQueue *queue =
      command->queue != NULL ? model_definitions_queue (definitions, command->queue) : NULL;

  if (api_count_targets (command) + (command->outside != FALSE) + (command->box != NULL) != 1)
    api_call_invalid (call, "/to", 0, "one of queue, agent, skill, team, entry_point, number, box");
  else if (command->box != NULL &&
           (record->channel != MODEL_CHANNEL_VOICE || command->type != ACD_COMMAND_TRANSFER))
    api_call_invalid (call, "/to/box", 0, "calls are transferred to it");
  else if (command->outside && record->channel != MODEL_CHANNEL_VOICE)
    api_call_invalid (call, "/to/number", 0, "only of calls");
  else if (queue != NULL && queue->channel != (gint32) record->channel)
    api_call_invalid (call, "/to/queue", 0, "a queue of another channel");
  else if (g_strcmp0 (command->target, call->agent) == 0)
    api_call_invalid (call, "/to/agent", 0, "the agent who has it");
  else
    return TRUE;

  return FALSE;
}

/* Its number lies beside the journal. */
static void
ask (ApiCall *call, const Record *record, AcdCommand *command, const Wish *wish)
{
  g_autofree char *number = wish->number != NULL ? customer_number_clean (wish->number) : NULL;
  CentreAside aside = { .number = number };

  if (wish->number != NULL && number == NULL)
    {
      api_call_invalid (call, "/to/number", API_NUMBER_MAX, "not a number");
      return;
    }
  command->interaction = record->id;
  api_directory_remember (call, command);
  if (number != NULL)
    api_directory_use_number (call, number);
  api_call_command (call, command, &aside);
}

void
api_interaction_transfer (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_TRANSFER };
  Wish wish = { 0 };
  g_autoptr (GError) error = NULL;
  Record *record;

  if (!read_target (call, &command, FALSE, &wish, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL || !makes_sense (call, record, &command))
    return;
  ask (call, record, &command, &wish);
}

/* --- several agents --------------------------------------------------------------------------- */

void
api_interaction_consult (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_CONSULT };
  g_autoptr (GError) error = NULL;
  Wish wish = { 0 };
  Record *record;

  if (!read_target (call, &command, TRUE, &wish, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  command.on = g_strcmp0 (wish.kind, "conference") == 0;
  if (!command.on && g_strcmp0 (wish.kind, "consult") != 0)
    {
      api_call_invalid (call, "/kind", 0, "consult or conference");
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL || !makes_sense (call, record, &command))
    return;
  ask (call, record, &command, &wish);
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
