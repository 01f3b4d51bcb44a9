/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legs that the centre knows: one table, by the engine's name. For voice.c and voice-facts.c.
 */
#pragma once

#include "server/centre/centre-private.h"

G_BEGIN_DECLS

/* A call has two bridges at most. */
typedef enum
{
  VOICE_PLACE_NONE,
  VOICE_PLACE_CUSTOMER, /* with the customer, or with all others when that one is gone */
  VOICE_PLACE_PRIVATE,  /* of who leads and whom he or she consults */
  VOICE_N_PLACES
} VoicePlace;

/* The tone that it rings; its requests begin so. */
#define VOICE_TONE "ringback"
/* Before the interaction's id: the leg that we begin to its customer. */
#define VOICE_TO_CUSTOMER "to-"
/* Before the party's id: the leg to it. */
#define VOICE_TO_PARTY "party-"

typedef struct
{
  char *name;         /* the engine's */
  ModelId id;         /* the core's */
  gboolean customer;  /* else a station's */
  gboolean answering; /* asked to be */
  gboolean up;        /* answered */
  VoicePlace place;   /* this and the next three: as the engine was told */
  gboolean music;
  gboolean muted;
  const char *snooped; /* the agent to whom it listens (interned), or NULL */
  gboolean whispers;
  char *tone;         /* the request that plays it, or NULL */
  gboolean asking;    /* an outside number that answered and has not keyed 1 */
  gboolean beeps;     /* in the place of the prompt */
  gboolean confirmed; /* has keyed 1 */
  gboolean hanging_up;
  gboolean late;  /* to hang up: the engine has not said that it did */
  guint watch;    /* until it has */
  Centre *centre; /* for that */
  gboolean rings;
  gboolean early;    /* sound comes from it before it is answered */
  gboolean held;     /* by the phone itself */
  gboolean second;   /* of a station: dialled by its agent to consult somebody about the call */
  gboolean refers;   /* the phone asked for a transfer, and was not told yet what became of it */
  gboolean retrieve; /* nobody took it: the customer comes back when the phone knows */
  ModelId interaction;
  ModelId offer;   /* of a station's leg */
  ModelId party;   /* of the leg of an outside number that came to the call */
  ModelId calling; /* the participation of a call that an agent begins, of both its legs */
  const char *agent;
} Leg;

/* What there is of an interaction at the engine, until it is closed and its last leg is gone. */
typedef struct
{
  GPtrArray *legs; /* Leg */
  gboolean bridges[VOICE_N_PLACES];
  gboolean over;
} VoiceCall;

typedef struct
{
  CentreVoiceDoneFunc func;
  gpointer user_data;
} VoiceWaiter;

struct _CentreVoice
{
  VoiceEngine *engine;    /* not owned; NULL before attach */
  GHashTable *legs;       /* name → Leg */
  GHashTable *calls;      /* ModelId of an interaction → VoiceCall */
  GHashTable *waiting;    /* request id → VoiceWaiter */
  GHashTable *asked;      /* of voice-failed.c */
  GHashTable *plays;      /* of voice-play.c */
  GHashTable *recordings; /* of voice-recording.c */
  GHashTable *voicemails; /* of voice-voicemail.c */
  GHashTable *callers;    /* of voice-boxes.c: by the leg's name */
  GHashTable *locks;      /* of voice-boxes.c: by box and PIN */
  guint64 next_leg;
  guint64 next_request;
  gboolean closed;
  gboolean reconciled;
  CentreReadyFunc ready;
  gpointer ready_data;
};

