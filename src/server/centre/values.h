/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a piece of work that goes on as another one: it comes along. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

/* Its values but the secure ones: variable → value, for CentreAside. g_hash_table_unref. */
GHashTable *values_of_work (Centre *centre, const char *interaction);
/* For AcdCommand: the variables in a fixed order. NULL of NULL; else g_strfreev. */
char **values_variables (GHashTable *values);

G_END_DECLS
