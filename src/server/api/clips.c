/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips of agents: their sounds come in, then they are listed, added, changed, deleted, heard.
 * Centre's thread. */
#include "server/api/handlers.h"

#include "base/ids.h"
#include "server/centre/clips.h"

#include <string.h>

static const char *const scopes[] = { "personal", "public", NULL };

/* --- reading ---------------------------------------------------------------------------------- */

void
api_clips_list (ApiCall *call)
{
  g_autoptr (GPtrArray) all = clips_of (centre_clips (call->centre), call->agent);
  JsonObject *answer = json_object_new ();
  JsonArray *clips = json_array_new ();

  for (guint i = 0; i < all->len; i++)
    json_array_add_object_element (clips, clip_to_json (g_ptr_array_index (all, i)));
  json_object_set_int_member (answer, "version", centre_seq (call->centre));
  json_object_set_array_member (answer, "clips", clips);
  api_call_reply_durable (call, 200, answer);
}

/* The one that the path names, if the agent has it, deleted or not; NULL: answered. */
static Clip *
find (ApiCall *call)
{
  Clip *clip = clips_find (centre_clips (call->centre), call->parameters[0]);

  if (clip != NULL && (*clip->agent == '\0' || g_str_equal (clip->agent, call->agent)))
    return clip;
  api_call_not_found (call);

  return NULL;
}

void
api_clip_hear (ApiCall *call)
{
  const Clip *clip = find (call);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  if (clip == NULL)
    return;
  if (!clip->deleted)
    bytes = clips_read (centre_clips (call->centre), clip);
  if (bytes == NULL)
    {
      api_call_not_found (call);
      return;
    }
  name = g_strconcat (clip->label, ".ogg", NULL);
  front_send_file (call->message, name, "audio/ogg", bytes);
  call->answered = TRUE;
  soup_server_message_unpause (call->message);
}

/* --- a sound comes in ------------------------------------------------------------------------- */

static gboolean
may_change (ApiCall *call, gboolean of_centre)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, call->agent) : NULL;
  ModelRole role = agent != NULL ? (ModelRole) agent->role : MODEL_ROLE_AGENT;
  ModelClips rule =
      definitions != NULL ? (ModelClips) definitions->settings.clips : MODEL_CLIPS_ALL;
  ModelPermission permission = model_clip_permission (rule, role, of_centre);
  JsonObject *more;

  if (permission.verdict == MODEL_ALLOWED)
    return TRUE;
  more = json_object_new ();
  base_json_set_string (more, "reason", model_code (permission.reason));
  api_call_problem (call, 403, "not_allowed", more, NULL);

  return FALSE;
}

/* A sound on its way to its name. */
typedef struct
{
  ApiCall *call;
  FilesWrite *write;
  char *id;
} Sending;

