/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a centre a demo: the fictional centre's definitions, an agent with a known password,
 * and customers who call by SIP, write in the web chat and by SMS, in a process of their own. */
#pragma once

#include "server/centre/centre.h"

#define DEMO_AGENT    "demo"
#define DEMO_PASSWORD "demo"

typedef struct _DemoCentre DemoCentre;

/* Applies what is missing; @ready when it is durable. */
DemoCentre *
demo_centre_new (Centre *centre, CentreReadyFunc ready, gpointer user_data, GError **error);
/* The page of the web chat served at @webchat: what a person opens to be a customer. NULL: none. */
char *demo_centre_page (Centre *centre, const char *webchat);
/* The gateway by which its customers write: themselves, on a socket of loopback. Before there are
 * listeners. */
gboolean demo_centre_gateway (DemoCentre *self, Config *config, GError **error);
/* Lets customers call at this SIP address, write on this page and to where SMS are taken (may be
 * NULL) from now on, while an agent is available. */
void demo_centre_open (DemoCentre *self, const char *sip, const char *page, const char *webhooks);
/* The trunk by which the customers of this machine come, and the variables that they bring. */
void demo_centre_trunk (Centre *centre, Config *config);
void demo_centre_free (DemoCentre *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoCentre, demo_centre_free)
