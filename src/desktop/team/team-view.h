/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What the colleagues do: one line each, those who can take a call first, with a search by name. */
#define GUICHET_TYPE_TEAM_VIEW (guichet_team_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTeamView, guichet_team_view, GUICHET, TEAM_VIEW, GtkWidget)

GtkWidget *guichet_team_view_new (GuichetSession *session);

/* The search takes the focus, as soon as there is somebody to search. */
void guichet_team_view_search (GuichetTeamView *self);
