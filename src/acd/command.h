/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the core is told: wishes of people and facts of machines. One flat struct; each type uses
 * the members that its line names, in brackets where they may be absent. Strings are borrowed for
 * the time of the call. The JSON form serves replay files. */
#pragma once

#include "model/definitions.h"
#include "model/ids.h"
#include "model/words.h"

G_BEGIN_DECLS

#define ACD_COMMANDS(X)                                                                            \
  /* the centre: definitions; duration = downtime in ms; queue, on */                              \
  X (APPLY_DEFINITIONS, "apply_definitions")                                                       \
  X (RESTARTED, "restarted")                                                                       \
  X (SET_QUEUE_OPEN, "set_queue_open")                                                             \
  /* agent, session, station; an agent who is signed in already is taken over */                   \
  X (SIGN_IN, "sign_in")                                                                           \
  /* agent, [by: a supervisor], [on = forced], [reason] */                                         \
  X (SIGN_OUT, "sign_out")                                                                         \
  /* agent, session: facts of the event stream */                                                  \
  X (DESK_CONNECTED, "desk_connected")                                                             \
  X (DESK_LOST, "desk_lost")                                                                       \
  /* agent, [session], station, on = it is there at once: nothing registers */                     \
  X (SET_STATION, "set_station")                                                                   \
  /* agent, [reason]: facts of the phone; reason unreachable has the desk's grace */               \
  X (STATION_READY, "station_ready")                                                               \
  X (STATION_LOST, "station_lost")                                                                 \
  /* agent, state idle with reason or available, [by]; with work in hand it is the next state */   \
  X (SET_STATE, "set_state")                                                                       \
  /* agent, [queues, else all], membership, [reason of paused], [by] */                            \
  X (SET_MEMBERSHIP, "set_membership")                                                             \
  /* agent, on */                                                                                  \
  X (SET_AUTO_ACCEPT, "set_auto_accept")                                                           \
  /* agent, team: one of those that the definitions allow */                                       \
  X (SET_TEAM, "set_team")                                                                         \
  /* entry_point or agent (a direct call), channel, [leg], [language], [variables: ids that came   \
   * along], [target: the agent who had this conversation before] */                               \
  X (ARRIVE, "arrive")                                                                             \
  /* interaction, reason: hung up, connection lost, engine lost */                                 \
  X (CUSTOMER_LEFT, "customer_left")                                                               \
  /* offer: facts of the station, or the agent's command for what has no station */                \
  X (OFFER_RINGING, "offer_ringing")                                                               \
  X (OFFER_ACCEPT, "offer_accept")                                                                 \
  X (OFFER_DECLINE, "offer_decline")                                                               \
  /* offer, reason: the machine's fault; it makes the agent idle with this reason */               \
  X (OFFER_FAULT, "offer_fault")                                                                   \
  /* interaction, agent: takes what waits in a queue that allows it, or for the agent */           \
  X (TAKE, "take")                                                                                 \
  /* agent, [channel, voice = any]: the next digital contact, up to what there is room for */      \
  X (PULL, "pull")                                                                                 \
  /* agent, [interaction: where the agent calls from], [queue in whose name, else that             \
   * interaction's or the agent's first that calls out], [language], [variables: ids that are      \
   * known already]; with on a colleague: one of target (an agent), queue, entry_point, skill,     \
   * team */                                                                                       \
  X (CALL, "call")                                                                                 \
  /* participation of a call that the agent began, [leg]: facts of the station, of a call to a     \
   * colleague with whom it is to, and of the other side; reason */                                \
  X (STATION_ANSWERED, "station_answered")                                                         \
  X (CUSTOMER_ANSWERED, "customer_answered")                                                       \
  X (CALL_FAILED, "call_failed")                                                                   \
  /* interaction or participation, agent: the own part in a call, or as the primary agent that of  \
   * the consulted one; resuming one side of a consult holds the other */                          \
  X (HOLD, "hold")                                                                                 \
  X (RESUME, "resume")                                                                             \
  /* interaction or participation, agent: of a call, for all who are in it */                      \
  X (END, "end")                                                                                   \
  /* participation of an agent in a call, agent: a supervisor, mode: listens to it or whispers,    \
   * from the own station, which is rung; barge: joins it; take_over: has it from then on.         \
   * UNSUPERVISE: interaction, agent: listens no more */                                           \
  X (SUPERVISE, "supervise")                                                                       \
  X (UNSUPERVISE, "unsupervise")                                                                   \
  /* participation of somebody who came or of an outside number, agent: the primary one; HOLD and  \
   * RESUME take the number that is consulted, too */                                              \
  X (REMOVE, "remove")                                                                             \
  X (MUTE, "mute")                                                                                 \
  X (UNMUTE, "unmute")                                                                             \
  /* interaction or participation, agent: digital work goes back to its queue */                   \
  X (UNASSIGN, "unassign")                                                                         \
  /* the same, and one of queue, entry_point, target (an agent), skill, team, box (a call's, for   \
   * a message): there at once; a                                                                  \
   * call an agent who can be rung is held until then, END_CONSULT takes it back; to who is asked  \
   * already, it is that question's */                                                             \
  X (TRANSFER, "transfer")                                                                         \
  /* agent, target (an agent): writes to a colleague */                                            \
  X (IM, "im")                                                                                     \
  /* the same: asks a colleague for a private talk, or with on to join the customer too. A call    \
   * goes with outside = to a number that the core does not know, here and in TRANSFER */          \
  X (CONSULT, "consult")                                                                           \
  /* interaction or participation, agent: takes the question back, or ends the private talk; the   \
   * consulted one joins the customer, of a call also who is still asked; leaves, while somebody   \
   * else is in it */                                                                              \
  X (END_CONSULT, "end_consult")                                                                   \
  X (CONFERENCE, "conference")                                                                     \
  X (LEAVE, "leave")                                                                               \
  /* participation of an outside number, [leg], [reason]: facts of its line */                     \
  X (PARTY_ANSWERED, "party_answered")                                                             \
  X (PARTY_FAILED, "party_failed")                                                                 \
  X (PARTY_HUNG_UP, "party_hung_up")                                                               \
  /* participation: facts of the station */                                                        \
  X (STATION_HELD, "station_held")                                                                 \
  X (STATION_RESUMED, "station_resumed")                                                           \
  X (STATION_HUNG_UP, "station_hung_up") /* [reason connection_lost] */                            \
  /* interaction, agent, variable, value, revision on which it is based (0 = none yet) */          \
  X (SET_VARIABLE, "set_variable")                                                                 \
  /* interaction or participation, agent, revision, and                                            \
   * value (the note's text); disposition (NULL takes it back); tags; sentiment */                 \
  X (SET_NOTE, "set_note")                                                                         \
  X (SET_DISPOSITION, "set_disposition")                                                           \
  X (SET_TAGS, "set_tags")                                                                         \
  X (SET_SENTIMENT, "set_sentiment")                                                               \
  /* interaction or participation, agent, status; without an agent: the customer wrote */          \
  X (SET_STATUS, "set_status")                                                                     \
  /* interaction or participation, agent, [by] */                                                  \
  X (WRAP_UP_SUBMIT, "wrap_up_submit")                                                             \
  X (WRAP_UP_EXTEND, "wrap_up_extend")                                                             \
  X (WRAP_UP_END, "wrap_up_end")                                                                   \
  /* interaction or participation, agent, [by] */                                                  \
  X (RECORD_START, "record_start")                                                                 \
  X (RECORD_PAUSE, "record_pause")                                                                 \
  X (RECORD_EXTEND, "record_extend")                                                               \
  X (RECORD_RESUME, "record_resume")                                                               \
  X (RECORD_STOP, "record_stop")                                                                   \
  /* interaction: facts of the engine: the customer has heard the notice; nothing is recorded */   \
  X (RECORD_ANNOUNCED, "record_announced")                                                         \
  X (RECORD_FAILED, "record_failed")                                                               \
  /* interaction or participation, agent: the customer waits in a numbered place; interaction,     \
   * agent: fetches a call from there */                                                           \
  X (PARK, "park")                                                                                 \
  X (FETCH, "fetch")                                                                               \
  /* participation of an agent in a conference, agent: the primary one, who stays in it */         \
  X (GIVE_CHARGE, "give_charge")                                                                   \
  /* agent, [by], forward, forward_to, [target: an agent, or queue]: where the agent's own calls   \
   * go, and when; reason: a fact of the centre, which ends it */                                  \
  X (SET_FORWARDING, "set_forwarding")                                                             \
  /* agent, channel, state idle with reason: nothing comes on it until it is available, [by]; to   \
   * choose to be available by SET_STATE is for all channels */                                    \
  X (SET_CHANNEL, "set_channel")                                                                   \
  /* interaction, [reason]: a fact of the centre: what carries it does not do what it was asked    \
   * for, or does again */                                                                         \
  X (STUCK, "stuck")                                                                               \
  /* interaction or participation, agent, [by] */                                                  \
  X (FORCE_CLOSE, "force_close")

