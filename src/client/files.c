/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: files on their way to the centre. Each has an Upload, which owns its bytes until
 * the centre has them; a copy of them lies beside the local file as long. Main loop. */
#include "client/files-private.h"

#include "base/ids.h"
#include "base/log.h"
#include "client/fields/writing.h"
#include "client/request.h"

#include <glib/gstdio.h>

#define AGAIN_MS 2000

typedef struct
{
  GWeakRef session;
  GuichetAttachment *file; /* owns this */
  char *interaction;
  GBytes *bytes; /* NULL: still on the disk */
  GCancellable *cancellable;
  guint again_id;
} Upload;

static void send_file (Upload *upload);

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_cancellable_cancel (upload->cancellable);
  g_object_unref (upload->cancellable);
  g_clear_handle_id (&upload->again_id, g_source_remove);
  g_weak_ref_clear (&upload->session);
  g_clear_pointer (&upload->bytes, g_bytes_unref);
  g_free (upload->interaction);
  g_free (upload);
}

static Upload *
upload_of (GuichetAttachment *file)
{
  return g_object_get_data (G_OBJECT (file), "upload");
}

static Upload *
upload_new (GuichetSession *session,
            GuichetInteraction *interaction,
            GuichetAttachment *file,
            GBytes *bytes)
{
  Upload *upload = g_new0 (Upload, 1);

  g_weak_ref_init (&upload->session, session);
  upload->file = file;
  upload->interaction = g_strdup (guichet_interaction_get_id (interaction));
  upload->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  upload->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (file), "upload", upload, upload_free);
  return upload;
}

static GListStore *
files_of (GuichetInteraction *interaction)
{
  return G_LIST_STORE (guichet_interaction_get_files (interaction));
}

/* --- the copies on the disk ------------------------------------------------------------------- */

static char *
copy_path (GuichetSession *self, const char *key)
{
  return self->files_dir != NULL ? g_build_filename (self->files_dir, key, NULL) : NULL;
}

static void
drop_copy (GuichetSession *self, const char *key)
{
  g_autofree char *path = copy_path (self, key);

  if (path != NULL)
    g_unlink (path);
}

static void
keep_row (GuichetSession *self, Upload *upload)
{
  g_autofree char *text = guichet_file_to_text (upload->file);

  guichet_outbox_keep_file (self->outbox, upload->interaction,
                            guichet_attachment_get_key (upload->file), text);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetAttachment) file = user_data;
  g_autoptr (GError) error = NULL;
  Upload *upload = upload_of (file);
  g_autoptr (GuichetSession) self = NULL;
  gboolean copied = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  if (!copied)
    base_log_failure (BASE_LOG_WARNING, "files", "not_copied", error);
  if (upload == NULL) /* removed, or at the centre, meanwhile */
    {
      g_file_delete (G_FILE (source), NULL, NULL);
      return;
    }
  self = g_weak_ref_get (&upload->session);
  if (self == NULL)
    return;
  if (copied)
    keep_row (self, upload);
  send_file (upload);
}

static void
copy (GuichetSession *self, Upload *upload)
{
  g_autofree char *path = copy_path (self, guichet_attachment_get_key (upload->file));
  g_autoptr (GFile) file = NULL;

  if (path == NULL || g_mkdir_with_parents (self->files_dir, 0700) != 0)
    {
      send_file (upload);
      return;
    }
  file = g_file_new_for_path (path);
  g_file_replace_contents_bytes_async (file, upload->bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       NULL, on_copied, g_object_ref (upload->file));
}

/* --- sending ---------------------------------------------------------------------------------- */

static void
set_state (GuichetAttachment *file, const char *state)
{
  guichet_record_set_string (record (file), ATTACHMENT_STATE, state);
}

static void
fail_file (GuichetAttachment *file, const char *reason, gint64 limit)
{
  guichet_record_set_string (record (file), ATTACHMENT_REASON, reason);
  guichet_record_set_int (record (file), ATTACHMENT_LIMIT, limit);
  set_state (file, "failed");
}

static gboolean
on_again (gpointer user_data)
{
  Upload *upload = user_data;

  upload->again_id = 0;
  send_file (upload);
  return G_SOURCE_REMOVE;
}

static void
wait_for_link (Upload *upload)
{
  set_state (upload->file, "waiting");
  guichet_record_set_double (record (upload->file), ATTACHMENT_PROGRESS, 0);
  if (upload->again_id == 0)
    upload->again_id = g_timeout_add (AGAIN_MS, on_again, upload);
}

static gboolean
is_passing (const GError *error)
{
  return guichet_api_is_transport_error (error) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_UNAVAILABLE) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_TOO_MANY) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_FULL) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT);
}

