/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Four buttons of which one is down. Main thread only.
 */

#include "desktop/directory/kind-filter.h"

#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

static const struct
{
  const char *kinds;
  const char *icon;
  const char *words;
} filters[] = {
  { "", "view-grid-symbolic", N_ ("Everything") },
  { "agent", "avatar-default-symbolic", N_ ("Colleagues") },
  { "queue,team,skill", "system-users-symbolic", N_ ("Queues, teams and skills") },
  { "entry_point,speed_dial,contact", "call-start-symbolic", N_ ("Numbers and contacts") },
};

struct _GuichetKindFilter
{
  GtkWidget parent_instance;

  GtkToggleButton *buttons[G_N_ELEMENTS (filters)];
  gboolean resetting;
};

G_DEFINE_FINAL_TYPE (GuichetKindFilter, guichet_kind_filter, GTK_TYPE_WIDGET)

static guint changed_signal;

const char *
guichet_kind_filter_get (GuichetKindFilter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return filters[i].kinds;
  return "";
}

static void
on_toggled (GtkToggleButton *button, GuichetKindFilter *self)
{
  if (gtk_toggle_button_get_active (button) && !self->resetting)
    g_signal_emit (self, changed_signal, 0);
}

void
guichet_kind_filter_reset (GuichetKindFilter *self)
{
  self->resetting = TRUE;
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  self->resetting = FALSE;
}

static void
guichet_kind_filter_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_kind_filter_parent_class)->dispose (object);
}

static void
guichet_kind_filter_class_init (GuichetKindFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_kind_filter_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_kind_filter_init (GuichetKindFilter *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_button_set_icon_name (GTK_BUTTON (button), filters[i].icon);
      gtk_widget_set_tooltip_text (button, gettext (filters[i].words));
      gtk_widget_set_hexpand (button, TRUE);
      guichet_accessible_name (button, gettext (filters[i].words));
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
    }
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_toggled), self);
}

GtkWidget *
guichet_kind_filter_new (void)
{
  return g_object_new (GUICHET_TYPE_KIND_FILTER, NULL);
}
