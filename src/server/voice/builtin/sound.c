/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds in memory and the WAV files they come from, with a windowed-sinc change of rate: slow and
 * clean, as it runs once a file. On whatever thread calls; a sound does not change once made. */
#define G_LOG_DOMAIN "guichetd-sound"

#include "server/voice/builtin/sound.h"

#include <math.h>
#include <string.h>

#define MAX_SECONDS 600
#define TAPS        32 /* on each side, in input samples */

struct _Sound
{
  gatomicrefcount refs;
  gint16 *samples;
  guint n;
};

typedef struct
{
  guint rate, channels;
  const guint8 *data;
  gsize n_bytes;
} Wav;

G_DEFINE_QUARK (guichet - sound - error - quark, sound_error)

Sound *
sound_new_take (gint16 *samples, guint n_samples)
{
  Sound *sound = g_new0 (Sound, 1);

  g_atomic_ref_count_init (&sound->refs);
  sound->samples = samples;
  sound->n = n_samples;

  return sound;
}

Sound *
sound_ref (Sound *sound)
{
  g_atomic_ref_count_inc (&sound->refs);

  return sound;
}

void
sound_unref (Sound *sound)
{
  if (sound == NULL || !g_atomic_ref_count_dec (&sound->refs))
    return;

  g_free (sound->samples);
  g_free (sound);
}

const gint16 *
sound_get_samples (Sound *sound)
{
  return sound->samples;
}

guint
sound_get_length (Sound *sound)
{
  return sound->n;
}

static guint32
read_le (const guint8 *at, guint n_bytes)
{
  guint32 value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value |= (guint32) at[i] << (8 * i);

  return value;
}

static gboolean
read_format (Wav *wav, const guint8 *at, gsize size)
{
  if (size < 16 || (read_le (at, 2) != 1 && read_le (at, 2) != 0xfffe) ||
      read_le (at + 14, 2) != 16)
    return FALSE;
  wav->channels = read_le (at + 2, 2);
  wav->rate = read_le (at + 4, 4);

  return (wav->channels == 1 || wav->channels == 2) && wav->rate >= 8000 && wav->rate <= 192000;
}

/* Walks the chunks; a size that goes beyond the file ends with the file, as in streamed WAVs. */
static gboolean
read_wav (Wav *wav, const guint8 *data, gsize size)
{
  gsize at = 12;

  memset (wav, 0, sizeof *wav);
  if (size < 12 || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WAVE", 4) != 0)
    return FALSE;

  while (size - at >= 8)
    {
      gsize length = MIN (read_le (data + at + 4, 4), size - at - 8);
      const guint8 *body = data + at + 8;

      if (memcmp (data + at, "fmt ", 4) == 0 && !read_format (wav, body, length))
        return FALSE;
      if (memcmp (data + at, "data", 4) == 0)
        {
          wav->data = body;
          wav->n_bytes = length;
          return wav->rate != 0;
        }
      at += 8 + MIN (length + (length & 1), size - at - 8);
    }

  return FALSE;
}

static double *
to_mono (const Wav *wav, guint n)
{
  double *mono = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      double sum = 0;

      for (guint c = 0; c < wav->channels; c++)
        sum += (gint16) read_le (wav->data + 2 * (i * wav->channels + c), 2);
      mono[i] = sum / wav->channels;
    }

  return mono;
}

/* One output sample at @position of the input: sinc under a Hann window, cut at the lower of the
 * two Nyquist frequencies. */
static gint16
interpolate (const double *mono, guint n, double position, double cut)
{
  int reach = (int) ceil (TAPS / cut);
  gint64 centre = (gint64) floor (position);
  double sum = 0;

  for (gint64 i = MAX (0, centre - reach + 1); i <= MIN ((gint64) n - 1, centre + reach); i++)
    {
      double x = position - (double) i;
      double window = 0.5 + 0.5 * cos (G_PI * x / reach);
      double y = x * cut * G_PI;

      sum += mono[i] * cut * (fabs (y) < 1e-9 ? 1 : sin (y) / y) * window;
    }

  return (gint16) CLAMP (lrint (sum), G_MININT16, G_MAXINT16);
}

Sound *
sound_parse (const guint8 *data, gsize size, guint rate, GError **error)
{
  g_autofree double *mono = NULL;
  g_autofree gint16 *samples = NULL;
  Wav wav;
  guint n, n_out;

  if (!read_wav (&wav, data, size))
    {
      g_set_error (error, SOUND_ERROR, SOUND_ERROR_FORMAT,
                   "not a WAV file of 16-bit PCM, mono or stereo");
      return NULL;
    }
  n = (guint) MIN (wav.n_bytes / 2 / wav.channels, (gsize) wav.rate * MAX_SECONDS + 1);
  if (n == 0 || n > wav.rate * MAX_SECONDS)
    {
      g_set_error (error, SOUND_ERROR, SOUND_ERROR_LENGTH, "empty, or longer than 10 minutes");
      return NULL;
    }

  mono = to_mono (&wav, n);
  n_out = (guint) ((guint64) n * rate / wav.rate);
  samples = g_new (gint16, MAX (n_out, 1));
  for (guint i = 0; i < n_out; i++)
    samples[i] = wav.rate == rate ? (gint16) lrint (mono[i])
                                  : interpolate (mono, n, (double) i * wav.rate / rate,
                                                 rate < wav.rate ? (double) rate / wav.rate : 1.0);

  return sound_new_take (g_steal_pointer (&samples), n_out);
}

Sound *
sound_load (const char *path, guint rate, GError **error)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GError) read_error = NULL;
  Sound *sound;

  if (!g_file_get_contents (path, &data, &size, &read_error))
    {
      g_set_error_literal (error, SOUND_ERROR, SOUND_ERROR_READ, read_error->message);
      return NULL;
    }
  sound = sound_parse ((const guint8 *) data, size, rate, error);
  if (sound == NULL)
    g_prefix_error (error, "%s: ", path);

  return sound;
}
