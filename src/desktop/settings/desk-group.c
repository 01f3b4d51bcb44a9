/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of the desk itself. What the centre decides is greyed and says so. Main thread only.
 */

#include "desktop/settings/desk-group.h"

#include "desktop/clips/clips-window.h"
#include "desktop/replies/replies-window.h"
#include "desktop/settings/own-team-row.h"
#include "desktop/widgets/accessible.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
on_scheme (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  g_settings_set_enum (settings, "color-scheme", (int) adw_combo_row_get_selected (row));
}

static GtkWidget *
scheme_row (GSettings *settings)
{
  const char *const names[] = { _ ("As the system"), _ ("Light"), _ ("Dark"), NULL };
  GtkStringList *list = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Colours"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row),
                              (guint) g_settings_get_enum (settings, "color-scheme"));
  guichet_accessible_name_inner (row, GTK_TYPE_LIST_VIEW, _ ("Colours"));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_scheme), settings, 0);
  g_object_unref (list);
  return row;
}

/* A row with a switch at its end, which is in *button. */
static GtkWidget *
switch_row (const char *title, GtkWidget **button)
{
  GtkWidget *row = adw_action_row_new ();

  *button = gtk_switch_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (*button, GTK_ALIGN_CENTER);
  guichet_accessible_name (*button, title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), *button);
  return row;
}

/* Several chats are easier told apart; without, the list is calmer. */
static GtkWidget *
stripes_row (GSettings *settings)
{
  GtkWidget *button;
  GtkWidget *row = switch_row (_ ("A colour for each conversation"), &button);

  g_settings_bind (settings, "stripes", button, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static void
on_auto_accept (GtkSwitch *button, GParamSpec *pspec, GuichetSession *session)
{
  gboolean on = gtk_switch_get_active (button);

  if (g_str_equal (guichet_session_get_auto_accept_mode (session), "agent") &&
      on != guichet_session_get_auto_accept (session))
    guichet_session_set_auto_accept_async (session, on, NULL, NULL, NULL);
}

/* Why the agent cannot choose, or NULL. */
static const char *
auto_accept_decided (GuichetSession *session)
{
  const char *mode = guichet_session_get_auto_accept_mode (session);

  if (!g_str_equal (guichet_session_get_station (session), "softphone"))
    return _ ("Only the phone of this computer can do this");
  if (g_str_equal (mode, "on"))
    return _ ("The centre has all calls answered for you");
  return g_str_equal (mode, "agent") ? NULL : _ ("The centre wants you to answer calls yourself");
}

static void
show_auto_accept (GtkWidget *row)
{
  GuichetSession *session = g_object_get_data (G_OBJECT (row), "session");
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "switch");
  const char *decided = auto_accept_decided (session);
  gboolean softphone = g_str_equal (guichet_session_get_station (session), "softphone");

  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (row),
      decided != NULL ? decided : _ ("A call is answered after its phone has rung for a second"));
  gtk_switch_set_active (GTK_SWITCH (button),
                         softphone && guichet_session_get_auto_accept (session));
  guichet_accessible_grey (button, decided, NULL);
}

static GtkWidget *
auto_accept_row (GuichetSession *session)
{
  static const char *const what[] = { "notify::auto-accept-mode", "notify::auto-accept",
                                      "notify::station" };
  GtkWidget *button;
  GtkWidget *row = switch_row (_ ("Answer calls for me"), &button);

  g_object_set_data_full (G_OBJECT (row), "session", g_object_ref (session), g_object_unref);
  g_object_set_data (G_OBJECT (row), "switch", button);
  show_auto_accept (row);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (on_auto_accept), session, 0);
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    g_signal_connect_object (session, what[i], G_CALLBACK (show_auto_accept), row,
                             G_CONNECT_SWAPPED);
  return row;
}

/* Where there is room; in a small window they are shown one at a time. */
static GtkWidget *
beside_row (GSettings *settings)
{
  GtkWidget *button;
  GtkWidget *row = switch_row (_ ("Two chats side by side"), &button);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Where the window is wide enough"));
  g_settings_bind (settings, "side-by-side", button, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static void
on_replies (AdwActionRow *row, GuichetSession *session)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));

  gtk_window_present (GTK_WINDOW (guichet_replies_window_new (GTK_WINDOW (root), session)));
}

static GtkWidget *
replies_row (GuichetSession *session)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Canned replies"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("What you send often, by a /shortcut"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  guichet_accessible_name (row, _ ("Canned replies"));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_replies), session, 0);
  return row;
}

static void
on_clips (AdwActionRow *row, GuichetSession *session)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));

  gtk_window_present (GTK_WINDOW (guichet_clips_window_new (GTK_WINDOW (root), session)));
}

static GtkWidget *
clips_row (GuichetSession *session)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Clips"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("What you say often, recorded once"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  guichet_accessible_name (row, _ ("Clips"));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_clips), session, 0);
  return row;
}

GtkWidget *
guichet_desk_group_new (GuichetSession *session, GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Desk"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scheme_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), beside_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), stripes_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), guichet_own_team_row_new (session));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), auto_accept_row (session));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), replies_row (session));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), clips_row (session));
  guichet_accessible_name_inner (group, GTK_TYPE_LIST_BOX, _ ("Desk"));
  return group;
}
