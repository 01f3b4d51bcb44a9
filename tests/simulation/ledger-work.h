/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the ledger: for ledger*.c alone. */
#pragma once

#include "simulation/ledger.h"

G_BEGIN_DECLS

#define CHECK(ledger, condition, ...)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition))                                                                              \
      ledger_complain (ledger, __VA_ARGS__);                                                       \
  }                                                                                                \
  G_STMT_END

void ledger_take_id (Ledger *ledger, ModelId id);
void ledger_take_of_interaction (Ledger *ledger, const ModelEvent *event);
void ledger_take_of_request (Ledger *ledger, const ModelEvent *event);
void ledger_take_of_offer (Ledger *ledger, const ModelEvent *event);
void ledger_take_of_part (Ledger *ledger, const ModelEvent *event);
void ledger_take_of_recording (Ledger *ledger, const ModelEvent *event);
/* guichetd stood still: the ends of pauses come later. */
void ledger_take_voicemail (Ledger *ledger, const ModelEvent *event);
void ledger_recordings_wait (Ledger *ledger, gint64 shift);
void ledger_take_of_party (Ledger *ledger, const ModelEvent *event);
void ledger_take_record (Ledger *ledger, const ModelEvent *event);

/* --- several agents in one interaction (ledger-company.c) --- */
void ledger_take_ask (Ledger *ledger, const ModelEvent *event, LedgerRequest *request);
void ledger_take_parked (Ledger *ledger, const ModelEvent *event, LedgerRequest *request);
void ledger_keep_away (LedgerAgent *agent, ModelId request, gint64 until);
void ledger_take_listening (Ledger *ledger, const LedgerPart *part);
void ledger_take_other_ask (Ledger *ledger, const ModelEvent *event, LedgerRequest *request);
void ledger_set_rank (const Ledger *ledger, const ModelEvent *event, LedgerRequest *request);
gboolean ledger_given_on (const Ledger *ledger, ModelId interaction);
void ledger_check_join (Ledger *ledger, const ModelEvent *event);
void ledger_know_outcome (Ledger *ledger, LedgerPart *part);
void ledger_take_talk (Ledger *ledger, const ModelEvent *event, LedgerPart *part);
LedgerPart *ledger_heir (const Ledger *ledger, ModelId interaction);
void ledger_take_role (Ledger *ledger, const ModelEvent *event, LedgerPart *part);
gboolean ledger_helper_may_go (const ModelEvent *event);
gboolean ledger_goes_back (const ModelEvent *event, const LedgerPart *part);

/* --- what is stuck (ledger-force.c) --- */
void ledger_take_force (Ledger *ledger, const ModelEvent *event);
char *invariant_forced_is_over (Ledger *ledger, gint64 now);

/* --- calls that go elsewhere (ledger-forward.c) --- */
void ledger_take_forward (Ledger *ledger, const ModelEvent *event);
/* Whether the number that is rung is the one to which the call was forwarded last. */
gboolean ledger_forwarded_outside (const Ledger *ledger, const ModelEvent *event);
char *invariant_forwards_always (Ledger *ledger, const ModelEvent *event);

/* --- calls (invariants-call.c): what is broken, or NULL --- */
char *invariant_one_talking (Ledger *ledger, const ModelEvent *event);
char *invariant_private_or_not (Ledger *ledger, const ModelEvent *event);
char *invariant_asked_on_hold (Ledger *ledger, const ModelEvent *event);
char *invariant_eight_at_most (Ledger *ledger, const ModelEvent *event);
char *invariant_available_when_it_may (Ledger *ledger, const ModelEvent *event);
char *invariant_talks_once (Ledger *ledger, gint64 now);
char *invariant_asked_from_outside (Ledger *ledger, gint64 now);
char *invariant_nobody_alone (Ledger *ledger, gint64 now);
char *invariant_numbers_are_served (Ledger *ledger, gint64 now);
char *invariant_muted_in_conference (Ledger *ledger, gint64 now);
char *invariant_colleagues_talk (Ledger *ledger, gint64 now);
char *invariant_calls_out_where_allowed (Ledger *ledger, const ModelEvent *event);
/* A queue takes a request only where its rules let it. */
void ledger_check_place (Ledger *ledger, int at);
char *invariant_nothing_where_out (Ledger *ledger, const ModelEvent *event);
char *invariant_dials_alone (Ledger *ledger, const ModelEvent *event);
char *invariant_dialling_ends_in_time (Ledger *ledger, gint64 now);

G_END_DECLS
