/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds played to legs and bridges: prompts and clips by name from the sounds' directory, and the
 * tones. Owns what plays now. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/file-sound.h"
#include "server/voice/builtin/parts.h"

#include <string.h>

typedef struct
{
  char *request;
  guint play; /* 0: its file is still being read */
  gboolean loop;
  Leg *leg;       /* one… */
  Bridge *bridge; /* …of the two */
} Playing;

void
playing_free (gpointer data)
{
  Playing *playing = data;

  g_free (playing->request);
  g_free (playing);
}

static gboolean
is_name (const char *name)
{
  return name[0] != '\0' && name[0] != '.' && strlen (name) <= 100 && strchr (name, '/') == NULL;
}

/* Borrowed, or NULL. */
static Sound *
find_sound (Builtin *self, const char *media)
{
  const char *name = media + strlen ("sound:");
  g_autofree char *path = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  Sound *sound;

  if (g_str_equal (media, "tone:ringback"))
    return self->ringback;
  if (g_str_equal (media, "tone:confirm"))
    return self->confirm;
  if (!g_str_has_prefix (media, "sound:") || !is_name (name) || self->config->sounds == NULL)
    return NULL;
  sound = g_hash_table_lookup (self->sounds, name);
  if (sound != NULL)
    return sound;

  file = g_strconcat (name, ".wav", NULL);
  path = g_build_filename (self->config->sounds, file, NULL);
  sound = sound_load (path, BUILTIN_RATE, &error);
  if (sound == NULL)
    g_message ("sound %s: %s", name, error->message);
  else
    g_hash_table_insert (self->sounds, g_strdup (name), sound);

  return sound;
}

static void
play (Builtin *self, Playing *playing, Sound *sound)
{
  playing->play =
      mixer_play (self->mixer, playing->leg ? link_get_port (playing->leg->link) : NULL,
                  playing->bridge ? playing->bridge->bridge : NULL, sound, playing->loop);
}

typedef struct
{
  Builtin *engine;
  char *request;
} Loading;

/* Meanwhile it may have been stopped. */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Loading *loading = user_data;
  Builtin *self = loading->engine;
  Playing *playing = g_hash_table_lookup (self->plays, loading->request);
  g_autoptr (GError) error = NULL;
  g_autoptr (Sound) sound = file_sound_load_finish (result, &error);

  self->n_loading--;
  if (playing != NULL && sound != NULL)
    play (self, playing, sound);
  else if (playing != NULL)
    {
      builtin_fail (self, loading->request, VOICE_CODE_NO_SUCH_MEDIA, error->message);
      g_hash_table_remove (self->plays, loading->request);
    }
  builtin_settle (self);
  g_free (loading->request);
  g_free (loading);
}

static void
load (Builtin *self, const VoiceRequest *request)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->engine = self;
  loading->request = g_strdup (request->id);
  self->n_loading++;
  file_sound_load (request->media + strlen ("file:"), BUILTIN_RATE, on_loaded, loading);
}

void
plays_handle_start (Builtin *self, VoiceRequest *request)
{
  Leg *leg = NULL;
  Bridge *bridge = NULL;
  gboolean is_file = g_str_has_prefix (request->media, "file:/");
  Sound *sound = NULL;
  Playing *playing;

  if (request->leg != NULL && (leg = leg_find (self, request)) == NULL)
    return;
  if (request->bridge != NULL)
    bridge = g_hash_table_lookup (self->bridges, request->bridge);
  if (leg == NULL && bridge == NULL)
    {
      builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_BRIDGE, NULL);
      return;
    }
  if (g_hash_table_contains (self->plays, request->id))
    {
      builtin_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
      return;
    }
  if (!is_file && (sound = find_sound (self, request->media)) == NULL)
    {
      builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_MEDIA, request->media);
      return;
    }

  playing = g_new0 (Playing, 1);
  playing->request = g_strdup (request->id);
  playing->leg = leg;
  playing->bridge = bridge;
  playing->loop = request->loop;
  g_hash_table_insert (self->plays, playing->request, playing);
  if (is_file)
    load (self, request);
  else
    play (self, playing, sound);
}

void
plays_handle_stop (Builtin *self, VoiceRequest *request)
{
  Playing *playing = g_hash_table_lookup (self->plays, request->play);

  if (playing == NULL)
    {
      builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_PLAY, NULL);
      return;
    }
  mixer_stop_play (self->mixer, playing->play);
  builtin_fail (self, playing->request, VOICE_CODE_STOPPED, NULL);
  g_hash_table_remove (self->plays, request->play);
  builtin_done (self, request->id);
}

void
plays_end_of (Builtin *self, Leg *leg, Bridge *bridge)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Playing *playing = value;

      if (playing->leg != leg || playing->bridge != bridge)
        continue;
      mixer_stop_play (self->mixer, playing->play);
      builtin_fail (self, playing->request, VOICE_CODE_STOPPED, NULL);
      g_hash_table_iter_remove (&iter);
    }
}

void
plays_on_mixer_end (guint play, gpointer user_data)
{
  Builtin *self = user_data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Playing *) value)->play == play)
      {
        builtin_done (self, ((Playing *) value)->request);
        g_hash_table_iter_remove (&iter);
        break;
      }
}
