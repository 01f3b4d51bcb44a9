/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* When the agent's own calls go elsewhere, and where to; hidden where the centre does not permit
 * it. */
GtkWidget *guichet_forward_group_new (GuichetSession *session);
