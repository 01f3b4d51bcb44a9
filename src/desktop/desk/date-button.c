/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A date, with or without its time of day, chosen from a calendar. The popover is made when it is
 * first opened. Main thread only.
 */

#include "desktop/desk/date-button.h"

#include "base/time-text.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetDateButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkEditable *field;
  gboolean has_time;
  GtkCalendar *calendar; /* NULL before the first opening, as the rest */
  GtkWidget *time;
  GtkSpinButton *hour, *minute;
};

G_DEFINE_FINAL_TYPE (GuichetDateButton, guichet_date_button, GTK_TYPE_WIDGET)

/* What stands in the field, or now. */
static GDateTime *
time_of (GuichetDateButton *self)
{
  const char *text = gtk_editable_get_text (self->field);
  g_autofree char *moment = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  gint64 at;

  if (self->has_time && base_time_parse (text, &at))
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);

      return g_date_time_to_local (utc);
    }
  zone = g_time_zone_new_local ();
  moment = g_strconcat (text, "T12:00:00", NULL);
  if (!self->has_time && g_utf8_strlen (text, -1) == 10)
    {
      GDateTime *day = g_date_time_new_from_iso8601 (moment, zone);

      if (day != NULL)
        return day;
    }
  return g_date_time_new_now (zone);
}

static void
on_choose (GuichetDateButton *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *text = NULL;

  if (self->has_time)
    moment = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                    g_date_time_get_day_of_month (day),
                                    gtk_spin_button_get_value_as_int (self->hour),
                                    gtk_spin_button_get_value_as_int (self->minute), 0);
  text = moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%S%:z")
                        : g_date_time_format (day, "%Y-%m-%d");
  gtk_editable_set_text (self->field, text);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

/* Two digits, as clocks show them. */
static gboolean
on_output (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static GtkSpinButton *
spin_new (int last, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, last, 1);

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 2);
  guichet_accessible_name (spin, name);
  g_signal_connect (spin, "output", G_CALLBACK (on_output), NULL);
  return GTK_SPIN_BUTTON (spin);
}

static GtkWidget *
popover_new (GuichetDateButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *choose = gtk_button_new_with_label (_ ("Choose"));

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->hour = spin_new (23, _ ("Hour"));
  self->minute = spin_new (59, _ ("Minute"));
  self->time = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->time, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->time), GTK_WIDGET (self->hour));
  gtk_box_append (GTK_BOX (self->time), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (self->time), GTK_WIDGET (self->minute));
  gtk_widget_add_css_class (choose, "suggested-action");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), self->time);
  gtk_box_append (GTK_BOX (box), choose);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (on_choose), self);
  return popover;
}

static void
on_open (GtkMenuButton *button, gpointer data)
{
  GuichetDateButton *self = data;
  g_autoptr (GDateTime) shown = time_of (self);

  if (self->calendar == NULL)
    gtk_menu_button_set_popover (button, popover_new (self));
  gtk_calendar_select_day (self->calendar, shown);
  gtk_spin_button_set_value (self->hour, g_date_time_get_hour (shown));
  gtk_spin_button_set_value (self->minute, g_date_time_get_minute (shown));
  gtk_widget_set_visible (self->time, self->has_time);
}

static void
guichet_date_button_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_date_button_parent_class)->dispose (object);
}

static void
guichet_date_button_class_init (GuichetDateButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_date_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_date_button_init (GuichetDateButton *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), on_open, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
guichet_date_button_new (GtkEditable *field)
{
  GuichetDateButton *self = g_object_new (GUICHET_TYPE_DATE_BUTTON, NULL);

  self->field = field;
  return GTK_WIDGET (self);
}

void
guichet_date_button_set_kind (GuichetDateButton *self, const char *name, const char *kind)
{
  g_autofree char *words = g_strdup_printf (_ ("Choose %s"), name);

  self->has_time = g_str_equal (kind, "datetime");
  gtk_widget_set_tooltip_text (self->button, words);
  guichet_accessible_name (self->button, words);
  guichet_accessible_name_inner (self->button, GTK_TYPE_TOGGLE_BUTTON, words);
}
