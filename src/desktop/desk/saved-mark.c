/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mark beside what was typed: being saved, kept here, saved, refused. Green only once the
 * centre has it durably. Main thread only.
 */

#include "desktop/desk/saved-mark.h"

#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetSavedMark
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *label;
  char *subject;
};

G_DEFINE_FINAL_TYPE (GuichetSavedMark, guichet_saved_mark, GTK_TYPE_WIDGET)

static const struct
{
  const char *text;
  const char *icon;
  const char *style;
} looks[] = {
  [GUICHET_SAVED_NOTHING] = { NULL, NULL, NULL },
  [GUICHET_SAVED_ON_THE_WAY] = { N_ ("Saving…"), NULL, "dim" },
  [GUICHET_SAVED_KEPT_HERE] = { N_ ("Kept on this computer"), "drive-harddisk-symbolic", "dim" },
  [GUICHET_SAVED_DURABLY] = { N_ ("Saved"), "object-select-symbolic", "success" },
  [GUICHET_SAVED_BY_CENTRE] = { N_ ("Set by the centre"), "changes-prevent-symbolic", "success" },
  [GUICHET_SAVED_REFUSED] = { NULL, "dialog-warning-symbolic", "error" },
};

static void
guichet_saved_mark_dispose (GObject *object)
{
  GuichetSavedMark *self = GUICHET_SAVED_MARK (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_pointer (&self->subject, g_free);
  G_OBJECT_CLASS (guichet_saved_mark_parent_class)->dispose (object);
}

static void
guichet_saved_mark_class_init (GuichetSavedMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_saved_mark_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "saved");
}

static void
guichet_saved_mark_init (GuichetSavedMark *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              4);
  self->icon = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
guichet_saved_mark_set_subject (GuichetSavedMark *self, const char *subject)
{
  g_free (self->subject);
  self->subject = g_strdup (subject);
}

void
guichet_saved_mark_show (GuichetSavedMark *self, GuichetSavedState state, const char *problem)
{
  const char *text = problem;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), looks[state].style != NULL);
  if (looks[state].style == NULL)
    return;
  if (looks[state].text != NULL)
    text = _ (looks[state].text);
  spoken = g_strdup_printf (_ ("%s: %s"), self->subject, text);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), looks[state].icon != NULL);
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_label_set_text (self->label, text);
  guichet_widget_set_tip (GTK_WIDGET (self), text);
  guichet_accessible_name (GTK_WIDGET (self->label), spoken);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].style != NULL && !g_str_equal (looks[i].style, looks[state].style))
      gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].style);
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[state].style);
}
