/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: an agent's session on a centre: signs in, follows the centre's events (and comes
 * back by itself), keeps the lists, carries commands, and keeps what was typed until the centre has
 * it. One per window; main loop.
 *
 * Properties, read-only, notifying:
 *   state s         "signed_out", "signing_in", "online", "reconnecting", "ended"
 *   end-reason s    of "ended": "taken_over", "signed_out", "forced", "expired"
 *   link-up b, link-since i
 *   centre s (id), centre-name s, centre-url s, agent s (id), agent-name s, team s, role s, station
 * s, station-address s agent-state s   "offline", "idle", "available"; agent-state-reason s (id or
 * code), agent-state-since i, agent-state-cause s (of the last change: "agent", "rona"… as the
 * centre says), next-state s ("" none), next-reason s confirm-end b, mask-numbers b, card-data s,
 * conference-max i, auto-accept-mode s ("off", "on", "agent"), auto-accept b,
 * takes-calls b, takes-chats b, toasts-max i, toasts-seconds i (0: no end of their own) offers,
 * parked, interactions, recent, conflicts o (GListModel of GuichetOffer, …Interaction, …Recent
 * newest first, …Conflict) queues o (of GuichetQueue), colleagues o (of GuichetColleague, once
 * watched), colleagues-revision i (0: not known yet; changes after anything of theirs did),
 * live-agents o (of GuichetLiveAgent), live-queues o (of GuichetLiveQueue), live-revision i
 * (likewise), directory-revision i (another: what was last asked of the directory is no longer so),
 * canned-replies o (GuichetCannedReply, by category and name; canned-change.h has what is done with
 * them), reasons, dispositions, tags, teams, variables, links o (of GuichetDefinition) unsaved i
 * how many typed things are not yet at the centre phone o         the GuichetPhone given to new, or
 * NULL store-problem s "" or why the local cache does not work
 * ("cannot_open", "newer": made by a newer version, "cannot_write"): typing is then kept in memory
 *
 * Signals:
 *   "offer-ended" (GuichetOffer *offer, const char *outcome, const char *reason)  codes as in
 * docs/protocol.md; "withdrawn" for "unknown" when it had gone from a new snapshot without a word
 *   "interaction-changed" (GuichetInteraction *interaction, const char *cause)
 *   "interaction-closed" (GuichetInteraction *interaction)
 *   "line-moved" ()  somebody came into the line of one of the agent's queues, or left it
 *   "message-unsent" (const char *message, const char *text)  it was refused after its chat was
 * over "command-failed" (const char *interaction, const char *reason)  an engine could not do what
 * was accepted
 *
 * Commands fail at once with GUICHET_CLIENT_ERROR_LINK_DOWN while the link is away. What is typed
 * never fails. */
#pragma once

#include "client/colleague.h"
#include "client/live-agent.h"
#include "client/conflict.h"
#include "client/customer.h"
#include "client/definition.h"
#include "client/error.h"
#include "client/interaction.h"
#include "client/offer.h"
#include "client/phone.h"
#include "client/recent.h"
#include "client/target.h"
#include "client/parked.h"

#include <gio/gio.h>

#define GUICHET_TYPE_SESSION guichet_session_get_type ()
G_DECLARE_FINAL_TYPE (GuichetSession, guichet_session, GUICHET, SESSION, GuichetRecord)

/* guichet_session_new: phone may be NULL (desk phones only). cache_dir: where caches live, one
 * folder per centre and agent; NULL: guichet in the user's data dir. */
GuichetSession *guichet_session_new (GuichetPhone *phone, const char *cache_dir);

/* guichet_session_set_ca_file: trusts these authorities instead of the system's, for a centre that
 * has its own. */
gboolean guichet_session_set_ca_file (GuichetSession *self, const char *path, GError **error);

