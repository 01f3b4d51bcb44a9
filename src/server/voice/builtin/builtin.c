/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in engine: owns the voice thread with its loop, the user agent, the mixer and its
 * clock, and hands each request to the file that carries it out. The public functions run on the
 * centre's thread and only pass messages. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"
#include "server/voice/builtin/trunk-watch.h"

#include <glib-unix.h>

#define QUALITY_S 5

static void handle_station_set (Builtin *self, VoiceRequest *request);
static void handle_station_remove (Builtin *self, VoiceRequest *request);

static const BuiltinHandler handlers[VOICE_N_REQUESTS] = {
  [VOICE_REQUEST_STATION_SET] = handle_station_set,
  [VOICE_REQUEST_STATION_REMOVE] = handle_station_remove,
  [VOICE_REQUEST_ORIGINATE] = originate_handle,
  [VOICE_REQUEST_RING] = leg_handle_ring,
  [VOICE_REQUEST_PROGRESS] = leg_handle_progress,
  [VOICE_REQUEST_ANSWER] = leg_handle_answer,
  [VOICE_REQUEST_HANGUP] = leg_handle_hangup,
  [VOICE_REQUEST_BRIDGE_CREATE] = bridge_handle_create,
  [VOICE_REQUEST_BRIDGE_DESTROY] = bridge_handle_destroy,
  [VOICE_REQUEST_BRIDGE_ADD] = bridge_handle_add,
  [VOICE_REQUEST_BRIDGE_REMOVE] = bridge_handle_remove,
  [VOICE_REQUEST_MUSIC_START] = bridge_handle_music_start,
  [VOICE_REQUEST_MUSIC_STOP] = bridge_handle_music_stop,
  [VOICE_REQUEST_PLAY] = plays_handle_start,
  [VOICE_REQUEST_PLAY_STOP] = plays_handle_stop,
  [VOICE_REQUEST_DTMF] = leg_handle_dtmf,
  [VOICE_REQUEST_LIST] = list_handle,
  [VOICE_REQUEST_MUTE] = listen_handle_mute,
  [VOICE_REQUEST_UNMUTE] = listen_handle_unmute,
  [VOICE_REQUEST_RECORD] = records_handle_start,
  [VOICE_REQUEST_RECORD_PAUSE] = records_handle_pause,
  [VOICE_REQUEST_RECORD_RESUME] = records_handle_resume,
  [VOICE_REQUEST_RECORD_STOP] = records_handle_stop,
  [VOICE_REQUEST_SNOOP] = listen_handle_snoop,
  [VOICE_REQUEST_SNOOP_STOP] = listen_handle_stop,
  [VOICE_REQUEST_TRANSFER_REPORT] = transfers_handle_report,
};

void
builtin_emit (Builtin *self, VoiceEvent *event)
{
  voice_engine_emit (&self->parent, event);
}

void
builtin_done (Builtin *self, const char *request)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_DONE);

  event->request = g_strdup (request);
  builtin_emit (self, event);
}

void
builtin_fail (Builtin *self, const char *request, VoiceCode code, const char *detail)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_FAILED);

  event->request = g_strdup (request);
  event->code = code;
  event->detail = g_strdup (detail);
  builtin_emit (self, event);
}

static void
handle_station_set (Builtin *self, VoiceRequest *request)
{
  if (registrar_set_station (self->registrar, request->agent, request->user, request->ha1,
                             request->password))
    builtin_done (self, request->id);
  else
    builtin_fail (self, request->id, VOICE_CODE_EXISTS, "another agent has this SIP user");
}

static void
handle_station_remove (Builtin *self, VoiceRequest *request)
{
  registrar_remove_station (self->registrar, request->agent);
  builtin_done (self, request->id);
}

static void
on_registration (const char *agent,
                 gboolean ready,
                 VoiceRegistrationReason reason,
                 gpointer user_data)
{
  Builtin *self = user_data;
  VoiceEvent *event = voice_event_new (VOICE_EVENT_REGISTRATION_CHANGED);

  event->agent = g_strdup (agent);
  event->ready = ready;
  event->reason = reason;
  builtin_emit (self, event);
}

static void
add_timer (Builtin *self)
{
  self->quality_timer = g_timeout_source_new_seconds (QUALITY_S);
  g_source_set_callback (self->quality_timer, leg_on_quality_timer, self, NULL);
  g_source_attach (self->quality_timer, self->context);
}

static gboolean
on_mixer (gint fd, GIOCondition condition, gpointer user_data)
{
  mixer_dispatch (((Builtin *) user_data)->mixer);

  return G_SOURCE_CONTINUE;
}

