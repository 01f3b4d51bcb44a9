/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live legs, bridges and registrations, for a centre that has to find out what is left. On the
 * voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"

static VoiceLegInfo *
describe_leg (const Leg *leg)
{
  VoiceLegInfo *info = g_new0 (VoiceLegInfo, 1);

  info->leg = g_strdup (leg->id);
  info->bridge = g_strdup (leg->bridge ? leg->bridge->id : NULL);
  info->agent = g_strdup (leg->agent);
  info->offer = g_strdup (leg->offer);
  info->address = g_strdup (tel_call_get_remote_uri (leg->call));
  info->state = leg->state;
  info->outgoing = leg->outgoing;
  info->music = leg->music;
  info->muted = leg->muted;

  return info;
}

static VoiceBridgeInfo *
describe_bridge (Builtin *self, const Bridge *bridge)
{
  VoiceBridgeInfo *info = g_new0 (VoiceBridgeInfo, 1);
  g_autoptr (GStrvBuilder) legs = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer leg;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &leg))
    if (((Leg *) leg)->bridge == bridge)
      g_strv_builder_add (legs, ((Leg *) leg)->id);
  info->bridge = g_strdup (bridge->id);
  info->legs = g_strv_builder_end (legs);

  return info;
}

void
list_handle (Builtin *self, VoiceRequest *request)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_DONE);
  GHashTableIter iter;
  gpointer value;

  event->request = g_strdup (request->id);
  event->legs = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_leg_info_free);
  event->bridges = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_bridge_info_free);
  event->registrations = registrar_list (self->registrar);

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (event->legs, describe_leg (value));
  g_hash_table_iter_init (&iter, self->bridges);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (event->bridges, describe_bridge (self, value));
  builtin_emit (self, event);
}
