/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What was written with a customer, in a window of its own, about the message that the recent
 * names. Escape closes it. */
void guichet_transcript_show (GtkWindow *parent, GuichetSession *session, GuichetRecent *recent);
