/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents' phones: whose they are, and whether they are registered. A phone that registers anew
 * takes its old contact away for a moment, which is no loss.
 */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include <string.h>

#define GRACE_US (G_USEC_PER_SEC / 2)
/* Where phones are not made by us one question without an answer is no loss yet. */
#define MISS_US (8 * G_USEC_PER_SEC)

void
ari_station_free (gpointer data)
{
  Station *station = data;

  g_free (station->agent);
  g_free (station->user);
  g_free (station->password);
  g_free (station->ha1);
  g_free (station->request);
  g_hash_table_unref (station->contacts);
  g_free (station);
}

Station *
ari_station_of (Asterisk *self, const char *agent)
{
  return agent != NULL ? g_hash_table_lookup (self->stations, agent) : NULL;
}

static Station *
station_of_user (Asterisk *self, const char *user)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->stations);
  while (user != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (((Station *) value)->user, user))
      return value;

  return NULL;
}

Side *
ari_stations_side (Asterisk *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Side *side = g_ptr_array_index (self->nodes, i);

      if (node_get_config (side->node)->sip != NULL ||
          node_get_config (side->node)->sip_tls != NULL)
        return side;
    }

  return NULL;
}

/* --- whether they are there ------------------------------------------------------------------- */

static void
set_ready (Asterisk *self, Station *station, gboolean ready, VoiceRegistrationReason reason)
{
  VoiceEvent *event;

  station->gone_at = 0;
  if (station->ready == ready && reason != VOICE_REGISTRATION_REPLACED)
    return;
  station->ready = ready;
  event = voice_event_new (VOICE_EVENT_REGISTRATION_CHANGED);
  event->agent = g_strdup (station->agent);
  event->ready = ready;
  event->reason = reason;
  ari_engine_emit (self, event);
}

static gboolean
is_answering (const Station *station)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, station->contacts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (GPOINTER_TO_INT (value))
      return TRUE;

  return FALSE;
}

/* Not there: a moment later. Of the phones that we make Asterisk itself waits long for an answer.
 */
static void
look_again (Asterisk *self, Station *station, VoiceRegistrationReason why)
{
  const gboolean ours = node_get_config (ari_stations_side (self)->node)->provision;
  const gint64 gone_at =
      g_get_monotonic_time () + (why == VOICE_REGISTRATION_LOST && !ours ? MISS_US : GRACE_US);

  if (is_answering (station))
    set_ready (self, station, TRUE, VOICE_REGISTRATION_REGISTERED);
  else if (station->ready && (station->gone_at == 0 || gone_at < station->gone_at))
    {
      station->gone_at = gone_at;
      station->why = why;
    }
}

const char *
ari_stations_trunk (Side *side)
{
  const char *numbers = node_get_config (side->node)->numbers;
  const char *at = numbers != NULL ? strrchr (numbers, '@') : NULL;

  /* "PJSIP/{number}@NAME"; "PJSIP/NAME/URI" does not ask whether NAME is there. */
  if (at == NULL || !g_str_has_prefix (numbers, "PJSIP/") ||
      strchr (numbers + strlen ("PJSIP/"), '/') != NULL)
    return NULL;

  return at + 1;
}

/* As far as Asterisk asks after it: the words for one contact, and for all of an endpoint. */
static void
look_at_trunk (Side *side, const char *name, const char *status)
{
  const gboolean ready = g_strcmp0 (status, "Reachable") == 0 || g_strcmp0 (status, "online") == 0;
  const gboolean out = g_strcmp0 (status, "Unreachable") == 0 || g_strcmp0 (status, "offline") == 0;
  VoiceEvent *told;

  if (ari_stations_trunk (side) == NULL || g_strcmp0 (name, ari_stations_trunk (side)) != 0 ||
      (!ready && !out))
    return;
  told = voice_event_new (VOICE_EVENT_SERVICE_CHANGED);
  told->trunk = g_strdup (name);
  told->ready = ready;
  ari_engine_emit (side->engine, told);
}

void
ari_stations_contact (Side *side, JsonObject *event)
{
  JsonObject *info = wire_object (event, "contact_info");
  JsonObject *endpoint = wire_object (event, "endpoint");
  const char *uri = wire_text (info, "uri");
  const char *status = wire_text (info, "contact_status");
  Station *station = station_of_user (side->engine, wire_text (endpoint, "resource"));
  gboolean answers;

  if (station == NULL)
    look_at_trunk (side, wire_text (endpoint, "resource"), status);
  if (station == NULL || uri == NULL || status == NULL || ari_stations_side (side->engine) != side)
    return;
  station->told_turn = side->turn;
  if (g_str_equal (status, "Removed"))
    {
      gboolean had = g_hash_table_remove (station->contacts, uri);

      /* After a look at all endpoints the one contact has no address. */
      if (!had)
        g_hash_table_remove (station->contacts, "");
      look_again (side->engine, station, VOICE_REGISTRATION_UNREGISTERED);
      return;
    }
  answers = !g_str_equal (status, "Unreachable") && !g_str_equal (status, "Unknown");
  g_hash_table_remove (station->contacts, "");
  g_hash_table_replace (station->contacts, g_strdup (uri), GINT_TO_POINTER (answers));
  if (answers && station->gone_at != 0 && station->why != VOICE_REGISTRATION_LOST)
    set_ready (side->engine, station, TRUE, VOICE_REGISTRATION_REPLACED);
  look_again (side->engine, station, VOICE_REGISTRATION_LOST);
}

