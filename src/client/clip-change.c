/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about clips. What an answer shows is in the list before the task returns. Main loop. */
#include "client/clip-change.h"

#include "base/fold.h"
#include "base/ids.h"
#include "client/mirror.h"
#include "client/request.h"
#include "model/clip.h"

#include <string.h>

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

static void
take_current (GuichetSession *self, JsonObject *problem)
{
  BaseJson json, current;

  if (problem == NULL)
    return;
  base_json_from_object (&json, problem);
  if (base_json_has (&json, "current") && base_json_get_object (&json, "current", &current, NULL))
    guichet_mirror_take (self->mirrors[GUICHET_MIRROR_CLIPS], &current, NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) problem = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  BaseJson root, json;

  if (answer == NULL)
    {
      take_current (self, problem);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  if (!base_json_get_object (&root, "clip", &json, &error))
    g_task_return_error (task, guichet_request_nonsense (error));
  else
    {
      guichet_mirror_take (self->mirrors[GUICHET_MIRROR_CLIPS], &json, NULL);
      g_task_return_boolean (task, TRUE);
    }
}

/* Takes the task. */
static void
send_body (GuichetSession *self, GTask *task)
{
  Saving *saving = g_task_get_task_data (task);
  g_autofree char *key = base_token_new (18);
  g_autofree char *path = saving->id != NULL ? guichet_request_path ("/v1/clips/", saving->id, "")
                                             : g_strdup ("/v1/clips");

  guichet_api_send_async (self->api, saving->id != NULL ? "PUT" : "POST", path, saving->body, key,
                          g_task_get_cancellable (task), on_saved, task);
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
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- deleting --------------------------------------------------------------------------------- */

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetSession *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) problem = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  GuichetClip *known = guichet_mirror_find (self->mirrors[GUICHET_MIRROR_CLIPS], id);
  gint64 revision;
  BaseJson root;

  if (answer == NULL)
    {
      take_current (self, problem);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  base_json_from_object (&root, answer);
  if (!base_json_get_int (&root, "revision", 1, G_MAXINT64, &revision, &error))
    {
      g_task_return_error (task, guichet_request_nonsense (error));
      return;
    }
  if (known != NULL && guichet_clip_get_revision (known) < revision)
    guichet_mirror_drop (self->mirrors[GUICHET_MIRROR_CLIPS], id,
                         guichet_record_get_int (GUICHET_RECORD (known), CLIP_VERSION) + 1);
  g_task_return_int (task, (gssize) revision);
}

void
guichet_session_delete_clip_async (GuichetSession *self,
                                   GuichetClip *clip,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *key = base_token_new (18);
  g_autofree char *query =
      g_strdup_printf ("?revision=%" G_GINT64_FORMAT, guichet_clip_get_revision (clip));
  g_autofree char *path = NULL;

  g_task_set_task_data (task, g_strdup (guichet_clip_get_id (clip)), g_free);
  if (!guichet_request_may_send (self, task))
    return;
  path = guichet_request_path ("/v1/clips/", guichet_clip_get_id (clip), query);
  guichet_api_send_async (self->api, "DELETE", path, body, key, cancellable, on_deleted, task);
}

gint64
guichet_session_delete_clip_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  gssize revision = g_task_propagate_int (G_TASK (result), error);

  return revision > 0 ? revision : 0;
}

/* --- hearing ---------------------------------------------------------------------------------- */

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = guichet_api_fetch_finish (GUICHET_API (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

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
    guichet_api_fetch_async (self->api, path, cancellable, on_fetched, task);
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
    guichet_api_fetch_async (self->api, path, cancellable, on_fetched, task);
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
  GTask *task =
      guichet_request_new (self, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data);
  g_autofree char *path =
      guichet_request_path ("/v1/interactions/", guichet_interaction_get_id (interaction), "/play");

  guichet_request_send (self, task, "DELETE", path, json_object_new ());
}
