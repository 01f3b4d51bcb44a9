/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phones are made in Asterisk as agents sign in, and all of them when a node comes that does not
 * have them as they should be. A few at a time: Asterisk takes what is asked one after the other,
 * and calls are not to wait. Whom somebody waits for comes first. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include "base/json.h"
#include "base/log.h"

#include <string.h>

#define AT_ONCE 4
#define TELL_US (5 * G_USEC_PER_SEC) /* how often the log says how far it is */
#define PLACE   "asterisk/config/dynamic/res_pjsip"
#define MARK    "callerid_tag" /* which Asterisk tells nobody */
#define CODECS  "opus,g722,alaw,ulaw"
/* Seconds between two looks whether a phone is there, and until one that does not answer is gone:
 * Asterisk rings it no more then, and a machine may well stand still for half of that. */
#define QUALIFY "4"
#define MISSED  "8.0"

/* --- what Asterisk is told of one ------------------------------------------------------------- */

static char *
fields (const char *const *pairs)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  char *text;

  for (; pairs[0] != NULL; pairs += 2)
    {
      JsonObject *field;

      if (pairs[1] == NULL)
        continue;
      field = json_object_new ();
      base_json_set_string (field, "attribute", pairs[0]);
      base_json_set_string (field, "value", pairs[1]);
      json_array_add_object_element (array, field);
    }
  json_object_set_array_member (object, "fields", array);
  text = base_json_to_text (object);
  json_object_unref (object);

  return text;
}

static char *
auth_fields (Asterisk *self, const Station *station)
{
  const char *realm = self->config->realm != NULL ? self->config->realm : "guichet";
  const gboolean hashed = station->password == NULL;
  const char *const pairs[] = {
    "auth_type", hashed ? "md5" : "userpass", "username", station->user,
    "password",  station->password,           "md5_cred", hashed ? station->ha1 : NULL,
    "realm",     hashed ? realm : NULL,       NULL
  };

  return fields (pairs);
}

static char *
aor_fields (void)
{
  const char *const pairs[] = { "max_contacts",
                                "1",
                                "remove_existing",
                                "yes",
                                "minimum_expiration",
                                "10",
                                "maximum_expiration",
                                "300",
                                "default_expiration",
                                "120",
                                "qualify_frequency",
                                QUALIFY,
                                "qualify_timeout",
                                MISSED,
                                NULL };

  return fields (pairs);
}

static char *
endpoint_fields (Side *side, const Station *station, const char *mark)
{
  const AsteriskNode *config = node_get_config (side->node);
  const guint timeout = side->engine->config->media_timeout;
  g_autofree char *codecs =
      g_strconcat ("!all,", config->codecs != NULL ? config->codecs : CODECS, NULL);
  g_autofree char *seconds = g_strdup_printf ("%u", timeout ? timeout : 30);
  const char *const pairs[] = {
    "auth", station->user, "aors", station->user, "context",
    config->context != NULL ? config->context : "guichet-stations", "allow", codecs,
    /* Sound goes through Asterisk, and comes back to where it came from. */
    "direct_media", "no", "rtp_symmetric", "yes", "force_rport", "yes", "rewrite_contact", "yes",
    "dtmf_mode", "auto", "rtp_keepalive", "5", "rtp_timeout", seconds, "rtp_timeout_hold", seconds,
    "trust_id_outbound", "yes", "send_connected_line", "no", "allow_subscribe", "no",
    "allow_transfer", "yes", "media_encryption", config->srtp ? "sdes" : NULL, MARK, mark, NULL
  };

  return fields (pairs);
}

