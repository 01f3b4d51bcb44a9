/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An event of the journal: what the core decided. One flat struct for all types; each type uses the
 * members that its line below names. It holds ids, codes and revisions, never the text of a note, a
 * value or an address. Immutable once emitted and counted atomically, so it may pass between
 * threads. */
#pragma once

#include "model/definitions.h"
#include "model/ids.h"
#include "model/words.h"

G_BEGIN_DECLS

/* X (NAME, "text"): members beside `type` and `at`. `by` is who did it when it was not `agent`. */
#define MODEL_EVENTS(X)                                                                            \
  /* definitions (embedded), revision = their version */                                           \
  X (DEFINITIONS_APPLIED, "definitions.applied")                                                   \
  /* duration = downtime in ms: outstanding deadlines moved by it, desks and stations are to prove \
   */                                                                                              \
  X (CENTRE_RESTARTED, "centre.restarted")                                                         \
  /* queue */                                                                                      \
  X (QUEUE_OPENED, "queue.opened")                                                                 \
  X (QUEUE_CLOSED, "queue.closed")                                                                 \
  /* agent, team, session, station; state idle, reason sign_in */                                  \
  X (AGENT_SIGNED_IN, "agent.signed_in")                                                           \
  /* agent, session (the new one), station */                                                      \
  X (AGENT_TAKEN_OVER, "agent.taken_over")                                                         \
  /* agent, session, reason */                                                                     \
  X (AGENT_SIGNED_OUT, "agent.signed_out")                                                         \
  /* agent, by, reason: signed out as soon as the running work is done */                          \
  X (AGENT_SIGN_OUT_PENDING, "agent.sign_out_pending")                                             \
  /* agent, session */                                                                             \
  X (AGENT_DESK_CONNECTED, "agent.desk_connected")                                                 \
  X (AGENT_DESK_LOST, "agent.desk_lost")                                                           \
  /* agent, session, station: another one, which has to prove itself */                            \
  X (AGENT_STATION_CHANGED, "agent.station_changed")                                               \
  /* agent; reason when lost */                                                                    \
  X (AGENT_STATION_READY, "agent.station_ready")                                                   \
  X (AGENT_STATION_LOST, "agent.station_lost")                                                     \
  /* agent, team, state, reason, by, duration = ms in the state before */                          \
  X (AGENT_STATE_CHANGED, "agent.state_changed")                                                   \
  /* agent, state, reason, by: taken when the work is done; state offline = taken back */          \
  X (AGENT_NEXT_STATE_CHANGED, "agent.next_state_changed")                                         \
  /* agent, queue, membership, reason */                                                           \
  X (AGENT_MEMBERSHIP_CHANGED, "agent.membership_changed")                                         \
  /* agent, team: another of his or hers */                                                        \
  X (AGENT_TEAM_CHANGED, "agent.team_changed")                                                     \
  /* agent, auto_accept */                                                                         \
  X (AGENT_AUTO_ACCEPT_CHANGED, "agent.auto_accept_changed")                                       \
  /* interaction, channel, direction, origin, entry_point, language, leg, agent if direct, by =    \
   * who calls out */                                                                              \
  X (INTERACTION_CREATED, "interaction.created")                                                   \
  /* interaction, reason: the customer's path is gone, release leg */                              \
  X (INTERACTION_CUSTOMER_LEFT, "interaction.customer_left")                                       \
  /* interaction, outcome, reason, duration = ms since created */                                  \
  X (INTERACTION_CLOSED, "interaction.closed")                                                     \
  /* interaction, agent (none: by itself), status, reason */                                       \
  X (INTERACTION_STATUS_CHANGED, "interaction.status_changed")                                     \
  /* request, interaction, kind, queue or agent, priority, queued_at (first queue time), deadline; \
   * with an agent: fallback = the queue where it goes when the agent does not take it; skill or   \
   * team that it asks for in place of the queue's; of work given back: reason, by = who had it,   \
   * duration = ms for which by does not get it; of a consult or conference: by = who asks; of a   \
   * transfer with by but neither duration nor fallback: who still has the call, or had it and     \
   * gets it back. The same request again, with the same queue or agent: the question became a     \
   * transfer or a conference, its offer stands. Parked: agent = who parked it, revision = its     \
   * place, deadline = when that ends; offered to nobody who does not fetch it */                  \
  X (REQUEST_QUEUED, "request.queued")                                                             \
  /* request, interaction, revision = how many requirements are still asked, deadline = of waiting \
   * once more */                                                                                  \
  X (REQUEST_RELAXED, "request.relaxed")                                                           \
  /* request, agent: may be offered to the agent again */                                          \
  X (REQUEST_REOFFERABLE, "request.reofferable")                                                   \
  /* request, interaction, kind, queue, agent, outcome, reason, duration = ms in this queue,       \
   * service_level */                                                                              \
  X (REQUEST_ENDED, "request.ended")                                                               \
  /* offer, request, interaction, queue, agent, team, channel, deadline, auto_accept */            \
  X (OFFER_CREATED, "offer.created")                                                               \
  /* offer, agent: the station rings */                                                            \
  X (OFFER_RINGING, "offer.ringing")                                                               \
  /* offer, request, interaction, queue, agent, team, outcome, reason, duration = ms of ringing,   \
   * deadline = until when this agent does not get the request again */                            \
  X (OFFER_ENDED, "offer.ended")                                                                   \
  /* participation, interaction, request, queue, agent, team, channel, part, leg; reason taken or  \
   * pulled: by the agent's own choice, without an offer */                                        \
  X (PARTICIPATION_JOINED, "participation.joined")                                                 \
  /* participation, interaction, queue, agent, team, channel, part, deadline: the agent calls      \
   * somebody, and the own station is rung first */                                                \
  X (PARTICIPATION_CALLING, "participation.calling")                                               \
  /* the same of a supervisor (part supervising): by = the agent who is listened to, mode; what    \
   * follows is connected */                                                                       \
  /* participation, interaction, queue, agent, leg, deadline: the agent is there, the other side   \
   * is rung */                                                                                    \
  X (PARTICIPATION_DIALLING, "participation.dialling")                                             \
  /* participation, interaction, queue, agent, leg (the other side's), duration = ms since         \
   * calling: the two talk */                                                                      \
  X (PARTICIPATION_CONNECTED, "participation.connected")                                           \
  /* participation, interaction, agent, reason; duration of the hold when resumed */               \
  X (PARTICIPATION_HELD, "participation.held")                                                     \
  X (PARTICIPATION_RESUMED, "participation.resumed")                                               \
  /* participation, interaction, agent, by: the others do not hear who came to this call, and hear \
   * him or her again */                                                                           \
  X (PARTICIPATION_MUTED, "participation.muted")                                                   \
  X (PARTICIPATION_UNMUTED, "participation.unmuted")                                               \
  /* participation, interaction, queue, agent, reason, deadline = when it goes back to its queue:  \
   * the agent of digital work is away, and back again */                                          \
  X (PARTICIPATION_ABSENT, "participation.absent")                                                 \
  X (PARTICIPATION_PRESENT, "participation.present")                                               \
  /* participation, interaction, agent, part = its role from now on, reason; as the primary one:   \
   * queue, queued_at, priority of the work; as a supervising one: mode */                         \
  X (PARTICIPATION_ROLE_CHANGED, "participation.role_changed")                                     \
  /* participation, interaction, queue, agent, team, reason, duration = ms joined,                 \
   * held_duration = ms of it on hold */                                                           \
  X (PARTICIPATION_LEFT, "participation.left")                                                     \
  /* participation, interaction, queue, agent, team, deadline */                                   \
  X (WRAP_UP_STARTED, "wrap_up.started")                                                           \
  X (WRAP_UP_EXTENDED, "wrap_up.extended")                                                         \
  /* the same, by, reason, disposition, duration */                                                \
  X (WRAP_UP_ENDED, "wrap_up.ended")                                                               \
  /* interaction, variable, revision, agent */                                                     \
  X (VARIABLE_CHANGED, "variable.changed")                                                         \
  /* interaction, participation, agent, revision */                                                \
  X (NOTE_CHANGED, "note.changed")                                                                 \
  /* interaction, participation, agent, disposition, revision, reason automatic if by itself */    \
  X (DISPOSITION_SET, "disposition.set")                                                           \
  /* interaction, participation, agent, tags, revision */                                          \
  X (TAGS_SET, "tags.set")                                                                         \
  /* interaction, participation, agent, sentiment (none: taken back), revision */                  \
  X (SENTIMENT_SET, "sentiment.set")                                                               \
  /* participation (of the outside number), interaction, queue (in whose name), by, kind, part,    \
   * deadline: a number is rung for a call; its number lies beside the journal; agent = who has    \
   * his or her calls forwarded to it; team = whose number it is, and without by, as a rule says:  \
   * reason, and where it waits if it is not taken: fallback, queued_at, priority */               \
  X (PARTY_DIALLING, "party.dialling")                                                             \
  /* participation, interaction, part, leg, duration = ms of dialling */                           \
  X (PARTY_JOINED, "party.joined")                                                                 \
  /* participation, interaction, part, reason; duration of the hold when resumed */                \
  X (PARTY_HELD, "party.held")                                                                     \
  X (PARTY_RESUMED, "party.resumed")                                                               \
  /* participation, interaction, part, by */                                                       \
  X (PARTY_MUTED, "party.muted")                                                                   \
  X (PARTY_UNMUTED, "party.unmuted")                                                               \
  /* participation, interaction, part = its role from now on, reason; as the primary one the call  \
   * is given to it: queue, queued_at, priority of the work; or no agent is left in it: deadline = \
   * when it ends */                                                                               \
  X (PARTY_ROLE_CHANGED, "party.role_changed")                                                     \
  /* participation, interaction, part, leg, reason, duration = ms joined or dialled,               \
   * held_duration = ms of it on hold */                                                           \
  X (PARTY_LEFT, "party.left")                                                                     \
  /* interaction, agent (none: by the rule), by = a supervisor, or none, here and below: the       \
   * customer is told first; recorded from now on */                                               \
  X (RECORDING_ANNOUNCED, "recording.announced")                                                   \
  X (RECORDING_STARTED, "recording.started")                                                       \
  /* interaction, agent, deadline = when it resumes by itself; again: the pause is extended */     \
  X (RECORDING_PAUSED, "recording.paused")                                                         \
  /* interaction, agent; reason timeout by itself; reason why it ended, where the agent did not */ \
  X (RECORDING_RESUMED, "recording.resumed")                                                       \
  X (RECORDING_STOPPED, "recording.stopped")                                                       \
  /* interaction, box, reason: the caller is asked for a message, and goes when it is said */      \
  X (INTERACTION_VOICEMAIL, "interaction.voicemail")                                               \
  /* agent, by, forward = when, forward_to: the agent's own calls go there, target = an agent's or \
   * a queue's id; a number lies beside the journal */                                             \
  X (AGENT_FORWARDING_CHANGED, "agent.forwarding_changed")                                         \
  /* interaction, agent = whose call it was, reason, forward_to, target, box */                    \
  X (INTERACTION_FORWARDED, "interaction.forwarded")                                               \
  /* agent, team, channel, state idle with reason (nothing comes on it) or available, by, duration \
   * = ms for which nothing came */                                                                \
  X (AGENT_CHANNEL_CHANGED, "agent.channel_changed")                                               \
  /* interaction, reason: what carries it does not do as it was asked; none: it does again */      \
  X (INTERACTION_STUCK, "interaction.stuck")                                                       \
  /* participation, interaction, queue, agent, by: what follows ends it, whatever the engine or    \
   * the gateway says */                                                                           \
  X (INTERACTION_FORCE_CLOSED, "interaction.force_closed")

