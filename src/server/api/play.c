/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clip in a call: played, stopped. Centre's thread. */
#include "server/api/handlers.h"

#include "server/centre/voice-play.h"

/* The call in which the agent can play something now; NULL: answered. */
static Record *
playable (ApiCall *call)
{
  Record *record = api_call_interaction (call);
  ModelCode code = record != NULL ? centre_voice_may_play (call->centre, record, call->agent)
                                  : MODEL_CODE_NOT_CONNECTED;

  if (record == NULL || code == MODEL_CODE_ACCEPTED)
    return record;
  api_call_not_now (call, model_code (code));

  return NULL;
}

void
api_interaction_play (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  StoreBatch *batch;
  gboolean hang_up;
  const char *id;
  const Clip *clip;
  Record *record;

  if (!base_json_only (&call->body, &error, "clip", "hang_up", NULL) ||
      !base_json_get_string (&call->body, "clip", 64, &id, &error) ||
      !base_json_opt_bool (&call->body, "hang_up", FALSE, &hang_up, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = playable (call);
  if (record == NULL)
    return;
  clip = clips_find (centre_clips (call->centre), id);
  if (clip == NULL || clip->deleted || clip->archived ||
      (*clip->agent != '\0' && !g_str_equal (clip->agent, call->agent)))
    {
      api_call_not_found (call);
      return;
    }
  batch = store_batch_new ();
  api_call_keep_answer (call, batch, 200, api_call_mark (call));
  centre_voice_play (call->centre, record, call->agent, clip, hang_up, batch, api_call_kept,
                     api_call_ref (call));
}

void
api_interaction_play_stop (ApiCall *call)
{
  Record *record = api_call_no_members (call) ? playable (call) : NULL;

  if (record == NULL)
    return;
  centre_voice_play_stop (call->centre, record);
  api_call_write (call, store_batch_new (), 200, api_call_mark (call));
}