Leg *voice_leg_add (Centre *centre, const char *name, gboolean customer);
/* The leg belongs to this interaction from now on. */
void voice_leg_join (Centre *centre, Leg *leg, ModelId interaction);
Leg *voice_leg (Centre *centre, const char *name);
VoiceCall *voice_call (Centre *centre, ModelId interaction);
Leg *voice_leg_of_customer (Centre *centre, ModelId interaction);
Leg *voice_leg_of_offer (Centre *centre, ModelId offer);
Leg *voice_leg_of_agent (Centre *centre, ModelId interaction, const char *agent);
void voice_leg_remove (Centre *centre, Leg *leg);
/* Hangs up a leg that no event of the core ends. */
void voice_put_away (Centre *centre, Leg *leg, VoiceCause cause);
/* Requests whose failure somebody would notice are remembered until they are over. */
GHashTable *voice_asked_new (void);
void
voice_asked_add (Centre *centre, const VoiceRequest *request, const char *agent, const char *key);
void voice_asked_over (Centre *centre, const VoiceEvent *event);
/* What was asked of a leg of this call is late, or could not be done; or something is done again
 * (voice-stuck.c). */
void voice_stuck (Centre *centre, ModelId interaction, gboolean stuck);
/* It was asked to hang up: asked again until it has. */
void voice_stuck_watch (Leg *leg);
/* Whether something that was asked of the call's legs is late. */
gboolean voice_asked_late (Centre *centre, ModelId interaction);
VoiceRequest *voice_leg_request (VoiceRequestKind kind, const Leg *leg, const char *event_id);
/* An outside number that answers may be a voicemail: it is asked for key 1, and its offer is taken
 * by that alone. TRUE: it is asked, nothing else is to be done now. */
gboolean voice_confirm_ask (Centre *centre, Leg *leg);
/* A digit of a leg: TRUE if it is the key that was asked for. */
gboolean voice_confirm_key (Centre *centre, Leg *leg, const char *digits);
/* A request is over: TRUE if it was the prompt. */
gboolean voice_confirm_over (Centre *centre, const VoiceEvent *event);
/* Calls that agents begin (voice-out.c): what the core's events mean to the engine. */
void voice_out_act (Centre *centre, const ModelEvent *event, GPtrArray *requests);
/* Tells the core of a leg that we dialled for this part in a call; one that is not wanted any more
 * by then is put away. */
void voice_tell_dialled (Centre *centre,
                         const Leg *leg,
                         ModelId part,
                         AcdCommandType type,
                         const char *reason);
/* What the engine says of their legs before the two talk. */
void voice_out_answered (Centre *centre, Leg *leg);
void voice_out_rings (Centre *centre, Leg *leg);
void voice_out_early (Centre *centre, Leg *leg);
void voice_out_ended (Centre *centre, Leg *leg, VoiceCause cause, int sip_status);
/* Transfers by the keys of a station (voice-refer.c). */
void voice_station_refers (Centre *centre, Leg *leg, const VoiceEvent *event);
void voice_refer_act (Centre *centre, Record *record, GPtrArray *requests);
void voice_refer_rings (Centre *centre, ModelId interaction);
/* A request is over: TRUE if it told a station what became of its transfer. */
gboolean voice_refer_over (Centre *centre, const VoiceEvent *event);
/* How a station is told, in SIP, why the core refuses. */
int voice_status_of (const char *reason);
/* What a station dials (voice-dial.c): whom that means, as a target of @command, and the number
 * when it is outside. FALSE: nobody. */
gboolean voice_aim (Centre *centre, const char *dialled, AcdCommand *command, char **number);
void voice_station_dials (Centre *centre, const VoiceEvent *event);
Leg *voice_dialled_leg (Centre *centre, const ModelEvent *event);
Leg *voice_leg_second (const VoiceCall *call, const char *agent);
void voice_dial_act (Centre *centre, Record *record, const ModelEvent *event, GPtrArray *requests);
void voice_second_held (Centre *centre, const Leg *leg, gboolean held);
void voice_second_ended (Centre *centre, const Leg *leg);
/* Clips in calls (voice-play.c): what the core's events and the ends of requests mean to them. */
GHashTable *voice_plays_new (void);
/* A request is over: TRUE if it was a clip's and nothing is to be said of it. */
gboolean voice_play_over (Centre *centre, const VoiceEvent *event);
/* The engine knows nothing of it any more. */
void voice_out_lost (Centre *centre, Record *record);
/* Who listens to an agent of this call, and whom that agent hears (voice-supervise.c). */
void voice_supervise_lay_out (Centre *centre,
                              Record *record,
                              VoiceCall *call,
                              const char *event,
                              GPtrArray *requests);
