/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers by the keys of a station: REFER, also one that names another call of that station.
 * Whether it is to be is the centre's to say. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"
#include "server/voice/builtin/trunk.h"

static Leg *
find_replaced (Builtin *self, const Leg *but, const TelRefer *refer)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;

      if (leg != but && leg->station && !leg->hanging_up && tel_call_is_replaced (leg->call, refer))
        return leg;
    }

  return NULL;
}

int
transfers_on_refer (TelCall *call, const TelRefer *refer, gpointer user_data)
{
  Leg *leg = user_data;
  g_autofree char *number = trunk_uri_user (refer->uri);
  const gboolean attended = refer->call_id != NULL;
  Leg *other = attended ? find_replaced (leg->engine, leg, refer) : NULL;
  VoiceEvent *event;

  if (!leg->station || leg->hanging_up)
    return 403;
  if (attended && other == NULL)
    return 481;
  if (!attended && number == NULL)
    return 400;

  event = leg_event (leg, VOICE_EVENT_LEG_TRANSFER);
  event->other = g_strdup (other ? other->id : NULL);
  event->number = attended ? NULL : g_steal_pointer (&number);
  builtin_emit (leg->engine, event);

  return 202;
}

void
transfers_handle_report (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);

  if (leg == NULL)
    return;
  if (tel_call_report_transfer (leg->call, request->status))
    builtin_done (self, request->id);
  else
    builtin_fail (self, request->id, VOICE_CODE_WRONG_STATE, "no transfer is asked for");
}