typedef struct
{
  const char *url; /* "https://host[:port]", or "http://" to this machine */
  const char *agent;
  const char *password;
  const char *station;         /* "softphone" (NULL), "desk_phone", "outside_number" */
  const char *station_address; /* of the last two */
  gboolean take_over;
  gboolean keep_token; /* in the Secret Service if there is one; never for a demo */
} GuichetSignIn;

void guichet_session_sign_in_async (GuichetSession *self,
                                    const GuichetSignIn *what,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
guichet_session_sign_in_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* guichet_session_resume_async: with the token that an earlier window kept; NO_TOKEN if there is
 * none. */
void guichet_session_resume_async (GuichetSession *self,
                                   const char *url,
                                   const char *agent,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean guichet_session_resume_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* guichet_session_sign_out_async: sends what was typed, then signs out. NOT_NOW while work is in
 * hand. */
void guichet_session_sign_out_async (GuichetSession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
guichet_session_sign_out_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* What is known. */
const char *guichet_session_get_state (GuichetSession *self);
const char *guichet_session_get_end_reason (GuichetSession *self);
gboolean guichet_session_get_link_up (GuichetSession *self);
gint64 guichet_session_get_link_since (GuichetSession *self);
const char *guichet_session_get_agent (GuichetSession *self);
const char *guichet_session_get_agent_name (GuichetSession *self);
gboolean guichet_session_is_supervisor (GuichetSession *self);
const char *guichet_session_get_centre_name (GuichetSession *self);
const char *guichet_session_get_station (GuichetSession *self);
/* The centre can ring it. */
gboolean guichet_session_get_station_ready (GuichetSession *self);
const char *guichet_session_get_agent_state (GuichetSession *self);
/* What becomes of card numbers in what is written: "mask", "block", "keep"; "": not known. */
const char *guichet_session_get_card_data (GuichetSession *self);
const char *guichet_session_get_agent_state_reason (GuichetSession *self);
gint64 guichet_session_get_agent_state_since (GuichetSession *self);
/* GuichetChannelState of each channel of the agent, another list whenever one changed. */
GListModel *guichet_session_get_channels (GuichetSession *self);
const char *guichet_session_get_next_state (GuichetSession *self);
const char *guichet_session_get_next_reason (GuichetSession *self);
const char *guichet_session_get_auto_accept_mode (GuichetSession *self);
gboolean guichet_session_get_auto_accept (GuichetSession *self);
/* Whether work of the kind may be offered: the slots that the centre gives the agent. */
gboolean guichet_session_get_takes_calls (GuichetSession *self);
gboolean guichet_session_get_takes_chats (GuichetSession *self);
/* How many may talk with each other, the customer among them. */
gint64 guichet_session_get_conference_max (GuichetSession *self);
/* The agent's own calls: when they go elsewhere ("" never), to what ("agent", "queue", "number",
 * "voicemail"), its name or number, and to which of these they may, joined by commas. */
const char *guichet_session_get_forward_when (GuichetSession *self);
const char *guichet_session_get_forward_to (GuichetSession *self);
const char *guichet_session_get_forward_where (GuichetSession *self);
const char *guichet_session_get_forward_target (GuichetSession *self);
const char *guichet_session_get_forward_kinds (GuichetSession *self);
gint64 guichet_session_get_toasts_max (GuichetSession *self);
gint64 guichet_session_get_toasts_seconds (GuichetSession *self);
gint64 guichet_session_get_unsaved (GuichetSession *self);
GListModel *guichet_session_get_offers (GuichetSession *self);
/* GuichetParked, in the order of their places. */
GListModel *guichet_session_get_parked (GuichetSession *self);
GListModel *guichet_session_get_interactions (GuichetSession *self);
GListModel *guichet_session_get_recent (GuichetSession *self);
GListModel *guichet_session_get_conflicts (GuichetSession *self);
GListModel *guichet_session_get_colleagues (GuichetSession *self);
gint64 guichet_session_get_colleagues_revision (GuichetSession *self);
GListModel *guichet_session_get_live_agents (GuichetSession *self);
GListModel *guichet_session_get_live_queues (GuichetSession *self);
gint64 guichet_session_get_live_revision (GuichetSession *self);
GListModel *guichet_session_get_canned_replies (GuichetSession *self);
GListModel *guichet_session_get_queues (GuichetSession *self);
GListModel *guichet_session_get_reasons (GuichetSession *self);
GListModel *guichet_session_get_dispositions (GuichetSession *self);
GListModel *guichet_session_get_tags (GuichetSession *self);
/* Those that the agent may be in. */
const char *guichet_session_get_team (GuichetSession *self); /* "": none */
GListModel *guichet_session_get_teams (GuichetSession *self);
GListModel *guichet_session_get_links (GuichetSession *self);
GListModel *guichet_session_get_variables (GuichetSession *self);
GuichetPhone *guichet_session_get_phone (GuichetSession *self);
GuichetInteraction *guichet_session_find_interaction (GuichetSession *self, const char *id);
GuichetOffer *guichet_session_find_offer (GuichetSession *self, const char *id);

/* guichet_session_watch_colleagues: asks the centre who they are and keeps the list current until
 * the session ends. Before, the list is empty and costs nobody anything. */
void guichet_session_watch_colleagues (GuichetSession *self);

/* guichet_session_watch_live: of a supervisor, while it is on, whom he or she leads and their
 * queues. When it is off the lists stay as they were and cost nobody anything. */
void guichet_session_watch_live (GuichetSession *self, gboolean on);

/* guichet_session_now: the centre's time, in UTC milliseconds: what timers are drawn against. */
gint64 guichet_session_now (GuichetSession *self);

/* guichet_session_get_limit: "note", "value"…: characters, or 0 if the centre names none. */
gint64 guichet_session_get_limit (GuichetSession *self, const char *what);
/* For how many of a channel the agent has room at once, and how many of them come by themselves. */
int guichet_session_get_room (GuichetSession *self, const char *channel, int *by_themselves);

/* guichet_session_name_of: the name of a definition by its id; the id itself if nobody knows it. */
const char *guichet_session_name_of (GListModel *definitions, const char *id);

/* Commands; one finish for all that only succeed or fail. */
/* channel NULL: all */
void guichet_session_set_state_async (GuichetSession *self,
                                      const char *channel,
                                      const char *state,
                                      const char *reason,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* queues NULL: all */
void guichet_session_set_membership_async (GuichetSession *self,
                                           const char *const *queues,
                                           const char *state,
                                           const char *reason,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void guichet_session_set_team_async (GuichetSession *self,
                                     const char *team,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* to: "agent" or "queue" with its id in target, "number" with that, "voicemail" with NULL; NULL
 * where it is "off". */
void guichet_session_set_forwarding_async (GuichetSession *self,
                                           const char *when,
                                           const char *to,
                                           const char *target,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void guichet_session_set_auto_accept_async (GuichetSession *self,
                                            gboolean on,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* "softphone", or "desk_phone" or "outside_number" with an address. Not under an offer or a call.
 */
void guichet_session_set_station_async (GuichetSession *self,
                                        const char *kind,
                                        const char *address,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* By the phone for a ringing softphone, else by the API. */
void guichet_session_accept_async (GuichetSession *self,
                                   GuichetOffer *offer,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void guichet_session_decline_async (GuichetSession *self,
                                    GuichetOffer *offer,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Several chats at once, each for itself. */
typedef struct
{
  guint accepted;
  guint failed;
  char *reason; /* a code of the centre's, of the first that failed; or NULL */
} GuichetAccepted;
/* offers: a list of GuichetOffer. finish: free with guichet_accepted_free. */
void guichet_session_accept_all_async (GuichetSession *self,
                                       GPtrArray *offers,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GuichetAccepted *
guichet_session_accept_all_finish (GuichetSession *self, GAsyncResult *result, GError **error);
void guichet_accepted_free (GuichetAccepted *accepted);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetAccepted, guichet_accepted_free)
/* What a view shows of all; "" or NULL: any. status: of what is open. */
typedef struct
{
  const char *channel, *queue, *tag, *status, *words;
} GuichetViewFilter;

/* Views of conversations: "mine", "unassigned", "escalated", "resolved"; after: what finish gave as
 * next, "" for the first page. finish: of GuichetRecent; next: free with g_free, "" when that was
 * all. */
void guichet_session_view_async (GuichetSession *self,
                                 const char *view,
                                 const GuichetViewFilter *filter,
                                 const char *after,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *guichet_session_view_finish (GuichetSession *self,
                                        GAsyncResult *result,
                                        char **next,
                                        GError **error);
/* Whether the agent may ask for more than comes by itself. */
gboolean guichet_session_get_pulls (GuichetSession *self);
/* The agent takes one that waits; or the next of all. It comes as other work does. */
void guichet_session_take_async (GuichetSession *self,
                                 const char *interaction,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void guichet_session_pull_async (GuichetSession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Calls the customer of something in hand. It comes as other work does, dialling at first. */
void guichet_session_call_async (GuichetSession *self,
                                 GuichetInteraction *from,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Calls whoever was in something that is over: by the number of then where the agent had to do with
 * it, else by one of the known customer's. */
void guichet_session_call_back_async (GuichetSession *self,
                                      GuichetRecent *past,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Tags of what has ended. */
void guichet_session_tag_past_async (GuichetSession *self,
                                     GuichetRecent *past,
                                     const char *const *tags,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* action: "start", "pause", "extend", "resume", "stop": of the recording of a call. */
void guichet_session_record_async (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   const char *action,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* A chat goes back to its queue. */
void guichet_session_unassign_async (GuichetSession *self,
                                     GuichetInteraction *interaction,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Work goes to one that a GuichetDirectory found. */
void guichet_session_transfer_async (GuichetSession *self,
                                     GuichetInteraction *interaction,
                                     GuichetTarget *target,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* A target is asked to a private talk about a chat, or to join its customer. */
void guichet_session_consult_async (GuichetSession *self,
                                    GuichetInteraction *interaction,
                                    GuichetTarget *target,
                                    gboolean conference,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* It goes to the "agent", or the outside "number", that is consulted about it. */
void guichet_session_hand_over_async (GuichetSession *self,
                                      GuichetInteraction *interaction,
                                      const char *kind,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Takes that back, or ends the private talk. */
void guichet_session_end_consult_async (GuichetSession *self,
                                        GuichetInteraction *interaction,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* The consulted agent joins the customer. */
void guichet_session_confer_async (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* This agent is done with it, the others go on. */
void guichet_session_park_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* The own station rings, and answers by itself where it can. */
void guichet_session_fetch_async (GuichetSession *self,
                                  GuichetParked *parked,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void guichet_session_leave_async (GuichetSession *self,
                                  GuichetInteraction *interaction,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* To one part in a call: "hold", "resume" (of who is consulted), "mute", "unmute", "remove",
 * "give_charge". */
void guichet_session_part_async (GuichetSession *self,
                                 GuichetParticipation *part,
                                 const char *what,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void guichet_session_hold_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void guichet_session_resume_call_async (GuichetSession *self,
                                        GuichetInteraction *interaction,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* "open", "pending", "escalated". */
void guichet_session_set_status_async (GuichetSession *self,
                                       GuichetInteraction *interaction,
                                       const char *status,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* By the API; by the phone when the API cannot be reached. */
void guichet_session_end_async (GuichetSession *self,
                                GuichetInteraction *interaction,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* In the softphone (no API needed); through the API for other stations, which cannot mute. */
void guichet_session_set_muted_async (GuichetSession *self,
                                      GuichetInteraction *interaction,
                                      gboolean muted,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void guichet_session_dtmf_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 const char *digits,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Sends what was typed for it first. */
void guichet_session_submit_wrap_up_async (GuichetSession *self,
                                           GuichetInteraction *interaction,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void guichet_session_extend_wrap_up_async (GuichetSession *self,
                                           GuichetInteraction *interaction,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean
guichet_session_command_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* guichet_session_reveal_async: one secure value; audited. finish: free with
 * guichet_session_free_secret. */
void guichet_session_reveal_async (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   const char *variable,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *guichet_session_reveal_finish (GuichetSession *self, GAsyncResult *result, GError **error);
void guichet_session_free_secret (char *secret);

/* Lists; one finish: a new GPtrArray of GuichetCustomer, GuichetRecent or GuichetMessage. before 0:
 * from the newest. */
/* channel, query "": all; query: those in which words begin so. */
void guichet_session_history_async (GuichetSession *self,
                                    const char *customer,
                                    const char *channel,
                                    const char *query,
                                    gint64 before,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Calls with recordings, as of guichet_session_history_async; "": all. */
typedef struct
{
  gint64 before, from;
  const char *agent; /* part of a name */
  const char *queue;
  const char *number;
} GuichetRecordingsWanted;
void guichet_session_recordings_async (GuichetSession *self,
                                       const GuichetRecordingsWanted *wanted,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* next: where to go on, or 0; what is before it may match even where nothing was found. */
GPtrArray *guichet_session_recordings_finish (GuichetSession *self,
                                              GAsyncResult *result,
                                              gint64 *next,
                                              GError **error);
/* The bytes of one: guichet_session_hear_clip_finish. */
void guichet_session_hear_recording_async (GuichetSession *self,
                                           const char *id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
/* What the agent may see in which words begin so: GuichetCustomer, then GuichetRecent of messages
 * (kind "message"), then of notes ("note"). */
void guichet_session_search_async (GuichetSession *self,
                                   const char *query,
                                   guint limit,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* complete FALSE: the centre did not get through everything. */
GPtrArray *guichet_session_search_finish (GuichetSession *self,
                                          GAsyncResult *result,
                                          gboolean *complete,
                                          GError **error);
/* The same out of what this desk has, without the centre, and then GuichetRecent of contacts (as in
 * "recent"). Nothing where the cache does not work. */
void guichet_session_search_seen_async (GuichetSession *self,
                                        const char *query,
                                        guint limit,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* GuichetMessage, oldest first: those below the number; seen: that this desk has. */
void guichet_session_transcript_seen_async (GuichetSession *self,
                                            const char *conversation,
                                            gint64 before,
                                            guint limit,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
void guichet_session_transcript_async (GuichetSession *self,
                                       const char *conversation,
                                       gint64 before,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* Also appended to the "recent" list. */
void guichet_session_more_recent_async (GuichetSession *self,
                                        gint64 before,
                                        guint limit,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *guichet_session_list_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* Typing: shown at once, kept at once, sent after a short pause, in order. id NULL or "" clears a
 * disposition. */
void
guichet_session_type_note (GuichetSession *self, GuichetInteraction *interaction, const char *text);
void guichet_session_type_variable (GuichetSession *self,
                                    GuichetInteraction *interaction,
                                    const char *variable,
                                    const char *value);
void guichet_session_type_disposition (GuichetSession *self,
                                       GuichetInteraction *interaction,
                                       const char *id);
void guichet_session_type_tags (GuichetSession *self,
                                GuichetInteraction *interaction,
                                const char *const *ids);

/* "": takes it back. */
void guichet_session_type_sentiment (GuichetSession *self,
                                     GuichetInteraction *interaction,
                                     const char *sentiment);

/* guichet_session_resolve: ends a conflict with text as the value (mine, theirs, or a mixture). */
void guichet_session_resolve (GuichetSession *self, GuichetConflict *conflict, const char *text);