/* The centre has it: it is what the centre says it is. */
static void
arrived (GuichetSession *self, Upload *upload, JsonObject *answer)
{
  g_autofree char *text = base_json_to_text (answer);
  g_autoptr (GuichetAttachment) said = guichet_file_from_text ("", text);
  GuichetAttachment *file = upload->file;

  if (said == NULL)
    {
      fail_file (file, "protocol", 0);
      return;
    }
  guichet_record_set_string (record (file), ATTACHMENT_ID, guichet_attachment_get_id (said));
  guichet_record_set_string (record (file), ATTACHMENT_NAME, guichet_attachment_get_name (said));
  guichet_record_set_string (record (file), ATTACHMENT_TYPE, guichet_attachment_get_kind (said));
  guichet_record_set_int (record (file), ATTACHMENT_SIZE, guichet_attachment_get_size (said));
  keep_row (self, upload);
  drop_copy (self, guichet_attachment_get_key (file));
  set_state (file, "ready");
  g_object_set_data (G_OBJECT (file), "upload", NULL);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetAttachment) file = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  Upload *upload = upload_of (file);
  g_autoptr (GuichetSession) self = upload != NULL ? g_weak_ref_get (&upload->session) : NULL;

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer != NULL)
    arrived (self, upload, answer);
  else if (is_passing (error))
    wait_for_link (upload);
  else
    {
      const char *reason = guichet_client_error_get_reason (error);
      gboolean named = reason != NULL && g_str_has_prefix (reason, "file_");

      base_log_failure (BASE_LOG_INFO, "files", "refused", error);
      fail_file (file, named ? reason : guichet_client_error_get_code_name (error),
                 guichet_client_error_get_limit (error));
    }
}

static void
on_progress (double part, gpointer user_data)
{
  guichet_record_set_double (record (user_data), ATTACHMENT_PROGRESS, part);
}

static void
send_file (Upload *upload)
{
  g_autoptr (GuichetSession) self = g_weak_ref_get (&upload->session);
  g_autofree char *path = NULL;
  GuichetApiFile file = { .name = guichet_attachment_get_name (upload->file),
                          .key = guichet_attachment_get_key (upload->file),
                          .bytes = upload->bytes,
                          .progress = on_progress,
                          .progress_data = upload->file };

  if (self == NULL || upload->bytes == NULL)
    return;
  if (!guichet_session_get_link_up (self))
    {
      wait_for_link (upload);
      return;
    }
  set_state (upload->file, "uploading");
  path = guichet_request_path ("/v1/interactions/", upload->interaction, "/attachments");
  guichet_api_upload_async (self->api, path, &file, upload->cancellable, on_sent,
                            g_object_ref (upload->file));
}

/* --- from outside ----------------------------------------------------------------------------- */

gboolean
guichet_session_may_attach (GuichetSession *self,
                            GuichetInteraction *interaction,
                            gint64 size,
                            const char **reason,
                            gint64 *limit)
{
  GListModel *files = guichet_interaction_get_files (interaction);
  gint64 each = guichet_interaction_get_file_limit (interaction);
  gint64 all = guichet_interaction_get_files_limit (interaction), total = size;
  guint n = files != NULL ? g_list_model_get_n_items (files) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetAttachment) one = g_list_model_get_item (files, i);
      total += guichet_attachment_get_size (one);
    }
  *limit = 0;
  *reason = NULL;
  if ((gint64) n >= guichet_interaction_get_files_max (interaction))
    *reason = "files_too_many";
  else if (size == 0)
    *reason = "file_empty";
  else if (size > each)
    {
      *reason = "too_large";
      *limit = each;
    }
  else if (total > all)
    {
      *reason = "files_too_large";
      *limit = all;
    }
  return *reason == NULL;
}

gboolean
guichet_session_attach (GuichetSession *self,
                        GuichetInteraction *interaction,
                        const char *name,
                        GBytes *bytes,
                        const char **reason,
                        gint64 *limit)
{
  gint64 size = (gint64) g_bytes_get_size (bytes);
  g_autoptr (GuichetAttachment) file = NULL;
  g_autofree char *key = NULL;

  if (!guichet_session_may_attach (self, interaction, size, reason, limit))
    return FALSE;
  file = g_object_new (GUICHET_TYPE_ATTACHMENT, NULL);
  key = base_token_new (18);
  guichet_record_set_string (record (file), ATTACHMENT_KEY, key);
  guichet_record_set_string (record (file), ATTACHMENT_NAME, name);
  guichet_record_set_int (record (file), ATTACHMENT_SIZE, size);
  set_state (file, "uploading");
  upload_new (self, interaction, file, bytes);
  g_list_store_append (files_of (interaction), file);
  copy (self, upload_of (file));
  return TRUE;
}

