/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the centre and a voice engine say to each other: requests towards the engine, events back.
 * Both are plain values, counted, and unchanged once handed over, so that they can cross threads by
 * queue today and a wire tomorrow. Words are those of ARI, with "leg" for its channel.
 *
 * Every request carries an id that its caller chose and ends in exactly one event: DONE, or FAILED
 * with a code. Leg and bridge ids are chosen by whoever makes the thing: the caller for those it
 * originates or creates, the engine for incoming legs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  VOICE_REQUEST_STATION_SET,    /* agent, user, ha1 or password: who may register as this agent */
  VOICE_REQUEST_STATION_REMOVE, /* agent: forget its credentials and its registration */
  VOICE_REQUEST_ORIGINATE, /* leg, target…, offer, caller_*: done when the INVITE is on its way */
  VOICE_REQUEST_RING,      /* leg: tell an incoming leg that it rings (180) */
  VOICE_REQUEST_PROGRESS,  /* leg: give an incoming leg sound before it is answered (183) */
  VOICE_REQUEST_ANSWER,    /* leg: done when its media can flow */
  VOICE_REQUEST_HANGUP,    /* leg, cause: BYE, CANCEL or the refusal that suits the cause */
  VOICE_REQUEST_BRIDGE_CREATE,  /* bridge */
  VOICE_REQUEST_BRIDGE_DESTROY, /* bridge: its legs stay up, silent */
  VOICE_REQUEST_BRIDGE_ADD,     /* bridge, leg: leaves its bridge before, if any */
  VOICE_REQUEST_BRIDGE_REMOVE,  /* bridge, leg */
  VOICE_REQUEST_MUSIC_START,    /* leg: hears music, is heard by and hears nobody */
  VOICE_REQUEST_MUSIC_STOP,     /* leg */
  VOICE_REQUEST_PLAY,           /* leg or bridge, media, loop: done at the end of the sound */
  VOICE_REQUEST_PLAY_STOP,      /* play: the id of the PLAY, which then fails with `stopped` */
  VOICE_REQUEST_DTMF,           /* leg, digits: done when the last digit is out */
  VOICE_REQUEST_LIST,           /* done carries the live legs, bridges and registrations */
  VOICE_REQUEST_MUTE,           /* leg: nobody hears it, whatever it is in */
  VOICE_REQUEST_UNMUTE,         /* leg */
  VOICE_REQUEST_RECORD, /* path, leg, bridge or none: done when ended and whole on disk, see below
                         */
  VOICE_REQUEST_RECORD_PAUSE,  /* record, noise: nothing of what is said from now on is in it */
  VOICE_REQUEST_RECORD_RESUME, /* record: the sound goes on where it stopped */
  VOICE_REQUEST_RECORD_STOP,   /* record: done at once; the RECORD's own done follows */
  VOICE_REQUEST_SNOOP,         /* leg hears what `other` hears and says; whisper: other hears leg */
  VOICE_REQUEST_SNOOP_STOP,    /* leg */
  VOICE_REQUEST_TRANSFER_REPORT, /* leg, status: what becomes of its LEG_TRANSFER */
  VOICE_REQUEST_RECORD_KEEP,     /* record, path: goes on with a RECORD_FOUND, ends as a RECORD */
  VOICE_N_REQUESTS
} VoiceRequestKind;

typedef enum
{
  VOICE_TARGET_AGENT,  /* target = agent id: wherever its softphone or desk phone is registered */
  VOICE_TARGET_URI,    /* target = a SIP URI: a desk phone with a fixed address */
  VOICE_TARGET_NUMBER, /* target = an outside number, over `trunk` (NULL: the first declared) */
} VoiceTarget;

/* Why a leg ended or a request to one failed. `voice_cause_outcome ()` says what the answer of a
 * station means for its offer. */
