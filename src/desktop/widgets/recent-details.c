/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The details of one past contact: who, when, where it came in, how it ended and why. A plain
 * window; Escape closes it. Main thread only.
 */

#include "desktop/widgets/recent-details.h"

#include "desktop/desk/allowed.h"
#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/rows-window.h"
#include "desktop/widgets/util.h"
#include "desktop/past/recording-player.h"
#include "desktop/past/transcript-window.h"
#include "desktop/window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  /* However many: GTK complains of some short texts, like 0:11, where their lines are counted. */
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
}

static char *
time_of (GuichetRecent *recent)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (guichet_recent_get_at (recent) / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%x, %X") : NULL;
}

static GtkWidget *
build_rows (GuichetRecent *recent)
{
  GtkWidget *group = adw_preferences_group_new ();
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);
  const char *why = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                                        guichet_recent_get_reason (recent));
  g_autofree char *who = guichet_who_recent (recent);
  g_autofree char *time = time_of (recent);
  g_autofree char *talk = guichet_recent_get_talk (recent) > 0
                              ? guichet_format_duration (guichet_recent_get_talk (recent))
                              : NULL;

  add_row (rows, _ ("Customer"), who);
  add_row (rows, _ ("Number"), guichet_recent_get_customer_number (recent));
  add_row (rows, _ ("Queue"), guichet_recent_get_queue_name (recent));
  add_row (rows, _ ("Date and time"), time);
  add_row (rows, _ ("Result"), guichet_words_recent (guichet_recent_get_kind (recent)));
  add_row (rows, _ ("Reason"), why);
  add_row (rows, _ ("Forwarded by"), guichet_recent_get_forwarded_by (recent));
  add_row (rows, _ ("Talking time"), talk);
  add_row (rows, _ ("Disposition"), guichet_recent_get_disposition_name (recent));
  add_row (rows, _ ("Handled by"), guichet_recent_get_agents (recent));
  add_row (rows, _ ("Notes"), guichet_recent_get_note (recent));
  return group;
}

static void
on_transcript (GtkWidget *button, GuichetRecent *recent)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (button));
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (window));
  GuichetSession *session = guichet_window_session_of (GTK_WIDGET (parent));

  if (session != NULL)
    guichet_transcript_show (parent, session, recent);
  gtk_window_close (GTK_WINDOW (window));
}

static GtkWidget *
transcript_button_new (GuichetRecent *recent)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Open transcript"));

  g_signal_connect_object (button, "clicked", G_CALLBACK (on_transcript), recent, 0);
  return button;
}

static void
on_listen (GtkWidget *button, GuichetRecent *recent)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (button));
  GtkWindow *parent = gtk_window_get_transient_for (window);
  GuichetSession *session = guichet_window_session_of (GTK_WIDGET (parent));

  if (session != NULL)
    guichet_recording_player_show (parent, session, recent);
  gtk_window_close (window);
}

static GtkWidget *
listen_button_new (GuichetRecent *recent)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Listen to the recording"));

  g_signal_connect_object (button, "clicked", G_CALLBACK (on_listen), recent, 0);
  return button;
}

static gboolean
is_recorded (GuichetRecent *recent)
{
  const char *const *recordings = guichet_recent_get_recordings (recent);

  return recordings != NULL && recordings[0] != NULL;
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) parent = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    return;
  text = guichet_words_of_error (error);
  guichet_toast (parent, text);
}

static void
on_call_back (GtkWidget *button, GuichetRecent *recent)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (button));
  GtkWidget *parent = GTK_WIDGET (gtk_window_get_transient_for (window));
  GuichetSession *session = guichet_window_session_of (parent);

  if (session != NULL)
    guichet_session_call_back_async (session, recent, NULL, on_called, g_object_ref (parent));
  gtk_window_close (window);
}

/* Absent where nobody may be called; with the reason where not now. */
static GtkWidget *
call_button_new (GtkWidget *widget, GuichetRecent *recent)
{
  GuichetSession *session = guichet_window_session_of (widget);
  const char *reason = NULL;
  GtkWidget *button;
  ModelVerdict verdict;

  if (session == NULL || (*guichet_recent_get_customer_number (recent) == '\0' &&
                          *guichet_recent_get_customer (recent) == '\0'))
    return NULL;
  verdict = guichet_may_call (session, NULL, &reason);
  if (verdict == MODEL_HIDDEN)
    return NULL;
  button = gtk_button_new_with_label (_ ("Call back"));
  guichet_accessible_grey (button, reason, NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_call_back), recent, 0);
  return button;
}

void
guichet_recent_details_show (GtkWidget *widget, GuichetRecent *recent)
{
  GtkWidget *parent = GTK_WIDGET (gtk_widget_get_root (widget));
  GtkWidget *call = call_button_new (widget, recent);
  GtkWindow *window = guichet_rows_window_new (GTK_WINDOW (parent), _ ("Details of the contact"),
                                               420, build_rows (recent));

  if (call != NULL)
    guichet_rows_window_add (window, call);
  if (is_recorded (recent))
    guichet_rows_window_add (window, listen_button_new (recent));
  if (*guichet_recent_get_conversation (recent) != '\0')
    guichet_rows_window_add (window, transcript_button_new (recent));
  gtk_window_present (window);
}
