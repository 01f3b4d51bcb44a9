/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small things that every view needs. Main thread only.
 */

#include "desktop/widgets/util.h"

#include "client/phone.h"
#include "client/session.h"
#include "desktop/text/error-words.h"

void
guichet_widget_drop_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

void
guichet_toast (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

void
guichet_widget_set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
guichet_refresh_soon (GtkWidget *widget, guint *id, GSourceFunc refresh)
{
  /* Before GDK_PRIORITY_REDRAW, so that the frame that follows shows it. */
  if (*id == 0)
    *id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refresh, widget, NULL);
}

static void
report (GtkWidget *widget, GError *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = guichet_words_of_error (error);

      guichet_toast (widget, text);
    }
}

void
guichet_command_done (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  guichet_session_command_finish (GUICHET_SESSION (session), result, &error);
  report (widget, error);
}

void
guichet_phone_command_done (GObject *phone, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  guichet_phone_call_finish (GUICHET_PHONE (phone), result, &error);
  report (widget, error);
}
