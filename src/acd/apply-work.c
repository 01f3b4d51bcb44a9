/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of interactions, requests, offers and participations into the state. Core's thread. */
#include "acd/apply-work.h"

#include "acd/machines.h"
#include "acd/party.h"
#include "acd/recording.h"

#include <string.h>

static gboolean
interaction_created (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdInteraction *interaction;

  if (acd_id_map_lookup (&core->interactions, event->interaction) != NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "interaction");
  if (!acd_take_id (core, event->interaction, "interaction", error))
    return FALSE;
  interaction = acd_pool_take (&core->interaction_pool, sizeof *interaction);
  interaction->id = event->interaction;
  interaction->leg = event->leg;
  interaction->entry_point = event->entry_point;
  interaction->language = event->language;
  interaction->created = event->at;
  interaction->channel = (guint8) event->channel;
  interaction->direction = (guint8) event->direction;
  interaction->origin = (guint8) event->origin;
  /* Whom an agent calls is there from the moment of answering. */
  interaction->customer_present =
      event->direction != MODEL_DIRECTION_OUT && !acd_is_internal (interaction);
  acd_id_map_insert (&core->interactions, interaction->id, interaction);
  return TRUE;
}

void
acd_set_revision (AcdInteraction *interaction, const char *variable, gint32 revision)
{
  AcdRevision one = { variable, revision };

  if (interaction->revisions == NULL)
    interaction->revisions = g_array_new (FALSE, FALSE, sizeof (AcdRevision));
  for (guint i = 0; i < interaction->revisions->len; i++)
    if (g_array_index (interaction->revisions, AcdRevision, i).variable == variable)
      {
        g_array_index (interaction->revisions, AcdRevision, i).revision = revision;
        return;
      }
  g_array_append_val (interaction->revisions, one);
}

