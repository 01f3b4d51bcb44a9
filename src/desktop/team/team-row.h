/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* One line of the team: who, what he or she does, since when. */
#define GUICHET_TYPE_TEAM_ROW (guichet_team_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTeamRow, guichet_team_row, GUICHET, TEAM_ROW, GtkWidget)

/* The session names the reasons. */
GtkWidget *guichet_team_row_new (GuichetSession *session);
/* NULL: nobody. */
void guichet_team_row_set_colleague (GuichetTeamRow *self, GuichetColleague *colleague);
