/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of a message. A picture is fetched when its row is first shown and made small in the
 * background; it then stays with its file. Main thread only.
 */

#include "desktop/chat/message-files.h"

#include "desktop/chat/file-saving.h"
#include "desktop/chat/file-words.h"
#include "desktop/chat/picture-load.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* The room of a picture, also while it is on its way: nothing jumps. */
#define PICTURE_WIDTH  260
#define PICTURE_HEIGHT 170
#define PICTURE_MAX    (16 * 1024 * 1024) /* bytes that are fetched without being asked for */

struct _GuichetMessageFiles
{
  GtkWidget parent_instance;

  GuichetSession *session;
  GListModel *files; /* that are shown */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (GuichetMessageFiles, guichet_message_files, GTK_TYPE_WIDGET)

/* --- a picture -------------------------------------------------------------------------------- */

typedef struct
{
  GuichetAttachment *file;
  GtkPicture *picture;
  GCancellable *cancellable;
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->file);
  g_object_unref (loading->picture);
  g_object_unref (loading->cancellable);
  g_free (loading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static void
show_texture (GtkPicture *picture, GuichetAttachment *file, GdkTexture *texture)
{
  gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
  guichet_accessible_name (GTK_WIDGET (picture), guichet_attachment_get_name (file));
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  g_autoptr (GdkTexture) texture = guichet_picture_load_finish (result, NULL);

  if (texture == NULL)
    return;
  show_texture (loading->picture, loading->file, texture);
  g_object_set_data_full (G_OBJECT (loading->file), "texture", g_steal_pointer (&texture),
                          g_object_unref);
}

static void
on_fetched (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  g_autoptr (GBytes) bytes =
      guichet_session_fetch_file_finish (GUICHET_SESSION (session), result, NULL);
  GCancellable *cancellable = loading->cancellable;

  if (bytes != NULL)
    guichet_picture_load_async (bytes, PICTURE_WIDTH * 2, PICTURE_HEIGHT * 2, cancellable,
                                on_decoded, g_steal_pointer (&loading));
}

static void
load (GuichetMessageFiles *self, GuichetAttachment *file, GtkPicture *picture)
{
  GdkTexture *texture = g_object_get_data (G_OBJECT (file), "texture");
  Loading *loading;

  if (texture != NULL)
    {
      show_texture (picture, file, texture);
      return;
    }
  loading = g_new0 (Loading, 1);
  *loading =
      (Loading){ g_object_ref (file), g_object_ref (picture), g_object_ref (self->cancellable) };
  guichet_session_fetch_file_async (self->session, file, self->cancellable, on_fetched, loading);
}

static GtkWidget *
picture_new (GuichetMessageFiles *self, GuichetAttachment *file)
{
  GtkWidget *picture = gtk_picture_new ();

  gtk_widget_set_size_request (picture, PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  load (self, file, GTK_PICTURE (picture));
  return picture;
}

/* --- a file ----------------------------------------------------------------------------------- */

static void
on_open (GtkWidget *button, GuichetMessageFiles *self)
{
  guichet_file_open (GTK_WIDGET (self), self->session,
                     g_object_get_data (G_OBJECT (button), "file"));
}

static void
on_save (GtkWidget *button, GuichetMessageFiles *self)
{
  guichet_file_save (GTK_WIDGET (self), self->session,
                     g_object_get_data (G_OBJECT (button), "file"));
}

/* Takes @name. */
static GtkWidget *
button_new (GuichetMessageFiles *self,
            GuichetAttachment *file,
            const char *label,
            char *name,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *full = name;

  guichet_accessible_name (button, full);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

static GtkWidget *
facts_new (GuichetAttachment *file)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (guichet_attachment_get_name (file));
  g_autofree char *state = guichet_file_state (file);
  GtkWidget *size = gtk_label_new (state);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (size), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 28);
  gtk_widget_add_css_class (size, "caption");
  gtk_widget_set_tooltip_text (name, guichet_attachment_get_name (file));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), size);
  return box;
}

static GtkWidget *
tile_new (GuichetMessageFiles *self, GuichetAttachment *file)
{
  GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *name = guichet_attachment_get_name (file);

  gtk_widget_add_css_class (tile, "file-tile");
  if (guichet_file_is_picture (file) && guichet_attachment_get_size (file) <= PICTURE_MAX)
    gtk_box_append (GTK_BOX (tile), picture_new (self, file));
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name (guichet_file_icon (file)));
  gtk_box_append (GTK_BOX (row), facts_new (file));
  gtk_box_append (GTK_BOX (row),
                  button_new (self, file, _ ("Open"), g_strdup_printf (_ ("Open %s"), name),
                              G_CALLBACK (on_open)));
  gtk_box_append (GTK_BOX (row),
                  button_new (self, file, _ ("Save…"), g_strdup_printf (_ ("Save %s…"), name),
                              G_CALLBACK (on_save)));
  gtk_box_append (GTK_BOX (tile), row);
  return tile;
}

/* --- the list --------------------------------------------------------------------------------- */

static void
clear (GuichetMessageFiles *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->files);
  guichet_widget_drop_children (GTK_WIDGET (self));
}

static void
guichet_message_files_dispose (GObject *object)
{
  GuichetMessageFiles *self = GUICHET_MESSAGE_FILES (object);

  clear (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_message_files_parent_class)->dispose (object);
}

static void
guichet_message_files_class_init (GuichetMessageFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_message_files_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
guichet_message_files_init (GuichetMessageFiles *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
guichet_message_files_show (GuichetMessageFiles *self,
                            GuichetSession *session,
                            GuichetMessage *message)
{
  GListModel *files = message != NULL ? guichet_message_get_attachments (message) : NULL;

  if (files == self->files)
    return;
  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), files != NULL);
  if (files == NULL)
    return;
  g_set_object (&self->session, session);
  self->files = g_object_ref (files);
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GuichetAttachment) file = g_list_model_get_item (files, i);
      gtk_widget_set_parent (tile_new (self, file), GTK_WIDGET (self));
    }
}