static gboolean
apply_interaction (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdInteraction *interaction;

  if (event->type == MODEL_EVENT_INTERACTION_CREATED)
    return interaction_created (core, event, error);
  interaction = acd_id_map_lookup (&core->interactions, event->interaction);
  if (interaction == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (event->type == MODEL_EVENT_VARIABLE_CHANGED)
    acd_set_revision (interaction, event->variable, event->revision);
  else if (event->type == MODEL_EVENT_INTERACTION_VOICEMAIL)
    interaction->voicemail = TRUE;
  else if (event->type == MODEL_EVENT_INTERACTION_STUCK)
    interaction->stuck = event->reason != NULL;
  else if (event->type == MODEL_EVENT_INTERACTION_FORCE_CLOSED)
    interaction->stuck = FALSE;
  else if (event->type == MODEL_EVENT_INTERACTION_STATUS_CHANGED)
    interaction->status = (guint) event->status & 3;
  else if (event->type == MODEL_EVENT_INTERACTION_CUSTOMER_LEFT)
    interaction->customer_present = FALSE;
  else if (interaction->requests != NULL || interaction->parts != NULL ||
           acd_parties (core, interaction) != NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "interaction");
  else
    {
      acd_id_map_remove (&core->interactions, interaction->id);
      acd_interaction_free (core, interaction);
    }
  return TRUE;
}

static gboolean
apply_part_record (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdPart *part = acd_id_map_lookup (&core->parts, event->participation);

  if (part == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "participation");
  if (event->type == MODEL_EVENT_NOTE_CHANGED)
    part->note_revision = event->revision;
  else if (event->type == MODEL_EVENT_TAGS_SET)
    acd_set_revision (part->interaction, g_intern_static_string (ACD_TAGS), event->revision);
  else if (event->type == MODEL_EVENT_SENTIMENT_SET)
    acd_set_revision (part->interaction, g_intern_static_string (ACD_SENTIMENT), event->revision);
  else
    {
      part->disposition = event->disposition;
      part->disposition_revision = event->revision;
      part->disposition_automatic = event->reason == model_code (MODEL_CODE_AUTOMATIC);
    }
  return TRUE;
}

gboolean
acd_apply_work (AcdCore *core, const ModelEvent *event, GError **error)
{
  switch ((ModelEventType) event->type)
    {
    case MODEL_EVENT_INTERACTION_CREATED:
    case MODEL_EVENT_INTERACTION_CUSTOMER_LEFT:
    case MODEL_EVENT_INTERACTION_CLOSED:
    case MODEL_EVENT_INTERACTION_STATUS_CHANGED:
    case MODEL_EVENT_INTERACTION_VOICEMAIL:
    case MODEL_EVENT_INTERACTION_STUCK:
    case MODEL_EVENT_INTERACTION_FORCE_CLOSED:
    case MODEL_EVENT_VARIABLE_CHANGED:
      return apply_interaction (core, event, error);
    case MODEL_EVENT_REQUEST_QUEUED:
    case MODEL_EVENT_REQUEST_RELAXED:
    case MODEL_EVENT_REQUEST_REOFFERABLE:
    case MODEL_EVENT_REQUEST_ENDED:
      return acd_apply_request (core, event, error);
    case MODEL_EVENT_OFFER_CREATED:
    case MODEL_EVENT_OFFER_RINGING:
    case MODEL_EVENT_OFFER_ENDED:
      return acd_apply_offer (core, event, error);
    case MODEL_EVENT_PARTICIPATION_JOINED:
    case MODEL_EVENT_PARTICIPATION_CALLING:
    case MODEL_EVENT_PARTICIPATION_DIALLING:
    case MODEL_EVENT_PARTICIPATION_CONNECTED:
    case MODEL_EVENT_PARTICIPATION_HELD:
    case MODEL_EVENT_PARTICIPATION_RESUMED:
    case MODEL_EVENT_PARTICIPATION_MUTED:
    case MODEL_EVENT_PARTICIPATION_UNMUTED:
    case MODEL_EVENT_PARTICIPATION_ABSENT:
    case MODEL_EVENT_PARTICIPATION_PRESENT:
    case MODEL_EVENT_PARTICIPATION_ROLE_CHANGED:
    case MODEL_EVENT_PARTICIPATION_LEFT:
    case MODEL_EVENT_WRAP_UP_STARTED:
    case MODEL_EVENT_WRAP_UP_EXTENDED:
    case MODEL_EVENT_WRAP_UP_ENDED:
      return acd_apply_part (core, event, error);
    case MODEL_EVENT_NOTE_CHANGED:
    case MODEL_EVENT_DISPOSITION_SET:
    case MODEL_EVENT_TAGS_SET:
    case MODEL_EVENT_SENTIMENT_SET:
      return apply_part_record (core, event, error);
    case MODEL_EVENT_RECORDING_ANNOUNCED:
    case MODEL_EVENT_RECORDING_STARTED:
    case MODEL_EVENT_RECORDING_PAUSED:
    case MODEL_EVENT_RECORDING_RESUMED:
    case MODEL_EVENT_RECORDING_STOPPED:
      return acd_apply_recording (core, event, error);
    case MODEL_EVENT_PARTY_DIALLING:
    case MODEL_EVENT_PARTY_JOINED:
    case MODEL_EVENT_PARTY_HELD:
    case MODEL_EVENT_PARTY_RESUMED:
    case MODEL_EVENT_PARTY_MUTED:
    case MODEL_EVENT_PARTY_UNMUTED:
    case MODEL_EVENT_PARTY_ROLE_CHANGED:
    case MODEL_EVENT_PARTY_LEFT:
      return acd_apply_party (core, event, error);
    case MODEL_EVENT_DEFINITIONS_APPLIED:
    case MODEL_EVENT_CENTRE_RESTARTED:
    case MODEL_EVENT_QUEUE_OPENED:
    case MODEL_EVENT_QUEUE_CLOSED:
    case MODEL_EVENT_AGENT_SIGNED_IN:
    case MODEL_EVENT_AGENT_TAKEN_OVER:
    case MODEL_EVENT_AGENT_SIGNED_OUT:
    case MODEL_EVENT_AGENT_SIGN_OUT_PENDING:
    case MODEL_EVENT_AGENT_DESK_CONNECTED:
    case MODEL_EVENT_AGENT_DESK_LOST:
    case MODEL_EVENT_AGENT_STATION_CHANGED:
    case MODEL_EVENT_AGENT_STATION_READY:
    case MODEL_EVENT_AGENT_STATION_LOST:
    case MODEL_EVENT_AGENT_STATE_CHANGED:
    case MODEL_EVENT_AGENT_NEXT_STATE_CHANGED:
    case MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED:
    case MODEL_EVENT_AGENT_TEAM_CHANGED:
    case MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED:
    case MODEL_EVENT_AGENT_FORWARDING_CHANGED:
    case MODEL_EVENT_INTERACTION_FORWARDED:
    case MODEL_EVENT_AGENT_CHANNEL_CHANGED:
    case MODEL_N_EVENTS:
      break;
    }
  return acd_refuse_member (error, ACD_ERROR_INVALID, "type");
}