typedef enum
{
#define MODEL_EVENT_ENUM(NAME, text) MODEL_EVENT_##NAME,
  MODEL_EVENTS (MODEL_EVENT_ENUM)
#undef MODEL_EVENT_ENUM
      MODEL_N_EVENTS
} ModelEventType;

typedef struct
{
  int references;
  gint32 type; /* ModelEventType */
  gint64 at;   /* ms of UTC */
  gint64 seq;  /* the journal's number, given by the store; 0 before */
  ModelId interaction;
  ModelId request;
  ModelId participation;
  ModelId offer;
  ModelId leg;
  ModelId session;
  /* Ids of definitions and codes, interned: never freed, equal if the pointers are. */
  const char *agent;
  const char *team;
  const char *queue;
  const char *entry_point;
  const char *by;
  const char *reason;
  const char *disposition;
  const char *variable;
  const char *language;
  const char *fallback;
  const char *skill;
  const char *box;
  const char *target;
  char **tags;
  ModelDefinitions *definitions;
  gint64 deadline;
  gint64 queued_at;
  gint64 duration;      /* ms */
  gint64 held_duration; /* ms */
  gint32 revision;
  gint32 priority;
  gint32 channel;    /* ModelChannel */
  gint32 direction;  /* ModelDirection */
  gint32 origin;     /* ModelOrigin */
  gint32 kind;       /* ModelRequestKind */
  gint32 part;       /* ModelPart */
  gint32 state;      /* ModelAgentState */
  gint32 membership; /* ModelMembership */
  gint32 station;    /* ModelStation */
  gint32 outcome;    /* ModelOutcome */
  gint32 status;     /* ModelStatus */
  gint32 sentiment;  /* ModelSentiment */
  gint32 mode;       /* ModelSupervision */
  gint32 forward;    /* ModelForward */
  gint32 forward_to; /* ModelForwardTo */
  gboolean auto_accept;
  gboolean service_level; /* within the queue's limit */
} ModelEvent;

extern const char *const model_event_type_names[];
const char *model_event_type_to_text (ModelEventType type);

ModelEvent *model_event_new (ModelEventType type, gint64 at);
ModelEvent *model_event_ref (ModelEvent *event);
void model_event_unref (ModelEvent *event);
/* One line of JSON without its end, canonical: equal events give equal bytes. */
void model_event_write (const ModelEvent *event, GString *json);
/* NULL if there are problems, all of which have then been added. */
ModelEvent *model_event_from_json (JsonObject *object, GPtrArray *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelEvent, model_event_unref)

G_END_DECLS
