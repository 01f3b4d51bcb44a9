/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound between memory and a file of Opus in Ogg, in the background. 16-bit mono at
 * PHONE_FILE_RATE. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PHONE_FILE_RATE    24000
#define PHONE_FILE_SECONDS 301 /* more than these are not read */

typedef struct _PhoneSoundFile PhoneSoundFile;

/* @error NULL: written, or read whole. Called once, from the main loop, unless it was freed. */
typedef void (*PhoneSoundFileFunc) (const GError *error, gpointer user_data);

/* Writes a new file; the samples are copied. NULL: it is there already, or cannot be made. */
PhoneSoundFile *phone_sound_file_write (const char *path,
                                        const gint16 *samples,
                                        gsize count,
                                        PhoneSoundFileFunc done,
                                        gpointer user_data,
                                        GError **error);
/* @from: ms at which it begins. */
PhoneSoundFile *phone_sound_file_read (const char *path,
                                       guint from,
                                       PhoneSoundFileFunc done,
                                       gpointer user_data,
                                       GError **error);
/* What was read, after done. Free with g_free. */
gint16 *phone_sound_file_take (PhoneSoundFile *file, gsize *count);
/* Breaks it off. */
void phone_sound_file_free (PhoneSoundFile *file);

G_END_DECLS
