/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is whose colleague, and what desks see of each: the members of an agent's team, for a
 * supervisor everyone. Presence follows from the core and is not stored; an event only marks its
 * agent, and twice a second what changed goes to the desks that asked, in one message each.
 * Centre's thread. */
#pragma once

#include "model/event.h"
#include "server/centre/centre.h"

G_BEGIN_DECLS

Colleagues *colleagues_new (Centre *centre);
void colleagues_free (Colleagues *self);

/* What the agent of this event shows may be another now. */
void colleagues_mark (Colleagues *self, const ModelEvent *event);

/* What the agent shows now, dated as well as it is known. */
AcdPresenceView colleagues_presence (Colleagues *self, const char *agent);

/* {"teams","colleagues"} for this agent, without him or her. From now on the agent's stream tells
 * of them. */
JsonObject *colleagues_of (Colleagues *self, const char *agent);

G_END_DECLS
