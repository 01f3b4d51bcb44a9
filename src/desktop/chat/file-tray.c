/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files under the composer, one chip each. Follows the list of the interaction it shows. Main
 * thread only.
 */

#include "desktop/chat/file-tray.h"

#include "desktop/chat/file-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetFileTray
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkBox *box;
  GuichetSession *session;
  GuichetInteraction *interaction;
  GListModel *files;
};

G_DEFINE_FINAL_TYPE (GuichetFileTray, guichet_file_tray, GTK_TYPE_WIDGET)

static guint changed_signal;

/* --- a chip ----------------------------------------------------------------------------------- */

typedef struct
{
  GuichetFileTray *tray;
  GuichetAttachment *file;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *state;
  GtkProgressBar *bar;
  GtkWidget *again;
  GtkWidget *remove;
} Chip;

static void
chip_free (gpointer data)
{
  Chip *chip = data;

  g_signal_handlers_disconnect_by_data (chip->file, chip);
  g_object_unref (chip->file);
  g_free (chip);
}

static gboolean
is_state (GuichetAttachment *file, const char *state)
{
  return g_str_equal (guichet_attachment_get_state (file), state);
}

static void
show_progress (Chip *chip)
{
  gtk_widget_set_visible (GTK_WIDGET (chip->bar),
                          is_state (chip->file, "uploading") || is_state (chip->file, "reading"));
  gtk_progress_bar_set_fraction (chip->bar, guichet_attachment_get_progress (chip->file));
}

static void
show_chip (Chip *chip)
{
  g_autofree char *state = guichet_file_state (chip->file);
  g_autofree char *remove =
      g_strdup_printf (_ ("Remove %s"), guichet_attachment_get_name (chip->file));
  gboolean failed = is_state (chip->file, "failed");

  gtk_image_set_from_icon_name (chip->icon, failed ? "dialog-warning-symbolic"
                                                   : guichet_file_icon (chip->file));
  gtk_label_set_text (chip->name, guichet_attachment_get_name (chip->file));
  guichet_widget_set_tip (GTK_WIDGET (chip->name), guichet_attachment_get_name (chip->file));
  gtk_label_set_text (chip->state, state);
  guichet_widget_set_class (GTK_WIDGET (chip->state), "error", failed);
  guichet_widget_set_class (GTK_WIDGET (chip->state), "dim", !failed);
  gtk_widget_set_visible (chip->again, failed);
  guichet_accessible_name (chip->remove, remove);
  guichet_widget_set_tip (chip->remove, remove);
  show_progress (chip);
}

static void
on_file (GuichetAttachment *file, GParamSpec *pspec, Chip *chip)
{
  if (g_str_equal (pspec->name, "progress"))
    {
      show_progress (chip);
      return;
    }
  show_chip (chip);
  g_signal_emit (chip->tray, changed_signal, 0);
}

static void
on_again (Chip *chip)
{
  guichet_session_attach_again (chip->tray->session, chip->tray->interaction, chip->file);
}

static void
on_remove (Chip *chip)
{
  g_autoptr (GuichetAttachment) file = g_object_ref (chip->file);
  g_autoptr (GuichetFileTray) tray = g_object_ref (chip->tray);

  guichet_session_detach (tray->session, tray->interaction, file);
  gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (tray)), GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
