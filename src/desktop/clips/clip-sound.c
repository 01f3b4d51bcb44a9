/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sound at the desk. The phone writes and reads files in a folder of the agent's cache, which are
 * gone as soon as their bytes are here or have been heard. Main thread only.
 */

#include "desktop/clips/clip-sound.h"

#include "client/typed-form.h"
#include "desktop/widgets/util.h"
#include "model/clip.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

struct _GuichetClipSound
{
  GObject parent_instance;

  GuichetSession *session;
  GuichetPhone *phone;
  char *kept;    /* under which name the session keeps what was recorded, or NULL */
  GBytes *bytes; /* that, or NULL */
  char *path;    /* of the file that the phone has now */
  gboolean recording;
};

G_DEFINE_FINAL_TYPE (GuichetClipSound, guichet_clip_sound, G_TYPE_OBJECT)

static guint changed_signal, failed_signal;

static void
say (GuichetClipSound *self, const char *text)
{
  g_signal_emit (self, failed_signal, 0, text);
}

static void
drop_file (GuichetClipSound *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
}

static gboolean
new_path (GuichetClipSound *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "guichet", "clips", NULL);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (id, ".ogg", NULL);

  drop_file (self);
  self->path = g_build_filename (folder, name, NULL);
  return g_mkdir_with_parents (folder, 0700) == 0;
}

/* Takes the bytes. */
static void
keep (GuichetClipSound *self, GBytes *bytes)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = bytes;
  if (self->kept != NULL)
    guichet_session_keep_bytes (self->session, self->kept, bytes);
}

static void
take_recording (GuichetClipSound *self, const char *result)
{
  char *data;
  gsize length;

  self->recording = FALSE;
  if (g_str_equal (result, "nothing"))
    say (self, _ ("Nothing was recorded. Speak after pressing Record."));
  else if (g_str_equal (result, "failed") ||
           !g_file_get_contents (self->path, &data, &length, NULL))
    say (self, _ ("The recording could not be kept. Try again."));
  else
    {
      keep (self, g_bytes_new_take (data, length));
      if (g_str_equal (result, "interrupted"))
        say (self, _ ("A call ended the recording. What was said before is kept."));
    }
  drop_file (self);
}

static void
on_recorder (GuichetClipSound *self)
{
  const char *state = guichet_phone_get_recorder (self->phone);
  const char *result = guichet_phone_get_recorder_result (self->phone);

  if (g_str_equal (state, "idle") && *result != '\0' && self->path != NULL)
    {
      if (self->recording)
        take_recording (self, result);
      else
        {
          if (g_str_equal (result, "failed"))
            say (self, _ ("This clip cannot be heard. Record it anew."));
          drop_file (self);
        }
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
on_gone (GuichetClipSound *self)
{
  if (!guichet_phone_get_present (self->phone))
    {
      self->recording = FALSE;
      drop_file (self);
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
on_done (GObject *phone, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetClipSound) self = data;
  g_autoptr (GError) error = NULL;

  if (guichet_phone_call_finish (GUICHET_PHONE (phone), result, &error))
    return;
  self->recording = FALSE;
  drop_file (self);
  say (self, _ ("The sound does not work now. Look at the sound settings."));
  g_signal_emit (self, changed_signal, 0);
}

const char *
guichet_clip_sound_get_state (GuichetClipSound *self)
{
  return guichet_phone_get_recorder (self->phone);
}

const char *
guichet_clip_sound_get_obstacle (GuichetClipSound *self)
{
  if (!guichet_phone_get_present (self->phone))
    return _ ("The sound does not work now. Look at the sound settings.");
  if (guichet_phone_get_call (self->phone) != NULL)
    return _ ("Not during a call.");
  return NULL;
}

void
guichet_clip_sound_set_clip (GuichetClipSound *self, const char *clip)
{
  guichet_clip_sound_stop (self);
  self->recording = FALSE;
  g_free (self->kept);
  self->kept = clip != NULL ? g_strconcat ("recording:", clip, NULL) : NULL;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (clip != NULL)
    self->bytes = guichet_session_find_bytes (self->session, self->kept);
}

gboolean
guichet_clip_sound_is_recording (GuichetClipSound *self)
{
  return self->recording;
}

GBytes *
guichet_clip_sound_get_bytes (GuichetClipSound *self)
{
  return self->bytes;
}

void
guichet_clip_sound_forget (GuichetClipSound *self)
{
  guichet_clip_sound_stop (self);
  self->recording = FALSE;
  keep (self, NULL);
}

void
guichet_clip_sound_record (GuichetClipSound *self)
{
  if (!new_path (self))
    {
      say (self, _ ("The recording could not be kept. Try again."));
      return;
    }
  self->recording = TRUE;
  guichet_phone_record_file_async (self->phone, self->path, MODEL_CLIP_SECONDS_MAX, NULL, on_done,
                                   g_object_ref (self));
}

void
guichet_clip_sound_play (GuichetClipSound *self, GBytes *bytes, guint from)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!g_str_equal (guichet_clip_sound_get_state (self), "idle"))
    return;
  if (!new_path (self) || !g_file_set_contents (self->path, data, (gssize) length, NULL))
    {
      say (self, _ ("This clip cannot be heard. Record it anew."));
      return;
    }
  guichet_phone_play_file_async (self->phone, self->path, from, NULL, on_done, g_object_ref (self));
}

void
guichet_clip_sound_stop (GuichetClipSound *self)
{
  if (!g_str_equal (guichet_clip_sound_get_state (self), "idle"))
    guichet_phone_recorder_stop_async (self->phone, NULL, NULL, NULL);
}

static void
guichet_clip_sound_dispose (GObject *object)
{
  GuichetClipSound *self = GUICHET_CLIP_SOUND (object);

  if (self->phone != NULL)
    guichet_clip_sound_stop (self);
  drop_file (self);
  g_clear_object (&self->phone);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_clip_sound_parent_class)->dispose (object);
}

static void
guichet_clip_sound_finalize (GObject *object)
{
  g_clear_pointer (&GUICHET_CLIP_SOUND (object)->bytes, g_bytes_unref);
  g_free (GUICHET_CLIP_SOUND (object)->kept);
  G_OBJECT_CLASS (guichet_clip_sound_parent_class)->finalize (object);
}

static void
guichet_clip_sound_class_init (GuichetClipSoundClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_clip_sound_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_clip_sound_finalize;
  changed_signal =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  failed_signal = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
guichet_clip_sound_init (GuichetClipSound *self)
{
}

GuichetClipSound *
guichet_clip_sound_new (GuichetSession *session)
{
  static const char *const watched[] = { "notify::recorder", "notify::recorder-result" };
  GuichetClipSound *self = g_object_new (GUICHET_TYPE_CLIP_SOUND, NULL);

  self->session = g_object_ref (session);
  self->phone = g_object_ref (guichet_session_get_phone (session));
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->phone, watched[i], G_CALLBACK (on_recorder), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::present", G_CALLBACK (on_gone), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "notify::call", G_CALLBACK (on_gone), self,
                           G_CONNECT_SWAPPED);
  return self;
}
