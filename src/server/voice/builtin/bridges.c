/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bridges, and the music of those who wait beside one. Everything takes effect with the next tick.
 * On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"

void
bridge_free (gpointer data)
{
  Bridge *bridge = data;

  /* The mixer frees its own part when it goes. */
  g_free (bridge->id);
  g_free (bridge);
}

static Bridge *
find (Builtin *self, const VoiceRequest *request)
{
  Bridge *bridge = g_hash_table_lookup (self->bridges, request->bridge);

  if (bridge == NULL)
    builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_BRIDGE, NULL);

  return bridge;
}

static void
set_bridge (Leg *leg, Bridge *bridge)
{
  leg->bridge = bridge;
  mixer_set_bridge (leg->engine->mixer, link_get_port (leg->link), bridge ? bridge->bridge : NULL);
}

void
bridge_handle_create (Builtin *self, VoiceRequest *request)
{
  Bridge *bridge;

  if (g_hash_table_contains (self->bridges, request->bridge))
    {
      builtin_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
      return;
    }
  bridge = g_new0 (Bridge, 1);
  bridge->id = g_strdup (request->bridge);
  bridge->bridge = mixer_add_bridge (self->mixer);
  g_hash_table_insert (self->bridges, bridge->id, bridge);
  builtin_done (self, request->id);
}

void
bridge_handle_destroy (Builtin *self, VoiceRequest *request)
{
  Bridge *bridge = find (self, request);
  GHashTableIter iter;
  gpointer leg;

  if (bridge == NULL)
    return;
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &leg))
    if (((Leg *) leg)->bridge == bridge)
      set_bridge (leg, NULL);
  plays_end_of (self, NULL, bridge);
  records_end_of (self, NULL, bridge);
  mixer_remove_bridge (self->mixer, bridge->bridge);
  g_hash_table_remove (self->bridges, request->bridge);
  builtin_done (self, request->id);
}

void
bridge_handle_add (Builtin *self, VoiceRequest *request)
{
  Bridge *bridge = find (self, request);
  Leg *leg = bridge ? leg_find (self, request) : NULL;

  if (leg == NULL)
    return;
  listen_stop (leg);
  set_bridge (leg, bridge);
  builtin_done (self, request->id);
}

void
bridge_handle_remove (Builtin *self, VoiceRequest *request)
{
  Bridge *bridge = find (self, request);
  Leg *leg = bridge ? leg_find (self, request) : NULL;

  if (leg == NULL)
    return;
  if (leg->bridge != bridge)
    {
      builtin_fail (self, request->id, VOICE_CODE_WRONG_STATE, "the leg is not in this bridge");
      return;
    }
  set_bridge (leg, NULL);
  builtin_done (self, request->id);
}

static void
set_music (Builtin *self, VoiceRequest *request, gboolean music)
{
  Leg *leg = leg_find (self, request);

  if (leg == NULL)
    return;
  if (leg->music != music)
    mixer_set_music (self->mixer, link_get_port (leg->link), music ? self->music : NULL);
  leg->music = music;
  builtin_done (self, request->id);
}

void
bridge_handle_music_start (Builtin *self, VoiceRequest *request)
{
  set_music (self, request, TRUE);
}

void
bridge_handle_music_stop (Builtin *self, VoiceRequest *request)
{
  set_music (self, request, FALSE);
}
