/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The page that asks who works where. Activates
 *   app.sign-in (b take_over)   the fields are filled in; read them with the getters
 *   app.demo                    the demo centre is wanted
 *   app.cancel-sign-in          the sign-in under way is to be given up */
#define GUICHET_TYPE_SIGNIN_PAGE (guichet_signin_page_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSigninPage, guichet_signin_page, GUICHET, SIGNIN_PAGE, GtkWidget)

/* Fills the fields in from what was used last. */
void guichet_signin_page_bind_settings (GuichetSigninPage *self, GSettings *settings);

/* Greys the fields and says what goes on; NULL ends it. */
void guichet_signin_page_set_busy (GuichetSigninPage *self, const char *what);

/* Says in words why it failed. The code decides where the cursor goes and whether taking over is
 * offered; retry_after is in seconds, 0 if none. */
void guichet_signin_page_show_error (GuichetSigninPage *self, const char *code, gint64 retry_after);

/* A line that is no error, e.g. why the session ended. NULL hides it. */
void guichet_signin_page_show_note (GuichetSigninPage *self, const char *text);

const char *guichet_signin_page_get_centre (GuichetSigninPage *self);
const char *guichet_signin_page_get_agent (GuichetSigninPage *self);
const char *guichet_signin_page_get_password (GuichetSigninPage *self);
const char *guichet_signin_page_get_station (GuichetSigninPage *self);
const char *guichet_signin_page_get_station_address (GuichetSigninPage *self);
