/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of agents on their way in, and of everybody on their way out. Centre's thread. */
#include "server/api/handlers.h"

#include "model/clip.h"
#include "server/channels/conversations.h"

#include <string.h>

#define AGAIN_AFTER 5 /* seconds, for who sends too many files at once */

/* --- in --------------------------------------------------------------------------------------- */

static goffset
length_of (SoupServerMessage *message)
{
  return soup_message_headers_get_content_length (
      soup_server_message_get_request_headers (message));
}

/* What may be sent there; nothing where there is no conversation. */
static ChannelLimits
limits_of (Centre *centre, const char *interaction)
{
  ModelId id;
  Conversation *conversation = NULL;
  ChannelLimits limits = { 0 };

  if (model_id_from_text (MODEL_ID_INTERACTION, interaction, &id))
    conversation = conversations_of (centre_conversations (centre), id);

  if (conversation != NULL)
    conversations_limits (centre_conversations (centre), conversation, &limits);
  if (limits.attachments == 0)
    limits.attachment_size = 0;

  return limits;
}

/* Whom the token names, without a word to who has none: the handler says it. */
static const char *
agent_of (Api *api, SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");
  Session *session = NULL;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 && strlen (header) < 136)
    session = sessions_by_token (centre_sessions (api->centre), header + 7);

  return session != NULL ? session->agent : NULL;
}

FilesWrite *
api_file_begins (SoupServerMessage *message, const char *path, gpointer user_data)
{
  Api *api = user_data;
  const char *agent = agent_of (api, message);
  char *parameters[API_MAX_PARAMETERS] = { NULL };
  gboolean known_path = FALSE;
  const ApiRoute *route = api_route_find ("POST", path, FALSE, parameters, &known_path);
  gboolean clip = route != NULL && route->handler == api_clip_send;
  Store *store = centre_store (api->centre);
  gint64 limit = 0;

  if (agent != NULL && clip)
    limit = MODEL_CLIP_SIZE_MAX;
  else if (agent != NULL && route != NULL && (route->flags & API_ROUTE_FILE) != 0)
    limit = limits_of (api->centre, parameters[0]).attachment_size;
  for (guint i = 0; i < API_MAX_PARAMETERS; i++)
    g_free (parameters[i]);
  if (limit == 0 || length_of (message) > limit)
    return NULL;

  return files_write_new (clip ? store_clips (store) : store_files (store), agent);
}

static void
on_added (const Attachment *attachment, const char *reason, gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;
  JsonObject *more;

  if (attachment != NULL)
    api_call_reply (call, 200, attachment_to_json (attachment));
  else if (g_str_equal (reason, "idempotency_mismatch"))
    api_call_problem (call, 422, reason, NULL, NULL);
  else if (g_str_equal (reason, "store_failed"))
    api_call_problem (call, 503, reason, NULL, "the file could not be kept");
  else
    {
      more = json_object_new ();
      base_json_set_string (more, "reason", reason);
      api_call_problem (call, 422, "invalid", more, NULL);
    }
}

static void
refuse_size (ApiCall *call, gint64 limit)
{
  JsonObject *more = json_object_new ();

  json_object_set_int_member (more, "limit", limit);
  api_call_problem (call, 413, "too_large", more, NULL);
}

static void
refuse_number (ApiCall *call)
{
  JsonObject *more = json_object_new ();

  json_object_set_int_member (more, "retry_after", AGAIN_AFTER);
  api_call_problem (call, 429, "too_many", more, NULL);
}

void
api_attachment_add (ApiCall *call)
{
  g_autoptr (FilesWrite) write = front_take_file (call->message);
  Conversation *conversation = api_call_writable (call);
  g_autofree char *name = front_file_name (call->message);
  ChannelLimits limits;
  gint64 limit;
  AttachmentFacts facts;

  if (conversation == NULL)
    return;
  limits = limits_of (call->centre, conversation->interaction_text);
  limit = limits.attachment_size;
  if (limit == 0)
    api_call_not_now (call, model_code (MODEL_CODE_NOT_ENABLED));
  else if (length_of (call->message) > limit)
    refuse_size (call, limit);
  else if (write == NULL)
    refuse_number (call);
  else
    {
      facts = (AttachmentFacts){ .owner = call->agent,
                                 .conversation = conversation->id,
                                 .interaction = conversation->interaction_text,
                                 .key = call->key,
                                 .name = name,
                                 .limits = &limits };
      attachments_add_written (conversations_attachments (centre_conversations (call->centre)),
                               &facts, g_steal_pointer (&write), on_added, api_call_ref (call));
    }
}

/* --- out -------------------------------------------------------------------------------------- */

static void
on_part_row (StoreRow *row, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* In whose conversation the agent has or had a part. */
static Attachment *
find (ApiCall *call, Attachments *attachments)
{
  const char *id = call->parameters[0];
  g_autofree char *conversation = attachments_conversation (attachments, id);
  gboolean had_part = FALSE;

  if (conversation != NULL)
    store_query (centre_store (call->centre), NULL, on_part_row, &had_part,
                 STORE_GET_CONVERSATION_PART, conversation, call->agent);

  return had_part ? attachments_find (attachments, id, conversation, call->agent) : NULL;
}

void
api_attachment_get (ApiCall *call)
{
  Attachments *attachments = conversations_attachments (centre_conversations (call->centre));
  g_autoptr (Attachment) attachment = find (call, attachments);
  g_autoptr (GBytes) bytes = NULL;

  if (attachment != NULL)
    bytes = attachments_read (attachments, attachment->id);
  if (bytes == NULL)
    {
      api_call_not_found (call);
      return;
    }
  front_send_file (call->message, attachment->name, attachment->type, bytes);
  call->answered = TRUE;
  soup_server_message_unpause (call->message);
}
