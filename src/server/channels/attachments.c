/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of conversations. The order that keeps a crash from leaving half of anything: bytes
 * synced, then named, then the row, then the answer; a file without a row is removed at the next
 * start, a row without a message after a week. Centre's thread. */

#include "server/channels/attachments.h"

#include "base/json.h"
#include "base/log.h"
#include "server/channels/file-kind.h"

#include <string.h>

#define HOURLY 3600
#define DAY    ((gint64) 24 * 60 * 60 * 1000)
#define KEPT   (7 * DAY) /* ms that one without a message lives: a draft over some days */
#define FRESH  600       /* s: a file so young may be without its row yet */

struct _Attachments
{
  Centre *centre;
  Files *files;
  GHashTable *adding; /* ids that are being kept */
  GHashTable *taken;  /* ids that go with a message that is not durable yet */
  GPtrArray *erased;  /* ids whose rows go */
  guint hourly_source;
};

static gboolean
on_hour (gpointer user_data)
{
  Attachments *self = user_data;
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_ATTACHMENT_FORGET, centre_now (self->centre) - KEPT);
  centre_write (self->centre, batch, NULL, NULL);
  attachments_sweep (self);

  return G_SOURCE_CONTINUE;
}

Attachments *
attachments_new (Centre *centre)
{
  Attachments *self = g_new0 (Attachments, 1);

  self->centre = centre;
  self->files = store_files (centre_store (centre));
  self->adding = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->erased = g_ptr_array_new_with_free_func (g_free);
  self->hourly_source = g_timeout_add_seconds (HOURLY, on_hour, self);

  return self;
}

void
attachments_free (Attachments *self)
{
  g_source_remove (self->hourly_source);
  g_hash_table_unref (self->adding);
  g_hash_table_unref (self->taken);
  g_ptr_array_unref (self->erased);
  g_free (self);
}

/* --- limits ----------------------------------------------------------------------------------- */

void
attachments_render_limits (const ChannelLimits *limits, JsonObject *into)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "number", limits->attachments);
  json_object_set_int_member (object, "each", limits->attachment_size);
  json_object_set_int_member (object, "total", limits->all_size);
  json_object_set_object_member (into, "attachments", object);
}

const char *
attachments_types (Attachments *self)
{
  const char *words = centre_config (self->centre)->attachment_types;

  return words != NULL ? words : file_kind_default;
}

/* --- adding ----------------------------------------------------------------------------------- */

typedef struct
{
  Attachments *self;
  char id[ATTACHMENT_ID_SIZE];
  char *owner, *conversation, *interaction, *name;
  char *types; /* NULL: the centre's alone */
  gint64 picture_size;
  FilesWrite *write;
  Attachment *attachment;
  char *sha256;
  AttachmentAddedFunc done;
  gpointer user_data;
} Adding;

typedef struct
{
  gboolean found;
  char *conversation, *owner, *sha256;
  gint64 message; /* 0: none */
  Attachment *attachment;
} Known;

