/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the engine over Asterisk share. Everything belongs to the centre's thread. Not
 * for users of the engine. */
#pragma once

#include "server/voice/asterisk/asterisk.h"
#include "server/voice/asterisk/node.h"

G_BEGIN_DECLS

/* Phones that are to be made in Asterisk. */
typedef struct
{
  GQueue due; /* char *: agents */
  guint under_way;
  guint made;   /* since all were due, … */
  gboolean all; /* …which is not over */
  gint64 told;  /* when the log was told of it last */
} Provision;

typedef struct
{
  VoiceEngine parent;
  AsteriskConfig *config;
  GPtrArray *nodes;     /* Side */
  GHashTable *legs;     /* id → Leg */
  GHashTable *bridges;  /* id → Bridge */
  GHashTable *plays;    /* id of the PLAY → Playing */
  GHashTable *records;  /* id of the RECORD → Recording */
  guint n_snoops;       /* for their names; begins anywhere */
  GHashTable *stations; /* agent → Station */
  Provision provision;
  GPtrArray *lists; /* LIST that wait until all nodes were looked at */
  GSource *quality_timer;
  gint64 started;
  gboolean stopping;
} Asterisk;

/* One node as the engine sees it. */
typedef struct
{
  Asterisk *engine;
  Node *node;
  char *started;     /* its startup_time: another one, and all its calls are gone */
  GHashTable *alive; /* while we look: channel → what GET /channels says of it */
  GHashTable *where; /* while we look: channel → bridge */
  guint looks;       /* answers that this look waits for */
  guint turn;        /* of the looks */
  GPtrArray *kept;   /* JsonObject: told before the first look was over, about what is not known */
  gboolean looked;   /* since it is up */
  gboolean settled;  /* was looked at once, or is not there */
  gboolean searched; /* for recordings from before us */
} Side;

typedef struct
{
  Asterisk *engine;
  Side *side;
  char *id;
  char *channel;                 /* its name at Asterisk, */
  char *path;                    /* …and as a part of an address: "channels/…" */
  char *bridge;                  /* or NULL */
  char *call;                    /* what the centre calls the call that it belongs to, or NULL */
  char *agent, *offer, *address; /* or NULL */
  char *originate;               /* id of the ORIGINATE under way, or NULL */
  char *dtmf;                    /* id of the DTMF under way, or NULL */
  char *snoop;                   /* the channel by which it listens to another leg, or NULL */
  char *listen;                  /* id of the SNOOP under way, or NULL */
  char *coached;                 /* the leg that it whispers to, or NULL */
  GSource *dtmf_timer;
  GQueue held;          /* VoiceRequest that wait until it is under our control */
  VoiceEvent *incoming; /* what is told when its variables are known */
  guint asking;         /* variables that are still asked for */
  VoiceLegState state;
  guint turn;              /* of the look after which it came */
  gboolean outgoing, ours; /* ours: Asterisk takes requests for it */
  gboolean announced;      /* the centre knows it */
  gboolean rang, early;
  gboolean music, muted, silenced; /* silenced: one of both, and Asterisk was told */
  gboolean refers;                 /* its phone asked for a transfer */
  char *twin;        /* id of the other leg of such a transfer with Replaces, or NULL */
  gint64 twin_since; /* it waits for that to be over, to be hung up; 0: not */
  gboolean filled;   /* Asterisk was told to say silence to it */
  gboolean unsaved;  /* what the channel remembers is to be told yet */
  gboolean hanging_up;
  VoiceCause cause; /* …for this, */
  VoiceBy by;       /* …at whose wish */
  gint64 left_at;   /* it left our application; the end should follow */
  gint64 hushed_at; /* its music was stopped, which is to be said again; 0: not */
} Leg;

typedef struct
{
  char *id;
  char *path;
  Side *side; /* NULL: no leg is in it yet, and it is nowhere */
} Bridge;

typedef struct
{
  char *agent, *user, *password, *ha1;
  gboolean due;         /* to be made in Asterisk, */
  char *request;        /* …and who waits for that, or NULL */
  GHashTable *contacts; /* URI → TRUE: it answers */
  gboolean ready;
  guint told_turn; /* of the looks, when a contact was last told of */
  gint64 gone_at;  /* then it is not there, for @why; 0: it is */
  VoiceRegistrationReason why;
} Station;

typedef void (*AsteriskHandler) (Asterisk *self, VoiceRequest *request);

