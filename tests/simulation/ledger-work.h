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
void ledger_take_record (Ledger *ledger, const ModelEvent *event);

/* --- several agents in one interaction (ledger-company.c) --- */
void ledger_take_ask (Ledger *ledger, const ModelEvent *event, LedgerRequest *request);
void ledger_check_join (Ledger *ledger, const ModelEvent *event);
void ledger_know_outcome (Ledger *ledger, LedgerPart *part);
LedgerPart *ledger_heir (const Ledger *ledger, ModelId interaction);
void ledger_take_role (Ledger *ledger, const ModelEvent *event, LedgerPart *part);
gboolean ledger_helper_may_go (const ModelEvent *event);

G_END_DECLS
