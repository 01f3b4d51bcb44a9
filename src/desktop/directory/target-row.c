/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of the directory. Of an agent the time in the state runs at its end; what changes at the
 * centre changes here, in place. Main thread only.
 */

#include "desktop/directory/target-row.h"

#include "desktop/directory/target-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetTargetRow
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *what;
  GtkWidget *star;
  GtkWidget *timer;
  GuichetSession *session;
  GuichetTarget *target;
  char *purpose;
  gulong handler;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetTargetRow, guichet_target_row, GTK_TYPE_WIDGET)

static void
show_time (GuichetTargetRow *self)
{
  const char *presence = guichet_target_get_presence (self->target);
  gboolean in = *presence != '\0' && !g_str_equal (presence, "signed_out");

  gtk_widget_set_visible (self->timer, in);
  guichet_timer_label_set_instant (GUICHET_TIMER_LABEL (self->timer), GUICHET_TIMER_UP,
                                   in ? guichet_target_get_since (self->target) : 0);
}

static gboolean
refresh (gpointer data)
{
  GuichetTargetRow *self = data;
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *name = guichet_target_get_name (self->target);
  g_autofree char *what = guichet_target_words (self->session, self->target, self->purpose);
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), name, what);

  self->refresh_id = 0;
  guichet_target_show_icon (self->target, GTK_IMAGE (self->icon));
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->what), what);
  guichet_widget_set_class (
      self->name, "dim",
      self->purpose != NULL &&
          !guichet_target_allows (guichet_target_for (self->target, self->purpose), self->purpose));
  gtk_widget_set_visible (self->star, guichet_target_get_favourite (self->target));
  guichet_widget_set_tip (GTK_WIDGET (self), *name != '\0' ? spoken : NULL);
  show_time (self);
  /* What takes the focus is the list's own item around this. */
  if (item != NULL)
    guichet_accessible_name (item, *name != '\0' ? spoken : _ ("Asking the centre…"));
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetTargetRow *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

void
guichet_target_row_set (GuichetTargetRow *self, GuichetTarget *target, const char *purpose)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->target != NULL)
    g_clear_signal_handler (&self->handler, self->target);
  g_set_object (&self->target, target);
  if (purpose != self->purpose)
    {
      g_free (self->purpose);
      self->purpose = g_strdup (purpose);
    }
  if (target == NULL)
    return;
  self->handler = g_signal_connect_swapped (target, "notify", G_CALLBACK (on_changed), self);
  refresh (self);
}

GtkWidget *
guichet_target_row_of (GtkWidget *view, GuichetTarget *target)
{
  for (GtkWidget *item = gtk_widget_get_first_child (view); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (GUICHET_IS_TARGET_ROW (row) && GUICHET_TARGET_ROW (row)->target == target &&
          gtk_widget_get_mapped (row))
        return row;
    }
  return view;
}

static void
guichet_target_row_dispose (GObject *object)
{
  GuichetTargetRow *self = GUICHET_TARGET_ROW (object);

  guichet_target_row_set (self, NULL, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_target_row_parent_class)->dispose (object);
}

static void
guichet_target_row_class_init (GuichetTargetRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_target_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
line_new (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
image_new (const char *icon)
{
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  return image;
}

static void
guichet_target_row_init (GuichetTargetRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              10);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 6);
  self->icon = image_new (NULL);
  gtk_widget_add_css_class (self->icon, "presence");
  self->name = line_new ("heading");
  self->what = line_new ("caption");
  self->star = image_new ("starred-symbolic");
  self->timer = guichet_timer_label_new ();
  guichet_timer_label_set_caption (GUICHET_TIMER_LABEL (self->timer), _ ("For"));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (lines, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (lines), self->name);
  gtk_box_append (GTK_BOX (lines), self->what);
  gtk_widget_set_parent (self->star, GTK_WIDGET (self));
  gtk_widget_set_parent (self->timer, GTK_WIDGET (self));
  guichet_label_keep_name (GTK_LABEL (self->name));
}

GtkWidget *
guichet_target_row_new (GuichetSession *session)
{
  GuichetTargetRow *self = g_object_new (GUICHET_TYPE_TARGET_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
