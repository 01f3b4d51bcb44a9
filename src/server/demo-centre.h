/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a centre a demo: the fictional centre's definitions, an agent with a known password,
 * and customers who call by SIP, in a process of their own. */
#pragma once

#include "server/centre/centre.h"

#define DEMO_AGENT    "demo"
#define DEMO_PASSWORD "demo"

typedef struct _DemoCentre DemoCentre;

/* Applies what is missing; @ready when it is durable. */
DemoCentre *
demo_centre_new (Centre *centre, CentreReadyFunc ready, gpointer user_data, GError **error);
/* Lets customers call at this SIP address from now on, while an agent is available. */
void demo_centre_open (DemoCentre *self, const char *sip);
/* The trunk by which the customers of this machine come, and the variables that they bring. */
void demo_centre_trunk (Centre *centre, Config *config);
void demo_centre_free (DemoCentre *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoCentre, demo_centre_free)
