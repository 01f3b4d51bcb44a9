/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound to or from one device that may change under way, at a fixed rate, 16-bit mono. It outlives
 * its device: without one, what is played is thrown away at nobody's cost, and what is recorded is
 * silence at the right pace. Main thread. */
#pragma once

#include "phone/sound.h"

G_BEGIN_DECLS

typedef struct _PhoneStream PhoneStream;

typedef struct
{
  /* Recording: some samples came. Playing: fill all samples. In the sound library's thread, or
   * (recorded silence) in the main thread, never in both at once: do nothing slow. */
  void (*samples) (gint16 *samples, gsize count, gpointer user_data);
  /* The device failed or went; silence until it is given another. Main thread, may be NULL. */
  void (*lost) (gpointer user_data);
  /* The sound card took far less, or far more, than real time for seconds. Main thread, may be
   * NULL. */
  void (*out_of_step) (gpointer user_data);
} PhoneStreamEvents;

PhoneStream *phone_stream_new (PhoneSound *sound,
                               PhoneDeviceKind kind,
                               guint rate,
                               const char *role,
                               const PhoneStreamEvents *events,
                               gpointer user_data);
void phone_stream_free (PhoneStream *stream); /* no callback after it */

/* Opens it on that device, or none (NULL); nothing happens where it runs there already. */
void phone_stream_set_device (PhoneStream *stream, const char *device);
gboolean phone_stream_is_flowing (PhoneStream *stream);

G_END_DECLS