typedef enum
{
  VOICE_CAUSE_NORMAL,         /* BYE, or CANCEL of an incoming call */
  VOICE_CAUSE_CANCELLED,      /* the centre hung up before an answer */
  VOICE_CAUSE_BUSY,           /* 486, 600 */
  VOICE_CAUSE_DECLINED,       /* 603 */
  VOICE_CAUSE_UNAVAILABLE,    /* 480 */
  VOICE_CAUSE_TIMEOUT,        /* 408, or no answer to anything we sent */
  VOICE_CAUSE_NOT_ACCEPTABLE, /* 488, 606, 415: no common media */
  VOICE_CAUSE_NOT_FOUND,      /* 404, 410, 484, 604 */
  VOICE_CAUSE_FORBIDDEN,      /* 401, 403, 407 */
  VOICE_CAUSE_FAULT,          /* 5xx, a dead transport, any other refusal */
  VOICE_CAUSE_MEDIA_LOST,     /* no sound came for the time-out */
  VOICE_CAUSE_LIMIT,          /* more legs than configured (503) */
  VOICE_CAUSE_STOPPED,        /* the engine is going down */
  VOICE_N_CAUSES
} VoiceCause;

typedef enum
{
  VOICE_OUTCOME_NONE,     /* no answer of a station: the call ended, or the centre ended it */
  VOICE_OUTCOME_DECLINED, /* the agent said no */
  VOICE_OUTCOME_MACHINE,  /* a machine's fault, never a miss of the agent */
} VoiceOutcome;

typedef enum
{
  VOICE_BY_FAR_END, /* the party on this leg */
  VOICE_BY_CENTRE,  /* a HANGUP request */
  VOICE_BY_ENGINE,  /* the engine itself: time-outs, limits, going down */
} VoiceBy;

/* Why a request failed. */
typedef enum
{
  VOICE_CODE_OK,
  VOICE_CODE_NO_SUCH_LEG,
  VOICE_CODE_NO_SUCH_BRIDGE,
  VOICE_CODE_NO_SUCH_TRUNK,
  VOICE_CODE_NO_SUCH_MEDIA,
  VOICE_CODE_NO_SUCH_PLAY,
  VOICE_CODE_NO_SUCH_RECORD,
  VOICE_CODE_EXISTS,         /* that leg or bridge id is taken */
  VOICE_CODE_WRONG_STATE,    /* answering what is answered, bridging what has no media */
  VOICE_CODE_NOT_REGISTERED, /* the agent has no station now */
  VOICE_CODE_LIMIT,          /* more legs than configured */
  VOICE_CODE_BAD_REQUEST,    /* a field is missing or malformed */
  VOICE_CODE_STOPPED,        /* PLAY was stopped, its leg ended, or the engine went down */
  VOICE_CODE_FAULT,          /* the network or the media system refused */
  VOICE_N_CODES
} VoiceCode;

typedef struct
{
  VoiceRequestKind kind;
  char *id;   /* chosen by the caller, repeated in the one event that ends the request */
  char *leg;  /* NULL where the kind has none, as all below */
  char *call; /* of a leg: a name of the call that it belongs to, or NULL; LIST tells it again */
  char *bridge;
  char *agent;    /* STATION_SET, STATION_REMOVE */
  char *user;     /* STATION_SET: the SIP user; NULL: the agent's id */
  char *ha1;      /* STATION_SET: MD5 (user:realm:password) in hex… */
  char *password; /* …or the password itself; one of them */
  VoiceTarget target_kind;
  char *target;
  char *trunk;
  char *offer;         /* ORIGINATE to a station: X-Guichet-Offer */
  gboolean answers;    /* ORIGINATE to a station: it is asked to answer at once */
  char *caller_number; /* ORIGINATE: who it shows as calling */
  char *caller_name;
  VoiceCause cause; /* HANGUP */
  char *media;      /* PLAY: "sound:NAME" (a prompt or clip), "file:PATH" (absolute; WAV or
                       Ogg/Opus), "tone:ringback", "tone:confirm" */
  gboolean loop;    /* PLAY: until stopped */
  char *play;       /* PLAY_STOP */
  char *digits;     /* DTMF: 0-9 * # A-D */
  /* RECORD: an absolute path that ends in .opus, of a file that is not there yet. With a bridge
   * `leg` is the left channel while it is in that bridge, all others in it the right one; without
   * one it is what the leg says, mono. It ends with the leg or the bridge, too. */
  char *path;
  char *record;     /* RECORD_…: the id of the RECORD; of RECORD_KEEP its own id is the same */
  char *other;      /* SNOOP: the leg that is listened to */
  gboolean whisper; /* SNOOP: `other` hears `leg`, and nobody else does */
  gboolean noise;   /* RECORD_PAUSE: low noise stands for the pause, as long as it is */
  int status;       /* TRANSFER_REPORT: as in SIP; 100 and 180: it goes on, 200: done, else: not */
} VoiceRequest;

