/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of the agent API (docs/protocol.md) as JSON, for a desk: numbers are masked here
 * where the centre says so, secure values never appear. The caller owns what is returned. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

/* The number as a desk may see it. NULL stays NULL. Free with g_free. */
char *render_number (Centre *centre, const char *number);
/* The same for an address of a channel. */
char *render_address (Centre *centre, const char *channel, const char *address);
/* A number in characters that a SIP URI may hold. */
char *render_sip_number (Centre *centre, const char *number);

JsonObject *
render_customer (Centre *centre, const char *number, const char *name, const char *customer);
JsonObject *render_agent (Centre *centre, const char *agent);
JsonObject *render_state (Centre *centre, const char *agent);
JsonArray *render_memberships (Centre *centre, const char *agent);
JsonObject *render_offer (Centre *centre, const AcdOfferView *offer);
JsonObject *render_interaction (Centre *centre, Record *record);
/* The centre's id and its names. */
JsonObject *render_centre (Centre *centre);
JsonObject *render_queue_figures (Centre *centre, const char *queue);
/* The centre, queues, reasons, dispositions, tags, variables, settings into the object. */
void render_definitions (Centre *centre, const char *agent, JsonObject *into);
JsonObject *render_names (ModelNames names);

G_END_DECLS
