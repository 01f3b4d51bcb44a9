/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RIFF WAVE, as far as the demo needs it: 16-bit mono. A writer belongs to one thread at a time. */
#include "demo/wav.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define HEADER_SIZE 44

struct _DemoWav
{
  FILE *file;
  guint rate;
  guint32 bytes;
  gboolean broken;
};

G_DEFINE_QUARK (demo - wav - error - quark, demo_wav_error)

static guint32
get_u32 (const guint8 *at)
{
  return at[0] | (guint32) at[1] << 8 | (guint32) at[2] << 16 | (guint32) at[3] << 24;
}

static void
put_u32 (guint8 *at, guint32 value)
{
  for (int i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (8 * i));
}

/* The chunk called @id: its place and, in @size, its length cut to what is there. */
static const guint8 *
find_chunk (const guint8 *data, gsize length, const char *id, gsize *size)
{
  gsize at = 12;

  while (at + 8 <= length)
    {
      gsize want = get_u32 (data + at + 4);
      gsize have = MIN (want, length - at - 8);

      if (memcmp (data + at, id, 4) == 0)
        {
          *size = have;
          return data + at + 8;
        }
      at += 8 + have + (have & 1);
    }
  return NULL;
}

GBytes *
demo_wav_read (const char *path, guint rate, GError **error)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) local = NULL;
  const guint8 *format, *samples;
  gsize length, format_size, size;

  if (!g_file_get_contents (path, &contents, &length, &local))
    {
      g_set_error_literal (error, DEMO_WAV_ERROR, DEMO_WAV_ERROR_READ, local->message);
      return NULL;
    }
  format = find_chunk ((const guint8 *) contents, length, "fmt ", &format_size);
  samples = find_chunk ((const guint8 *) contents, length, "data", &size);
  /* PCM (1), one channel, the rate, 16 bits */
  if (format == NULL || samples == NULL || format_size < 16 || get_u32 (format) != 0x00010001 ||
      get_u32 (format + 4) != rate || format[14] != 16)
    {
      g_set_error (error, DEMO_WAV_ERROR, DEMO_WAV_ERROR_FORMAT,
                   "%s is not 16-bit mono PCM at %u Hz", path, rate);
      return NULL;
    }
  return g_bytes_new (samples, size & ~(gsize) 1);
}

static void
write_header (DemoWav *wav)
{
  guint8 header[HEADER_SIZE] = "RIFF....WAVEfmt ";

  put_u32 (header + 4, HEADER_SIZE - 8 + wav->bytes);
  put_u32 (header + 16, 16);
  put_u32 (header + 20, 0x00010001);
  put_u32 (header + 24, wav->rate);
  put_u32 (header + 28, wav->rate * 2);
  put_u32 (header + 32, 0x00100002);
  memcpy (header + 36, "data", 4);
  put_u32 (header + 40, wav->bytes);
  wav->broken |= fseek (wav->file, 0, SEEK_SET) != 0;
  wav->broken |= fwrite (header, HEADER_SIZE, 1, wav->file) != 1;
}

DemoWav *
demo_wav_create (const char *path, guint rate, GError **error)
{
  DemoWav *wav;
  FILE *file = fopen (path, "wbe");

  if (file == NULL)
    {
      g_set_error (error, DEMO_WAV_ERROR, DEMO_WAV_ERROR_WRITE, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  wav = g_new0 (DemoWav, 1);
  wav->file = file;
  wav->rate = rate;
  write_header (wav);
  return wav;
}

void
demo_wav_write (DemoWav *wav, const gint16 *samples, gsize n)
{
  if (wav->broken || n > (G_MAXUINT32 - HEADER_SIZE - wav->bytes) / 2)
    return;
  wav->broken = fwrite (samples, 2, n, wav->file) != n;
  if (!wav->broken)
    wav->bytes += (guint32) (n * 2);
}

gboolean
demo_wav_close (DemoWav *wav, GError **error)
{
  gboolean broken;

  write_header (wav);
  broken = fclose (wav->file) != 0 || wav->broken;
  g_free (wav);
  if (broken)
    g_set_error_literal (error, DEMO_WAV_ERROR, DEMO_WAV_ERROR_WRITE,
                         "the recording is incomplete");
  return !broken;
}
