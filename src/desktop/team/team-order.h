/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

/* The order in which colleagues stand: who can take a call first, then by name. For
 * GCompareDataFunc. */
int guichet_team_compare (gconstpointer a, gconstpointer b, gpointer unused);

/* Whether each word of the search, folded, is in some part of the name. NULL or "" finds all. */
gboolean guichet_team_matches (GuichetColleague *colleague, const char *folded);
