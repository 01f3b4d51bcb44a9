/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds of files that the centre names: WAV or Ogg/Opus, decoded whole on a thread of the pool. */
#pragma once

#include "server/voice/builtin/sound.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* @callback comes in the context of the thread that calls. */
void
file_sound_load (const char *path, guint rate, GAsyncReadyCallback callback, gpointer user_data);
Sound *file_sound_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
