/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* After a missed or declined contact, or a machine's fault: why the agent is idle now, and
 * Available or Idle. Stays until one of them is chosen. */
#define GUICHET_TYPE_RONA_CARD (guichet_rona_card_get_type ())
G_DECLARE_FINAL_TYPE (GuichetRonaCard, guichet_rona_card, GUICHET, RONA_CARD, GtkWidget)

GtkWidget *guichet_rona_card_new (GuichetSession *session);