/* Why a number was not reached, and what one that is rung in the name of a queue sees. */
ModelCode voice_why_not_reached (VoiceCause cause, int sip_status);
const char *voice_caller_id (Centre *centre, const char *queue);
/* Outside numbers that come to a call (voice-party.c). */
Leg *voice_leg_of_party (Centre *centre, ModelId interaction, ModelId party);
void voice_party_act (Centre *centre, const ModelEvent *event, GPtrArray *requests);
void voice_party_answered (Centre *centre, Leg *leg);
void voice_party_rings (Centre *centre, Leg *leg, gboolean early);
void voice_party_ended (Centre *centre, Leg *leg, VoiceCause cause, int sip_status);
void voice_parties_lost (Centre *centre, ModelId interaction);
/* The request that rings the agent's station. */
VoiceRequest *voice_ring (Centre *centre, const Leg *leg, const Record *record);
/* A leg has media, both ways. */
void voice_leg_answered (Centre *centre, Leg *leg);
/* Why a station cannot be reached. */
const char *voice_fault_of (VoiceCause cause);
/* A telephone that is busy without ever having rung: it is in use, nobody said no. */
gboolean voice_off_the_hook (const Leg *leg, VoiceCause cause);
/* A leg that came in, on its way to the core. */
void voice_customer_calls (Centre *centre, VoiceEvent *event);
/* The engine said what it has alive. */
void voice_reconcile (Centre *centre, VoiceEvent *event);
/* voice-layout.c: asks for all that is not yet as the record says; @event names the requests. */
GHashTable *voice_recordings_new (void);
/* What of the call is to be recorded now. */
void voice_recording_lay_out (Centre *centre,
                              const Record *record,
                              const char *event,
                              GPtrArray *requests);
/* TRUE: the event was about a recording or its notice. */
gboolean voice_recording_over (Centre *centre, const VoiceEvent *event);
/* The engine has one from before our start; FALSE: it is none of a call. */
gboolean voice_recording_found (Centre *centre, const char *request);
/* Callers who are asked for a message (voice-voicemail.c). */
GHashTable *voice_voicemails_new (void);
void voice_voicemail_lay_out (Centre *centre, const Record *record, GPtrArray *requests);
void voice_voicemail_found (Centre *centre, const char *request);
/* TRUE: the event was about a greeting or a message; the key was for one. */
gboolean voice_voicemail_over (Centre *centre, const VoiceEvent *event);
gboolean voice_voicemail_key (Centre *centre, const Leg *leg, const char *digits);
/* Boxes by keypad (voice-boxes.c). TRUE: the number is theirs, the leg is answered and nobody
 * else's. */
GHashTable *voice_callers_new (void);
gboolean voice_boxes_take (Centre *centre, Leg *leg, const char *number);
/* TRUE: the leg, the request was one of theirs. */
gboolean voice_boxes_answered (Centre *centre, Leg *leg);
gboolean voice_boxes_key (Centre *centre, const Leg *leg, const char *digits);
gboolean voice_boxes_over (Centre *centre, const VoiceEvent *event);
void voice_boxes_ended (Centre *centre, const Leg *leg);
void voice_lay_out (Centre *centre, Record *record, const char *event, GPtrArray *requests);
/* The same at once, for what is no event of the core. */
void voice_lay_out_now (Centre *centre, ModelId interaction, const char *event);
/* Its bridges go. */
void voice_lay_down (Centre *centre, ModelId interaction, GPtrArray *requests);
char *voice_bridge_name (ModelId interaction, VoicePlace place);
VoicePlace voice_bridge_parse (const char *name, ModelId *interaction);

G_END_DECLS
