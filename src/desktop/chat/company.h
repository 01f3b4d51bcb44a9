/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/interaction.h"

/* Several agents in one chat, in words. */

/* "with Bob (consulted), Carol": who else is in it; NULL if nobody is. Free it. */
char *guichet_company_names (GuichetInteraction *interaction);
/* Who is asked to come, or did not; NULL if nobody is. Free it. */
char *guichet_company_asked (GuichetInteraction *interaction);
/* Whether that question still stands. */
gboolean guichet_company_is_asking (GuichetInteraction *interaction);
/* The agent who is consulted, NULL: nobody. Unref it. */
GuichetParticipation *guichet_company_consulted (GuichetInteraction *interaction);
/* Whether this agent only helps here: consulted, or joined. */
gboolean guichet_company_helps (GuichetInteraction *interaction);
