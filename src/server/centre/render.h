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
/* The team the agent is in now, or NULL. */
const char *centre_agent_team (Centre *centre, const char *agent);
JsonObject *render_agent (Centre *centre, const char *agent);
JsonObject *render_state (Centre *centre, const char *agent);
JsonArray *render_memberships (Centre *centre, const char *agent);
JsonObject *render_offer (Centre *centre, const AcdOfferView *offer);
/* Of the outside numbers in a call. */
JsonArray *render_parties (Centre *centre, const Record *record);
JsonObject *render_interaction (Centre *centre, Record *record);
/* As this agent sees it: of who only listens, the own part. */
JsonObject *render_interaction_for (Centre *centre, Record *record, const char *agent);
/* Of a call: what is recorded now, and what the agent who leads may do by the rules. */
JsonObject *render_recording (Centre *centre, const Record *record);
/* To whom a supervisor with this part listens, and how, into the object. */
void render_supervision (Centre *centre, const Part *part, JsonObject *object);
/* Whether agents are told that a supervisor listens. */
gboolean render_shows_monitoring (Centre *centre);
/* A word, or NULL where nothing is said. */
const char *render_sentiment (ModelSentiment sentiment);
/* Of ended work: resolved. */
const char *render_status (const Record *record);
/* The centre's id and its names. */
JsonObject *render_centre (Centre *centre);
JsonObject *render_queue_figures (Centre *centre, const char *queue);
/* The centre, queues, reasons, dispositions, tags, variables, settings into the object. */
void render_definitions (Centre *centre, const char *agent, JsonObject *into);
JsonObject *render_names (ModelNames names);
/* {"id","names"}: what of a definition its users choose by. */
JsonObject *render_named (const char *id, ModelNames names);

G_END_DECLS
