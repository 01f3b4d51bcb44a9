/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How im.c reads the centre's JSON. Inside this room. */
#pragma once

#include "client/record.h"

#include "base/json.h"

/* Of INTERACTION: who is at the other end, if that is a colleague of this agent's. */
gboolean guichet_apply_between (GuichetRecord *record,
                                const BaseJson *json,
                                const char *agent,
                                GError **error);
/* Of CONVERSATION: how far both have read. */
gboolean guichet_apply_reads (GuichetRecord *record, const BaseJson *conversation, GError **error);
