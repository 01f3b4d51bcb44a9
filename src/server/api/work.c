/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers, interactions and participations: commands on the work itself. Centre's thread. */
#include "server/api/handlers.h"

#include "model/permissions.h"
#include "server/centre/render.h"

#include <string.h>

/* FALSE: answered. */
static gboolean
no_members (ApiCall *call)
{
  g_autoptr (GError) error = NULL;

  if (base_json_only (&call->body, &error, NULL))
    return TRUE;
  api_call_bad_body (call, error);

  return FALSE;
}

/* --- offers ----------------------------------------------------------------------------------- */

static void
answer_offer (ApiCall *call, AcdCommandType type)
{
  AcdCommand command = { .type = (gint32) type };
  AcdOfferView view;

  if (!no_members (call))
    return;
  if (!model_id_from_text (MODEL_ID_OFFER, call->parameters[0], &command.offer) ||
      !acd_core_offer_view (centre_core (call->centre), command.offer, &view) ||
      !g_str_equal (view.agent, call->agent))
    api_call_not_found (call);
  else if (type == ACD_COMMAND_OFFER_ACCEPT && view.channel == MODEL_CHANNEL_VOICE)
    api_call_not_now (call, model_code (MODEL_CODE_AT_THE_STATION));
  else
    api_call_command (call, &command, NULL);
}

void
api_offer_accept (ApiCall *call)
{
  answer_offer (call, ACD_COMMAND_OFFER_ACCEPT);
}

void
api_offer_decline (ApiCall *call)
{
  answer_offer (call, ACD_COMMAND_OFFER_DECLINE);
}

/* --- interactions ----------------------------------------------------------------------------- */