static void
sending_free (Sending *sending)
{
  g_clear_pointer (&sending->write, files_write_drop);
  api_call_unref (sending->call);
  g_free (sending->id);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static void
refuse_sound (ApiCall *call, const char *reason, gint64 limit)
{
  JsonObject *more = json_object_new ();

  base_json_set_string (more, "reason", reason);
  if (limit > 0)
    json_object_set_int_member (more, "limit", limit);
  api_call_problem (call, 422, "invalid", more, NULL);
}

static void
on_kept (const FilesFacts *facts, const GError *error, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  ApiCall *call = sending->call;
  Files *files = store_clips (centre_store (call->centre));
  g_autoptr (GBytes) bytes = facts != NULL ? files_read (files, sending->id, NULL) : NULL;
  JsonObject *answer;
  gint64 ms;

  if (bytes == NULL)
    {
      api_call_problem (call, 503, "store_failed", NULL, "the sound could not be kept");
      return;
    }
  ms = model_clip_ms (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (ms >= MODEL_CLIP_MS_MIN && ms <= (MODEL_CLIP_SECONDS_MAX + 1) * 1000)
    {
      clips_sent (centre_clips (call->centre), sending->id, call->agent, ms);
      answer = json_object_new ();
      base_json_set_string (answer, "sound", sending->id);
      json_object_set_double_member (answer, "seconds", (double) ms / 1000);
      api_call_reply (call, 200, answer);
      return;
    }
  files_remove (files, sending->id);
  if (ms < 0)
    refuse_sound (call, "file_type", 0);
  else if (ms < MODEL_CLIP_MS_MIN)
    refuse_sound (call, "file_empty", 0);
  else
    refuse_sound (call, "file_too_large", MODEL_CLIP_SECONDS_MAX);
}

static void
on_finished (const FilesFacts *facts, const GError *error, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  const char *head = facts != NULL ? g_bytes_get_data (facts->head, NULL) : NULL;
  FilesWrite *write;

  if (facts == NULL)
    api_call_problem (sending->call, 503, "store_failed", NULL, "the sound could not be kept");
  else if (facts->size < 4 || memcmp (head, "OggS", 4) != 0)
    refuse_sound (sending->call, "file_type", 0);
  else
    {
      write = g_steal_pointer (&sending->write);
      files_write_keep (write, sending->id, on_kept, sending);
      sending = NULL;
    }
}

void
api_clip_send (ApiCall *call)
{
  g_autoptr (FilesWrite) write = front_take_file (call->message);
  goffset length = soup_message_headers_get_content_length (
      soup_server_message_get_request_headers (call->message));
  Sending *sending;
  JsonObject *more;

  if (!may_change (call, FALSE))
    return;
  if (write != NULL && clips_may_send (centre_clips (call->centre), call->agent))
    {
      sending = g_new0 (Sending, 1);
      sending->call = api_call_ref (call);
      sending->id = base_token_new (18);
      sending->write = g_steal_pointer (&write);
      files_write_finish (sending->write, on_finished, sending);
      return;
    }
  more = json_object_new ();
  if (length > MODEL_CLIP_SIZE_MAX)
    {
      json_object_set_int_member (more, "limit", MODEL_CLIP_SIZE_MAX);
      api_call_problem (call, 413, "too_large", more, NULL);
      return;
    }
  json_object_set_int_member (more, "retry_after", 60);
  api_call_problem (call, 429, "too_many", more, NULL);
}

/* --- changing --------------------------------------------------------------------------------- */

/* FALSE: answered. */
static gboolean
read_label (ApiCall *call, ClipWish *wish, char **label)
{
  g_autoptr (GError) error = NULL;
  const char *text;

  if (!base_json_get_string (&call->body, "label", MODEL_CLIP_LABEL_MAX * 4, &text, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  *label = g_strstrip (g_strdup (text));
  wish->label = *label;
  if (**label != '\0' && g_utf8_strlen (*label, -1) <= MODEL_CLIP_LABEL_MAX &&
      strpbrk (*label, "\n\r\t") == NULL)
    return TRUE;
  api_call_invalid (call, "/label", MODEL_CLIP_LABEL_MAX, "1 to so many characters, in one line");

  return FALSE;
}

/* FALSE: answered. */
static gboolean
read_tags (ApiCall *call, ClipWish *wish, char ***out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  const char *text;
  BaseJson list;

  if (!base_json_get_array (&call->body, "tags", MODEL_CLIP_TAGS_MAX, &list, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  for (guint i = 0; i < base_json_length (&list); i++)
    {
      char *tag;

      if (!base_json_item_string (&list, i, MODEL_CLIP_TAG_MAX * 4, &text, &error))
        {
          api_call_bad_body (call, error);
          return FALSE;
        }
      tag = g_strstrip (g_strdup (text));
      g_ptr_array_add (tags, tag);
      if (*tag == '\0' || g_utf8_strlen (tag, -1) > MODEL_CLIP_TAG_MAX ||
          strpbrk (tag, "\n\r\t,") != NULL)
        {
          api_call_invalid (call, "/tags", MODEL_CLIP_TAG_MAX, "no tag");
          return FALSE;
        }
    }
  g_ptr_array_add (tags, NULL);
  *out = (char **) g_ptr_array_steal (tags, NULL);
  wish->tags = *out;

  return TRUE;
}

/* FALSE: answered. */
static gboolean
read_sound (ApiCall *call, ClipWish *wish, gboolean needed)
{
  g_autoptr (GError) error = NULL;
  const char *id = NULL;

  if (!base_json_opt_string (&call->body, "sound", 64, NULL, &id, &error))
    api_call_bad_body (call, error);
  else if (id == NULL && !needed)
    return TRUE;
  else
    {
      wish->sound = id != NULL ? clips_sound (centre_clips (call->centre), id, call->agent) : NULL;
      if (wish->sound != NULL)
        return TRUE;
      api_call_invalid (call, "/sound", 0, "no such sound");
    }

  return FALSE;
}

static void
change (ApiCall *call, Clip *known, const char *owner, const ClipWish *wish, guint status)
{
  Clips *clips = centre_clips (call->centre);
  StoreBatch *batch = store_batch_new ();
  JsonObject *answer = api_call_mark (call);
  Clip *clip = clips_set (clips, known, owner, wish, batch);

  if (!clip->deleted)
    json_object_set_object_member (answer, "clip", clip_to_json (clip));
  else
    json_object_set_int_member (answer, "revision", clip->revision);
  api_call_keep_answer (call, batch, status, answer);
  clips_commit (clips, clip, call->agent, batch, api_call_kept, api_call_ref (call));
}

static guint
most (const char *owner)
{
  return *owner == '\0' ? MODEL_CLIPS_OF_CENTRE : MODEL_CLIPS_OF_AGENT;
}

void
api_clip_create (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  g_auto (GStrv) tags = NULL;
  ClipWish wish = { 0 };
  const char *owner;
  guint scope;

  if (!base_json_only (&call->body, &error, "scope", "label", "tags", "sound", NULL) ||
      !base_json_get_word (&call->body, "scope", scopes, &scope, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  owner = scope == 1 ? "" : call->agent;
  if (!may_change (call, scope == 1) || !read_label (call, &wish, &label) ||
      !read_tags (call, &wish, &tags) || !read_sound (call, &wish, TRUE))
    return;
  if (clips_count (centre_clips (call->centre), owner) >= most (owner))
    api_call_invalid (call, "/scope", most (owner), "no more of them");
  else
    change (call, NULL, owner, &wish, 201);
}

/* FALSE: answered. */
static gboolean
is_current (ApiCall *call, const Clip *clip, gint64 revision)
{
  JsonObject *more;

  if (revision == clip->revision)
    return TRUE;
  more = json_object_new ();
  if (!clip->deleted)
    json_object_set_object_member (more, "current", clip_to_json (clip));
  api_call_problem (call, 409, "conflict", more, NULL);

  return FALSE;
}

/* Whether it is there, or can be brought back; FALSE: answered. */
static gboolean
is_there (ApiCall *call, const Clip *clip)
{
  g_autoptr (GBytes) bytes = clip->deleted ? clips_read (centre_clips (call->centre), clip) : NULL;

  if (clip->deleted && bytes == NULL)
    {
      api_call_not_found (call);
      return FALSE;
    }
  if (clip->deleted && clips_count (centre_clips (call->centre), clip->agent) >= most (clip->agent))
    {
      api_call_invalid (call, "/revision", most (clip->agent), "no more of them");
      return FALSE;
    }

  return TRUE;
}

/* One that was deleted comes back so: the number of its deletion is its revision. */
void
api_clip_change (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  g_auto (GStrv) tags = NULL;
  ClipWish wish = { 0 };
  gint64 revision;
  Clip *clip;

  if (!base_json_only (&call->body, &error, "label", "tags", "archived", "sound", "revision",
                       NULL) ||
      !base_json_get_bool (&call->body, "archived", &wish.archived, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  clip = find (call);
  if (clip != NULL && may_change (call, *clip->agent == '\0') && read_label (call, &wish, &label) &&
      read_tags (call, &wish, &tags) && read_sound (call, &wish, FALSE) &&
      is_current (call, clip, revision) && is_there (call, clip))
    change (call, clip, clip->agent, &wish, 200);
}

void
api_clip_delete (ApiCall *call)
{
  const char *text = api_call_query (call, "revision");
  ClipWish wish = { .deleted = TRUE };
  gint64 revision;
  Clip *clip;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &revision, NULL))
    {
      api_call_invalid_query (call, "revision", 0, "which revision?");
      return;
    }
  clip = find (call);
  if (clip == NULL || !may_change (call, *clip->agent == '\0'))
    return;
  wish.archived = clip->archived;
  if (clip->deleted)
    api_call_not_found (call);
  else if (is_current (call, clip, revision))
    change (call, clip, clip->agent, &wish, 200);
}
