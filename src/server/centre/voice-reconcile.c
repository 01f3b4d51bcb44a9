/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The start beside an engine: the stations that sessions have, and what the journal says against
 * what the engine has alive. Centre's thread. */
#define G_LOG_DOMAIN "guichetd"

#include "server/centre/voice.h"

#include "server/centre/voice-private.h"

typedef struct
{
  Centre *centre;
  char **registrations;
} Reconciling;

static void
reconcile_record (Record *record, gpointer user_data)
{
  Centre *centre = user_data;
  AcdInteractionView view;
  AcdCommand command = { .type = ACD_COMMAND_CUSTOMER_LEFT,
                         .interaction = record->id,
                         .reason = model_code (MODEL_CODE_ENGINE_LOST) };

  if (record->channel == MODEL_CHANNEL_VOICE &&
      acd_core_interaction_view (centre->core, record->id, &view) && view.customer_present &&
      voice_leg_of_customer (centre, record->id) == NULL)
    centre_command (centre, &command, NULL, NULL, NULL, NULL);
}

/* A phone that the engine does not know is not there, whatever the journal says; it has the desk's
 * grace to come back. */
static void
reconcile_station (Session *session, gpointer user_data)
{
  Reconciling *reconciling = user_data;
  AcdCommand lost = { .type = ACD_COMMAND_STATION_LOST,
                      .agent = session->agent,
                      .reason = model_code (MODEL_CODE_UNREACHABLE) };

  if (session_has_fixed_station (session) ||
      (reconciling->registrations != NULL &&
       g_strv_contains ((const char *const *) reconciling->registrations, session->agent)))
    return;
  centre_command (reconciling->centre, &lost, NULL, NULL, NULL, NULL);
}

/* The engine's live legs against ours: calls that it does not know are over, legs that we do not
 * know are put away. */
void
voice_reconcile (Centre *centre, VoiceEvent *event)
{
  Reconciling reconciling = { centre, event->registrations };

  for (guint i = 0; event->legs != NULL && i < event->legs->len; i++)
    {
      const VoiceLegInfo *info = g_ptr_array_index (event->legs, i);

      if (voice_leg (centre, info->leg) == NULL)
        voice_put_away (centre, voice_leg_add (centre, info->leg, FALSE), VOICE_CAUSE_NORMAL);
    }
  centre_each_record (centre, reconcile_record, centre);
  sessions_each (centre->sessions, reconcile_station, &reconciling);
  centre->voice->reconciled = TRUE;
  if (centre->voice->ready != NULL)
    centre->voice->ready (centre->voice->ready_data);
}

static void
on_session_station (Session *session, gpointer user_data)
{
  Centre *centre = user_data;

  centre_voice_submit (centre, centre_voice_station (centre, session));
}

void
centre_voice_attach (Centre *centre, VoiceEngine *engine, CentreReadyFunc ready, gpointer user_data)
{
  centre->voice->engine = engine;
  centre->voice->ready = ready;
  centre->voice->ready_data = user_data;
  sessions_each (centre->sessions, on_session_station, centre);
  centre_voice_submit (centre, voice_request_new (VOICE_REQUEST_LIST, "list"));
}
