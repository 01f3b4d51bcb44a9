/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a node has alive when it comes, or comes back: whether it is the same life of it, which of
 * our channels and bridges are there, which phones are registered. What ended meanwhile is told;
 * what outlived us is ours again; what nobody knows of is put away. A node that stays away ends its
 * calls, and only those. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include "base/log.h"

#include <string.h>

#define GONE_US    (15 * G_USEC_PER_SEC) /* nothing is heard of it for so long: its calls are over */
#define REFUSED_US (3 * G_USEC_PER_SEC)  /* nothing listens there: so soon */
#define SETTLE_US  (5 * G_USEC_PER_SEC)  /* at the start nobody waits longer for it */
#define LEFT_US    (2 * G_USEC_PER_SEC)

static char *
app_of (Side *side)
{
  const AsteriskNode *config = node_get_config (side->node);

  return ari_rest_escape (config->app != NULL ? config->app : "guichet");
}

/* --- the end of a node ------------------------------------------------------------------------ */

static GPtrArray *
legs_of (Side *side)
{
  GPtrArray *legs = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, side->engine->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Leg *) value)->side == side)
      g_ptr_array_add (legs, value);

  return legs;
}

void
ari_look_end_all (Side *side, VoiceCause cause)
{
  g_autoptr (GPtrArray) legs = legs_of (side);
  GHashTableIter iter;
  gpointer value;

  ari_plays_end_at (side);
  ari_records_end_at (side);
  for (guint i = 0; i < legs->len; i++)
    ari_leg_end (g_ptr_array_index (legs, i), cause, VOICE_BY_ENGINE, 0);
  g_hash_table_iter_init (&iter, side->engine->bridges);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Bridge *) value)->side == side)
      ((Bridge *) value)->side = NULL;
}

/* --- the look --------------------------------------------------------------------------------- */

gboolean
ari_look_keeps (Side *side, JsonObject *event)
{
  if (side->settled || side->alive == NULL)
    return FALSE;
  g_ptr_array_add (side->kept, json_object_ref (event));

  return TRUE;
}

/* Who asked for what is alive is told that first, then what happened to it meanwhile. */
static void
settle (Side *side)
{
  side->settled = TRUE;
  ari_list_settled (side->engine);
  for (guint i = 0; i < side->kept->len; i++)
    {
      JsonObject *event = g_ptr_array_index (side->kept, i);

      ari_events_take (side->node, wire_text (event, "type"), event, side);
    }
  g_ptr_array_set_size (side->kept, 0);
}

static void
finish (Side *side)
{
  side->looked = TRUE;
  ari_records_looked (side);
  g_clear_pointer (&side->alive, g_hash_table_unref);
  g_clear_pointer (&side->where, g_hash_table_unref);
  if (!side->settled)
    settle (side);
  ari_provision_all (side);
}

static void
one_less (Side *side)
{
  if (--side->looks == 0)
    finish (side);
}

static VoiceLegState
state_of (JsonObject *channel, gboolean outgoing)
{
  const char *state = wire_text (channel, "state");

  if (g_strcmp0 (state, "Up") == 0)
    return VOICE_LEG_UP;
  if (g_strcmp0 (state, "Ringing") == 0)
    return VOICE_LEG_RINGING;

  return outgoing ? VOICE_LEG_DIALLING : VOICE_LEG_INCOMING;
}

typedef struct
{
  Side *side;
  char *channel;
} Finding;

static void
put_away (Side *side, const char *channel)
{
  g_autofree char *escaped = ari_rest_escape (channel);

  ari_rest_tell (side, "DELETE", NULL, "channels/%s", escaped);
}

static void
adopt (Side *side, const char *channel, const char *tag)
{
  g_autoptr (GHashTable) pairs = wire_tag_read (tag);
  const char *out = pairs != NULL ? g_hash_table_lookup (pairs, "out") : NULL;
  g_autofree char *id = out != NULL
                            ? g_strdup (out)
                            : g_strconcat (node_get_config (side->node)->name, ":", channel, NULL);
  JsonObject *object = g_hash_table_lookup (side->alive, channel);
  const char *bridge = g_hash_table_lookup (side->where, channel);
  Leg *leg;

  if (g_hash_table_contains (side->engine->legs, id))
    return;
  if (side->settled)
    {
      put_away (side, channel); /* too late: nobody asks what is alive any more */
      return;
    }
  leg = ari_leg_new (side, id, channel, out != NULL);
  ari_leg_take_tag (leg, tag);
  leg->announced = leg->ours = TRUE;
  leg->state = state_of (object, leg->outgoing);
  leg->rang = leg->state != VOICE_LEG_DIALLING;
  leg->bridge = g_strdup (bridge);
  leg->address = g_strdup (wire_text (object, "name"));
}