static void
watch_mixer (Builtin *self)
{
  self->mixer_watch = g_unix_fd_source_new (mixer_get_fd (self->mixer), G_IO_IN);
  g_source_set_callback (self->mixer_watch, G_SOURCE_FUNC (on_mixer), self, NULL);
  g_source_attach (self->mixer_watch, self->context);
}

static void
on_trunk (const VoiceTrunk *trunk, gboolean ready, gpointer user_data)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_SERVICE_CHANGED);

  event->trunk = g_strdup (trunk->name);
  event->ready = ready;
  builtin_emit (user_data, event);
}

static void
watch_trunks (Builtin *self)
{
  const guint every = self->config->watch_ms ? self->config->watch_ms : VOICE_TRUNK_WATCH_MS;
  const GPtrArray *trunks = self->config->trunks;

  self->trunk_watches = g_ptr_array_new_with_free_func (trunk_watch_free);
  for (guint i = 0; trunks != NULL && i < trunks->len; i++)
    {
      const VoiceTrunk *trunk = g_ptr_array_index (trunks, i);

      if (trunk->proxy != NULL && !trunk->unwatched)
        g_ptr_array_add (self->trunk_watches,
                         trunk_watch_new (self->ua, trunk, every, on_trunk, self));
    }
}

static gboolean
open_ua (Builtin *self, GError **error)
{
  const VoiceConfig *config = self->config;
  const TelUaEvents events = { .incoming_call = incoming_on_call,
                               .request = incoming_on_request,
                               .admit = incoming_admit };
  const TelUaConfig ua = {
    .address = config->host,
    .udp_port = (int) config->port,
    .tcp_port = (int) config->port,
    .tls_port = config->tls_dir ? (int) config->tls_port : -1,
    .tls_dir = config->tls_dir,
    .user_agent = "guichetd",
    .media = { .timeout_s = config->media_timeout },
    .transfers = TRUE,
  };

  self->ua = tel_ua_new (&ua, &events, self, error);

  return self->ua != NULL;
}

static void
emit_ready (Builtin *self)
{
  VoiceEvent *event = voice_event_new (VOICE_EVENT_READY);
  const char *address = tel_ua_get_address (self->ua);
  const char *form = strchr (address, ':') ? "[%s]:%u" : "%s:%u";

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  event->detail = g_strdup_printf (form, address, tel_ua_get_port (self->ua, TEL_TRANSPORT_UDP));
  if (tel_ua_get_port (self->ua, TEL_TRANSPORT_TLS) != 0)
    event->tls = g_strdup_printf (form, address, tel_ua_get_port (self->ua, TEL_TRANSPORT_TLS));
#pragma GCC diagnostic pop
  builtin_emit (self, event);
}

static void
open_engine (Builtin *self)
{
  const VoiceConfig *config = self->config;
  g_autoptr (GError) error = NULL;
  VoiceEvent *event;

  tel_media_warm_up (FALSE);
  self->mixer = mixer_new (BUILTIN_RATE, plays_on_mixer_end, self);
  watch_mixer (self);
  self->recorder = recorder_new (self->context, BUILTIN_RATE);
  self->music = sound_make_music (BUILTIN_RATE);
  self->ringback = sound_make_ringback (BUILTIN_RATE);
  self->confirm = sound_make_confirm (BUILTIN_RATE);
  self->registrar = registrar_new (config->realm,
                                   config->max_registrations ? config->max_registrations
                                                             : VOICE_DEFAULT_MAX_REGISTRATIONS,
                                   on_registration, self);
  self->guard =
      guard_new (config->stranger_rate ? config->stranger_rate : VOICE_DEFAULT_STRANGER_RATE);
  if (open_ua (self, &error))
    {
      self->ticker = ticker_new (self->mixer);
      registrar_start_watch (self->registrar, self->ua,
                             config->watch_ms ? config->watch_ms : VOICE_DEFAULT_WATCH_MS);
      add_timer (self);
      emit_ready (self);
      watch_trunks (self);
      return;
    }

  self->stopping = TRUE;
  event = voice_event_new (VOICE_EVENT_BROKEN);
  event->code = VOICE_CODE_FAULT;
  event->detail = g_strdup (error->message);
  builtin_emit (self, event);
}

/* On the voice thread, with no call left. */
static void
close_engine (Builtin *self)
{
  if (self->quality_timer != NULL)
    g_source_destroy (self->quality_timer);
  g_clear_pointer (&self->quality_timer, g_source_unref);
  g_source_destroy (self->mixer_watch);
  g_clear_pointer (&self->mixer_watch, g_source_unref);
  g_clear_pointer (&self->ticker, ticker_free);
  g_hash_table_remove_all (self->plays);
  g_hash_table_remove_all (self->legs);
  g_ptr_array_set_size (self->ended, 0);
  g_hash_table_remove_all (self->bridges);
  g_clear_pointer (&self->registrar, registrar_free);
  g_clear_pointer (&self->mixer, mixer_free);
  g_clear_pointer (&self->recorder, recorder_free);
  g_clear_pointer (&self->guard, guard_free);
}

