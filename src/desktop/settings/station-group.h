/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Where the agent's calls ring, changeable while none is in hand. */
#define GUICHET_TYPE_STATION_GROUP (guichet_station_group_get_type ())
G_DECLARE_FINAL_TYPE (GuichetStationGroup, guichet_station_group, GUICHET, STATION_GROUP, GtkWidget)

GtkWidget *guichet_station_group_new (GuichetSession *session, GSettings *settings);
