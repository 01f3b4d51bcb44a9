/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds in memory: 16-bit mono at the mixer's rate, counted, never changed once made. They come
 * from WAV files or are computed here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Sound Sound;

#define SOUND_ERROR (sound_error_quark ())
GQuark sound_error_quark (void);

typedef enum
{
  SOUND_ERROR_READ,
  SOUND_ERROR_FORMAT, /* not a WAV file of 16-bit PCM with one or two channels */
  SOUND_ERROR_LENGTH, /* empty, or longer than ten minutes */
} SoundError;

/* Takes @samples. */
Sound *sound_new_take (gint16 *samples, guint n_samples);
Sound *sound_ref (Sound *sound);
void sound_unref (Sound *sound);
const gint16 *sound_get_samples (Sound *sound);
guint sound_get_length (Sound *sound);

/* A WAV file of any usual rate, brought to @rate. */
Sound *sound_load (const char *path, guint rate, GError **error);

/* The same for its bytes. */
Sound *sound_parse (const guint8 *data, gsize size, guint rate, GError **error);

/* One ring and its pause, as a caller hears it in Europe: 425 Hz, 1 s of 5. */
Sound *sound_make_ringback (guint rate);
/* Two short beeps every two seconds: a key is waited for. */
Sound *sound_make_confirm (guint rate);

/* A quiet tune of 16 s that loops without a seam: plucked chords, of our own. */
Sound *sound_make_music (guint rate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sound, sound_unref)

G_END_DECLS
