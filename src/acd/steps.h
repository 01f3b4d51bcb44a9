/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that several decisions share (steps.c, steps-work.c); a part of state.h, and as it is
 * for the files of this room alone. */
#pragma once

#include "acd/state.h"

G_BEGIN_DECLS

/* How long its offers stand. */
gint64 acd_request_ring_ms (const AcdCore *core, const AcdRequest *request);
void acd_step_offer (AcdCore *core, AcdRequest *request, AcdAgent *agent);
void acd_step_end_offer (AcdCore *core, AcdOffer *offer, ModelOutcome outcome, const char *reason);
void acd_step_withdraw_all (AcdCore *core,
                            AcdAgent *agent,
                            const char *reason,
                            gboolean voice,
                            gboolean digital);
/* Customers who came back do not wait for an agent who takes nothing on their channel. */
void acd_step_release_returns (AcdCore *core, AcdAgent *agent);
void acd_step_state (AcdCore *core,
                     AcdAgent *agent,
                     ModelAgentState state,
                     const char *reason,
                     const char *by);
/* The agent has the request from now on; it must not be offered. */
void acd_step_take (AcdCore *core, AcdRequest *request, AcdAgent *agent, ModelCode reason);
void
acd_step_end_request (AcdCore *core, AcdRequest *request, ModelOutcome outcome, const char *reason);
/* What came along or the entry point (NULL: none) sets has its first revision; what is not defined
 * is left out: a trunk's odd header must not cost a call (decide-arrive.c). */
void acd_step_note_variables (AcdCore *core,
                              AcdInteraction *interaction,
                              const AcdEntry *entry,
                              char **variables);
/* Queues where the queue's rules lead; if they reject, ends what there is for the reason. */
void acd_step_queue (AcdCore *core,
                     AcdInteraction *interaction,
                     ModelRequestKind kind,
                     AcdQueue *queue,
                     const char *entry_point,
                     gint32 priority,
                     gint64 queued_at);
/* What takes a call out of the queues. */
typedef struct
{
  const char *box;       /* the caller is asked for a message; or */
  const ModelTeam *team; /* the number of this one is rung, */
  AcdQueue *queue;       /* in the name of this queue or of none, */
  AcdQueue *back;        /* and here it waits if it is not taken there; or nowhere */
  const char *why;
  gint32 priority;  /* beside the queue's, */
  gint64 queued_at; /* and since when, for that */
} AcdExit;
/* Work that an agent had or shall have again, or a colleague to be asked. */
typedef struct
{
  ModelRequestKind kind;
  AcdQueue *queue;
  AcdAgent *owner;    /* for whom it waits, with the queue to fall back on; or NULL */
  gint64 owner_limit; /* s; without a queue to fall back on, of the whole question */
  AcdEntry *entry;    /* the way to the queue, with what it asks for, or NULL */
  const char *skill;  /* asked for in place of what the queue requires, or NULL */
  const char *team;   /* the same */
  AcdExit exit;       /* in place of all these */
  AcdAgent *giver;    /* does not get it again at once */
  AcdRequest *asked;  /* who is asked already, and by this: a transfer completes it */
  const char *reason;
  gint32 priority; /* beside the queue's */
  gint64 queued_at;
} AcdPlacing;
/* Queues where the queue's rules lead; if they reject, in that queue all the same. */
void acd_step_place (AcdCore *core, AcdInteraction *interaction, const AcdPlacing *placing);
/* A transferred call without a queue goes back to who gave it; FALSE if it is none, or he or she is
 * not there. */
gboolean acd_step_to_giver (AcdCore *core, AcdRequest *request, const char *reason);
void
acd_step_move_request (AcdCore *core, AcdRequest *request, AcdQueue *queue, const char *reason);
/* What a primary agent takes over. */
typedef struct
{
  AcdQueue *queue;
  gint64 queued_at;
  gint32 priority;
} AcdCharge;

/* --- where to (placing.c) --- */
/* The queue that would keep it, as the rules of this one say; NULL: refused. */
AcdQueue *acd_open_place (AcdCore *core, AcdQueue *queue, GError **error);
/* Where this agent may ask or transfer to: one of queue, entry point, target, skill, team. FALSE:
 * refused. */
gboolean acd_placing_for (AcdCore *core,
                          const AcdPart *part,
                          const AcdCommand *command,
                          AcdPlacing *placing,
                          GError **error);
