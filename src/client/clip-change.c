/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about clips. Main loop. */
#include "client/clip-change.h"

#include "base/fold.h"
#include "base/ids.h"
#include "client/change.h"
#include "client/fields/session.h"
#include "client/fields/writing.h"
#include "client/mirror.h"
#include "client/request.h"
#include "model/clip.h"

#define SOUNDS "/v1/clips/attachments"

GListModel *
guichet_session_get_clips (GuichetSession *self)
{
  return guichet_mirror_get_list (self->mirrors[GUICHET_MIRROR_CLIPS]);
}

gboolean
guichet_session_may_change_clips (GuichetSession *self, gboolean of_centre, const char **reason)
{
  ModelClips rule = MODEL_CLIPS_ALL;
  ModelPermission permission;

  model_clips_from_text (guichet_record_get_string (GUICHET_RECORD (self), SESSION_CLIPS), &rule);
  permission = model_clip_permission (
      rule, guichet_session_is_supervisor (self) ? MODEL_ROLE_SUPERVISOR : MODEL_ROLE_AGENT,
      of_centre);
  if (reason != NULL)
    *reason = model_code (permission.reason);
  return permission.verdict == MODEL_ALLOWED;
}

/* --- finding ---------------------------------------------------------------------------------- */

static char *
folded (GuichetClip *clip)
{
  g_autofree char *tags = g_strjoinv (" ", (char **) guichet_clip_get_tags (clip));
  g_autofree char *all = g_strjoin (" ", guichet_clip_get_label (clip), tags, NULL);

  return base_fold (all);
}

GPtrArray *
guichet_session_search_clips (GuichetSession *self, const char *query, gboolean archived)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *wanted = g_strstrip (base_fold (query));
  GListModel *all = guichet_session_get_clips (self);
  guint first = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetClip) clip = g_list_model_get_item (all, i);
      g_autofree char *text = folded (clip);

      if (guichet_clip_get_archived (clip) != archived || !base_fold_has (text, wanted))
        continue;
      if (*wanted != '\0' && g_str_has_prefix (text, wanted))
        g_ptr_array_insert (found, (int) first++, g_steal_pointer (&clip));
      else
        g_ptr_array_add (found, g_steal_pointer (&clip));
    }
  return found;
}

/* --- saving ----------------------------------------------------------------------------------- */

typedef struct
{
  char *id;
  JsonObject *body;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->id);
  json_object_unref (saving->body);
  g_free (saving);
}

static gboolean
take (GuichetSession *self, const BaseJson *json, GError **error)
{
  g_autoptr (GError) problem = NULL;

  guichet_mirror_take (self->mirrors[GUICHET_MIRROR_CLIPS], json, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gpointer
find (GuichetSession *self, const char *id)
{
  return guichet_mirror_find (self->mirrors[GUICHET_MIRROR_CLIPS], id);
}

static void
drop (GuichetSession *self, const char *id, gint64 version)
{
  guichet_mirror_drop (self->mirrors[GUICHET_MIRROR_CLIPS], id, version);
}

static const GuichetChangeKind clip_kind = {
  "/v1/clips", "clip", CLIP_REVISION, CLIP_VERSION, take, find, drop,
};

/* Takes the task. */
static void
send_body (GuichetSession *self, GTask *task)
{
  Saving *saving = g_task_get_task_data (task);

  guichet_change_save (self, task, &clip_kind, saving->id, saving->body);
}

static void
on_sound_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  const char *sound = NULL;
  BaseJson root;

  if (answer != NULL)
    base_json_from_object (&root, answer);
  if (answer != NULL && base_json_get_string (&root, "sound", 64, &sound, &error))
    {
      json_object_set_string_member (saving->body, "sound", sound);
      send_body (g_task_get_source_object (task), task);
      return;
    }
  g_task_return_error (task, answer == NULL ? g_steal_pointer (&error)
                                            : guichet_request_nonsense (error));
  g_object_unref (task);
}

void
guichet_session_save_clip_async (GuichetSession *self,
                                 const char *id,
                                 gint64 revision,
                                 const GuichetClipWish *wish,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = base_token_new (18);
  GuichetApiFile file = { .name = "clip.ogg", .key = key, .bytes = wish->sound };
  Saving *saving;
  JsonArray *tags;

  if (!guichet_request_may_send (self, task))
    return;
  saving = g_new0 (Saving, 1);
  saving->id = g_strdup (id);
  saving->body = json_object_new ();
  tags = json_array_new ();
  for (guint i = 0; wish->tags[i] != NULL; i++)
    json_array_add_string_element (tags, wish->tags[i]);
  json_object_set_string_member (saving->body, "label", wish->label);
  json_object_set_array_member (saving->body, "tags", tags);
  if (id == NULL)
    json_object_set_string_member (saving->body, "scope", wish->of_centre ? "public" : "personal");
  else
    {
      json_object_set_boolean_member (saving->body, "archived", wish->archived);
      json_object_set_int_member (saving->body, "revision", revision);
    }
  g_task_set_task_data (task, saving, saving_free);
  if (wish->sound != NULL)
    guichet_api_upload_async (self->api, SOUNDS, &file, cancellable, on_sound_sent, task);
  else
    send_body (self, task);
}

gboolean
guichet_session_save_clip_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GuichetClip) clip = g_task_propagate_pointer (G_TASK (result), error);

  return clip != NULL;
}

void
guichet_session_delete_clip_async (GuichetSession *self,
                                   GuichetClip *clip,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  guichet_change_delete (self, g_task_new (self, cancellable, callback, user_data), &clip_kind,
                         GUICHET_RECORD (clip));
}

gint64
guichet_session_delete_clip_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return guichet_change_delete_finish (result, error);
}

/* --- hearing ---------------------------------------------------------------------------------- */

void
guichet_session_hear_clip_async (GuichetSession *self,
                                 GuichetClip *clip,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = guichet_request_path ("/v1/clips/", guichet_clip_get_id (clip), "/sound");

  if (guichet_request_may_send (self, task))
    guichet_request_fetch (self, task, path);
}

void
guichet_session_hear_recording_async (GuichetSession *self,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = guichet_request_path ("/v1/recordings/", id, "");

  if (guichet_request_may_send (self, task))
    guichet_request_fetch (self, task, path);
}

GBytes *
guichet_session_hear_clip_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- in a call -------------------------------------------------------------------------------- */

void
guichet_session_play_clip_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 GuichetClip *clip,
                                 gboolean hang_up,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "clip", guichet_clip_get_id (clip));
  json_object_set_boolean_member (body, "hang_up", hang_up);
  guichet_request_send_about (self, task, "/v1/interactions/",
                              guichet_interaction_get_id (interaction), "/play", body);
}

void
guichet_session_stop_clip_async (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "DELETE", "/v1/interactions/", guichet_interaction_get_id (interaction), "/play",
      json_object_new ());
}