static void
on_tag (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Finding *finding = user_data;
  Side *side = finding->side;
  JsonObject *object =
      body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;

  if (status != 0 && side->alive != NULL)
    adopt (side, finding->channel, status == 200 ? wire_text (object, "value") : NULL);
  if (side->alive != NULL)
    one_less (side);
  g_free (finding->channel);
  g_free (finding);
}

static void
ask_tag (Side *side, const char *channel)
{
  g_autofree char *escaped = ari_rest_escape (channel);
  g_autofree char *uri = g_strdup_printf ("channels/%s/variable?variable=GUICHET", escaped);
  Finding *finding = g_new (Finding, 1);

  finding->side = side;
  finding->channel = g_strdup (channel);
  side->looks++;
  node_ask (side->node, "GET", uri, NULL, on_tag, finding);
}

/* Those that we knew: what became of them while nobody told us. */
static void
catch_up (Side *side)
{
  g_autoptr (GPtrArray) legs = legs_of (side);

  for (guint i = 0; i < legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (legs, i);
      JsonObject *channel = g_hash_table_lookup (side->alive, leg->channel);
      const char *bridge = g_hash_table_lookup (side->where, leg->channel);

      if (leg->turn == side->turn)
        continue;
      if (channel == NULL)
        {
          ari_leg_end (leg, VOICE_CAUSE_NORMAL, VOICE_BY_FAR_END, 0);
          continue;
        }
      g_free (leg->bridge);
      leg->bridge = g_strdup (bridge);
      if (leg->hanging_up)
        ari_leg_hang_up (leg);
      else if (state_of (channel, leg->outgoing) == VOICE_LEG_UP)
        ari_leg_answered (leg);
      else if (state_of (channel, leg->outgoing) == VOICE_LEG_RINGING)
        ari_leg_rings (leg);
    }
}

/* Those of our application that we do not know: legs from before our start, or what nobody wants.
 */
static void
take_or_put_away (Side *side, JsonArray *channels)
{
  for (guint i = 0; channels != NULL && i < json_array_get_length (channels); i++)
    {
      const char *id = wire_item (channels, i);
      JsonObject *channel = id != NULL ? g_hash_table_lookup (side->alive, id) : NULL;
      const char *name = wire_text (channel, "name");

      if (channel == NULL || ari_leg_of_channel (side, id) != NULL || ari_records_live (side, id))
        continue;
      if (!side->settled && (name == NULL || !g_str_has_prefix (name, "Snoop/")))
        {
          ask_tag (side, id);
          continue;
        }
      put_away (side, id);
    }
}

static gboolean
is_answer (Side *side, guint status, JsonNode *body, JsonNodeType type)
{
  if (status == 200 && body != NULL && json_node_get_node_type (body) == type)
    return TRUE;
  node_drop (side->node, status == 0 ? "it does not answer" : "what it has alive cannot be read");

  return FALSE;
}

static void
on_app (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Side *side = user_data;

  if (!is_answer (side, status, body, JSON_NODE_OBJECT) || side->alive == NULL)
    return;
  catch_up (side);
  take_or_put_away (side, wire_array (json_node_get_object (body), "channel_ids"));
  one_less (side);
}

static void
on_channels (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Side *side = user_data;
  JsonArray *array;

  if (!is_answer (side, status, body, JSON_NODE_ARRAY) || side->alive == NULL)
    return;
  array = json_node_get_array (body);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      JsonObject *channel = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;
      const char *id = wire_text (channel, "id");

      if (id != NULL)
        g_hash_table_replace (side->alive, g_strdup (id), json_object_ref (channel));
    }
}

static void
take_bridge (Side *side, JsonObject *bridge, const char *ours)
{
  const char *id = wire_text (bridge, "id");
  JsonArray *channels = wire_array (bridge, "channels");
  g_autofree char *escaped = NULL, *listening = NULL;

  listening = ari_listen_bridges (side);
  escaped = id != NULL ? ari_rest_escape (id) : NULL;
  if (id != NULL && !side->settled && g_strcmp0 (wire_text (bridge, "name"), listening) == 0)
    ari_listen_put_away (side, id, channels);
  if (id == NULL || g_strcmp0 (wire_text (bridge, "name"), ours) != 0)
    return;
  for (guint i = 0; channels != NULL && i < json_array_get_length (channels); i++)
    if (wire_item (channels, i) != NULL)
      g_hash_table_replace (side->where, g_strdup (wire_item (channels, i)), g_strdup (id));
  if (g_hash_table_contains (side->engine->bridges, id))
    return;
  if (!side->settled)
    ari_bridge_new (side->engine, id, side);
  else
    ari_rest_tell (side, "DELETE", NULL, "bridges/%s", escaped);
}

