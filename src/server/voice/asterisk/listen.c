/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A leg that listens to another one: a snoop channel of that one in a small bridge with the
 * listener. Asterisk cannot change how a snoop listens, so that each change is another one. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

char *
ari_listen_bridges (Side *side)
{
  const AsteriskNode *config = node_get_config (side->node);

  return g_strconcat ("guichet-listen ", config->app != NULL ? config->app : "guichet", NULL);
}

char *
ari_listen_app (Side *side)
{
  const AsteriskNode *config = node_get_config (side->node);

  return ari_rest_escape (config->app != NULL ? config->app : "guichet");
}

/* One for each snoop, of its name. */
static char *
bridge_of (const Leg *leg)
{
  g_autofree char *escaped = ari_rest_escape (leg->snoop);

  return g_strconcat ("bridges/", escaped, NULL);
}

/* Those in it leave before it ends: its end may reach them in the next one. */
static void
put_away (Side *side, const char *bridge, const char *channels)
{
  g_autofree char *escaped = ari_rest_escape (channels);

  if (*channels != '\0')
    ari_rest_tell (side, "POST", NULL, "%s/removeChannel?channel=%s", bridge, escaped);
  ari_rest_tell (side, "DELETE", NULL, "%s", bridge);
}

void
ari_listen_put_away (Side *side, const char *bridge, JsonArray *channels)
{
  g_autofree char *escaped = ari_rest_escape (bridge);
  g_autofree char *path = g_strconcat ("bridges/", escaped, NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; channels != NULL && i < json_array_get_length (channels); i++)
    if (wire_item (channels, i) != NULL)
      g_string_append_printf (all, "%s%s", all->len > 0 ? "," : "", wire_item (channels, i));
  put_away (side, path, all->str);
}

static void
forget_snoop (Leg *leg)
{
  g_autofree char *snoop = g_steal_pointer (&leg->snoop);
  g_autofree char *escaped = snoop != NULL ? ari_rest_escape (snoop) : NULL;

  if (snoop == NULL)
    return;
  ari_rest_tell (leg->side, "DELETE", NULL, "channels/%s", escaped);
  if (leg->listen != NULL)
    ari_engine_fail (leg->engine, leg->listen, VOICE_CODE_STOPPED, NULL);
  g_clear_pointer (&leg->listen, g_free);
  g_clear_pointer (&leg->coached, g_free);
}

void
ari_listen_end (Leg *leg)
{
  g_autofree char *bridge = NULL;

  if (leg->snoop == NULL)
    return;
  bridge = bridge_of (leg);
  forget_snoop (leg);
  put_away (leg->side, bridge, leg->channel);
}

typedef struct
{
  Asterisk *engine;
  char *leg, *snoop;
} Listening;

static void
on_made (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Listening *listening = user_data;
  Leg *leg = g_hash_table_lookup (listening->engine->legs, listening->leg);

  if (leg != NULL && g_strcmp0 (leg->snoop, listening->snoop) == 0 && status / 100 != 2)
    {
      g_clear_pointer (&leg->snoop, g_free);
      g_clear_pointer (&leg->coached, g_free);
      ari_engine_fail (leg->engine, leg->listen, ari_rest_code (status, VOICE_CODE_NO_SUCH_LEG),
                       NULL);
      g_clear_pointer (&leg->listen, g_free);
    }
  g_free (listening->leg);
  g_free (listening->snoop);
  g_free (listening);
}

void
ari_listen_handle (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = ari_leg_find (self, request);
  Leg *other = g_hash_table_lookup (self->legs, request->other);
  g_autofree char *app = NULL, *escaped = NULL, *uri = NULL;
  Listening *listening;

  if (leg == NULL || ari_leg_waits (leg, request))
    return;
  if (other == NULL)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_LEG, "the other one");
      return;
    }
  if (leg->bridge != NULL || other->side != leg->side || leg->state != VOICE_LEG_UP)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_WRONG_STATE,
                       leg->bridge != NULL ? "it is in a bridge" : "not on one node, or not up");
      return;
    }
  ari_listen_end (leg);
  leg->snoop = g_strdup_printf ("listen-%s-%u", leg->id, ++self->n_snoops);
  leg->listen = g_strdup (request->id);
  leg->coached = request->whisper ? g_strdup (other->id) : NULL;
  listening = g_new (Listening, 1);
  listening->engine = self;
  listening->leg = g_strdup (leg->id);
  listening->snoop = g_strdup (leg->snoop);
  app = ari_listen_app (leg->side);
  escaped = ari_rest_escape (leg->snoop);
  uri = g_strdup_printf ("%s/snoop?spy=both&whisper=%s&app=%s&appArgs=snoop&snoopId=%s",
                         other->path, request->whisper ? "out" : "none", app, escaped);
  node_ask (leg->side->node, "POST", uri, NULL, on_made, listening);
}

/* The snoop channel is ours: TRUE if it is one of these. */
gboolean
ari_listen_take (Side *side, const char *channel)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, side->engine->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;
      g_autofree char *bridge = NULL, *name = NULL, *both = NULL, *escaped = NULL, *channels = NULL;

      if (leg->side != side || g_strcmp0 (leg->snoop, channel) != 0)
        continue;
      bridge = bridge_of (leg);
      name = ari_listen_bridges (side);
      both = g_strjoin (",", leg->channel, channel, NULL);
      escaped = ari_rest_escape (name);
      channels = ari_rest_escape (both);
      ari_rest_tell (side, "POST", NULL, "%s?type=mixing&name=%s", bridge, escaped);
      if (leg->listen != NULL)
        ari_rest_last (side, leg->listen, VOICE_CODE_NO_SUCH_LEG, "POST", NULL,
                       "%s/addChannel?channel=%s", bridge, channels);
      g_clear_pointer (&leg->listen, g_free);
      return TRUE;
    }

  return FALSE;
}

void
ari_listen_handle_stop (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = ari_leg_find (self, request);

  if (leg == NULL)
    return;
  ari_listen_end (leg);
  ari_engine_done (self, request->id);
}

static gboolean
hears_anybody (const Leg *leg)
{
  GHashTableIter iter;
  gpointer value;

  if (leg->music || ari_plays_sound (leg))
    return TRUE;
  g_hash_table_iter_init (&iter, leg->engine->legs);
  while (leg->bridge != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    if (value != leg && !((Leg *) value)->silenced &&
        g_strcmp0 (((Leg *) value)->bridge, leg->bridge) == 0)
      return TRUE;

  return FALSE;
}

static void
fill (Leg *leg, gboolean filled)
{
  if (leg->filled == filled || !leg->ours || !node_is_up (leg->side->node))
    return;
  leg->filled = filled;
  ari_leg_save (leg);
  ari_rest_tell (leg->side, filled ? "POST" : "DELETE", NULL, "%s/silence", leg->path);
}

void
ari_listen_fill (Asterisk *self)
{
  g_autoptr (GHashTable) coached = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const char *name = ((Leg *) value)->coached;
      Leg *other = name != NULL ? g_hash_table_lookup (self->legs, name) : NULL;

      if (other != NULL)
        g_hash_table_add (coached, other);
    }
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    fill (value, g_hash_table_contains (coached, value) && !hears_anybody (value));
}