/* Stands in the endpoint, which is told last: Asterisk has it all. */
static char *
mark_of (Side *side, const Station *station)
{
  g_autofree char *auth = auth_fields (side->engine, station);
  g_autofree char *aor = aor_fields ();
  g_autofree char *endpoint = endpoint_fields (side, station, NULL);
  g_autofree char *all = g_strconcat (auth, aor, endpoint, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

/* --- one after the other ---------------------------------------------------------------------- */

typedef struct
{
  Asterisk *engine;
  char *agent, *request; /* request: or NULL */
} Making;

static void go_on (Side *side);

static Making *
making_new (Side *side, Station *station)
{
  Making *making = g_new (Making, 1);

  making->engine = side->engine;
  making->agent = g_strdup (station->agent);
  making->request = g_steal_pointer (&station->request);

  return making;
}

static void
making_over (Making *making, guint status)
{
  Asterisk *engine = making->engine;
  Provision *provision = &engine->provision;

  if (making->request != NULL && status / 100 == 2)
    ari_engine_done (engine, making->request);
  else if (making->request != NULL)
    ari_engine_fail (engine, making->request, ari_rest_code (status, VOICE_CODE_FAULT),
                     status == 0 ? "no answer" : "Asterisk does not take the phone");
  g_free (making->agent);
  g_free (making->request);
  g_free (making);
  provision->under_way--;
  go_on (ari_stations_side (engine));
}

static void
on_made (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Making *making = user_data;

  making->engine->provision.made++;
  making_over (making, status);
}

static void
make (Side *side, const Station *station, Making *making)
{
  g_autofree char *user = ari_rest_escape (station->user);
  g_autofree char *mark = mark_of (side, station);
  g_autofree char *auth = auth_fields (side->engine, station);
  g_autofree char *aor = aor_fields ();
  g_autofree char *endpoint = endpoint_fields (side, station, mark);
  g_autofree char *uri = g_strconcat (PLACE "/endpoint/", user, NULL);

  ari_rest_tell (side, "PUT", auth, PLACE "/auth/%s", user);
  ari_rest_tell (side, "PUT", aor, PLACE "/aor/%s", user);
  node_ask (side->node, "PUT", uri, endpoint, on_made, making);
}

static gboolean
has_mark (JsonNode *body, const char *mark)
{
  JsonArray *array =
      body != NULL && JSON_NODE_HOLDS_ARRAY (body) ? json_node_get_array (body) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      JsonObject *field = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;

      if (g_strcmp0 (wire_text (field, "attribute"), MARK) == 0 &&
          g_strcmp0 (wire_text (field, "value"), mark) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
on_seen (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Making *making = user_data;
  Side *side = ari_stations_side (making->engine);
  Station *station = ari_station_of (making->engine, making->agent);
  g_autofree char *mark = station != NULL ? mark_of (side, station) : NULL;

  if (station == NULL || status == 0 || (status == 200 && has_mark (body, mark)))
    making_over (making, 200);
  else
    make (side, station, making);
}

static void
begin (Side *side, Station *station)
{
  g_autofree char *user = ari_rest_escape (station->user);
  g_autofree char *uri = g_strconcat (PLACE "/endpoint/", user, NULL);
  gboolean waited_for = station->request != NULL;
  Making *making = making_new (side, station);

  side->engine->provision.under_way++;
  station->due = FALSE;
  if (waited_for)
    make (side, station, making);
  else
    node_ask (side->node, "GET", uri, NULL, on_seen, making);
}

static void
tell (Side *side, const char *event)
{
  Provision *provision = &side->engine->provision;
  g_autofree char *made = g_strdup_printf ("%u", provision->made);
  g_autofree char *left =
      g_strdup_printf ("%u", g_queue_get_length (&provision->due) + provision->under_way);

  provision->told = g_get_monotonic_time ();
  base_log (BASE_LOG_INFO, "voice", event, "node", node_get_config (side->node)->name, "made", made,
            "left", left, NULL);
}

static void
go_on (Side *side)
{
  Provision *provision = &side->engine->provision;
  char *agent;

  while (provision->under_way < AT_ONCE && node_is_up (side->node) &&
         (agent = g_queue_pop_head (&provision->due)) != NULL)
    {
      Station *station = ari_station_of (side->engine, agent);

      if (station != NULL && station->due)
        begin (side, station);
      g_free (agent);
    }
  if (provision->all && g_queue_is_empty (&provision->due) && provision->under_way == 0)
    {
      provision->all = FALSE;
      tell (side, "stations_made");
    }
  else if (provision->all && g_get_monotonic_time () - provision->told >= TELL_US)
    tell (side, "stations_under_way");
}

void
ari_provision_now (Side *side, Station *station, const char *request)
{
  /* What was asked before is done with this. */
  if (station->request != NULL)
    ari_engine_done (side->engine, station->request);
  g_free (station->request);
  station->request = g_strdup (request);
  station->due = TRUE;
  g_queue_push_head (&side->engine->provision.due, g_strdup (station->agent));
  go_on (side);
}

void
ari_provision_all (Side *side)
{
  Provision *provision = &side->engine->provision;
  GHashTableIter iter;
  gpointer value;

  if (ari_stations_side (side->engine) != side || !node_get_config (side->node)->provision)
    return;
  g_hash_table_iter_init (&iter, side->engine->stations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Station *station = value;

      if (!station->due)
        g_queue_push_tail (&provision->due, g_strdup (station->agent));
      station->due = TRUE;
    }
  if (g_queue_is_empty (&provision->due))
    return;
  provision->all = TRUE;
  provision->made = 0;
  tell (side, "stations_due");
  go_on (side);
}

void
ari_provision_remove (Side *side, const Station *station)
{
  g_autofree char *user = ari_rest_escape (station->user);

  if (station->request != NULL)
    ari_engine_done (side->engine, station->request);
  if (!node_get_config (side->node)->provision)
    return;
  ari_rest_tell (side, "DELETE", NULL, PLACE "/endpoint/%s", user);
  ari_rest_tell (side, "DELETE", NULL, PLACE "/aor/%s", user);
  ari_rest_tell (side, "DELETE", NULL, PLACE "/auth/%s", user);
}

void
ari_provision_stop (Asterisk *self)
{
  GHashTableIter iter;
  gpointer value;

  g_queue_clear_full (&self->provision.due, g_free);
  self->provision.all = FALSE;
  g_hash_table_iter_init (&iter, self->stations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Station *station = value;

      station->due = FALSE;
      if (station->request != NULL)
        ari_engine_done (self, station->request);
      g_clear_pointer (&station->request, g_free);
    }
}
