/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row of a list of replies. Main thread only.
 */

#include "desktop/replies/reply-row.h"

#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetReplyRow
{
  GtkWidget parent_instance;

  GtkLabel *heading;
  GtkWidget *line;
  GtkLabel *shortcut;
  GtkLabel *name;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (GuichetReplyRow, guichet_reply_row, GTK_TYPE_WIDGET)

static const char *
group_of (GuichetCannedReply *reply)
{
  const char *category = guichet_canned_reply_get_category (reply);

  if (guichet_canned_reply_get_personal (reply))
    return _ ("Mine");
  return *category != '\0' ? category : _ ("Others");
}

void
guichet_reply_row_show (GuichetReplyRow *self,
                        GuichetCannedReply *reply,
                        GuichetCannedReply *before,
                        const char *text)
{
  const char *shortcut = guichet_canned_reply_get_shortcut (reply);
  const char *name = guichet_canned_reply_get_name (reply);
  g_autofree char *slashed = g_strconcat ("/", shortcut, NULL);
  g_autofree char *spoken = NULL;
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n", ' ');

  gtk_label_set_text (self->heading, group_of (reply));
  gtk_widget_set_visible (GTK_WIDGET (self->heading),
                          before == NULL || !g_str_equal (group_of (before), group_of (reply)));
  gtk_label_set_text (self->shortcut, slashed);
  gtk_widget_set_visible (GTK_WIDGET (self->shortcut), *shortcut != '\0');
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->text, line);
  spoken = *shortcut != '\0' ? g_strjoin (" · ", name, slashed, NULL) : g_strdup (name);
  guichet_accessible_name (GTK_WIDGET (self), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

void
guichet_reply_row_add (GuichetReplyRow *self, GtkWidget *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->line), widget);
}

static void
guichet_reply_row_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_reply_row_parent_class)->dispose (object);
}

static void
guichet_reply_row_class_init (GuichetReplyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_reply_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (GtkWidget *box, const char *class, int lines)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  if (lines > 1)
    {
      gtk_label_set_wrap (label, TRUE);
      gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
      guichet_label_set_lines (label, lines);
    }
  if (class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), class);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static void
guichet_reply_row_init (GuichetReplyRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->heading = add_label (box, "heading", 1);
  gtk_widget_set_margin_top (GTK_WIDGET (self->heading), 8);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->shortcut = add_label (top, "shortcut", 1);
  self->name = add_label (top, NULL, 1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), top);
  self->text = add_label (words, "dim", 2);
  gtk_box_append (GTK_BOX (self->line), words);
  gtk_box_append (GTK_BOX (box), self->line);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_reply_row_new (void)
{
  return g_object_new (GUICHET_TYPE_REPLY_ROW, NULL);
}
