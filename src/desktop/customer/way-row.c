/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A number or address in the form of a customer. Main thread only.
 */

#include "desktop/customer/way-row.h"

#include "desktop/customer/ways.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetWayRow
{
  GtkWidget parent_instance;

  GtkDropDown *channel;
  GtkWidget *entry;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (GuichetWayRow, guichet_way_row, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  ACTIVATE,
  REMOVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- what is wrong ---------------------------------------------------------------------------- */

GtkLabel *
guichet_field_problem_new (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), "error");
  gtk_widget_add_css_class (GTK_WIDGET (label), "caption");
  gtk_widget_set_visible (GTK_WIDGET (label), FALSE);
  return label;
}

void
guichet_field_set_problem (GtkWidget *entry, GtkLabel *label, const char *problem)
{
  GtkWidget *spoken[] = { entry, GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry))) };

  gtk_label_set_text (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
  guichet_widget_set_class (entry, "error", problem != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (spoken[i]),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      problem != NULL ? problem : "", -1);
      gtk_accessible_update_state (
          GTK_ACCESSIBLE (spoken[i]), GTK_ACCESSIBLE_STATE_INVALID,
          problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

/* --- building --------------------------------------------------------------------------------- */

static void
on_typed (GuichetWayRow *self)
{
  guichet_way_row_set_problem (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
name_field (GuichetWayRow *self)
{
  const char *channel = guichet_ways_word (guichet_way_row_get_channel (self));
  g_autofree char *name = g_strdup_printf (_ ("%s of the customer"), channel);

  guichet_accessible_name_editable (GTK_EDITABLE (self->entry), name);
}

static void
on_channel (GuichetWayRow *self)
{
  name_field (self);
  on_typed (self);
}

static void
on_activate (GuichetWayRow *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
on_remove (GuichetWayRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
guichet_way_row_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_way_row_parent_class)->dispose (object);
}

static void
guichet_way_row_class_init (GuichetWayRowClass *klass)
{
  static const char *const names[] = { "changed", "activate", "remove" };

  G_OBJECT_CLASS (klass)->dispose = guichet_way_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
build_line (GuichetWayRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkStringList *names = gtk_string_list_new (NULL);

  for (const char *const *channel = guichet_ways_channels (); *channel != NULL; channel++)
    gtk_string_list_append (names, guichet_ways_word (*channel));
  self->channel = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  guichet_accessible_name (GTK_WIDGET (self->channel), _ ("Channel"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->channel), TRUE);
  guichet_accessible_name (remove, _ ("Remove this number or address"));
  guichet_widget_set_tip (remove, _ ("Remove this number or address"));
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->channel));
  gtk_box_append (GTK_BOX (line), remove);
  return line;
}

static void
guichet_way_row_init (GuichetWayRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->entry = gtk_entry_new ();
  self->problem = guichet_field_problem_new ();
  gtk_box_append (GTK_BOX (box), build_line (self));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_way_row_new (const char *channel, const char *address)
{
  GuichetWayRow *self = g_object_new (GUICHET_TYPE_WAY_ROW, NULL);
  const char *const *channels = guichet_ways_channels ();

  for (guint i = 0; channels[i] != NULL; i++)
    if (g_str_equal (channels[i], channel))
      gtk_drop_down_set_selected (self->channel, i);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), address);
  name_field (self);
  g_signal_connect_swapped (self->channel, "notify::selected", G_CALLBACK (on_channel), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate), self);
  return GTK_WIDGET (self);
}

const char *
guichet_way_row_get_channel (GuichetWayRow *self)
{
  return guichet_ways_channels ()[gtk_drop_down_get_selected (self->channel)];
}

char *
guichet_way_row_dup_address (GuichetWayRow *self)
{
  const char *channel = guichet_way_row_get_channel (self);
  gboolean number = g_str_equal (channel, "voice") || g_str_equal (channel, "sms");
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *c = gtk_editable_get_text (GTK_EDITABLE (self->entry)); *c != '\0';
       c = g_utf8_next_char (c))
    if (!number || !g_unichar_isspace (g_utf8_get_char (c)))
      g_string_append_unichar (kept, g_utf8_get_char (c));
  return g_strstrip (g_string_free (g_steal_pointer (&kept), FALSE));
}

void
guichet_way_row_set_problem (GuichetWayRow *self, const char *problem)
{
  guichet_field_set_problem (self->entry, self->problem, problem);
}

void
guichet_way_row_focus (GuichetWayRow *self)
{
  gtk_widget_grab_focus (self->entry);
}
