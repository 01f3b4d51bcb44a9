/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sign-in page: address of the centre, agent, password, station. It knows no session: it says
 * what is wanted and is told how that went. Main thread only.
 */

#include "desktop/signin/signin-page.h"

#include "desktop/text/format.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetSigninPage
{
  GtkWidget parent_instance;

  GtkWidget *clamp;
  GuichetBanner *banner;
  GtkWidget *fields;
  GtkEditable *centre;
  GtkEditable *agent;
  GtkEditable *password;
  /* Radio buttons: a drop-down brings list views, which cost half the start. */
  GtkCheckButton *softphone;
  GtkCheckButton *desk_phone;
  GtkCheckButton *outside_number;
  GtkEditable *address;
  GtkWidget *button;
  GtkLabel *button_label;
  GtkSpinner *spinner;
  GtkWidget *demo;
  gboolean busy;
  gboolean elsewhere;
};

G_DEFINE_FINAL_TYPE (GuichetSigninPage, guichet_signin_page, GTK_TYPE_WIDGET)

static const char *const stations[] = { "softphone", "desk_phone", "outside_number" };

static gboolean
is_filled (GtkEditable *editable)
{
  return *gtk_editable_get_text (editable) != '\0';
}

/* Of stations[]. */
static guint
station_index (GuichetSigninPage *self)
{
  return gtk_check_button_get_active (self->outside_number) ? 2
         : gtk_check_button_get_active (self->desk_phone)   ? 1
                                                            : 0;
}

static gboolean
is_complete (GuichetSigninPage *self)
{
  return is_filled (self->centre) && is_filled (self->agent) && is_filled (self->password) &&
         (station_index (self) == 0 || is_filled (self->address));
}

static void
on_changed (GuichetSigninPage *self)
{
  self->elsewhere = FALSE;
  gtk_widget_set_sensitive (self->button, self->busy || is_complete (self));
}

static void
submit (GuichetSigninPage *self, gboolean take_over)
{
  if (self->busy || !is_complete (self))
    return;
  guichet_banner_hide (self->banner);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.sign-in", "b", take_over);
}

static void
on_activated (GuichetSigninPage *self)
{
  submit (self, FALSE);
}

static void
on_button (GuichetSigninPage *self)
{
  if (self->busy)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.cancel-sign-in", NULL);
  else
    submit (self, FALSE);
}

static void
on_banner_button (GuichetSigninPage *self)
{
  if (self->elsewhere)
    submit (self, TRUE);
}

static void
on_demo (GuichetSigninPage *self)
{
  guichet_banner_hide (self->banner);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.demo", NULL);
}

static void
on_station_changed (GuichetSigninPage *self)
{
  static const char *const titles[] = { N_ ("Number"), N_ ("Number of the desk phone"),
                                        N_ ("Telephone number") };
  guint selected = station_index (self);

  gtk_widget_set_visible (GTK_WIDGET (self->address), selected != 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->address), _ (titles[selected]));
  on_changed (self);
}

static gboolean
clean_address (gpointer data)
{
  GuichetSigninPage *self = data;
  const char *typed = gtk_editable_get_text (self->address);
  g_autofree char *clean = guichet_format_dialled (typed);

  if (!g_str_equal (typed, clean))
    {
      gtk_editable_set_text (self->address, clean);
      gtk_editable_set_position (self->address, -1);
    }
  return G_SOURCE_REMOVE;
}

static void
on_address_changed (GuichetSigninPage *self)
{
  /* A desk phone may be an address such as anna@pbx; a telephone number is digits. Not from inside
   * the change: the entry is still busy with it. */
  if (station_index (self) == 2)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, clean_address, g_object_ref (self), g_object_unref);
  on_changed (self);
}

static void
guichet_signin_page_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_signin_page_parent_class)->dispose (object);
}

static gboolean
guichet_signin_page_grab_focus (GtkWidget *widget)
{
  GuichetSigninPage *self = GUICHET_SIGNIN_PAGE (widget);

  if (!is_filled (self->centre))
    return gtk_widget_grab_focus (GTK_WIDGET (self->centre));
  if (!is_filled (self->agent))
    return gtk_widget_grab_focus (GTK_WIDGET (self->agent));
  return gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
guichet_signin_page_class_init (GuichetSigninPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_signin_page_dispose;
  widget_class->grab_focus = guichet_signin_page_grab_focus;
  g_type_ensure (GUICHET_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/signin/signin-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, banner);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, fields);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, centre);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, agent);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, password);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, softphone);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, desk_phone);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, outside_number);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, address);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, button);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, button_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, GuichetSigninPage, demo);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_station_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_button);
  gtk_widget_class_bind_template_callback (widget_class, on_demo);
}

