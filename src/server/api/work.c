/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers, interactions and participations: commands on the work itself. Centre's thread. */
#include "server/api/handlers.h"

#include "model/permissions.h"
#include "server/centre/render.h"

#include <string.h>

/* --- offers ----------------------------------------------------------------------------------- */

static void
answer_offer (ApiCall *call, AcdCommandType type)
{
  AcdCommand command = { .type = (gint32) type };
  AcdOfferView view;

  if (!api_call_no_members (call))
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

void
api_interaction_hold (ApiCall *call)
{
  api_call_simple (call, ACD_COMMAND_HOLD);
}

void
api_interaction_resume (ApiCall *call)
{
  api_call_simple (call, ACD_COMMAND_RESUME);
}

void
api_interaction_end (ApiCall *call)
{
  api_call_simple (call, ACD_COMMAND_END);
}

void
api_interaction_conference (ApiCall *call)
{
  api_call_simple (call, ACD_COMMAND_CONFERENCE);
}

void
api_interaction_leave (ApiCall *call)
{
  api_call_simple (call, ACD_COMMAND_LEAVE);
}

/* Where it stands. What has ended is resolved by ending it. */
void
api_status_set (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_SET_STATUS };
  g_autoptr (GError) error = NULL;
  const char *word;
  ModelStatus status;
  Record *record;

  if (!base_json_only (&call->body, &error, "status", NULL) ||
      !base_json_get_string (&call->body, "status", 32, &word, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!model_status_from_text (word, &status))
    {
      api_call_invalid (call, "/status", 0, "open, pending or escalated");
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  command.interaction = record->id;
  command.status = (gint32) status;
  api_call_command (call, &command, NULL);
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

/* With a number that is consulted while the customer is held. */
static gboolean
talks_outside (const Record *record, const Part *part)
{
  for (guint i = 0; part->part == MODEL_PART_PRIMARY && i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);

      if (party->part == MODEL_PART_CONSULTED && party->state == PART_ACTIVE)
        return TRUE;
    }

  return FALSE;
}

/* As the table of permissions has it. */
static ModelCode
why_no_keys (const Part *part)
{
  if (part != NULL && part->state == PART_HELD)
    return MODEL_CODE_HELD;
  return part != NULL && part->state == PART_WRAP_UP ? MODEL_CODE_WRAP_UP
                                                     : MODEL_CODE_NOT_CONNECTED;
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
  if (part == NULL || (part->state != PART_ACTIVE && !talks_outside (record, part)))
    api_call_not_now (call, model_code (why_no_keys (part)));
  else if (!centre_voice_dtmf (call->centre, record->id, call->agent, digits, on_dtmf_done, call))
    api_call_not_now (call, model_code (MODEL_CODE_NOT_CONNECTED));
  else
    api_call_ref (call);
}

/* --- variables -------------------------------------------------------------------------------- */

void
api_variable_reveal (ApiCall *call)
{
  Record *record = api_call_no_members (call) ? api_call_interaction (call) : NULL;
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

static void
wrap_up (ApiCall *call, AcdCommandType type)
{
  Part *part;
  Record *record = api_call_no_members (call) ? api_call_part (call, &part) : NULL;
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
