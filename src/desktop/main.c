/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `guichet`: the desk of a contact-centre agent. Sets the language up and runs the application.
 */

#include "base/leave.h"
#include "desktop/application.h"
#include "desktop/config.h"
#include "desktop/style.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  const char *locales = g_getenv ("GUICHET_LOCALEDIR"); /* of a build tree */

  GuichetApplication *application;
  int status;

  guichet_style_prepare ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : GUICHET_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Guichet");
  gtk_window_set_default_icon_name (GUICHET_APPLICATION_ID);
  application = guichet_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_clear_object (&application);
  base_leave (status);
}