static void
known_clear (Known *known)
{
  g_free (known->conversation);
  g_free (known->owner);
  g_free (known->sha256);
  g_clear_pointer (&known->attachment, attachment_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static void
on_known_row (StoreRow *row, gpointer user_data)
{
  Known *known = user_data;

  known->found = TRUE;
  known->conversation = g_strdup (store_row_text (row, 0));
  known->message = store_row_int (row, 1);
  known->owner = g_strdup (store_row_text (row, 2));
  known->attachment =
      attachment_new ("", store_row_text (row, 3), store_row_text (row, 4), store_row_int (row, 5));
  known->sha256 = g_strdup (store_row_text (row, 6));
}

/* FALSE: the store could not be asked. */
static gboolean
ask (Attachments *self, const char *id, Known *known)
{
  gboolean asked = store_query (centre_store (self->centre), NULL, on_known_row, known,
                                STORE_GET_ATTACHMENT, id);

  if (known->found)
    g_strlcpy (known->attachment->id, id, sizeof known->attachment->id);

  return asked;
}

static gboolean
look_up (Attachments *self, const char *id, Known *known)
{
  return ask (self, id, known) && known->found;
}

/* Ends it, well or not. */
static void
added (Adding *adding, const Attachment *attachment, const char *reason)
{
  if (reason != NULL)
    base_log (BASE_LOG_INFO, "attachments", "not_taken", "reason", reason, NULL);
  adding->done (attachment, reason, adding->user_data);
  g_clear_pointer (&adding->write, files_write_drop);
  g_clear_pointer (&adding->attachment, attachment_unref);
  g_free (adding->owner);
  g_free (adding->conversation);
  g_free (adding->interaction);
  g_free (adding->name);
  g_free (adding->types);
  g_free (adding->sha256);
  g_free (adding);
}

static void
on_row_durable (gpointer user_data)
{
  Adding *adding = user_data;

  g_hash_table_remove (adding->self->adding, adding->id);
  added (adding, adding->attachment, NULL);
}

static void
on_kept (const FilesFacts *facts, const GError *error, gpointer user_data)
{
  Adding *adding = user_data;
  const Attachment *attachment = adding->attachment;
  StoreBatch *batch;

  if (facts == NULL)
    {
      base_log_failure (BASE_LOG_ERROR, "attachments", "not_kept", error);
      g_hash_table_remove (adding->self->adding, adding->id);
      added (adding, NULL, "store_failed");
      return;
    }
  batch = store_batch_new ();
  store_batch_add (batch, STORE_ATTACHMENT_ADD, adding->id, adding->conversation,
                   adding->interaction, centre_now (adding->self->centre), adding->owner,
                   attachment->name, attachment->type, attachment->size, adding->sha256);
  centre_write (adding->self->centre, batch, on_row_durable, adding);
}

/* NULL: it is well, and the attachment made. */
static const char *
judge (Adding *adding, const FilesFacts *facts)
{
  gsize head_length, tail_length;
  const guint8 *head = g_bytes_get_data (facts->head, &head_length);
  const guint8 *tail = g_bytes_get_data (facts->tail, &tail_length);
  g_autofree char *plain = file_name_clean (adding->name, NULL);
  const char *type = file_kind (head, head_length, tail, tail_length, plain);
  g_autofree char *name = NULL;

  if (facts->size == 0)
    return model_code (MODEL_CODE_FILE_EMPTY);
  if (g_str_equal (type, "executable"))
    return model_code (MODEL_CODE_FILE_EXECUTABLE);
  if (!file_kind_is_allowed (attachments_types (adding->self), type) ||
      (adding->types != NULL && !file_kind_is_allowed (adding->types, type)))
    return model_code (MODEL_CODE_FILE_TYPE);
  if (adding->picture_size > 0 && facts->size > adding->picture_size &&
      g_str_has_prefix (type, "image/"))
    return model_code (MODEL_CODE_FILE_TOO_LARGE);
  name = file_name_clean (adding->name, type);
  adding->attachment = attachment_new (adding->id, name, type, facts->size);
  adding->sha256 = g_strdup (facts->sha256);

  return NULL;
}

static void
on_finished (const FilesFacts *facts, const GError *error, gpointer user_data)
{
  Adding *adding = user_data;
  g_auto (Known) known = { 0 };
  const char *reason;

  if (facts == NULL)
    {
      gboolean empty = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);

      if (!empty)
        base_log_failure (BASE_LOG_ERROR, "attachments", "not_written", error);
      added (adding, NULL, empty ? model_code (MODEL_CODE_FILE_EMPTY) : "store_failed");
    }
  else if (look_up (adding->self, adding->id, &known))
    {
      gboolean same = g_str_equal (known.sha256, facts->sha256);

      added (adding, same ? known.attachment : NULL, same ? NULL : "idempotency_mismatch");
    }
  else if ((reason = judge (adding, facts)) != NULL)
    added (adding, NULL, reason);
  else if (!g_hash_table_add (adding->self->adding, g_strdup (adding->id)))
    added (adding, NULL,
           "store_failed"); /* the same comes twice at once: whoever asks again gets it */
  else
    files_write_keep (g_steal_pointer (&adding->write), adding->id, on_kept, adding);
}

static void
name_it (Adding *adding, const AttachmentFacts *facts)
{
  g_autofree char *purpose =
      g_strjoin ("\n", "attachment", adding->owner,
                 facts->conversation != NULL ? facts->conversation : "", facts->key, NULL);
  g_autofree char *secret = secrets_derive (centre_secrets (adding->self->centre), purpose);
  g_autofree char *sum = secrets_hash_token (secret);

  g_snprintf (adding->id, sizeof adding->id, "f%.32s", sum);
}

void
attachments_add_written (Attachments *self,
                         const AttachmentFacts *facts,
                         FilesWrite *write,
                         AttachmentAddedFunc done,
                         gpointer user_data)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->self = self;
  adding->owner = g_strdup (facts->owner != NULL ? facts->owner : "customer");
  adding->conversation = g_strdup (facts->conversation);
  adding->interaction = g_strdup (facts->interaction);
  adding->name = g_strdup (facts->name);
  if (facts->limits != NULL)
    {
      adding->types = g_strdup (facts->limits->types);
      adding->picture_size = facts->limits->picture_size;
    }
  adding->write = write;
  adding->done = done;
  adding->user_data = user_data;
  name_it (adding, facts);
  files_write_finish (write, on_finished, adding);
}

typedef struct
{
  AttachmentAddedFunc done;
  gpointer user_data;
} Refusal;

static void
on_refused (gpointer user_data)
{
  g_autofree Refusal *refusal = user_data;

  refusal->done (NULL, "store_failed", refusal->user_data);
}

