/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/live-agent.h"
#include "client/session.h"

#include <gtk/gtk.h>

/* When an agent's own calls go elsewhere, and where to: of one whom the supervisor leads, or (NULL)
 * of who sits here. Hidden where the centre does not permit it. */
GtkWidget *guichet_forward_group_new (GuichetSession *session, GuichetLiveAgent *agent);
