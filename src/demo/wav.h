/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound files of 16-bit mono PCM: reading a whole one, and writing one while it grows. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DEMO_WAV_ERROR (demo_wav_error_quark ())
GQuark demo_wav_error_quark (void);

typedef enum
{
  DEMO_WAV_ERROR_READ,   /* cannot be read */
  DEMO_WAV_ERROR_FORMAT, /* not 16-bit mono PCM */
  DEMO_WAV_ERROR_WRITE,
} DemoWavError;

/* Returns the samples (gint16, machine order) of @path, whose rate has to be @rate. */
GBytes *demo_wav_read (const char *path, guint rate, GError **error);

typedef struct _DemoWav DemoWav;

DemoWav *demo_wav_create (const char *path, guint rate, GError **error);
/* What cannot be written is lost; demo_wav_close () tells. */
void demo_wav_write (DemoWav *wav, const gint16 *samples, gsize n);
gboolean demo_wav_close (DemoWav *wav, GError **error); /* frees it too */

G_END_DECLS
