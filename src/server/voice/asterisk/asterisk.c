/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine over Asterisk: its table of functions, and its life. Calls belong to Asterisk: when
 * this ends they go on, and the next one finds them. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include "base/log.h"

#define QUALITY_MS 5000

static const AsteriskHandler handlers[VOICE_N_REQUESTS] = {
  [VOICE_REQUEST_STATION_SET] = ari_station_handle_set,
  [VOICE_REQUEST_STATION_REMOVE] = ari_station_handle_remove,
  [VOICE_REQUEST_ORIGINATE] = ari_originate_handle,
  [VOICE_REQUEST_RING] = ari_leg_handle_ring,
  [VOICE_REQUEST_PROGRESS] = ari_leg_handle_progress,
  [VOICE_REQUEST_ANSWER] = ari_leg_handle_answer,
  [VOICE_REQUEST_HANGUP] = ari_leg_handle_hangup,
  [VOICE_REQUEST_BRIDGE_CREATE] = ari_bridge_handle_create,
  [VOICE_REQUEST_BRIDGE_DESTROY] = ari_bridge_handle_destroy,
  [VOICE_REQUEST_BRIDGE_ADD] = ari_bridge_handle_add,
  [VOICE_REQUEST_BRIDGE_REMOVE] = ari_bridge_handle_remove,
  [VOICE_REQUEST_MUSIC_START] = ari_leg_handle_music_start,
  [VOICE_REQUEST_MUSIC_STOP] = ari_leg_handle_music_stop,
  [VOICE_REQUEST_PLAY] = ari_plays_handle_start,
  [VOICE_REQUEST_PLAY_STOP] = ari_plays_handle_stop,
  [VOICE_REQUEST_DTMF] = ari_leg_handle_dtmf,
  [VOICE_REQUEST_LIST] = ari_list_handle,
  [VOICE_REQUEST_MUTE] = ari_leg_handle_mute,
  [VOICE_REQUEST_UNMUTE] = ari_leg_handle_unmute,
  [VOICE_REQUEST_RECORD] = ari_records_handle,
  [VOICE_REQUEST_RECORD_PAUSE] = ari_records_handle_pause,
  [VOICE_REQUEST_RECORD_RESUME] = ari_records_handle_resume,
  [VOICE_REQUEST_RECORD_STOP] = ari_records_handle_stop,
  [VOICE_REQUEST_SNOOP] = ari_listen_handle,
  [VOICE_REQUEST_SNOOP_STOP] = ari_listen_handle_stop,
  [VOICE_REQUEST_TRANSFER_REPORT] = ari_transfer_handle_report,
  [VOICE_REQUEST_RECORD_KEEP] = ari_records_handle_keep,
};

void
ari_engine_emit (Asterisk *self, VoiceEvent *event)
{
  voice_engine_emit (&self->parent, event);
}

void
ari_engine_done (Asterisk *self, const char *request)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_DONE);

  event->request = g_strdup (request);
  ari_engine_emit (self, event);
}

void
ari_engine_fail (Asterisk *self, const char *request, VoiceCode code, const char *detail)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_FAILED);

  event->request = g_strdup (request);
  event->code = code;
  event->detail = g_strdup (detail);
  ari_engine_emit (self, event);
}

void
ari_engine_handle (Asterisk *self, VoiceRequest *request)
{
  if (handlers[request->kind] != NULL)
    handlers[request->kind](self, request);
  else
    ari_engine_fail (self, request->id, VOICE_CODE_FAULT, "not with Asterisk");
  ari_listen_fill (self);
}

/* --- nodes ------------------------------------------------------------------------------------ */

static void
tell_node (Node *node, Side *side, gboolean ready)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_SERVICE_CHANGED);

  event->node = g_strdup (node_get_config (node)->name);
  event->ready = ready;
  ari_engine_emit (side->engine, event);
}

static void
on_up (Node *node, gpointer side)
{
  tell_node (node, side, TRUE);
  ari_look_begin (side);
}

