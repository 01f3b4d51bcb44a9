/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Makes a picture out of a stranger's bytes, on another thread: not larger than this, and none at
 * all where it would need too much memory on the way. */
void guichet_picture_load_async (GBytes *bytes,
                                 int width,
                                 int height,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
GdkTexture *guichet_picture_load_finish (GAsyncResult *result, GError **error);