typedef enum
{
#define ACD_COMMAND_ENUM(NAME, text) ACD_COMMAND_##NAME,
  ACD_COMMANDS (ACD_COMMAND_ENUM)
#undef ACD_COMMAND_ENUM
      ACD_N_COMMANDS
} AcdCommandType;

typedef struct
{
  gint32 type;       /* AcdCommandType */
  const char *agent; /* whose state or work it is */
  const char *by;    /* the supervisor who does it for the agent, or NULL */
  const char *queue;
  const char *entry_point;
  const char *reason;
  const char *variable;
  const char *value;
  const char *disposition;
  const char *language;
  const char *target;
  const char *skill;
  const char *box;
  const char *team;
  char **tags;
  char **variables;
  char **queues;
  ModelDefinitions *definitions;
  ModelId session;
  ModelId interaction;
  ModelId participation;
  ModelId offer;
  ModelId leg;
  gint64 duration;   /* ms */
  gint32 channel;    /* ModelChannel */
  gint32 state;      /* ModelAgentState */
  gint32 membership; /* ModelMembership */
  gint32 station;    /* ModelStation */
  gint32 status;     /* ModelStatus */
  gint32 sentiment;  /* ModelSentiment */
  gint32 mode;       /* ModelSupervision */
  gint32 forward;    /* ModelForward */
  gint32 forward_to; /* ModelForwardTo */
  gint32 revision;
  gboolean on;
  gboolean outside;
} AcdCommand;

#define ACD_NOTE_MAX 4000 /* characters */

const char *acd_command_type_to_text (AcdCommandType type);
/* One line of canonical JSON without its end. */
void acd_command_write (const AcdCommand *command, GString *json);
/* What it holds is its own: clear it with acd_command_clear (). FALSE if problems were added. */
gboolean acd_command_from_json (JsonObject *object, AcdCommand *command, GPtrArray *problems);
void acd_command_clear (AcdCommand *command);

G_END_DECLS