void
attachments_add (Attachments *self,
                 const AttachmentFacts *facts,
                 GBytes *bytes,
                 AttachmentAddedFunc done,
                 gpointer user_data)
{
  FilesWrite *write = files_write_new (self->files, NULL);

  if (write == NULL)
    {
      Refusal *refusal = g_new0 (Refusal, 1);

      *refusal = (Refusal){ done, user_data };
      centre_after_durable (self->centre, on_refused, refusal);
      return;
    }
  if (g_bytes_get_size (bytes) > 0)
    files_write_add (write, bytes);
  attachments_add_written (self, facts, write, done, user_data);
}

/* --- going with a message --------------------------------------------------------------------- */

GPtrArray *
attachments_claim (Attachments *self,
                   const Conversation *conversation,
                   const ChannelLimits *limits,
                   const char *owner,
                   const char *const *ids,
                   const char **reason)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) attachment_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 total = 0;

  *reason = NULL;
  for (guint i = 0; ids != NULL && ids[i] != NULL && *reason == NULL; i++)
    {
      g_auto (Known) known = { 0 };

      if (!look_up (self, ids[i], &known) || known.message != 0 ||
          !g_str_equal (known.owner, owner != NULL ? owner : "customer") ||
          (known.conversation != NULL && !g_str_equal (known.conversation, conversation->id)) ||
          g_hash_table_contains (self->taken, ids[i]) ||
          !g_hash_table_add (seen, (gpointer) ids[i]))
        *reason = model_code (MODEL_CODE_FILE_GONE);
      else if (list->len >= limits->attachments)
        *reason = model_code (MODEL_CODE_FILES_TOO_MANY);
      else if (known.attachment->size > limits->attachment_size ||
               (total += known.attachment->size) > limits->all_size)
        *reason = model_code (MODEL_CODE_FILES_TOO_LARGE);
      else
        g_ptr_array_add (list, g_steal_pointer (&known.attachment));
    }

  return *reason == NULL ? g_steal_pointer (&list) : NULL;
}

void
attachments_take (Attachments *self, const Message *message, StoreBatch *batch)
{
  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    {
      const Attachment *attachment = g_ptr_array_index (message->attachments, i);

      g_hash_table_add (self->taken, g_strdup (attachment->id));
      store_batch_add (batch, STORE_ATTACHMENT_TAKE, attachment->id, message->conversation,
                       message->interaction, message->number, (gint64) i);
    }
}

void
attachments_taken (Attachments *self, const Message *message)
{
  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    g_hash_table_remove (self->taken,
                         ((const Attachment *) g_ptr_array_index (message->attachments, i))->id);
}

/* --- reading ---------------------------------------------------------------------------------- */

Attachment *
attachments_find (Attachments *self, const char *id, const char *conversation, const char *owner)
{
  g_auto (Known) known = { 0 };

  if (!look_up (self, id, &known) || g_strcmp0 (known.conversation, conversation) != 0 ||
      (known.message == 0 && g_strcmp0 (known.owner, owner) != 0))
    return NULL;

  return g_steal_pointer (&known.attachment);
}

char *
attachments_conversation (Attachments *self, const char *id)
{
  g_auto (Known) known = { 0 };

  return look_up (self, id, &known) ? g_steal_pointer (&known.conversation) : NULL;
}

GBytes *
attachments_read (Attachments *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = files_read (self->files, id, &error);

  if (bytes == NULL)
    base_log_failure (BASE_LOG_ERROR, "attachments", "not_read", error);

  return bytes;
}

/* --- forgetting ------------------------------------------------------------------------------- */

static void
on_id_row (StoreRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (store_row_text (row, 0)));
}

void
attachments_erase (Attachments *self, const char *interaction, StoreBatch *batch)
{
  store_query (centre_store (self->centre), NULL, on_id_row, self->erased, STORE_GET_ATTACHMENTS_OF,
               interaction);
  store_batch_add (batch, STORE_ATTACHMENT_ERASE, interaction);
}

static void
on_rows_gone (gpointer user_data)
{
  Attachments *self = user_data;

  for (guint i = 0; i < self->erased->len; i++)
    files_remove (self->files, g_ptr_array_index (self->erased, i));
  g_ptr_array_set_size (self->erased, 0);
}

void
attachments_erased (Attachments *self)
{
  if (self->erased->len > 0)
    centre_after_durable (self->centre, on_rows_gone, self);
}

static void
on_files (const char *const *ids, gpointer user_data)
{
  Attachments *self = user_data;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_auto (Known) known = { 0 };

      if (!g_hash_table_contains (self->adding, ids[i]) && ask (self, ids[i], &known) &&
          !known.found)
        files_remove (self->files, ids[i]);
    }
}

void
attachments_sweep (Attachments *self)
{
  files_list (self->files, g_get_real_time () / G_USEC_PER_SEC - FRESH, on_files, self);
}
