/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bridges. One is made at Asterisk when the first leg goes into it, on that leg's node: there it
 * lives, and legs of other nodes cannot come in. */
#include "server/voice/asterisk/parts.h"

char *
ari_bridges_name (Side *side)
{
  const AsteriskNode *config = node_get_config (side->node);

  return g_strconcat ("guichet ", config->app != NULL ? config->app : "guichet", NULL);
}

Bridge *
ari_bridge_new (Asterisk *self, const char *id, Side *side)
{
  Bridge *bridge = g_new0 (Bridge, 1);
  g_autofree char *escaped = ari_rest_escape (id);

  bridge->id = g_strdup (id);
  bridge->path = g_strconcat ("bridges/", escaped, NULL);
  bridge->side = side;
  g_hash_table_replace (self->bridges, bridge->id, bridge);

  return bridge;
}

void
ari_bridge_free (gpointer data)
{
  Bridge *bridge = data;

  g_free (bridge->id);
  g_free (bridge->path);
  g_free (bridge);
}

static Bridge *
find (Asterisk *self, const VoiceRequest *request)
{
  Bridge *bridge = g_hash_table_lookup (self->bridges, request->bridge);

  if (bridge == NULL)
    ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_BRIDGE, NULL);

  return bridge;
}

void
ari_bridge_handle_create (Asterisk *self, VoiceRequest *request)
{
  if (g_hash_table_contains (self->bridges, request->bridge))
    {
      ari_engine_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
      return;
    }
  ari_bridge_new (self, request->bridge, NULL);
  ari_engine_done (self, request->id);
}

void
ari_bridge_handle_destroy (Asterisk *self, VoiceRequest *request)
{
  Bridge *bridge = find (self, request);
  GHashTableIter iter;
  gpointer value;

  if (bridge == NULL)
    return;
  ari_plays_end_of (self, NULL, bridge->id);
  ari_records_end_of (self, NULL, bridge->id);
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((Leg *) value)->bridge, bridge->id) == 0)
      g_clear_pointer (&((Leg *) value)->bridge, g_free);
  if (bridge->side != NULL)
    ari_rest_tell (bridge->side, "DELETE", NULL, "%s", bridge->path);
  g_hash_table_remove (self->bridges, request->bridge);
  ari_engine_done (self, request->id);
}

void
ari_bridge_handle_add (Asterisk *self, VoiceRequest *request)
{
  Bridge *bridge = find (self, request);
  Leg *leg = bridge != NULL ? ari_leg_find (self, request) : NULL;
  g_autofree char *channel = NULL;

  if (leg == NULL || ari_leg_waits (leg, request))
    return;
  if (bridge->side != NULL && bridge->side != leg->side)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_WRONG_STATE, "the bridge is on another node");
      return;
    }
  if (bridge->side == NULL)
    {
      g_autofree char *name = ari_bridges_name (leg->side);
      g_autofree char *escaped = ari_rest_escape (name);

      bridge->side = leg->side;
      ari_rest_tell (leg->side, "POST", NULL, "%s?type=mixing&name=%s", bridge->path, escaped);
    }
  ari_listen_end (leg);
  ari_plays_interrupt (self, leg->id);
  channel = ari_rest_escape (leg->channel);
  g_free (leg->bridge);
  leg->bridge = g_strdup (bridge->id);
  ari_rest_last (leg->side, request->id, VOICE_CODE_NO_SUCH_BRIDGE, "POST", NULL,
                 "%s/addChannel?channel=%s", bridge->path, channel);
}

void
ari_bridge_handle_remove (Asterisk *self, VoiceRequest *request)
{
  Bridge *bridge = find (self, request);
  Leg *leg = bridge != NULL ? ari_leg_find (self, request) : NULL;
  g_autofree char *channel = NULL;

  if (leg == NULL || ari_leg_waits (leg, request))
    return;
  if (g_strcmp0 (leg->bridge, bridge->id) != 0)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_WRONG_STATE, "it is not in that bridge");
      return;
    }
  channel = ari_rest_escape (leg->channel);
  g_clear_pointer (&leg->bridge, g_free);
  ari_plays_interrupt (self, leg->id);
  ari_rest_last (leg->side, request->id, VOICE_CODE_NO_SUCH_BRIDGE, "POST", NULL,
                 "%s/removeChannel?channel=%s", bridge->path, channel);
}