void
guichet_session_attach_again (GuichetSession *self,
                              GuichetInteraction *interaction,
                              GuichetAttachment *file)
{
  Upload *upload = upload_of (file);

  if (upload == NULL || !g_str_equal (guichet_attachment_get_state (file), "failed"))
    return;
  guichet_record_set_string (record (file), ATTACHMENT_REASON, "");
  send_file (upload);
}

void
guichet_session_detach (GuichetSession *self,
                        GuichetInteraction *interaction,
                        GuichetAttachment *file)
{
  guint position;

  g_object_set_data (G_OBJECT (file), "upload", NULL);
  guichet_outbox_drop_file (self->outbox, guichet_attachment_get_key (file));
  drop_copy (self, guichet_attachment_get_key (file));
  if (g_list_store_find (files_of (interaction), file, &position))
    g_list_store_remove (files_of (interaction), position);
}

/* --- for the rest of the room ----------------------------------------------------------------- */

static void
on_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetAttachment) file = user_data;
  g_autofree char *contents = NULL;
  gsize length = 0;
  gboolean read =
      g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, NULL);
  Upload *upload = upload_of (file);

  if (upload == NULL)
    return;
  if (!read)
    {
      fail_file (file, "file_gone", 0);
      return;
    }
  upload->bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  send_file (upload);
}

void
guichet_files_restore (GuichetSession *self, GuichetInteraction *interaction, const GuichetRow *row)
{
  g_autoptr (GuichetAttachment) file = guichet_file_from_text (row->name, row->value);
  g_autofree char *path = copy_path (self, row->name);
  g_autoptr (GFile) copied = NULL;

  if (file == NULL || files_of (interaction) == NULL)
    return;
  g_list_store_append (files_of (interaction), file);
  if (*guichet_attachment_get_id (file) != '\0')
    return;
  upload_new (self, interaction, file, NULL);
  if (path == NULL)
    {
      fail_file (file, "file_gone", 0);
      return;
    }
  set_state (file, "reading");
  copied = g_file_new_for_path (path);
  g_file_load_contents_async (copied, NULL, on_read_back, g_object_ref (file));
}

void
guichet_files_take (GuichetSession *self, GuichetInteraction *interaction)
{
  GListStore *files = files_of (interaction);

  while (files != NULL && g_list_model_get_n_items (G_LIST_MODEL (files)) > 0)
    {
      g_autoptr (GuichetAttachment) file = g_list_model_get_item (G_LIST_MODEL (files), 0);
      guichet_session_detach (self, interaction, file);
    }
}

void
guichet_files_put_back (GuichetSession *self, GuichetInteraction *interaction, GListModel *files)
{
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GuichetAttachment) old = g_list_model_get_item (files, i);
      g_autofree char *text = guichet_file_to_text (old);
      g_autofree char *key = base_token_new (18);
      g_autoptr (GuichetAttachment) file = guichet_file_from_text (key, text);

      guichet_outbox_keep_file (self->outbox, guichet_interaction_get_id (interaction), key, text);
      g_list_store_append (files_of (interaction), file);
    }
}

typedef struct
{
  const char *interaction;
  GPtrArray *keys;
} Forgetting;

static void
note_key (const GuichetRow *row, gpointer user_data)
{
  Forgetting *forgetting = user_data;

  if (g_str_equal (row->kind, "file") && g_str_equal (row->interaction, forgetting->interaction))
    g_ptr_array_add (forgetting->keys, g_strdup (row->name));
}

void
guichet_files_forget (GuichetSession *self, const char *interaction)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  Forgetting forgetting = { interaction, keys };

  guichet_outbox_foreach (self->outbox, note_key, &forgetting);
  for (guint i = 0; i < keys->len; i++)
    {
      guichet_outbox_drop_file (self->outbox, keys->pdata[i]);
      drop_copy (self, keys->pdata[i]);
    }
}

void
guichet_files_wipe (GuichetSession *self)
{
  g_autoptr (GDir) directory =
      self->files_dir != NULL ? g_dir_open (self->files_dir, 0, NULL) : NULL;
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    drop_copy (self, name);
}

/* --- the bytes of those that came ------------------------------------------------------------- */

void
guichet_session_fetch_file_async (GuichetSession *self,
                                  GuichetAttachment *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path =
      guichet_request_path ("/v1/attachments/", guichet_attachment_get_id (file), "");

  guichet_request_fetch (self, task, path);
}

GBytes *
guichet_session_fetch_file_finish (GuichetSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