/* Whether it is a call, to which a number can come. */
gboolean acd_may_ring_outside (const AcdPart *part, GError **error);
/* What a TRANSFER or CONSULT is about, and where it is to go; NULL: refused. */
AcdPart *
acd_transfer_to (AcdCore *core, const AcdCommand *command, AcdPlacing *placing, GError **error);
AcdPart *acd_ask_to (AcdCore *core, const AcdCommand *command, AcdPlacing *placing, GError **error);

/* --- several agents in one interaction (steps-consult.c) --- */
/* Asks for the primary agent with this part; placing: kind and one place, as found above. */
void acd_step_ask (AcdCore *core, AcdPart *part, const AcdPlacing *placing);
/* An offer of a question ended without a yes: it is over, unless others of a queue may be asked. */
void
acd_step_unanswered (AcdCore *core, AcdRequest *request, ModelOutcome outcome, const char *reason);
void acd_step_end_asks (AcdCore *core, AcdInteraction *interaction, const char *reason);
/* Whoever came by himself or herself is asked no more to what this part is in. */
void acd_step_came_anyway (AcdCore *core, const AcdPart *part);
/* The question goes on as another one of this kind; its offer stands. */
void acd_step_ask_otherwise (AcdCore *core, AcdPart *part, AcdRequest *ask, ModelRequestKind kind);
/* What was asked becomes a transfer, and the primary agent with this part leaves. */
void acd_step_complete (AcdCore *core, AcdPart *part, AcdRequest *ask, const char *reason);
void acd_step_role (AcdCore *core, AcdPart *part, ModelPart role, const char *reason);
/* They change places: both stay in it. */
void acd_step_give_charge (AcdCore *core, AcdPart *primary, AcdPart *to);
void
acd_step_take_charge (AcdCore *core, AcdPart *part, const AcdCharge *charge, const char *reason);
AcdCharge acd_charge_of (const AcdPart *part);
/* The supervisor's station is there: does what was asked for (decide-supervise.c). */
void acd_step_listens (AcdCore *core, AcdPart *part, ModelId leg);
void acd_step_listens_no_more (AcdCore *core, AcdAgent *supervisor);
/* --- who talks on a call (steps-call.c) --- */
void acd_step_hold (AcdCore *core, AcdPart *part, ModelCode reason);
/* Holds whatever the agent talks on, but for this call (or NULL). */
void acd_step_hold_talks (AcdCore *core, AcdAgent *agent, const AcdInteraction *but);
/* One talk at a time: the other side of a consult and other calls are held, a question that keeps
 * the customer waiting is taken back. */
void acd_step_resume (AcdCore *core, AcdPart *part, ModelCode reason);
/* Whoever came to a call hears and is heard, unless the agent talks elsewhere. */
void acd_step_bring_in (AcdCore *core, AcdPart *part, ModelCode reason);
void acd_step_mute (AcdCore *core, AcdPart *part, gboolean muted, const AcdAgent *by);
/* The customer is gone: those who are in it talk on. */
void acd_step_talk_on (AcdCore *core, AcdInteraction *interaction);
/* Agents and outside numbers. */
void acd_step_all_leave (AcdCore *core, AcdInteraction *interaction, const char *reason);
/* For the customer and all who are in it. */
void acd_step_end_call (AcdCore *core, AcdInteraction *interaction, const char *reason);

/* Of a conference, the agent longest in it; NULL = nobody, or no customer to serve. */
AcdPart *acd_heir (const AcdCore *core, const AcdInteraction *interaction);
/* The primary agent leaves, and another who is in it goes on; whoever else was asked or consulted
 * leaves, too. */
void acd_step_replace (AcdCore *core,
                       AcdPart *part,
                       AcdPart *by,
                       const char *reason,
                       const char *charge_reason);
/* The same with the heir. */
void acd_step_pass_control (AcdCore *core, AcdPart *part, AcdPart *heir, const char *reason);
/* The time in its place is over. */
void acd_step_parked_too_long (AcdCore *core, AcdRequest *request);
/* Back to the queue it came from, with its age, whatever that queue's rules say. */
void acd_step_give_back (AcdCore *core, AcdPart *part, const char *reason);
AcdQueue *acd_part_home (AcdCore *core, const AcdPart *part);
void acd_step_absent (AcdCore *core, AcdPart *part, const char *reason, gint32 seconds);
void acd_step_joined (AcdCore *core, AcdPart *part);
/* Says where the work stands, if that is another; @agent may be NULL. */
void acd_step_status (AcdCore *core,
                      AcdInteraction *interaction,
                      ModelStatus status,
                      const AcdAgent *agent,
                      const char *reason);
