/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outside numbers in calls, in the core's state; a part of state.h, and as it is for the files of
 * this room alone. A party comes as a colleague does, consulted or conferenced, or the call is
 * given to it: then it is primary, and nobody of the centre has to be there. */
#pragma once

#include "acd/state.h"
#include "base/transition.h"

G_BEGIN_DECLS

typedef enum
{
  ACD_PARTY_DIALLING,
  ACD_PARTY_ACTIVE,
  ACD_PARTY_HELD,
  ACD_PARTY_OVER
} AcdPartyState;
#define ACD_N_PARTY_STATES 4

typedef enum
{
  ACD_PARTY_STEP_JOINED,
  ACD_PARTY_STEP_HELD,
  ACD_PARTY_STEP_RESUMED,
  ACD_PARTY_STEP_MUTED,
  ACD_PARTY_STEP_UNMUTED,
  ACD_PARTY_STEP_ROLE,
  ACD_PARTY_STEP_LEFT,
  ACD_PARTY_STEP_NONE,
} AcdPartyStep;
#define ACD_N_PARTY_STEPS 8

typedef enum
{
  ACD_PARTY_DO_NOTHING,
  ACD_PARTY_DO_JOIN,
  ACD_PARTY_DO_HOLD,
  ACD_PARTY_DO_RESUME,
  ACD_PARTY_DO_MUTE,
  ACD_PARTY_DO_UNMUTE,
  ACD_PARTY_DO_CHANGE_ROLE,
  ACD_PARTY_DO_LEAVE,
} AcdPartyAction;
extern const BaseMachine acd_party_machine;
guint acd_party_step (const ModelEvent *event);

struct _AcdParty
{
  ModelId id; /* like a participation's */
  ModelId leg;
  AcdInteraction *interaction;
  AcdParty *next;      /* of the interaction, in the order of dialling */
  AcdAgent *by;        /* who had it rung; NULL = a rule of the centre */
  AcdAgent *forwarder; /* whose calls are forwarded to it, or NULL */
  const char *team;    /* whose number it is (interned), or NULL */
  AcdQueue *queue;     /* where a call that was given to it goes if it does not answer; or NULL */
  gint64 queued_at;
  gint64 joined; /* or dialled */
  gint64 since;
  gint64 held_total;
  gint64 deadline; /* of dialling, or of a call that no agent is in any more */
  AcdNode timer;
  gint32 priority;
  guint8 part;  /* ModelPart; primary while it rings and an agent has the call: it is to be given */
  guint8 state; /* AcdPartyState */
  guint8 muted;
};

AcdParty *acd_party (const AcdCore *core, ModelId id);
AcdParty *acd_parties (const AcdCore *core, const AcdInteraction *interaction);
gboolean acd_party_is_in (const AcdParty *party);
/* Who has answered, with this part; NULL = nobody. */
AcdParty *acd_party_as (const AcdCore *core, const AcdInteraction *interaction, ModelPart part);
/* Who rings, NULL = nobody. */
AcdParty *acd_party_rung (const AcdCore *core, const AcdInteraction *interaction);
/* The consulted one who talks with the agent with this part, NULL = nobody. */
AcdParty *acd_party_talk (const AcdCore *core, const AcdPart *part);
gboolean acd_apply_party (AcdCore *core, const ModelEvent *event, GError **error);
void acd_party_shift (AcdCore *core, gint64 shift);
void acd_party_free (AcdCore *core, AcdParty *party);
void acd_party_due (AcdCore *core, AcdParty *party);

/* --- steps (steps-party.c) --- */
/* The number of a team, or one that the core does not know. */
void
acd_step_dial_party (AcdCore *core, AcdPart *part, ModelRequestKind kind, const ModelTeam *team);
void acd_step_party_left (AcdCore *core, AcdParty *party, const char *reason);
/* It does not answer, or is no longer wanted: who asked still has the call, and what was given to
 * it already goes back. */
void acd_step_party_failed (AcdCore *core, AcdParty *party, const char *reason);
void acd_step_party_hold (AcdCore *core, AcdParty *party, ModelCode reason);
void acd_step_party_bring_in (AcdCore *core, AcdParty *party, ModelCode reason);
void acd_step_party_resume (AcdCore *core, AcdParty *party, AcdPart *primary);
void acd_step_party_mute (AcdCore *core, AcdParty *party, gboolean muted, const AcdAgent *by);
void acd_step_party_role (AcdCore *core, AcdParty *party, ModelPart part, const char *reason);
/* The call is its own from now on, and the primary agent with this part leaves. */
void acd_step_give_to_party (AcdCore *core, AcdPart *part, AcdParty *party, const char *reason);
/* No agent is left: those who are in it may go on for a while, which is announced. FALSE: there is
 * no number in it. */
gboolean acd_step_numbers_alone (AcdCore *core, AcdInteraction *interaction);
/* Those who ring as the primary agent leaves or takes it back, but whom the call is given to. */
void acd_step_end_rung (AcdCore *core, AcdInteraction *interaction, const char *reason);

G_END_DECLS