void
ari_stations_beat (Asterisk *self)
{
  const gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->stations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Station *station = value;

      if (station->gone_at != 0 && now >= station->gone_at)
        set_ready (self, station, FALSE, station->why);
    }
}

/* What a node says of all of them, after a connection. */
void
ari_stations_look (Side *side, JsonArray *endpoints)
{
  g_autoptr (GHashTable) online = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; endpoints != NULL && i < json_array_get_length (endpoints); i++)
    {
      JsonNode *node = json_array_get_element (endpoints, i);
      JsonObject *endpoint = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *user = wire_text (endpoint, "resource");

      look_at_trunk (side, user, wire_text (endpoint, "state"));
      if (user != NULL && g_strcmp0 (wire_text (endpoint, "state"), "online") == 0)
        g_hash_table_add (online, g_strdup (user));
    }
  if (ari_stations_side (side->engine) != side)
    return;
  g_hash_table_iter_init (&iter, side->engine->stations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Station *station = value;
      gboolean there = g_hash_table_contains (online, station->user);

      /* What was told while we waited for the answer is newer. */
      if (station->told_turn == side->turn)
        continue;
      g_hash_table_remove_all (station->contacts);
      if (there)
        g_hash_table_insert (station->contacts, g_strdup (""), GINT_TO_POINTER (TRUE));
      set_ready (side->engine, station, there,
                 there ? VOICE_REGISTRATION_REGISTERED : VOICE_REGISTRATION_LOST);
    }
}

/* The node where they register is gone. */
void
ari_stations_lost (Side *side)
{
  GHashTableIter iter;
  gpointer value;

  if (ari_stations_side (side->engine) != side)
    return;
  g_hash_table_iter_init (&iter, side->engine->stations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_hash_table_remove_all (((Station *) value)->contacts);
      set_ready (side->engine, value, FALSE, VOICE_REGISTRATION_LOST);
    }
}

const char *
ari_station_agent (Asterisk *self, const char *endpoint)
{
  const Station *station = station_of_user (self, endpoint);

  return station != NULL ? station->agent : NULL;
}

GStrv
ari_stations_list (Asterisk *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->stations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Station *) value)->ready)
      g_strv_builder_add (builder, ((Station *) value)->agent);

  return g_strv_builder_end (builder);
}

/* --- requests --------------------------------------------------------------------------------- */

typedef struct
{
  Asterisk *engine;
  char *agent;
} Looking;

/* A phone that is in Asterisk already may have registered before its agent signed in. */
static void
on_endpoint (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Looking *looking = user_data;
  Station *station = ari_station_of (looking->engine, looking->agent);
  JsonObject *endpoint =
      body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;

  if (station != NULL && status == 200 && !station->ready &&
      g_strcmp0 (wire_text (endpoint, "state"), "online") == 0)
    {
      if (g_hash_table_size (station->contacts) == 0)
        g_hash_table_insert (station->contacts, g_strdup (""), GINT_TO_POINTER (TRUE));
      look_again (looking->engine, station, VOICE_REGISTRATION_LOST);
    }
  g_free (looking->agent);
  g_free (looking);
}

static void
look_at (Side *side, const Station *station)
{
  g_autofree char *user = ari_rest_escape (station->user);
  g_autofree char *uri = g_strconcat ("endpoints/PJSIP/", user, NULL);
  Looking *looking = g_new (Looking, 1);

  looking->engine = side->engine;
  looking->agent = g_strdup (station->agent);
  node_ask (side->node, "GET", uri, NULL, on_endpoint, looking);
}

void
ari_station_handle_set (Asterisk *self, VoiceRequest *request)
{
  const char *user = request->user != NULL ? request->user : request->agent;
  Station *other = station_of_user (self, user);
  Station *station = ari_station_of (self, request->agent);
  Side *side = ari_stations_side (self);

  if (other != NULL && other != station)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
      return;
    }
  if (station == NULL)
    {
      station = g_new0 (Station, 1);
      station->agent = g_strdup (request->agent);
      station->contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->stations, station->agent, station);
    }
  g_free (station->user);
  g_free (station->password);
  g_free (station->ha1);
  station->user = g_strdup (user);
  station->password = g_strdup (request->password);
  station->ha1 = g_strdup (request->ha1);
  /* A node that is not there gets them all when it comes. */
  if (side == NULL || !node_is_up (side->node))
    ari_engine_done (self, request->id);
  else if (node_get_config (side->node)->provision)
    ari_provision_now (side, station, request->id);
  else
    ari_engine_done (self, request->id);
  if (side != NULL && node_is_up (side->node) && !node_get_config (side->node)->provision)
    look_at (side, station);
}

void
ari_station_handle_remove (Asterisk *self, VoiceRequest *request)
{
  Station *station = ari_station_of (self, request->agent);
  Side *side = ari_stations_side (self);

  if (station != NULL && side != NULL)
    ari_provision_remove (side, station);
  if (station != NULL)
    {
      set_ready (self, station, FALSE, VOICE_REGISTRATION_REMOVED);
      g_hash_table_remove (self->stations, request->agent);
    }
  ari_engine_done (self, request->id);
}