typedef enum
{
  VOICE_EVENT_DONE,    /* request; LIST: legs, bridges, registrations */
  VOICE_EVENT_FAILED,  /* request, code, detail */
  VOICE_EVENT_READY,   /* detail: "HOST:PORT" of plain SIP; tls: the same for TLS or NULL */
  VOICE_EVENT_BROKEN,  /* code, detail: the engine cannot start or go on */
  VOICE_EVENT_STOPPED, /* the last event; all legs ended */
  /* leg, number, caller_*, call_id, trunk, variables; or leg, number, call_id, agent: the agent's
   * own station dials, proved to be it */
  VOICE_EVENT_LEG_INCOMING,
  VOICE_EVENT_LEG_RINGING,    /* leg: its station rings (180, 183) */
  VOICE_EVENT_LEG_EARLY,      /* leg: sound comes before the answer (183 with a description) */
  VOICE_EVENT_LEG_ANSWERED,   /* leg: media agreed, both ways */
  VOICE_EVENT_LEG_ENDED,      /* leg, cause, by, sip_status */
  VOICE_EVENT_LEG_HELD,       /* leg: the station put us on hold by its own re-INVITE */
  VOICE_EVENT_LEG_UNHELD,     /* leg */
  VOICE_EVENT_LEG_DTMF,       /* leg, digits (one) */
  VOICE_EVENT_LEG_MEDIA_LOST, /* leg: no RTP for the time-out; LEG_ENDED follows */
  VOICE_EVENT_LEG_QUALITY,    /* leg, quality: every 5 s and at the end */
  VOICE_EVENT_REGISTRATION_CHANGED, /* agent, ready, reason */
  /* leg, number or other: a station asks by its own keys for the party of this leg to go to that
   * number, or to the party of another leg of the same station. One at a time; it waits for its
   * TRANSFER_REPORT. */
  VOICE_EVENT_LEG_TRANSFER,
  VOICE_EVENT_SERVICE_CHANGED, /* trunk or node, ready: whether it can be reached */
  /* request: a RECORD of whoever was here before us that goes on or lies there; told before LIST is
   * done if its node is there. RECORD_KEEP goes on with it, RECORD_STOP throws it away. */
  VOICE_EVENT_RECORD_FOUND,
  VOICE_N_EVENTS
} VoiceEventKind;

/* Why a registration changed. */
typedef enum
{
  VOICE_REGISTRATION_REGISTERED,
  VOICE_REGISTRATION_UNREGISTERED, /* the phone said goodbye: no devices, suspending, quitting */
  VOICE_REGISTRATION_EXPIRED,
  VOICE_REGISTRATION_REPLACED, /* another contact took over; ready stays TRUE */
  VOICE_REGISTRATION_LOST,     /* its connection broke, or it no longer answers */
  VOICE_REGISTRATION_REMOVED,  /* STATION_REMOVE */
  VOICE_N_REGISTRATION_REASONS
} VoiceRegistrationReason;

typedef struct
{
  double loss;      /* share of their packets lost on the way to us, 0 to 1 */
  double jitter_ms; /* of what we receive */
  double rtt_ms;    /* negative: not known */
  guint64 received; /* packets */
  guint64 dropped;  /* blocks of 20 ms that came too fast */
  guint64 missing;  /* times its sound ran dry */
} VoiceQuality;