static void
on_away (Node *node, gpointer side)
{
  tell_node (node, side, FALSE);
}

static void
on_down (Node *node, gpointer side)
{
  ari_look_stop (side);
  if (ari_stations_side (((Side *) side)->engine) == side)
    ari_provision_stop (((Side *) side)->engine);
}

static void
on_beat (Node *node, gpointer user_data)
{
  Side *side = user_data;

  ari_look_beat (side);
  if (side == g_ptr_array_index (side->engine->nodes, 0))
    ari_stations_beat (side->engine);
}

static const NodeFuncs node_funcs = { on_up, on_down, ari_events_take, on_away, on_beat };

static void
side_free (gpointer data)
{
  Side *side = data;

  node_free (side->node);
  ari_look_stop (side);
  g_ptr_array_unref (side->kept);
  g_free (side->started);
  g_free (side);
}

/* --- quality ---------------------------------------------------------------------------------- */

typedef struct
{
  Asterisk *engine;
  char *leg;
} Measuring;

static void
on_measured (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Measuring *measuring = user_data;
  Leg *leg = g_hash_table_lookup (measuring->engine->legs, measuring->leg);
  JsonObject *object = status == 200 && body != NULL && JSON_NODE_HOLDS_OBJECT (body)
                           ? json_node_get_object (body)
                           : NULL;

  if (leg != NULL && object != NULL && leg->announced)
    {
      VoiceEvent *event = ari_leg_event (leg, VOICE_EVENT_LEG_QUALITY);
      const gint64 got = MAX (wire_number (object, "rxcount", 0), 0);
      const gint64 lost = MAX (wire_number (object, "rxploss", 0), 0);

      event->quality.received = (guint64) got;
      event->quality.loss = got + lost > 0 ? (double) lost / (double) (got + lost) : 0;
      event->quality.jitter_ms = wire_double (object, "rxjitter", 0) * 1000;
      event->quality.rtt_ms = wire_double (object, "rtt", -0.001) * 1000;
      ari_engine_emit (leg->engine, event);
    }
  g_free (measuring->leg);
  g_free (measuring);
}

static gboolean
on_quality (gpointer user_data)
{
  Asterisk *self = user_data;
  GHashTableIter iter;
  gpointer value;
  g_autoptr (GPtrArray) legs = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Leg *) value)->state == VOICE_LEG_UP && node_is_up (((Leg *) value)->side->node))
      g_ptr_array_add (legs, value);
  for (guint i = 0; i < legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (legs, i);
      g_autofree char *uri = g_strconcat (leg->path, "/rtp_statistics", NULL);
      Measuring *measuring = g_new (Measuring, 1);

      measuring->engine = self;
      measuring->leg = g_strdup (leg->id);
      node_ask (leg->side->node, "GET", uri, NULL, on_measured, measuring);
    }

  return G_SOURCE_CONTINUE;
}

/* --- its life --------------------------------------------------------------------------------- */

static void
asterisk_start (VoiceEngine *engine)
{
  Asterisk *self = (Asterisk *) engine;
  Side *home = ari_stations_side (self);
  VoiceEvent *event = voice_event_new (VOICE_EVENT_READY);

  self->started = g_get_monotonic_time ();
  if (home != NULL)
    {
      const AsteriskNode *config = node_get_config (home->node);

      event->detail = g_strdup (config->sip);
      event->tls = g_strdup (config->sip_tls);
    }
  ari_engine_emit (self, event);
  for (guint i = 0; i < self->nodes->len; i++)
    node_open (((Side *) g_ptr_array_index (self->nodes, i))->node);
  self->quality_timer = g_timeout_source_new (QUALITY_MS);
  g_source_set_callback (self->quality_timer, on_quality, self, NULL);
  g_source_attach (self->quality_timer, engine->context);
}

