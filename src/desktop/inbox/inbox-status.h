/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/inbox/inbox-row.h"

/* Where one of the agent's own conversations stands, and the choice of another. done gets data when
 * the centre has answered. */
GtkWidget *guichet_inbox_status_new (GuichetSession *session, GuichetInboxDone done, gpointer data);
void guichet_inbox_status_show (GtkWidget *widget, GuichetRecent *recent);
