/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of text across a view with at most one button (libadwaita has its own from 1.3 only). Main
 * thread only.
 */

#include "desktop/widgets/banner.h"

struct _GuichetBanner
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkWidget *box;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (GuichetBanner, guichet_banner, GTK_TYPE_WIDGET)

enum
{
  BUTTON_CLICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
on_clicked (GuichetBanner *self)
{
  g_signal_emit (self, signals[BUTTON_CLICKED], 0);
}

static void
guichet_banner_dispose (GObject *object)
{
  GuichetBanner *self = GUICHET_BANNER (object);

  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (guichet_banner_parent_class)->dispose (object);
}

static void
guichet_banner_class_init (GuichetBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_banner_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "guichetbanner");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
  signals[BUTTON_CLICKED] = g_signal_new ("button-clicked", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_banner_init (GuichetBanner *self)
{
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->box, "guichet-banner");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->button));
  gtk_revealer_set_child (self->revealer, self->box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
}

GtkWidget *
guichet_banner_new (void)
{
  return g_object_new (GUICHET_TYPE_BANNER, NULL);
}

void
guichet_banner_show (GuichetBanner *self,
                     GuichetBannerStyle style,
                     const char *text,
                     const char *button)
{
  static const char *const classes[] = { "telling", "warning-note", "error-note" };

  if (text == NULL)
    {
      guichet_banner_hide (self);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->box, classes[i]);
  gtk_widget_add_css_class (self->box, classes[style]);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->button, button);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
guichet_banner_hide (GuichetBanner *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
