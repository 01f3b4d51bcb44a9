/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

#define GUICHET_TYPE_AGENT_ROW (guichet_agent_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetAgentRow, guichet_agent_row, GUICHET, AGENT_ROW, GtkWidget)

GtkWidget *guichet_agent_row_new (GuichetSession *session);
void guichet_agent_row_set_agent (GuichetAgentRow *self, GuichetLiveAgent *agent);
GuichetLiveAgent *guichet_agent_row_get_agent (GuichetAgentRow *self);
