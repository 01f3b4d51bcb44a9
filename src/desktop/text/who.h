/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/interaction.h"
#include "client/offer.h"
#include "client/recent.h"

/* The customer as a heading: the name if the centre knows one, else the number as the centre gives
 * it (perhaps masked), else "Unknown customer". Transfer full. */
char *guichet_who (const char *name, const char *number);
char *guichet_who_offer (GuichetOffer *offer);
char *guichet_who_interaction (GuichetInteraction *interaction);
char *guichet_who_recent (GuichetRecent *recent);

/* Whose telephone rings of a call that this agent begins, as a sentence; station: the session's,
 * where the softphone takes its own call by itself. */
const char *guichet_who_rings (GuichetInteraction *interaction, const char *station);

/* A bot of the centre's site by its name, which may be "". Free it. */
char *guichet_who_bot (const char *name);

/* "forwarded by Boris": whose call it was; NULL: nobody's. Free it. */
char *guichet_who_forwarded (const char *name);

/* "From Alice · Counter": who transferred a contact, with the team if one is given; NULL if nobody
 * did. Free it. */
char *guichet_who_from (const char *name, const char *team);