static void
guichet_signin_page_init (GuichetSigninPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_clamp_text (self->clamp, 440);
  g_signal_connect_swapped (self->banner, "button-clicked", G_CALLBACK (on_banner_button), self);
  guichet_accessible_name (self->button, _ ("Sign in"));
  guichet_accessible_name_inner (self->fields, GTK_TYPE_LIST_BOX, _ ("Sign in"));
  guichet_accessible_name_inner (GTK_WIDGET (self->password), GTK_TYPE_IMAGE,
                                 _ ("Show the password"));
}

void
guichet_signin_page_bind_settings (GuichetSigninPage *self, GSettings *settings)
{
  g_autofree char *centre = g_settings_get_string (settings, "centre");
  g_autofree char *agent = g_settings_get_string (settings, "agent");
  g_autofree char *station = g_settings_get_string (settings, "station");
  g_autofree char *address = g_settings_get_string (settings, "station-address");

  gtk_editable_set_text (self->centre, centre);
  gtk_editable_set_text (self->agent, agent);
  gtk_editable_set_text (self->address, address);
  gtk_check_button_set_active (self->desk_phone, g_str_equal (station, "desk_phone"));
  gtk_check_button_set_active (self->outside_number, g_str_equal (station, "outside_number"));
}

void
guichet_signin_page_set_busy (GuichetSigninPage *self, const char *what)
{
  self->busy = what != NULL;
  gtk_widget_set_sensitive (self->fields, !self->busy);
  gtk_widget_set_sensitive (self->demo, !self->busy);
  gtk_widget_set_sensitive (self->button, self->busy || is_complete (self));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_label_set_text (self->button_label, self->busy ? _ ("Cancel") : _ ("Sign in"));
  guichet_accessible_name (self->button, self->busy ? _ ("Cancel") : _ ("Sign in"));
  if (self->busy)
    guichet_banner_show (self->banner, GUICHET_BANNER_INFO, what, NULL);
  else
    guichet_banner_hide (self->banner);
}

static char *
locked_sentence (gint64 retry_after)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) until = g_date_time_add_seconds (now, (double) retry_after);
  g_autofree char *time = g_date_time_format (until, _ ("%H:%M"));

  /* Translators: %s is a time of day such as 14:05 */
  return g_strdup_printf (_ ("Too many wrong passwords: the account is locked until %s."), time);
}

void
guichet_signin_page_show_error (GuichetSigninPage *self, const char *code, gint64 retry_after)
{
  g_autofree char *text = NULL;

  guichet_signin_page_set_busy (self, NULL);
  self->elsewhere = g_strcmp0 (code, "elsewhere") == 0;
  if (g_strcmp0 (code, "account_locked") == 0 && retry_after > 0)
    text = locked_sentence (retry_after);
  else
    text = guichet_words (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, code);
  guichet_banner_show (self->banner,
                       self->elsewhere ? GUICHET_BANNER_WARNING : GUICHET_BANNER_ERROR, text,
                       self->elsewhere ? _ ("Take over") : NULL);
  if (g_strcmp0 (code, "wrong_password") == 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->password));
      gtk_editable_select_region (self->password, 0, -1);
    }
}

void
guichet_signin_page_show_note (GuichetSigninPage *self, const char *text)
{
  guichet_banner_show (self->banner, GUICHET_BANNER_INFO, text, NULL);
}

const char *
guichet_signin_page_get_centre (GuichetSigninPage *self)
{
  return gtk_editable_get_text (self->centre);
}

const char *
guichet_signin_page_get_agent (GuichetSigninPage *self)
{
  return gtk_editable_get_text (self->agent);
}

const char *
guichet_signin_page_get_password (GuichetSigninPage *self)
{
  return gtk_editable_get_text (self->password);
}

const char *
guichet_signin_page_get_station (GuichetSigninPage *self)
{
  return stations[station_index (self)];
}

const char *
guichet_signin_page_get_station_address (GuichetSigninPage *self)
{
  return gtk_editable_get_text (self->address);
}
