/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where calls ring: this computer, a desk phone, an outside number. Chosen here, changed by the
 * button, greyed with the reason while a contact rings or a call goes on. Main thread only.
 */

#include "desktop/settings/station-group.h"

#include "desktop/settings/phone-settings.h"
#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define N_STATIONS 3

static const struct
{
  const char *kind;
  const char *name;
  const char *address; /* what the field is called; NULL: none */
} stations[N_STATIONS] = {
  { "softphone", N_ ("This computer"), NULL },
  { "desk_phone", N_ ("A desk phone"), N_ ("Number of the desk phone") },
  { "outside_number", N_ ("An outside number"), N_ ("Telephone number") },
};

struct _GuichetStationGroup
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  AdwPreferencesGroup *group;
  GtkWidget *choices[N_STATIONS];
  GtkWidget *rows[N_STATIONS];
  GtkWidget *address;
  GtkWidget *change;

  GuichetSession *session;
  GSettings *settings;
  gboolean under_way;
};

G_DEFINE_FINAL_TYPE (GuichetStationGroup, guichet_station_group, GTK_TYPE_WIDGET)

static guint
chosen (GuichetStationGroup *self)
{
  for (guint i = 0; i < N_STATIONS; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->choices[i])))
      return i;
  return 0;
}

/* As the centre wants it: an outside number is digits, however it was written. */
static char *
address_of (GuichetStationGroup *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->address));

  if (chosen (self) == 0)
    return g_strdup ("");
  return chosen (self) == 2 ? guichet_format_dialled (typed) : g_strstrip (g_strdup (typed));
}

static gboolean
has_call (GuichetSession *session)
{
  GListModel *interactions = guichet_session_get_interactions (session);

  for (guint i = 0; i < g_list_model_get_n_items (interactions); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (interactions, i);
      const char *phase = guichet_interaction_get_phase (one);

      if (g_str_equal (guichet_interaction_get_channel (one), "voice") &&
          (g_str_equal (phase, "active") || g_str_equal (phase, "held") ||
           g_str_equal (phase, "dialling")))
        return TRUE;
    }
  return FALSE;
}

/* Why nothing can be changed now, or NULL. */
static const char *
reason_not (GuichetStationGroup *self)
{
  const char *code = g_list_model_get_n_items (guichet_session_get_offers (self->session)) > 0
                         ? "offer_outstanding"
                     : has_call (self->session) ? "call_in_progress"
                                                : NULL;

  if (!guichet_session_get_link_up (self->session))
    return guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down");
  return code != NULL ? guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, code)
                      : NULL;
}

static gboolean
is_another (GuichetStationGroup *self)
{
  g_autofree char *now = NULL;
  g_autofree char *address = address_of (self);

  g_object_get (self->session, "station-address", &now, NULL);
  if (chosen (self) != 0 && *address == '\0')
    return FALSE;
  return !g_str_equal (guichet_session_get_station (self->session), stations[chosen (self)].kind) ||
         g_strcmp0 (now, address) != 0;
}

static void
refresh (GuichetStationGroup *self)
{
  const char *reason = reason_not (self);
  const char *title = stations[chosen (self)].address;

  for (guint i = 0; i < N_STATIONS; i++)
    {
      gtk_widget_set_sensitive (self->rows[i], reason == NULL && !self->under_way);
      guichet_accessible_grey (self->choices[i], reason, NULL);
    }
  gtk_widget_set_visible (self->address, title != NULL);
  if (title != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->address), _ (title));
  gtk_widget_set_sensitive (self->address, reason == NULL && !self->under_way);
  adw_preferences_group_set_description (self->group, reason);
  guichet_accessible_grey (self->change, reason, NULL);
  if (reason == NULL)
    gtk_widget_set_sensitive (self->change, is_another (self) && !self->under_way);
}

static void
on_chosen (GuichetStationGroup *self)
{
  guichet_banner_hide (self->banner);
  refresh (self);
}

/* What stands at the centre. */
static void
show_station (GuichetStationGroup *self)
{
  g_autofree char *address = NULL;

  g_object_get (self->session, "station-address", &address, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->address), address != NULL ? address : "");
  for (guint i = 0; i < N_STATIONS; i++)
    if (g_str_equal (guichet_session_get_station (self->session), stations[i].kind))
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choices[i]), TRUE);
  refresh (self);
}

/* --- change ----------------------------------------------------------------------------------- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetStationGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  self->under_way = FALSE;
  if (self->session == NULL)
    return;
  if (!guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    {
      text = guichet_words_of_error (error);
      guichet_banner_show (self->banner, GUICHET_BANNER_ERROR, text, NULL);
      refresh (self);
      return;
    }
  g_object_get (self->session, "station-address", &address, NULL);
  g_settings_set_string (self->settings, "station", guichet_session_get_station (self->session));
  if (address != NULL && *address != '\0')
    g_settings_set_string (self->settings, "station-address", address);
  show_station (self);
  guichet_banner_show (self->banner, GUICHET_BANNER_INFO, _ ("Calls ring there from now on."),
                       NULL);
}

static void
on_change (GuichetStationGroup *self)
{
  g_autofree char *address = address_of (self);

  self->under_way = TRUE;
  guichet_banner_hide (self->banner);
  if (chosen (self) == 0 && guichet_session_get_phone (self->session) != NULL)
    guichet_phone_settings_start (guichet_session_get_phone (self->session), self->settings);
  guichet_session_set_station_async (self->session, stations[chosen (self)].kind, address, NULL,
                                     on_changed, g_object_ref (self));
  refresh (self);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_station_group_dispose (GObject *object)
{
  GuichetStationGroup *self = GUICHET_STATION_GROUP (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (guichet_station_group_parent_class)->dispose (object);
}

static void
guichet_station_group_class_init (GuichetStationGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_station_group_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
add_choice (GuichetStationGroup *self, guint i)
{
  GtkWidget *choice = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();

  if (i > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (self->choices[0]));
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (stations[i].name));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
  adw_preferences_group_add (self->group, row);
  self->choices[i] = choice;
  self->rows[i] = row;
}

static void
guichet_station_group_init (GuichetStationGroup *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->address = adw_entry_row_new ();
  self->change = gtk_button_new_with_label (_ ("Let calls ring there"));
  adw_preferences_group_set_title (self->group, _ ("Calls ring on"));
  for (guint i = 0; i < N_STATIONS; i++)
    add_choice (self, i);
  adw_preferences_group_add (self->group, self->address);
  gtk_widget_set_halign (self->change, GTK_ALIGN_END);
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->group), GTK_WIDGET (self));
  gtk_widget_set_parent (self->change, GTK_WIDGET (self));
}

GtkWidget *
guichet_station_group_new (GuichetSession *session, GSettings *settings)
{
  GuichetStationGroup *self = g_object_new (GUICHET_TYPE_STATION_GROUP, NULL);
  GListModel *lists[] = { guichet_session_get_offers (session),
                          guichet_session_get_interactions (session) };

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  show_station (self);
  for (guint i = 0; i < N_STATIONS; i++)
    g_signal_connect_swapped (self->choices[i], "toggled", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->address, "changed", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->change, "clicked", G_CALLBACK (on_change), self);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_object (lists[i], "items-changed", G_CALLBACK (refresh), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::link-up", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
