/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound files from one kind to another, whole, on a thread of the pool. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stretch of a recording, in milliseconds since its beginning. */
typedef struct
{
  gint64 from, to;
} Stretch;

/* One or two WAVs (left, right) become an Ogg/Opus file of our own, 0600, with low noise in these
 * stretches; the callback comes in the caller's context. */
void convert_to_opus (const char *path,
                      const char *left,
                      const char *right,
                      const GArray *noise,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
/* @duration_ms: of the longer one. */
gboolean convert_to_opus_finish (GAsyncResult *result, guint64 *duration_ms, GError **error);

/* Of a WAV of Asterisk's; 0: there is none. */
guint64 convert_length_ms (const char *path);

/* A WAV or Ogg/Opus becomes what Asterisk calls sln16: mono samples, nothing else. */
void convert_to_raw (const char *path,
                     const char *from,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
gboolean convert_to_raw_finish (GAsyncResult *result, GError **error);

G_END_DECLS
