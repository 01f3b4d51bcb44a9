/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is alive, for a centre that comes back. Not before each node was looked at, or proved not to
 * be there. */
#include "server/voice/asterisk/parts.h"

static VoiceLegInfo *
describe_leg (const Leg *leg)
{
  VoiceLegInfo *info = g_new0 (VoiceLegInfo, 1);

  info->leg = g_strdup (leg->id);
  info->bridge = g_strdup (leg->bridge);
  info->call = g_strdup (leg->call);
  info->agent = g_strdup (leg->agent);
  info->offer = g_strdup (leg->offer);
  info->address = g_strdup (leg->address);
  info->state = leg->state;
  info->outgoing = leg->outgoing;
  info->music = leg->music;
  info->muted = leg->muted;

  return info;
}

static VoiceBridgeInfo *
describe_bridge (Asterisk *self, const Bridge *bridge)
{
  VoiceBridgeInfo *info = g_new0 (VoiceBridgeInfo, 1);
  g_autoptr (GStrvBuilder) legs = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer leg;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &leg))
    if (g_strcmp0 (((Leg *) leg)->bridge, bridge->id) == 0)
      g_strv_builder_add (legs, ((Leg *) leg)->id);
  info->bridge = g_strdup (bridge->id);
  info->legs = g_strv_builder_end (legs);

  return info;
}

static void
answer (Asterisk *self, const VoiceRequest *request)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_DONE);
  GHashTableIter iter;
  gpointer value;

  event->request = g_strdup (request->id);
  event->legs = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_leg_info_free);
  event->bridges = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_bridge_info_free);
  event->registrations = ari_stations_list (self);
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Leg *) value)->announced)
      g_ptr_array_add (event->legs, describe_leg (value));
  g_hash_table_iter_init (&iter, self->bridges);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (event->bridges, describe_bridge (self, value));
  ari_engine_emit (self, event);
}

void
ari_list_settled (Asterisk *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (!((Side *) g_ptr_array_index (self->nodes, i))->settled)
      return;
  for (guint i = 0; i < self->lists->len; i++)
    answer (self, g_ptr_array_index (self->lists, i));
  g_ptr_array_set_size (self->lists, 0);
}

void
ari_list_handle (Asterisk *self, VoiceRequest *request)
{
  g_ptr_array_add (self->lists, voice_request_ref (request));
  ari_list_settled (self);
}
