/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"
#include "desktop/signin/signin-page.h"

#include <adwaita.h>

/* The agent's window: sign-in page, sound page on first run, then the desk. */
#define GUICHET_TYPE_WINDOW (guichet_window_get_type ())
G_DECLARE_FINAL_TYPE (GuichetWindow, guichet_window, GUICHET, WINDOW, AdwApplicationWindow)

GuichetWindow *guichet_window_new (GuichetSession *session, GSettings *settings);
/* Makes the page if none was shown yet. */
GuichetSigninPage *guichet_window_get_signin (GuichetWindow *self);
/* The page, and the password in it, goes once the desk stands in its place. */
void guichet_window_drop_signin (GuichetWindow *self);
void guichet_window_toast (GuichetWindow *self, const char *text);
void guichet_window_show_about (GuichetWindow *self);
/* A link that another program handed over (phone-link.h): asks whether to call its number, once
 * there is a desk to call from; says so if it names none. */
void guichet_window_open_link (GuichetWindow *self, const char *uri);
/* The demo goes straight to the desk. */
void guichet_window_skip_sound (GuichetWindow *self);
/* The session of the desk to which this widget's window belongs, or NULL. */
GuichetSession *guichet_window_session_of (GtkWidget *widget);