static void
asterisk_submit (VoiceEngine *engine, VoiceRequest *request)
{
  Asterisk *self = (Asterisk *) engine;

  if (self->stopping)
    ari_engine_fail (self, request->id, VOICE_CODE_STOPPED, NULL);
  else
    ari_engine_handle (self, request);
  voice_request_unref (request);
}

static void
end_requests (Asterisk *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->plays);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    ari_engine_fail (self, value, VOICE_CODE_STOPPED, NULL);
  g_hash_table_remove_all (self->plays);
  ari_records_close (self);
  ari_provision_stop (self);
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;
      VoiceRequest *request;

      while ((request = g_queue_pop_head (&leg->held)) != NULL)
        {
          ari_engine_fail (self, request->id, VOICE_CODE_STOPPED, NULL);
          voice_request_unref (request);
        }
      if (leg->originate != NULL)
        ari_engine_fail (self, leg->originate, VOICE_CODE_STOPPED, NULL);
      if (leg->dtmf != NULL)
        ari_engine_fail (self, leg->dtmf, VOICE_CODE_STOPPED, NULL);
      if (leg->listen != NULL)
        ari_engine_fail (self, leg->listen, VOICE_CODE_STOPPED, NULL);
      g_clear_pointer (&leg->originate, g_free);
      g_clear_pointer (&leg->listen, g_free);
    }
  for (guint i = 0; i < self->lists->len; i++)
    ari_engine_fail (self, ((VoiceRequest *) g_ptr_array_index (self->lists, i))->id,
                     VOICE_CODE_STOPPED, NULL);
  g_ptr_array_set_size (self->lists, 0);
}

/* Calls go on without us; nobody is told that they ended. */
static void
asterisk_stop (VoiceEngine *engine)
{
  Asterisk *self = (Asterisk *) engine;

  if (self->stopping)
    return;
  self->stopping = TRUE;
  if (self->quality_timer != NULL)
    g_source_destroy (self->quality_timer);
  end_requests (self);
  for (guint i = 0; i < self->nodes->len; i++)
    node_close (((Side *) g_ptr_array_index (self->nodes, i))->node);
  g_hash_table_remove_all (self->legs);
  ari_engine_emit (self, voice_event_new (VOICE_EVENT_STOPPED));
}

static void
asterisk_free (VoiceEngine *engine)
{
  Asterisk *self = (Asterisk *) engine;

  asterisk_stop (engine);
  g_clear_pointer (&self->quality_timer, g_source_unref);
  g_ptr_array_unref (self->nodes);
  g_hash_table_unref (self->plays);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->legs);
  g_hash_table_unref (self->bridges);
  g_hash_table_unref (self->stations);
  g_ptr_array_unref (self->lists);
  asterisk_config_free (self->config);
  g_free (self);
}

static const VoiceEngineClass asterisk_class = { .name = "asterisk",
                                                 .start = asterisk_start,
                                                 .submit = asterisk_submit,
                                                 .stop = asterisk_stop,
                                                 .free = asterisk_free };

VoiceEngine *
voice_asterisk_new (AsteriskConfig *config,
                    GMainContext *context,
                    VoiceEventFunc on_event,
                    gpointer user_data)
{
  Asterisk *self = g_new0 (Asterisk, 1);

  voice_engine_init (&self->parent, &asterisk_class, context, on_event, user_data);
  self->config = config;
  self->n_snoops = g_random_int (); /* those of the one before us may be there still */
  self->nodes = g_ptr_array_new_with_free_func (side_free);
  self->legs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, ari_leg_free);
  self->bridges = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, ari_bridge_free);
  self->plays = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, ari_playing_free);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, ari_recording_free);
  self->stations = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, ari_station_free);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_request_unref);
  for (guint i = 0; i < config->nodes->len; i++)
    {
      Side *side = g_new0 (Side, 1);

      side->engine = self;
      side->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      side->node =
          node_new (g_ptr_array_index (config->nodes, i), self->parent.context, &node_funcs, side);
      g_ptr_array_add (self->nodes, side);
    }

  return &self->parent;
}
