/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row of a list of clips. Main thread only.
 */

#include "desktop/clips/clip-row.h"

#include "desktop/text/format.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <math.h>

struct _GuichetClipRow
{
  GtkWidget parent_instance;

  GtkWidget *line;
  GtkLabel *label;
  GtkLabel *about;
};

G_DEFINE_FINAL_TYPE (GuichetClipRow, guichet_clip_row, GTK_TYPE_WIDGET)

static char *
about (GuichetClip *clip)
{
  const char *const *tags = guichet_clip_get_tags (clip);
  g_autofree char *length =
      guichet_format_duration ((gint64) ceil (guichet_clip_get_seconds (clip)));
  g_autoptr (GString) text = g_string_new (length);

  if (!guichet_clip_get_personal (clip))
    g_string_append_printf (text, " · %s", _ ("for everybody"));
  for (guint i = 0; tags[i] != NULL; i++)
    g_string_append_printf (text, " · %s", tags[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
guichet_clip_row_show (GuichetClipRow *self, GuichetClip *clip)
{
  g_autofree char *text = about (clip);

  gtk_label_set_text (self->label, guichet_clip_get_label (clip));
  gtk_label_set_text (self->about, text);
  guichet_accessible_name (GTK_WIDGET (self), guichet_clip_get_label (clip));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

void
guichet_clip_row_add (GuichetClipRow *self, GtkWidget *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->line), widget);
}

static void
guichet_clip_row_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_clip_row_parent_class)->dispose (object);
}

static void
guichet_clip_row_class_init (GuichetClipRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_clip_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (GtkWidget *box, const char *class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  guichet_label_tip_when_cut (label);
  if (class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), class);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static void
guichet_clip_row_init (GuichetClipRow *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->label = add_label (words, NULL);
  self->about = add_label (words, "dim");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (self->line), words);
  gtk_widget_set_margin_top (self->line, 4);
  gtk_widget_set_margin_bottom (self->line, 4);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
}

GtkWidget *
guichet_clip_row_new (void)
{
  return g_object_new (GUICHET_TYPE_CLIP_ROW, NULL);
}