typedef enum
{
  VOICE_LEG_INCOMING, /* not answered by us yet */
  VOICE_LEG_DIALLING, /* not answered by them yet */
  VOICE_LEG_RINGING,  /* either */
  VOICE_LEG_UP,
} VoiceLegState;

typedef struct
{
  char *leg;
  char *bridge;  /* NULL: in none */
  char *call;    /* as the last request for it said, or NULL */
  char *agent;   /* its station's agent, or NULL */
  char *offer;   /* or NULL */
  char *address; /* the far end's SIP URI */
  VoiceLegState state;
  gboolean outgoing;
  gboolean music;
  gboolean muted;
} VoiceLegInfo;

typedef struct
{
  char *bridge;
  GStrv legs;
} VoiceBridgeInfo;

typedef struct
{
  VoiceEventKind kind;
  char *request; /* DONE, FAILED */
  VoiceCode code;
  char *detail; /* English, for logs; never for people */
  char *tls;
  char *leg;
  char *number;          /* the number or user that was called: the entry point's address */
  char *caller_number;   /* as the trunk gives it; NULL: withheld */
  char *caller_name;     /* or NULL */
  char *call_id;         /* SIP Call-ID */
  char *trunk;           /* the name of the trunk it came over */
  char *other;           /* LEG_TRANSFER: the leg whose party is to have it */
  GHashTable *variables; /* name → value, mapped by the trunk from its headers; NULL: none */
  VoiceCause cause;
  VoiceBy by;
  int sip_status; /* the far end's last answer; 0: none */
  char *digits;
  guint64 duration_ms; /* DONE of RECORD: of the sound in the file */
  char *agent;
  gboolean ready;
  VoiceRegistrationReason reason;
  VoiceQuality quality;
  GPtrArray *legs;     /* VoiceLegInfo* */
  GPtrArray *bridges;  /* VoiceBridgeInfo* */
  GStrv registrations; /* agents that are ready */
  char *node;          /* SERVICE_CHANGED: of the engine, as the configuration calls it */
} VoiceEvent;

/* A new request, zeroed but for kind and id; fill its strings with g_strdup, then submit it. */
VoiceRequest *voice_request_new (VoiceRequestKind kind, const char *id);
VoiceRequest *voice_request_ref (VoiceRequest *self);
void voice_request_unref (VoiceRequest *self);

VoiceEvent *voice_event_new (VoiceEventKind kind);
VoiceEvent *voice_event_ref (VoiceEvent *self);
void voice_event_unref (VoiceEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VoiceRequest, voice_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VoiceEvent, voice_event_unref)

void voice_leg_info_free (VoiceLegInfo *info);
void voice_bridge_info_free (VoiceBridgeInfo *info);

/* A number as dialled: digits, a plus, stars and hashes, or a plain user name; no part of it can
 * end a dial string or an address, or name a second destination. */
gboolean voice_is_dialable (const char *text);

/* NULL when the request holds all that its kind needs, and nothing that could begin a new header
 * line; otherwise what is missing or wrong. */
const char *voice_request_check (const VoiceRequest *self);

/* Stable names, as they appear in logs, the journal and on a wire. `…_from_name` returns -1 for
 * none. */
const char *voice_request_kind_name (VoiceRequestKind kind);
const char *voice_event_kind_name (VoiceEventKind kind);
const char *voice_cause_name (VoiceCause cause);
const char *voice_code_name (VoiceCode code);
const char *voice_registration_reason_name (VoiceRegistrationReason reason);
const char *voice_leg_state_name (VoiceLegState state);
const char *voice_by_name (VoiceBy by);
int voice_request_kind_from_name (const char *name);
int voice_cause_from_name (const char *name);

/* The cause in a SIP answer of 300 and above, and the answer that refuses a call for a cause. */
VoiceCause voice_cause_from_sip (int status);
int voice_cause_to_sip (VoiceCause cause);

/* What the end of an unanswered leg to a station means for its offer. */
VoiceOutcome voice_cause_outcome (VoiceCause cause);

G_END_DECLS