static void
on_bridges (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Side *side = user_data;
  g_autofree char *ours = ari_bridges_name (side);
  JsonArray *array;

  if (!is_answer (side, status, body, JSON_NODE_ARRAY) || side->alive == NULL)
    return;
  array = json_node_get_array (body);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (item))
        take_bridge (side, json_node_get_object (item), ours);
    }
}

static void
on_stored (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Side *side = user_data;
  JsonArray *array = status == 200 && body != NULL && JSON_NODE_HOLDS_ARRAY (body)
                         ? json_node_get_array (body)
                         : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      const char *name =
          JSON_NODE_HOLDS_OBJECT (item) ? wire_text (json_node_get_object (item), "name") : NULL;

      if (name != NULL)
        ari_records_stored (side, name);
    }
  if (side->alive != NULL)
    one_less (side);
}

static void
on_endpoints (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Side *side = user_data;

  if (is_answer (side, status, body, JSON_NODE_ARRAY) && side->alive != NULL)
    ari_stations_look (side, json_node_get_array (body));
}

/* Of calls all but what floods, of phones nothing but whether they are there. */
static void
subscribe (Side *side, const char *app)
{
  const char *trunk = ari_stations_trunk (side);
  g_autofree char *escaped = trunk != NULL ? ari_rest_escape (trunk) : NULL;

  ari_rest_tell (side, "PUT",
                 "{\"disallowed\":[{\"type\":\"ChannelVarset\"},{\"type\":\"ChannelDialplan\"}]}",
                 "%s/eventFilter", app);
  ari_rest_tell (side, "PUT", "{\"allowed\":[{\"type\":\"ContactStatusChange\"}]}",
                 "%s" NODE_PHONES "/eventFilter", app);
  if (ari_stations_side (side->engine) == side)
    ari_rest_tell (side, "POST", NULL, "%s" NODE_PHONES "/subscription?eventSource=endpoint:PJSIP",
                   app);
  else if (trunk != NULL)
    ari_rest_tell (side, "POST", NULL,
                   "%s" NODE_PHONES "/subscription?eventSource=endpoint:PJSIP%%2F%s", app, escaped);
}

static void
on_info (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Side *side = user_data;
  g_autofree char *app = app_of (side);
  g_autofree char *uri = g_strconcat ("applications/", app, NULL);
  const char *started;

  if (!is_answer (side, status, body, JSON_NODE_OBJECT))
    return;
  started = wire_text (wire_object (json_node_get_object (body), "status"), "startup_time");
  if (side->started != NULL && g_strcmp0 (side->started, started) != 0)
    {
      base_log (BASE_LOG_WARNING, "voice", "node_was_restarted", "node",
                node_get_config (node)->name, NULL);
      ari_look_end_all (side, VOICE_CAUSE_STOPPED);
    }
  g_free (side->started);
  side->started = g_strdup (started);
  subscribe (side, uri);
  side->looks = 1;
  node_ask (node, "GET", "channels", NULL, on_channels, side);
  node_ask (node, "GET", "bridges", NULL, on_bridges, side);
  node_ask (node, "GET", "endpoints/PJSIP", NULL, on_endpoints, side);
  if (!side->searched)
    {
      side->looks++;
      node_ask (node, "GET", "recordings/stored", NULL, on_stored, side);
    }
  node_ask (node, "GET", uri, NULL, on_app, side);
}

void
ari_look_stop (Side *side)
{
  g_clear_pointer (&side->alive, g_hash_table_unref);
  g_clear_pointer (&side->where, g_hash_table_unref);
  g_ptr_array_set_size (side->kept, 0);
}

void
ari_look_begin (Side *side)
{
  side->looked = FALSE;
  side->turn++;
  ari_records_look (side);
  ari_look_stop (side);
  side->alive =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  side->where = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  node_ask (side->node, "GET", "asterisk/info?only=status", NULL, on_info, side);
}

/* --- time passes ------------------------------------------------------------------------------ */

static void
end_those_that_left (Side *side, gint64 now)
{
  g_autoptr (GPtrArray) legs = legs_of (side);

  for (guint i = 0; i < legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (legs, i);

      if (leg->left_at != 0 && now - leg->left_at >= LEFT_US)
        ari_leg_end (leg, VOICE_CAUSE_NORMAL, VOICE_BY_FAR_END, 0);
      else
        {
          ari_leg_hush (leg, now);
          ari_transfer_expire (leg, now);
        }
    }
}

void
ari_look_beat (Side *side)
{
  const gint64 now = g_get_monotonic_time ();
  const gint64 since = node_get_down_since (side->node);
  const gint64 patience = node_is_refused (side->node) ? REFUSED_US : GONE_US;

  if (!side->settled && now - side->engine->started >= SETTLE_US)
    settle (side);
  if (since == 0)
    end_those_that_left (side, now);
  else if (now - since >= patience)
    {
      ari_look_end_all (side, VOICE_CAUSE_STOPPED);
      ari_stations_lost (side);
    }
}
