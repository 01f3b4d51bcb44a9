/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row for each kind of news: its sound, heard when it is chosen, and its notification. What the
 * centre decides is greyed and says so. Main thread only.
 */

#include "desktop/settings/alert-group.h"

#include "desktop/offers/alert-kind.h"
#include "desktop/widgets/accessible.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const char *const sounds[] = { "", "chime", "bell", "drop", "wood", "beat" };

static const struct
{
  const char *title;
  const char *notify;
  const char *sound; /* for a screen reader */
} rows[GUICHET_N_ALERT_KINDS] = {
  [GUICHET_ALERT_CALL] = { N_ ("Calls"), N_ ("Notify me of calls"), N_ ("Sound of calls") },
  [GUICHET_ALERT_CHAT] = { N_ ("Chats offered"), N_ ("Notify me of chats offered"),
                           N_ ("Sound of chats offered") },
  [GUICHET_ALERT_MAIL] = { N_ ("Mails and SMS offered"), N_ ("Notify me of mails and SMS offered"),
                           N_ ("Sound of mails and SMS offered") },
  [GUICHET_ALERT_MESSAGE] = { N_ ("Messages in chats not in view"),
                              N_ ("Notify me of messages in chats not in view"),
                              N_ ("Sound of messages in chats not in view") },
  [GUICHET_ALERT_TEAM] = { N_ ("Messages of colleagues"),
                           N_ ("Notify me of messages of colleagues"),
                           N_ ("Sound of messages of colleagues") },
  [GUICHET_ALERT_VOICEMAIL] = { N_ ("Voicemail"), N_ ("Notify me of voicemail"),
                                N_ ("Sound of voicemail") },
};

static void
on_sound (GtkDropDown *list, GParamSpec *pspec, GSettings *settings)
{
  GuichetAlertKind kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (list), "kind"));
  GuichetSession *session = g_object_get_data (G_OBJECT (list), "session");
  GuichetPhone *phone = guichet_session_get_phone (session);
  const char *name = sounds[MIN (gtk_drop_down_get_selected (list), G_N_ELEMENTS (sounds) - 1)];

  g_settings_set_string (settings, guichet_alert_sound_key (kind), name);
  if (phone != NULL && *name != '\0')
    guichet_phone_play_sound (phone, name);
}

static GtkWidget *
sound_list (GuichetSession *session, GSettings *settings, GuichetAlertKind kind)
{
  const char *const names[] = { _ ("No sound"), _ ("Chime"), _ ("Bell"), _ ("Drop"),
                                _ ("Wood"),     _ ("Beat"),  NULL };
  GtkWidget *list = gtk_drop_down_new_from_strings (names);
  g_autofree char *chosen = guichet_alert_sound (settings, kind);

  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_equal (sounds[i], chosen))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (list), i);
  gtk_widget_set_valign (list, GTK_ALIGN_CENTER);
  guichet_accessible_name (list, _ (rows[kind].sound));
  g_object_set_data (G_OBJECT (list), "kind", GINT_TO_POINTER (kind));
  g_object_set_data_full (G_OBJECT (list), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (list, "notify::selected", G_CALLBACK (on_sound), settings, 0);
  return list;
}

static GtkWidget *
alert_row (GuichetSession *session, GSettings *settings, GuichetAlertKind kind)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();
  const char *none = guichet_session_get_toasts_max (session) == 0
                         ? _ ("The centre has switched notifications off")
                         : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (rows[kind].title));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  guichet_accessible_name (button, _ (rows[kind].notify));
  g_settings_bind (settings, guichet_alert_notify_key (kind), button, "active",
                   G_SETTINGS_BIND_NO_SENSITIVITY);
  guichet_accessible_grey (button, none, _ (rows[kind].notify));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), sound_list (session, settings, kind));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

GtkWidget *
guichet_alert_group_new (GuichetSession *session, GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Sounds and notifications"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      guichet_session_get_toasts_max (session) == 0
          ? _ ("The centre has switched notifications off")
          : _ ("Notifications come while this window is not in front. While the desktop is set not "
               "to disturb, nothing sounds and no notification comes."));
  for (GuichetAlertKind kind = 0; kind < GUICHET_N_ALERT_KINDS; kind++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), alert_row (session, settings, kind));
  guichet_accessible_name_inner (group, GTK_TYPE_LIST_BOX, _ ("Sounds and notifications"));
  return group;
}