static gpointer
run (gpointer data)
{
  Builtin *self = data;

  g_main_context_push_thread_default (self->context);
  open_engine (self);
  g_main_loop_run (self->loop);
  close_engine (self);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/* The last event comes when all calls have ended, all files are whole and none is being read. */
void
builtin_settle (Builtin *self)
{
  if (!self->closed || self->n_loading > 0 || g_hash_table_size (self->records) > 0)
    return;
  builtin_emit (self, voice_event_new (VOICE_EVENT_STOPPED));
  if (self->quitting)
    g_main_loop_quit (self->loop);
}

static void
on_closed (gpointer data, gpointer user_data)
{
  Builtin *self = user_data;

  self->closed = TRUE;
  builtin_settle (self);
}

/* Legs end by the user agent's closing, each with an event; then on_closed () is called. */
static gboolean
on_stop (gpointer data)
{
  Builtin *self = data;
  TelUa *ua = g_steal_pointer (&self->ua);

  self->stopping = TRUE;
  registrar_stop_watch (self->registrar);
  g_clear_pointer (&self->trunk_watches, g_ptr_array_unref);
  if (ua != NULL)
    tel_ua_close (ua, on_closed, self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_quit (gpointer data)
{
  Builtin *self = data;
  gboolean open = self->ua != NULL;

  self->quitting = TRUE;
  if (open)
    on_stop (self);
  else
    g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

typedef struct
{
  Builtin *engine;
  VoiceRequest *request;
} Submission;

static void
submission_free (gpointer data)
{
  Submission *submission = data;

  voice_request_unref (submission->request);
  g_free (submission);
}

static gboolean
on_submission (gpointer data)
{
  Submission *submission = data;
  VoiceRequest *request = submission->request;

  g_debug ("%s %s", voice_request_kind_name (request->kind), request->id);
  if (submission->engine->stopping)
    builtin_fail (submission->engine, request->id, VOICE_CODE_STOPPED, NULL);
  else
    handlers[request->kind](submission->engine, request);

  return G_SOURCE_REMOVE;
}

/* Sources of one priority run in the order in which they were attached. */
static void
post (Builtin *self, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, notify);
  g_source_attach (source, self->context);
}

static void
builtin_start (VoiceEngine *engine)
{
  Builtin *self = (Builtin *) engine;

  g_return_if_fail (self->thread == NULL);

  self->thread = g_thread_new ("voice", run, self);
}

static void
builtin_submit (VoiceEngine *engine, VoiceRequest *request)
{
  Builtin *self = (Builtin *) engine;
  Submission *submission = g_new (Submission, 1);

  submission->engine = self;
  submission->request = request;
  post (self, on_submission, submission, submission_free);
}

static void
builtin_stop (VoiceEngine *engine)
{
  post ((Builtin *) engine, on_stop, engine, NULL);
}

static void
builtin_free (VoiceEngine *engine)
{
  Builtin *self = (Builtin *) engine;

  if (self->thread != NULL)
    {
      post (self, on_quit, self, NULL);
      g_thread_join (self->thread);
    }
  g_hash_table_unref (self->plays);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->legs);
  g_ptr_array_unref (self->ended);
  g_hash_table_unref (self->bridges);
  g_hash_table_unref (self->sounds);
  g_clear_pointer (&self->music, sound_unref);
  g_clear_pointer (&self->ringback, sound_unref);
  g_clear_pointer (&self->confirm, sound_unref);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  voice_config_free (self->config);
  g_free (self);
}

static const VoiceEngineClass builtin_class = { .name = "builtin",
                                                .start = builtin_start,
                                                .submit = builtin_submit,
                                                .stop = builtin_stop,
                                                .free = builtin_free };

VoiceEngine *
voice_builtin_new (VoiceConfig *config,
                   GMainContext *context,
                   VoiceEventFunc on_event,
                   gpointer user_data)
{
  Builtin *self = g_new0 (Builtin, 1);

  voice_engine_init (&self->parent, &builtin_class, context, on_event, user_data);
  self->config = config;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->sounds =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sound_unref);
  self->legs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, leg_free);
  self->ended = g_ptr_array_new_with_free_func (leg_free);
  self->bridges = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, bridge_free);
  self->records = g_hash_table_new (g_str_hash, g_str_equal);
  self->plays = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, playing_free);

  return &self->parent;
}