/* What waited for the customer is open again. */
void acd_step_no_longer_pending (AcdCore *core, AcdInteraction *interaction, const char *reason);
void acd_step_leave (AcdCore *core, AcdPart *part, const char *reason);
/* The agent's own call ends before it was taken: no wrap-up, and everything is as before. */
void acd_step_not_reached (AcdCore *core, AcdPart *part, const char *reason);
/* Of a call to a colleague: the agent's station is there, the colleague is asked to come; has come;
 * or nobody comes. */
void acd_step_ring_colleague (AcdCore *core, AcdPart *part, const AcdCommand *command);
void acd_step_colleague_came (AcdCore *core, AcdInteraction *interaction);
void acd_step_nobody_came (AcdCore *core, AcdInteraction *interaction, const char *reason);
void acd_step_end_wrap_up (AcdCore *core, AcdPart *part, const char *reason, const char *by);
/* What waits for the customer is over, and how; who is in it stays. */
ModelOutcome
acd_step_without_customer (AcdCore *core, AcdInteraction *interaction, const char *reason);
void acd_step_customer_left (AcdCore *core, AcdInteraction *interaction, const char *reason);
void acd_step_close_if_done (AcdCore *core,
                             AcdInteraction *interaction,
                             ModelOutcome outcome,
                             const char *reason);
/* Nothing more is written in it; who is in it stays until it is put away. @by may be NULL. */
void acd_step_im_end (AcdCore *core, AcdInteraction *interaction, const char *reason, AcdAgent *by);
/* Puts it away; ends it if it still goes on. */
void acd_step_im_leave (AcdCore *core, AcdPart *part);
void acd_step_work_done (AcdCore *core, AcdAgent *agent);
void acd_step_sign_out (AcdCore *core, AcdAgent *agent, const char *reason);
/* Where a queue's rules lead; NULL = nowhere, for the reason, but perhaps to an exit (may be NULL:
 * it is for none). */
AcdQueue *acd_place_for (AcdCore *core, AcdQueue *queue, ModelCode *reason, AcdExit *exit);
gboolean acd_exit_found (const AcdExit *exit);
/* What waits goes to the team. */
void acd_step_request_exits (AcdCore *core,
                             AcdRequest *request,
                             const AcdExit *exit,
                             const char *reason);
/* The call leaves the queues, in which it does not wait any more. */
void acd_step_exit (AcdCore *core, AcdInteraction *interaction, const AcdExit *exit);

/* --- teams that have a number (team.c) --- */
/* The one that this names, if it has a number; NULL: none. */
const ModelTeam *acd_numbered_team (const AcdCore *core, const char *id);
/* Whether it takes one call more. */
gboolean acd_team_has_room (const AcdCore *core, const ModelTeam *team);
guint acd_team_calls (const AcdCore *core, const char *id);
void acd_team_count (AcdCore *core, const char *id, gint change);
/* By the rule of the queue; FALSE: it has none for a team, or that takes no more. */
gboolean acd_exit_by (AcdCore *core, AcdQueue *queue, const ModelOverflow *overflow, AcdExit *exit);
/* By the entry point. */
gboolean acd_exit_of_entry (AcdCore *core, const AcdEntry *entry, AcdExit *exit);
/* Its number is rung for a call that nobody has. */
void acd_step_dial_team (AcdCore *core, AcdInteraction *interaction, const AcdExit *exit);
/* It does not take the call: that waits where the rule said. */
void acd_step_team_failed (AcdCore *core,
                           AcdInteraction *interaction,
                           const AcdParty *party,
                           const char *reason);
/* The caller is asked for a message; nobody serves the call any more. */
void acd_step_voicemail (AcdCore *core,
                         AcdInteraction *interaction,
                         const char *box,
                         const char *reason);
/* The box of an agent's own; NULL = none. */
const char *acd_box_of (const AcdCore *core, const AcdAgent *agent);
/* Where a personal request goes that its owner does not take; NULL = nowhere. */
AcdQueue *acd_request_back (AcdCore *core, const AcdRequest *request);
AcdQueue *acd_personal_fallback (AcdCore *core, AcdAgent *agent, ModelChannel channel);

G_END_DECLS
