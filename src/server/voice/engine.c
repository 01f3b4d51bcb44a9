/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a voice engine that all engines share: calling through its table, and bringing its
 * events to the centre's main context in order. Owns nothing but the pending events. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/engine.h"

typedef struct
{
  GSource source;
  VoiceEngine *engine;
} EventSource;

static gboolean
on_prepare (GSource *source, int *timeout)
{
  *timeout = -1;

  return g_async_queue_length (((EventSource *) source)->engine->events) > 0;
}

static gboolean
on_check (GSource *source)
{
  return g_async_queue_length (((EventSource *) source)->engine->events) > 0;
}

static gboolean
on_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  VoiceEngine *engine = ((EventSource *) source)->engine;
  VoiceEvent *event = g_async_queue_try_pop (engine->events);

  if (event != NULL)
    {
      engine->on_event (engine, event, engine->user_data);
      voice_event_unref (event);
    }

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs event_source_funcs = { .prepare = on_prepare,
                                           .check = on_check,
                                           .dispatch = on_dispatch };

void
voice_engine_init (VoiceEngine *engine,
                   const VoiceEngineClass *klass,
                   GMainContext *context,
                   VoiceEventFunc on_event,
                   gpointer user_data)
{
  engine->klass = klass;
  engine->context = context ? g_main_context_ref (context) : g_main_context_ref_thread_default ();
  engine->on_event = on_event;
  engine->user_data = user_data;
  engine->events = g_async_queue_new_full ((GDestroyNotify) voice_event_unref);
  engine->source = g_source_new (&event_source_funcs, sizeof (EventSource));
  ((EventSource *) engine->source)->engine = engine;
  g_source_set_static_name (engine->source, "voice events");
  g_source_attach (engine->source, engine->context);
}

void
voice_engine_emit (VoiceEngine *engine, VoiceEvent *event)
{
  g_async_queue_push (engine->events, event);
  g_main_context_wakeup (engine->context);
}

void
voice_engine_start (VoiceEngine *engine)
{
  g_return_if_fail (engine != NULL);

  engine->klass->start (engine);
}

VoiceCode (*voice_engine_hook) (const VoiceRequest *request);

void
voice_engine_submit (VoiceEngine *engine, VoiceRequest *request)
{
  const char *missing = voice_request_check (request);
  VoiceCode code = missing != NULL             ? VOICE_CODE_BAD_REQUEST
                   : voice_engine_hook != NULL ? voice_engine_hook (request)
                                               : VOICE_CODE_OK;
  VoiceEvent *event;

  g_return_if_fail (engine != NULL);

  if (code == VOICE_CODE_OK)
    {
      engine->klass->submit (engine, request);
      return;
    }

  event = voice_event_new (VOICE_EVENT_FAILED);
  event->request = g_strdup (request->id);
  event->code = code;
  event->detail = g_strdup (missing);
  voice_engine_emit (engine, event);
  voice_request_unref (request);
}

void
voice_engine_stop (VoiceEngine *engine)
{
  g_return_if_fail (engine != NULL);

  engine->klass->stop (engine);
}

void
voice_engine_free (VoiceEngine *engine)
{
  g_autoptr (GMainContext) context = NULL;
  g_autoptr (GSource) source = NULL;
  g_autoptr (GAsyncQueue) events = NULL;

  if (engine == NULL)
    return;

  context = engine->context;
  source = engine->source;
  events = engine->events;
  g_source_destroy (source);
  engine->klass->free (engine);
}
