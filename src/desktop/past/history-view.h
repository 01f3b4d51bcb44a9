/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* All that was before with a customer: by channel, by words, with transcripts. */
#define GUICHET_TYPE_HISTORY_VIEW (guichet_history_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetHistoryView, guichet_history_view, GUICHET, HISTORY_VIEW, GtkWidget)

GtkWidget *guichet_history_view_new (GuichetSession *session);
/* customer "": nobody is linked yet. Asks the centre when it is another one, or after forget. */
void guichet_history_view_show (GuichetHistoryView *self, const char *customer);
void guichet_history_view_forget (GuichetHistoryView *self);