label_new (Chip *chip, GtkLabel **label, const char *style, gboolean fill)
{
  GtkWidget *widget = gtk_label_new ("");

  *label = GTK_LABEL (widget);
  gtk_label_set_xalign (*label, 0);
  gtk_label_set_ellipsize (*label, fill ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_wrap (*label, fill);
  gtk_widget_set_hexpand (widget, fill);
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
  return widget;
}

static GtkWidget *
chip_new (GuichetFileTray *tray, GuichetAttachment *file)
{
  Chip *chip = g_new0 (Chip, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  chip->tray = tray;
  chip->file = g_object_ref (file);
  chip->icon = GTK_IMAGE (gtk_image_new ());
  chip->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  chip->again = gtk_button_new_with_label (_ ("Try again"));
  chip->remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (chip->remove, "flat");
  gtk_widget_set_valign (GTK_WIDGET (chip->bar), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (chip->bar), 80, -1);
  guichet_accessible_name (GTK_WIDGET (chip->bar), _ ("Being sent"));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (chip->icon));
  gtk_box_append (GTK_BOX (row), label_new (chip, &chip->name, NULL, FALSE));
  gtk_box_append (GTK_BOX (row), label_new (chip, &chip->state, "caption", TRUE));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (chip->bar));
  gtk_box_append (GTK_BOX (row), chip->again);
  gtk_box_append (GTK_BOX (row), chip->remove);
  g_signal_connect_swapped (chip->again, "clicked", G_CALLBACK (on_again), chip);
  g_signal_connect_swapped (chip->remove, "clicked", G_CALLBACK (on_remove), chip);
  g_signal_connect (file, "notify", G_CALLBACK (on_file), chip);
  g_object_set_data_full (G_OBJECT (row), "chip", chip, chip_free);
  show_chip (chip);
  return row;
}

/* --- the list --------------------------------------------------------------------------------- */

static GtkWidget *
nth_child (GuichetFileTray *self, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  for (; child != NULL && position > 0; position--)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
on_items (GListModel *files, guint position, guint removed, guint added, GuichetFileTray *self)
{
  GtkWidget *before = position > 0 ? nth_child (self, position - 1) : NULL;

  for (; removed > 0; removed--)
    gtk_box_remove (self->box, nth_child (self, position));
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GuichetAttachment) file = g_list_model_get_item (files, position + i);
      GtkWidget *row = chip_new (self, file);

      gtk_box_insert_child_after (self->box, row, before);
      before = row;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (files) > 0);
  g_signal_emit (self, changed_signal, 0);
}

static void
unbind (GuichetFileTray *self)
{
  GtkWidget *child;

  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  g_clear_object (&self->files);
  while (self->box != NULL && (child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
}

static void
guichet_file_tray_dispose (GObject *object)
{
  GuichetFileTray *self = GUICHET_FILE_TRAY (object);

  unbind (self);
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  self->box = NULL;
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_file_tray_parent_class)->dispose (object);
}

static void
guichet_file_tray_class_init (GuichetFileTrayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_file_tray_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_file_tray_init (GuichetFileTray *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());

  self->scroller = GTK_WIDGET (scroller);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_scrolled_window_set_child (scroller, GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (scroller, TRUE);
  gtk_scrolled_window_set_max_content_height (scroller, 116);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  guichet_accessible_name (GTK_WIDGET (self->box), _ ("Files of the message"));
}

GtkWidget *
guichet_file_tray_new (GuichetSession *session)
{
  GuichetFileTray *self = g_object_new (GUICHET_TYPE_FILE_TRAY, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
guichet_file_tray_set_interaction (GuichetFileTray *self, GuichetInteraction *interaction)
{
  GListModel *files = interaction != NULL ? guichet_interaction_get_files (interaction) : NULL;

  unbind (self);
  g_set_object (&self->interaction, interaction);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (files == NULL)
    return;
  self->files = g_object_ref (files);
  g_signal_connect (files, "items-changed", G_CALLBACK (on_items), self);
  on_items (files, 0, 0, g_list_model_get_n_items (files), self);
}

static guint
count (GuichetFileTray *self, const char *state)
{
  guint n = self->files != NULL ? g_list_model_get_n_items (self->files) : 0, found = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetAttachment) file = g_list_model_get_item (self->files, i);
      found += is_state (file, state) ? 1 : 0;
    }
  return found;
}

guint
guichet_file_tray_ready (GuichetFileTray *self)
{
  return count (self, "ready");
}

const char *
guichet_file_tray_reason (GuichetFileTray *self)
{
  guint n = self->files != NULL ? g_list_model_get_n_items (self->files) : 0;

  if (count (self, "failed") > 0)
    return _ ("A file was not taken: remove it, or try again");
  return count (self, "ready") < n ? _ ("The files are still on their way") : NULL;
}
