/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legs that the centre knows: one table, by the engine's name. For voice.c and voice-facts.c.
 */
#pragma once

#include "server/centre/centre-private.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;         /* the engine's */
  ModelId id;         /* the core's */
  gboolean customer;  /* else a station's */
  gboolean answering; /* asked to be */
  gboolean up;        /* answered */
  gboolean music;
  gboolean asking;    /* an outside number that answered and has not keyed 1 */
  gboolean beeps;     /* in the place of the prompt */
  gboolean confirmed; /* has keyed 1 */
  gboolean hanging_up;
  ModelId interaction;
  ModelId offer; /* of a station's leg */
  const char *agent;
} Leg;

typedef struct
{
  CentreVoiceDoneFunc func;
  gpointer user_data;
} VoiceWaiter;

struct _CentreVoice
{
  VoiceEngine *engine; /* not owned; NULL before attach */
  GHashTable *legs;    /* name → Leg */
  GHashTable *calls;   /* ModelId of an interaction → GPtrArray of its Leg */
  GHashTable *waiting; /* request id → VoiceWaiter */
  GHashTable *asked;   /* of voice-failed.c */
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
VoiceRequest *voice_leg_request (VoiceRequestKind kind, const Leg *leg, const char *event_id);
/* An outside number that answers may be a voicemail: it is asked for key 1, and its offer is taken
 * by that alone. TRUE: it is asked, nothing else is to be done now. */
gboolean voice_confirm_ask (Centre *centre, Leg *leg);
/* A digit of a leg: TRUE if it is the key that was asked for. */
gboolean voice_confirm_key (Centre *centre, Leg *leg, const char *digits);
/* A request is over: TRUE if it was the prompt. */
gboolean voice_confirm_over (Centre *centre, const VoiceEvent *event);
/* A leg that came in, on its way to the core. */
void voice_customer_calls (Centre *centre, VoiceEvent *event);
/* The engine said what it has alive. */
void voice_reconcile (Centre *centre, VoiceEvent *event);
/* The customer's leg has media: into its bridge, with music where nobody talks with it. */
void voice_customer_up (Centre *centre, Leg *leg, GPtrArray *requests);

G_END_DECLS
