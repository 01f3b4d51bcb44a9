/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the built-in engine share. Everything here belongs to the voice thread.
 * Not for users of the engine. */
#pragma once

#include "server/voice/builtin/builtin.h"
#include "server/voice/builtin/guard.h"
#include "server/voice/builtin/link.h"
#include "server/voice/builtin/recorder.h"
#include "server/voice/builtin/registrar.h"
#include "server/voice/builtin/ticker.h"
#include "telephony/ua.h"

G_BEGIN_DECLS

/* Legs are mixed at this rate: wideband, as a wideband phone has nobody finer to talk to here. */
#define BUILTIN_RATE 16000

typedef struct
{
  VoiceEngine parent;
  VoiceConfig *config;
  GThread *thread;
  GMainContext *context; /* the voice thread's; the centre's is the parent's */
  GMainLoop *loop;

  TelUa *ua; /* NULL: not started, broken or stopped */
  Mixer *mixer;
  Recorder *recorder;
  Ticker *ticker;
  Registrar *registrar;
  Guard *guard;
  Sound *music, *ringback, *confirm;
  GHashTable *sounds;       /* name → Sound, as they are first played */
  GHashTable *legs;         /* id → Leg */
  GPtrArray *ended;         /* legs that ended in this round of the loop */
  GHashTable *bridges;      /* id → Bridge */
  GHashTable *plays;        /* the PLAY's id → Playing */
  GHashTable *records;      /* the RECORD's id → Record whose file is not yet whole */
  guint n_loading;          /* files that are being read */
  GPtrArray *trunk_watches; /* TrunkWatch */
  GSource *quality_timer, *mixer_watch;
  guint64 n_incoming;
  guint refusals; /* of calls, since it was told */
  gint64 refusal_told_us;
  gboolean stopping, quitting, closed;
} Builtin;

typedef struct
{
  char *id;
  MixerBridge *bridge;
} Bridge;

typedef struct _Leg Leg;
struct _Leg
{
  Builtin *engine;
  char *id;
  TelCall *call;
  Link *link;
  Bridge *bridge;      /* or NULL */
  char *agent, *offer; /* or NULL */
  char *answer;        /* id of the ANSWER under way, or NULL */
  char *dtmf;          /* id of the DTMF under way, or NULL */
  GSource *dtmf_timer;
  VoiceLegState state;
  Leg *other; /* that it listens to, or NULL */
  gboolean outgoing, music, muted, held, rang;
  gboolean station;    /* an agent's, not over a trunk */
  gboolean hanging_up; /* by a HANGUP request or by us, for… */
  VoiceCause cause;    /* …this, */
  VoiceBy by;          /* …and at whose wish */
};

typedef void (*BuiltinHandler) (Builtin *self, VoiceRequest *request);

/* builtin.c: the one event that ends a request; @detail may be NULL. */
void builtin_done (Builtin *self, const char *request);
void builtin_fail (Builtin *self, const char *request, VoiceCode code, const char *detail);
void builtin_emit (Builtin *self, VoiceEvent *event); /* takes it */
void builtin_settle (Builtin *self); /* something that holds up the end has ended */

/* leg.c */
Leg *leg_new (Builtin *self, const char *id, gboolean outgoing);
void leg_free (gpointer leg);
/* Those who call and the stations that are rung have half of the legs each: what customers take
 * never keeps an agent from being rung. */
gboolean leg_has_room (Builtin *self, gboolean outgoing);
void leg_take_call (Leg *leg, TelCall *call); /* takes the reference */
const TelCallEvents *leg_get_events (void);
Leg *leg_find (Builtin *self, const VoiceRequest *request); /* NULL: answered no_such_leg */
VoiceEvent *leg_event (Leg *leg, VoiceEventKind kind);
void leg_hang_up (Leg *leg, VoiceCause cause, VoiceBy by);
gboolean leg_on_quality_timer (gpointer engine);

/* leg-requests.c */
void leg_handle_ring (Builtin *self, VoiceRequest *request);
void leg_handle_progress (Builtin *self, VoiceRequest *request);
void leg_handle_answer (Builtin *self, VoiceRequest *request);
void leg_handle_hangup (Builtin *self, VoiceRequest *request);
void leg_handle_dtmf (Builtin *self, VoiceRequest *request);

/* incoming.c, originate.c */
void incoming_on_call (TelUa *ua, TelCall *call, TelRequest *invite, gpointer engine);
void incoming_on_request (TelUa *ua, TelRequest *request, gpointer engine);
gboolean
incoming_admit (TelUa *ua, const char *address, guint port, gboolean stream, gpointer engine);
void originate_handle (Builtin *self, VoiceRequest *request);

/* bridges.c */
void bridge_free (gpointer bridge);
void bridge_handle_create (Builtin *self, VoiceRequest *request);
void bridge_handle_destroy (Builtin *self, VoiceRequest *request);
void bridge_handle_add (Builtin *self, VoiceRequest *request);
void bridge_handle_remove (Builtin *self, VoiceRequest *request);
void bridge_handle_music_start (Builtin *self, VoiceRequest *request);
void bridge_handle_music_stop (Builtin *self, VoiceRequest *request);

/* plays.c */
void plays_handle_start (Builtin *self, VoiceRequest *request);
void plays_handle_stop (Builtin *self, VoiceRequest *request);
void plays_on_mixer_end (guint play, gpointer engine);
void plays_end_of (Builtin *self, Leg *leg, Bridge *bridge); /* what goes */
void playing_free (gpointer playing);

/* records.c */
void records_handle_start (Builtin *self, VoiceRequest *request);
void records_handle_pause (Builtin *self, VoiceRequest *request);
void records_handle_resume (Builtin *self, VoiceRequest *request);
void records_handle_stop (Builtin *self, VoiceRequest *request);
void records_end_of (Builtin *self, const Leg *leg, const Bridge *bridge); /* of either */

/* listen.c */
void listen_handle_mute (Builtin *self, VoiceRequest *request);
void listen_handle_unmute (Builtin *self, VoiceRequest *request);
void listen_handle_snoop (Builtin *self, VoiceRequest *request);
void listen_handle_stop (Builtin *self, VoiceRequest *request);
void listen_stop (Leg *leg);
void listen_end_of (Leg *leg);

/* transfers.c */
int transfers_on_refer (TelCall *call, const TelRefer *refer, gpointer leg);
void transfers_handle_report (Builtin *self, VoiceRequest *request);

/* list.c */
void list_handle (Builtin *self, VoiceRequest *request);

G_END_DECLS
