/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Everything of a signed-in agent: header bar, banners, views, and the offer cards above them. */
#define GUICHET_TYPE_MAIN_PAGE (guichet_main_page_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMainPage, guichet_main_page, GUICHET, MAIN_PAGE, GtkWidget)

GtkWidget *guichet_main_page_new (GuichetSession *session, GSettings *settings);

/* Brings this piece of work before the agent. */
void guichet_main_page_work_on (GuichetMainPage *self, GuichetInteraction *interaction);

/* Every action of shortcuts.c that is about work: "answer", "hold", "available", "desk"... */
void guichet_main_page_perform (GuichetMainPage *self, const char *action);