/* asterisk.c */
void ari_engine_emit (Asterisk *self, VoiceEvent *event); /* takes it */
void ari_engine_done (Asterisk *self, const char *request);
void ari_engine_fail (Asterisk *self, const char *request, VoiceCode code, const char *detail);
/* Does it, whatever state things are in. */
void ari_engine_handle (Asterisk *self, VoiceRequest *request);

/* rest.c: what is asked of a node. The answer to ari_rest_last () ends @request; an object that
 * is not there makes it fail with @missing. ari_rest_tell () is for what nobody waits for. */
void ari_rest_last (Side *side,
                    const char *request,
                    VoiceCode missing,
                    const char *method,
                    const char *body,
                    const char *format,
                    ...) G_GNUC_PRINTF (6, 7);
void ari_rest_tell (Side *side, const char *method, const char *body, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
char *ari_rest_escape (const char *text);
VoiceCode ari_rest_code (guint status, VoiceCode missing);
/* JSON of {"variables": {name: value…}}; NULL values are left out. Free with g_free. */
char *ari_rest_variables (const char *const *pairs);

/* leg.c */
Leg *ari_leg_new (Side *side, const char *id, const char *channel, gboolean outgoing);
void ari_leg_free (gpointer leg);
Leg *ari_leg_find (Asterisk *self, const VoiceRequest *request); /* NULL: answered no_such_leg */
/* A request for what Asterisk does not let us steer yet waits for that, and fails if the node is
 * not there. FALSE: it can be done now. */
gboolean ari_leg_waits (Leg *leg, VoiceRequest *request);
Leg *ari_leg_of_channel (Side *side, const char *channel);
VoiceEvent *ari_leg_event (Leg *leg, VoiceEventKind kind);
void ari_leg_belongs (Leg *leg, const char *call);
/* Now, or when it hears nothing of ours any more. */
void ari_leg_save (Leg *leg);
void ari_leg_save_late (Leg *leg);
char *ari_leg_tag (Leg *leg);
void ari_leg_take_tag (Leg *leg, const char *text);
/* Tells what has changed. */
void ari_leg_rings (Leg *leg);
void ari_leg_answered (Leg *leg);
void ari_leg_silence (Leg *leg);
/* Music that is stopped while Asterisk makes the next of it goes on: so it is told again. */
void ari_leg_hush (Leg *leg, gint64 now);
/* It is gone: tells it, ends what was under way with it, and frees it. */
void ari_leg_end (Leg *leg, VoiceCause cause, VoiceBy by, int sip_status);
guint ari_legs_incoming (Side *side);

/* leg-requests.c */
void ari_leg_handle_ring (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_progress (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_answer (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_hangup (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_dtmf (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_music_start (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_music_stop (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_mute (Asterisk *self, VoiceRequest *request);
void ari_leg_handle_unmute (Asterisk *self, VoiceRequest *request);
void ari_leg_hang_up (Leg *leg);

/* originate.c */
void ari_originate_handle (Asterisk *self, VoiceRequest *request);
void ari_originate_go_on (Leg *leg);
/* Somebody is being rung, by whatever is heard of it first: its request is done. */
void ari_originate_dialled (Leg *leg);

/* bridges.c */
/* How ours are called: whose they are. Free with g_free. */
char *ari_bridges_name (Side *side);
Bridge *ari_bridge_new (Asterisk *self, const char *id, Side *side);
void ari_bridge_free (gpointer bridge);
void ari_bridge_handle_create (Asterisk *self, VoiceRequest *request);
void ari_bridge_handle_destroy (Asterisk *self, VoiceRequest *request);
void ari_bridge_handle_add (Asterisk *self, VoiceRequest *request);
void ari_bridge_handle_remove (Asterisk *self, VoiceRequest *request);

/* plays.c */
void ari_plays_handle_start (Asterisk *self, VoiceRequest *request);
void ari_plays_handle_stop (Asterisk *self, VoiceRequest *request);
void ari_plays_finished (Side *side, const char *playback, gboolean failed);
void ari_plays_interrupt (Asterisk *self, const char *leg);
gboolean ari_plays_sound (const Leg *leg); /* to it, or to its bridge */
/* Asterisk does what else is asked of it, and of anybody after that, when this is over. */
gboolean ari_plays_occupy (const Leg *leg);
void ari_plays_end_of (Asterisk *self, const char *leg, const char *bridge);
void ari_plays_end_at (Side *side); /* the node is gone */
void ari_playing_free (gpointer playing);

/* listen.c */
void ari_listen_handle (Asterisk *self, VoiceRequest *request);
void ari_listen_handle_stop (Asterisk *self, VoiceRequest *request);
gboolean ari_listen_take (Side *side, const char *channel);
void ari_listen_end (Leg *leg);
/* A bridge of those who were here before us. */
void ari_listen_put_away (Side *side, const char *bridge, JsonArray *channels);
/* Asterisk puts a whisper only into sound that is there: who hears nobody is given silence. */
void ari_listen_fill (Asterisk *self);
char *ari_listen_bridges (Side *side); /* how their bridges are called */
char *ari_listen_app (Side *side);     /* the application, as a part of an address */

/* records.c */
#define ARI_RECORDS "guichet-record-" /* how recordings are called at Asterisk */
void ari_recording_free (gpointer recording);
void ari_records_handle (Asterisk *self, VoiceRequest *request);
void ari_records_handle_pause (Asterisk *self, VoiceRequest *request);
void ari_records_handle_resume (Asterisk *self, VoiceRequest *request);
void ari_records_handle_stop (Asterisk *self, VoiceRequest *request);
void ari_records_handle_keep (Asterisk *self, VoiceRequest *request);
/* What a node that comes has of them: those from before us become RECORD_FOUND. */
void ari_records_stored (Side *side, const char *name);
gboolean ari_records_live (Side *side, const char *channel); /* TRUE: it is one of them */
void ari_records_look (Side *side);
void ari_records_looked (Side *side);
void ari_records_close (Asterisk *self); /* they go on, for whoever comes after us */
gboolean ari_records_take (Side *side, const char *channel);
void ari_records_finished (Side *side, const char *name, gboolean failed);
void ari_records_end_of (Asterisk *self, const char *leg, const char *bridge);
void ari_records_end_at (Side *side);

/* stations.c */
void ari_station_free (gpointer station);
Station *ari_station_of (Asterisk *self, const char *agent);
void ari_station_handle_set (Asterisk *self, VoiceRequest *request);
void ari_station_handle_remove (Asterisk *self, VoiceRequest *request);
/* What a node says of an endpoint, and of all of them. */
void ari_stations_contact (Side *side, JsonObject *event);
void ari_stations_look (Side *side, JsonArray *endpoints);
void ari_stations_lost (Side *side);
void ari_stations_beat (Asterisk *self);
GStrv ari_stations_list (Asterisk *self);
/* The agent whose phone has this endpoint; NULL: nobody's. */
const char *ari_station_agent (Asterisk *self, const char *endpoint);
/* The endpoint by which a node calls numbers; NULL: they go another way. */
const char *ari_stations_trunk (Side *side);
/* The node where phones register; NULL: none. */
Side *ari_stations_side (Asterisk *self);

/* provision.c: phones that we make in Asterisk. */
void ari_provision_now (Side *side, Station *station, const char *request);
void ari_provision_all (Side *side); /* that it does not have yet */
void ari_provision_remove (Side *side, const Station *station);
void ari_provision_stop (Asterisk *self); /* the node is not there */

/* transfers.c */
void ari_transfer_asked (Side *side, JsonObject *event);
void ari_transfer_handle_report (Asterisk *self, VoiceRequest *request);
/* From now on its phone's REFER is ours to decide. */
void ari_transfer_claim (Leg *leg);
/* TRUE: it is hung up when what becomes of the transfer that names it was said. */
gboolean ari_transfer_holds (Leg *leg);
/* That was said, or one of both legs is no more: who waited for it is hung up. */
void ari_transfer_over (Leg *leg);
/* …or it was waited for long enough. */
void ari_transfer_expire (Leg *leg, gint64 now);

/* events.c, incoming.c */
void ari_events_take (Node *node, const char *type, JsonObject *event, gpointer side);
void ari_incoming_take (Side *side, JsonObject *channel, JsonArray *args);

/* look.c: what a node has alive when it comes back. */
void ari_look_begin (Side *side);
void ari_look_stop (Side *side);
/* TRUE: the event is about what may be found yet, and is told again when the look is over. */
gboolean ari_look_keeps (Side *side, JsonObject *event);
void ari_look_end_all (Side *side, VoiceCause cause);
void ari_look_beat (Side *side);

/* list.c */
void ari_list_handle (Asterisk *self, VoiceRequest *request);
void ari_list_settled (Asterisk *self);

G_END_DECLS