static void
simple (ApiCall *call, AcdCommandType type)
{
  Record *record = no_members (call) ? api_call_interaction (call) : NULL;
  AcdCommand command = { .type = (gint32) type };

  if (record == NULL)
    return;
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

void
api_interaction_hold (ApiCall *call)
{
  simple (call, ACD_COMMAND_HOLD);
}

void
api_interaction_resume (ApiCall *call)
{
  simple (call, ACD_COMMAND_RESUME);
}

void
api_interaction_end (ApiCall *call)
{
  simple (call, ACD_COMMAND_END);
}

static void
on_dtmf_done (VoiceCode code, gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;

  if (code == VOICE_CODE_OK)
    api_call_write (call, store_batch_new (), 200, api_call_mark (call));
  else
    api_call_not_now (call, model_code (MODEL_CODE_NOT_CONNECTED));
}

void
api_interaction_dtmf (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *digits;
  Record *record;
  Part *part;

  if (!base_json_only (&call->body, &error, "digits", NULL) ||
      !base_json_get_string (&call->body, "digits", 32, &digits, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (*digits == '\0' || strspn (digits, "0123456789*#ABCD") != strlen (digits))
    {
      api_call_invalid (call, "/digits", 32, "not digits");
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  part = record_part_of (record, call->agent);
  if (part == NULL || part->state != PART_ACTIVE ||
      !centre_voice_dtmf (call->centre, record->id, digits, on_dtmf_done, call))
    api_call_not_now (call, model_code (MODEL_CODE_NOT_CONNECTED));
  else
    api_call_ref (call);
}

/* --- variables -------------------------------------------------------------------------------- */

static void
on_variable_done (ApiCall *call, JsonObject *answer)
{
  ModelId id;
  Record *record = NULL;
  const RecordValue *value = NULL;

  if (model_id_from_text (MODEL_ID_INTERACTION, call->parameters[0], &id))
    record = centre_record (call->centre, id);
  if (record != NULL)
    value = g_hash_table_lookup (record->values, call->parameters[1]);
  json_object_set_int_member (answer, "revision", value != NULL ? value->revision : 0);
}

static void
on_variable_conflict (ApiCall *call, gint32 revision, JsonObject *problem)
{
  JsonObject *current = json_object_new ();
  ModelId id;
  Record *record = NULL;
  const RecordValue *value = NULL;

  if (model_id_from_text (MODEL_ID_INTERACTION, call->parameters[0], &id))
    record = centre_record (call->centre, id);
  if (record != NULL)
    value = g_hash_table_lookup (record->values, call->parameters[1]);
  base_json_set_string (current, "value", value != NULL ? value->value : NULL);
  json_object_set_int_member (current, "revision", revision);
  json_object_set_object_member (problem, "current", current);
}

void
api_variable_set (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  const ModelVariable *variable =
      model_definitions_variable (centre_definitions (call->centre), call->parameters[1]);
  const char *value, *wrong;
  gint64 revision;
  Record *record;
  AcdCommand command = { .type = ACD_COMMAND_SET_VARIABLE };

  if (!base_json_only (&call->body, &error, "value", "revision", NULL) ||
      !base_json_get_string (&call->body, "value", API_VALUE_MAX, &value, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  if (variable == NULL)
    {
      api_call_not_found (call);
      return;
    }
  wrong = model_variable_check (variable, value);
  if (wrong != NULL)
    {
      api_call_invalid (call, "/value", 0, wrong);
      return;
    }
  command.interaction = record->id;
  command.variable = variable->id;
  command.value = value;
  command.revision = (gint32) revision;
  call->finish = on_variable_done;
  call->conflict = on_variable_conflict;
  api_call_command (call, &command, NULL);
}

void
api_variable_reveal (ApiCall *call)
{
  Record *record = no_members (call) ? api_call_interaction (call) : NULL;
  const RecordValue *entry;
  g_autofree char *context = NULL;
  g_autofree char *value = NULL;
  StoreBatch *batch;
  JsonObject *answer;

  if (record == NULL)
    return;
  entry = g_hash_table_lookup (record->values, call->parameters[1]);
  if (entry == NULL || record_part_of (record, call->agent) == NULL)
    {
      api_call_not_found (call);
      return;
    }
  context = g_strjoin (" ", record->text, call->parameters[1], NULL);
  value = entry->sealed != NULL
              ? secrets_open_sealed (centre_secrets (call->centre), entry->sealed, context)
              : g_strdup (entry->value);
  batch = store_batch_new ();
  store_batch_add (batch, STORE_AUDIT_ADD, centre_now (call->centre), call->agent, "reveal",
                   record->text, call->parameters[1]);
  answer = json_object_new ();
  base_json_set_string (answer, "value", value);
  call->secret = TRUE;
  api_call_write (call, batch, 200, answer);
}

/* --- participations --------------------------------------------------------------------------- */

static Part *
part_of (ApiCall *call)
{
  ModelId id;
  Record *record;

  if (!model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], &id))
    return NULL;
  record = centre_record_of_part (call->centre, id);

  return record != NULL ? record_part (record, id) : NULL;
}

static void
on_note_done (ApiCall *call, JsonObject *answer)
{
  Part *part = part_of (call);

  json_object_set_int_member (answer, "revision", part != NULL ? part->note_revision : 0);
}

static void
on_note_conflict (ApiCall *call, gint32 revision, JsonObject *problem)
{
  Part *part = part_of (call);
  JsonObject *current = json_object_new ();

  base_json_set_string (current, "text", part != NULL && part->note != NULL ? part->note : "");
  json_object_set_int_member (current, "revision", revision);
  json_object_set_object_member (problem, "current", current);
}

void
api_note_set (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *text;
  gint64 revision;
  Part *part;
  Record *record;
  AcdCommand command = { .type = ACD_COMMAND_SET_NOTE };

  if (!base_json_only (&call->body, &error, "text", "revision", NULL) ||
      !base_json_get_string (&call->body, "text", API_NOTE_MAX, &text, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_part (call, &part);
  if (record == NULL)
    return;
  command.interaction = record->id;
  command.participation = part->id;
  command.value = text;
  command.revision = (gint32) revision;
  call->finish = on_note_done;
  call->conflict = on_note_conflict;
  api_call_command (call, &command, NULL);
}

static void
on_disposition_done (ApiCall *call, JsonObject *answer)
{
  Part *part = part_of (call);

  json_object_set_int_member (answer, "revision", part != NULL ? part->disposition_revision : 0);
}

static void
on_disposition_conflict (ApiCall *call, gint32 revision, JsonObject *problem)
{
  Part *part = part_of (call);
  JsonObject *current = json_object_new ();

  base_json_set_string (current, "id", part != NULL ? part->disposition : NULL);
  json_object_set_int_member (current, "revision", revision);
  json_object_set_object_member (problem, "current", current);
}

void
api_disposition_set (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *id;
  gint64 revision;
  Part *part;
  Record *record;
  AcdCommand command = { .type = ACD_COMMAND_SET_DISPOSITION };

  if (!base_json_only (&call->body, &error, "id", "revision", NULL) ||
      !base_json_opt_string (&call->body, "id", 64, NULL, &id, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_part (call, &part);
  if (record == NULL)
    return;
  if (id != NULL && model_definitions_disposition (centre_definitions (call->centre), id) == NULL)
    {
      api_call_invalid (call, "/id", 0, "no such disposition");
      return;
    }
  command.interaction = record->id;
  command.participation = part->id;
  command.disposition = id;
  command.revision = (gint32) revision;
  call->finish = on_disposition_done;
  call->conflict = on_disposition_conflict;
  api_call_command (call, &command, NULL);
}

static Record *
record_of (ApiCall *call)
{
  ModelId id;

  return model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], &id)
             ? centre_record_of_part (call->centre, id)
             : NULL;
}

static void
on_tags_done (ApiCall *call, JsonObject *answer)
{
  Record *record = record_of (call);

  json_object_set_int_member (answer, "revision", record != NULL ? record->tags_revision : 0);
}

static void
on_tags_conflict (ApiCall *call, gint32 revision, JsonObject *problem)
{
  Record *record = record_of (call);
  JsonObject *current = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; record != NULL && record->tags != NULL && record->tags[i] != NULL; i++)
    json_array_add_string_element (ids, record->tags[i]);
  json_object_set_array_member (current, "ids", ids);
  json_object_set_int_member (current, "revision", revision);
  json_object_set_object_member (problem, "current", current);
}

void
api_tags_set (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  gint64 revision;
  Part *part;
  Record *record;
  AcdCommand command = { .type = ACD_COMMAND_SET_TAGS };

  if (!base_json_only (&call->body, &error, "ids", "revision", NULL) ||
      !base_json_get_strings (&call->body, "ids", 50, 64, &ids, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_part (call, &part);
  if (record == NULL)
    return;
  for (guint i = 0; ids[i] != NULL; i++)
    if (model_definitions_tag (centre_definitions (call->centre), ids[i]) == NULL)
      {
        api_call_invalid (call, "/ids", 0, "no such tag");
        return;
      }
  command.interaction = record->id;
  command.participation = part->id;
  command.tags = ids;
  command.revision = (gint32) revision;
  call->finish = on_tags_done;
  call->conflict = on_tags_conflict;
  api_call_command (call, &command, NULL);
}

static void
wrap_up (ApiCall *call, AcdCommandType type)
{
  Part *part;
  Record *record = no_members (call) ? api_call_part (call, &part) : NULL;
  AcdCommand command = { .type = (gint32) type };

  if (record == NULL)
    return;
  command.interaction = record->id;
  command.participation = part->id;
  api_call_command (call, &command, NULL);
}

void
api_wrap_up_submit (ApiCall *call)
{
  wrap_up (call, ACD_COMMAND_WRAP_UP_SUBMIT);
}

void
api_wrap_up_extend (ApiCall *call)
{
  wrap_up (call, ACD_COMMAND_WRAP_UP_EXTEND);
}
