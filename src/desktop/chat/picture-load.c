/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decoding of pictures that customers sent: bounded in size before the first pixel is made, and
 * away from the main thread, which only gets the texture.
 */

#include "desktop/chat/picture-load.h"

/* What one may have before it is made smaller; a JPEG is made smaller as it is read. */
#define PIXELS_MAX      (24 * 1000 * 1000)
#define JPEG_PIXELS_MAX (120 * 1000 * 1000)

typedef struct
{
  GBytes *bytes;
  int width;
  int height;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_bytes_unref (wanted->bytes);
  g_free (wanted);
}

static void
on_size (GdkPixbufLoader *loader, int width, int height, Wanted *wanted)
{
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  g_autofree char *name = format != NULL ? gdk_pixbuf_format_get_name (format) : NULL;
  gint64 most = g_strcmp0 (name, "jpeg") == 0 ? JPEG_PIXELS_MAX : PIXELS_MAX;
  double scale =
      MIN ((double) wanted->width / MAX (width, 1), (double) wanted->height / MAX (height, 1));

  /* A size of nothing makes the loader give up. */
  if (width <= 0 || height <= 0 || (gint64) width * height > most)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)),
                                MAX (1, (int) (height * scale)));
}

static GdkPixbuf *
decode (Wanted *wanted, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean written;
  GdkPixbuf *picture;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), wanted);
  written = gdk_pixbuf_loader_write_bytes (loader, wanted->bytes, error);
  if (!gdk_pixbuf_loader_close (loader, written ? error : NULL) || !written)
    return NULL;
  picture = gdk_pixbuf_loader_get_pixbuf (loader);
  if (picture == NULL)
    g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "no picture");
  return picture != NULL ? gdk_pixbuf_apply_embedded_orientation (picture) : NULL;
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GdkPixbuf) picture = decode (data, &error);

  if (picture != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (picture), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
guichet_picture_load_async (GBytes *bytes,
                            int width,
                            int height,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Wanted *wanted = g_new0 (Wanted, 1);

  *wanted = (Wanted){ g_bytes_ref (bytes), width, height };
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, run);
}

GdkTexture *
guichet_picture_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
