/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/interaction.h"

/* Several agents in one chat or call, in words. */

/* All who are in it now, outside numbers too: GuichetParticipations, by when they came. Unref it.
 */
GPtrArray *guichet_company_all (GuichetInteraction *interaction);
/* Whether it is an outside number, not an agent. */
gboolean guichet_company_is_party (GuichetParticipation *part);
/* Whether an outside number is being called. */
gboolean guichet_company_is_calling (GuichetInteraction *interaction);
/* How many have come with this role. */
guint guichet_company_count (GuichetInteraction *interaction, const char *role);
/* Whether it is a call between colleagues. */
gboolean guichet_company_is_internal (GuichetInteraction *interaction);
/* How many joined those who talked first: of two colleagues the one who was called is none. */
guint guichet_company_joined (GuichetInteraction *interaction);
/* Who is in charge of it; NULL: nobody. Unref it. */
GuichetParticipation *guichet_company_primary (GuichetInteraction *interaction);

/* "with Bob (consulted), Carol": who else is in it; NULL if nobody is. Free it. */
char *guichet_company_names (GuichetInteraction *interaction);
/* Who is asked to come, or did not; NULL if nobody is. Free it. */
char *guichet_company_asked (GuichetInteraction *interaction);
/* Since when it is so, 0: nobody is. */
gint64 guichet_company_asked_at (GuichetInteraction *interaction);
/* Whether that question still stands. */
gboolean guichet_company_is_asking (GuichetInteraction *interaction);
/* Who is consulted, NULL: nobody. Unref it. */
GuichetParticipation *guichet_company_consulted (GuichetInteraction *interaction);
/* Whether this agent only helps here: consulted, or joined. */
gboolean guichet_company_helps (GuichetInteraction *interaction);
