/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The team that the agent works in, chosen among those that the centre allows. */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row for a preferences group; hidden where there is nothing to choose. */
GtkWidget *guichet_own_team_row_new (GuichetSession *session);

G_END_DECLS
