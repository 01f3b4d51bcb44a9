/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A voice engine: what carries calls for the centre. One small table of functions; everything else
 * is in the messages (message.h). `builtin/builtin.h` makes the one that lives in this process.
 *
 * Threads: all functions are called on the centre's thread; events arrive in the main context that
 * the engine was made with, in the order in which things happened. */
#pragma once

#include "server/voice/message.h"

G_BEGIN_DECLS

typedef struct _VoiceEngine VoiceEngine;

/* @event is the engine's; ref it to keep it. */
typedef void (*VoiceEventFunc) (VoiceEngine *engine, VoiceEvent *event, gpointer user_data);

typedef struct
{
  const char *name;
  void (*start) (VoiceEngine *engine);
  void (*submit) (VoiceEngine *engine, VoiceRequest *request);
  void (*stop) (VoiceEngine *engine);
  void (*free) (VoiceEngine *engine);
} VoiceEngineClass;

/* The head of every engine; filled by its constructor with voice_engine_init (). */
struct _VoiceEngine
{
  const VoiceEngineClass *klass;
  GMainContext *context;
  VoiceEventFunc on_event;
  gpointer user_data;
  GAsyncQueue *events; /* VoiceEvent*, from any thread to the context's */
  GSource *source;
};

/* Starts it; READY or BROKEN follows. */
void voice_engine_start (VoiceEngine *engine);

/* For tests: a request for which it says anything but OK fails with that and reaches no engine. */
extern VoiceCode (*voice_engine_hook) (const VoiceRequest *request);

/* Hands over one reference of @request. Exactly one DONE or FAILED event with its id follows. */
void voice_engine_submit (VoiceEngine *engine, VoiceRequest *request);

/* Ends every leg (cause `stopped`) unless its calls outlive it, then STOPPED follows. */
void voice_engine_stop (VoiceEngine *engine);

/* After STOPPED or BROKEN (or instead of start). No event follows. Blocks until its threads ended.
 */
void voice_engine_free (VoiceEngine *engine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VoiceEngine, voice_engine_free)

/* For engines: */
void voice_engine_init (VoiceEngine *engine,
                        const VoiceEngineClass *klass,
                        GMainContext *context,
                        VoiceEventFunc on_event,
                        gpointer user_data);

/* Any thread: takes @event over to the centre's context. */
void voice_engine_emit (VoiceEngine *engine, VoiceEvent *event);

G_END_DECLS
