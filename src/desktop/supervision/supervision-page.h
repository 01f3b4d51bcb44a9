/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/supervision/supervision-view.h"

#include <adwaita.h>

/* The page of supervisors among the views, which nobody else sees. */
GtkWidget *guichet_supervision_page_add (AdwViewStack *views, GuichetSession *session);
/* What a supervisor did for the agent, in words, or NULL. Transfer full. */
char *guichet_supervision_words (const char *name, const char *what, const char *channel);
