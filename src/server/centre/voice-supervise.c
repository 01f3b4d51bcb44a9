/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Supervisors who listen to an agent of a call: their legs are in no bridge of it, the engine lets
 * them hear what that agent hears and says. What the record says differs from what the engine was
 * told is asked for, before anybody is put into a bridge. Centre's thread. */
#include "server/centre/voice-private.h"

static void
stop (Leg *leg, const char *event, GPtrArray *requests)
{
  if (leg->snooped == NULL)
    return;
  leg->snooped = NULL;
  leg->whispers = FALSE;
  g_ptr_array_add (requests, voice_leg_request (VOICE_REQUEST_SNOOP_STOP, leg, event));
}

static void
listen (Leg *leg, const Leg *other, gboolean whispers, const char *event, GPtrArray *requests)
{
  VoiceRequest *request;

  if (leg->snooped == other->agent && leg->whispers == whispers)
    return;
  leg->snooped = other->agent;
  leg->whispers = whispers;
  request = voice_leg_request (VOICE_REQUEST_SNOOP, leg, event);
  request->other = g_strdup (other->name);
  request->whisper = whispers;
  g_ptr_array_add (requests, request);
}

void
voice_supervise_lay_out (Centre *centre,
                         Record *record,
                         VoiceCall *call,
                         const char *event,
                         GPtrArray *requests)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (call->legs, i);
      const Part *part = leg->customer ? NULL : record_part_of (record, leg->agent);
      Leg *other;

      if (part == NULL || leg->hanging_up || !leg->up)
        continue;
      other = part->part == MODEL_PART_SUPERVISING && part->state == PART_ACTIVE
                  ? voice_leg_of_agent (centre, record->id, part->watched)
                  : NULL;
      if (other != NULL && other->up && !other->hanging_up)
        listen (leg, other, part->mode == MODEL_SUPERVISION_WHISPER, event, requests);
      else
        stop (leg, event, requests);
    }
}
