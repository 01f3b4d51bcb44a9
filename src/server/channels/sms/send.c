/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages to a gateway, with files where it takes them: as links that it fetches, or in the
 * request itself. Centre's thread. */

#include "base/log.h"
#include "server/centre/outages.h"
#include "base/sms-text.h"
#include "server/channels/sms/sms-private.h"

#include <string.h>

#define WAIT_MAX 30

typedef struct
{
  Sms *self;
  const SmsGateway *gateway;
  Conversation *conversation;
  Message *message;
} Sending;

static char *
id_in (const SmsGateway *gateway, const OutgoingAnswer *answer)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = g_utf8_make_valid (answer->body, (gssize) answer->length);
  g_autofree char *id = NULL;

  if (gateway->id_regex == NULL || !g_regex_match (gateway->id_regex, text, 0, &match))
    return NULL;
  id = g_match_info_fetch (match, 1);

  return *id != '\0' && strlen (id) <= 128 ? g_strconcat (gateway->name, ":", id, NULL) : NULL;
}

/* Longer and longer; conversations_later gives up in the end. */
static void
again_later (Sending *sending, guint asked_for)
{
  gint64 now = g_get_monotonic_time () / 1000;
  gint64 since = (now - sending->conversation->trying_since) / 1000;
  guint wait = (guint) CLAMP (since, 1, WAIT_MAX);

  conversations_later (sending->self->conversations, sending->conversation, sending->message,
                       MAX (wait, asked_for));
}

/* Whatever is sent: it does not know us, or it is no gateway. */
static gboolean
refuses_us (guint status)
{
  return (status > 0 && status < 400 && status / 100 != 2) || status == 401 || status == 403 ||
         status == 404 || status == 405;
}

static void
on_answer (const OutgoingAnswer *answer, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (Message) message = sending->message;
  Conversations *conversations = sending->self->conversations;
  ModelCode code = MODEL_CODE_CONTENT_REFUSED;

  outages_set (sending->self->centre, OUTAGE_GATEWAY, sending->gateway->name,
               answer->status == 0 || answer->status >= 500 || refuses_us (answer->status));

  if (answer->status >= 200 && answer->status < 300)
    {
      g_autofree char *id = id_in (sending->gateway, answer);

      conversations_sent (conversations, sending->conversation, message, id);
      return;
    }
  base_log (BASE_LOG_WARNING, "sms", "gateway_refused", "gateway", sending->gateway->name, "status",
            BASE_INT (answer->status), "problem", answer->problem != NULL ? answer->problem : "-",
            NULL);
  if ((answer->status == 0 && !answer->left) || answer->status == 429 || answer->status == 503)
    {
      again_later (sending, answer->retry_after);
      return;
    }
  if (answer->status == 0 || answer->status >= 500)
    code = MODEL_CODE_OUTCOME_UNKNOWN;
  else if (refuses_us (answer->status))
    code = MODEL_CODE_CHANNEL_REFUSED;
  conversations_failed (conversations, sending->conversation, message, model_code (code));
}

/* --- the request ------------------------------------------------------------------------------ */

static void
add_headers (const SmsGateway *gateway, SoupMessage *request)
{
  for (guint i = 0; gateway->headers != NULL && gateway->headers[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (gateway->headers[i], ":", 2);

      if (g_strv_length (parts) == 2)
        soup_message_headers_replace (soup_message_get_request_headers (request),
                                      g_strstrip (parts[0]), g_strstrip (parts[1]));
    }
}

/* The fields of the template, each a part, then the files. FALSE: one is gone. */
static gboolean
set_form (Sms *self,
          const SmsGateway *gateway,
          const SmsOrder *order,
          GPtrArray *files,
          SoupMessage *request)
{
  g_autoptr (SoupMultipart) form = soup_multipart_new ("multipart/form-data");
  g_auto (GStrv) fields =
      g_strsplit (gateway->media_body != NULL ? gateway->media_body : "", "&", -1);
  g_autoptr (GBytes) body = NULL;

  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (fields[i], "=", 2);
      g_autofree char *value = parts[0] != NULL && parts[1] != NULL
                                   ? sms_gateway_fill (gateway, parts[1], "text/plain", order)
                                   : NULL;

      if (value != NULL)
        soup_multipart_append_form_string (form, parts[0], value);
    }
  for (guint i = 0; i < files->len; i++)
    {
      const Attachment *file = g_ptr_array_index (files, i);
      g_autoptr (GBytes) content =
          attachments_read (conversations_attachments (self->conversations), file->id);

      if (content == NULL)
        return FALSE;
      soup_multipart_append_form_file (form, gateway->media_field, file->name, file->type, content);
    }
  soup_multipart_to_message (form, soup_message_get_request_headers (request), &body);
  soup_message_set_request_body_from_bytes (request, NULL, body);

  return TRUE;
}

/* What stands for the files in the template. */
static char *
links_to (Sms *self, const SmsGateway *gateway, GPtrArray *files)
{
  GString *all = g_string_new (NULL);
  gboolean in_body = gateway->media_body != NULL && strstr (gateway->media_body, "{media}") != NULL;
  const char *place = in_body ? gateway->type : "url";
  gboolean json = in_body && strstr (gateway->type, "json") != NULL;

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *url =
          media_links_make (self->links, g_ptr_array_index (files, i), gateway->media_seconds);
      SmsOrder order = { .file = url };
      g_autofree char *item = sms_gateway_fill (gateway, gateway->media_item, place, &order);

      if (json && i > 0)
        g_string_append_c (all, ',');
      g_string_append (all, item);
    }

  return g_string_free (all, FALSE);
}

/* NULL: there is none to be made, and @code says why. */
static SoupMessage *
request_of (Sms *self,
            const SmsGateway *gateway,
            SmsOrder *order,
            GPtrArray *files,
            ModelCode *code)
{
  gboolean parts = files != NULL && g_str_equal (gateway->media, "multipart");
  g_autofree char *media =
      files != NULL && !parts ? links_to (self, gateway, files) : g_strdup ("");
  const char *template_url = files != NULL ? gateway->media_url : gateway->url;
  const char *template_body = files != NULL ? gateway->media_body : gateway->body;
  g_autofree char *url = NULL;
  g_autoptr (SoupMessage) request = NULL;

  *code = MODEL_CODE_CHANNEL_REFUSED;
  order->media = media;
  url = sms_gateway_fill (gateway, template_url, "url", order);
  request = soup_message_new (
      files != NULL && (parts || template_body != NULL) ? "POST" : gateway->method, url);
  if (request == NULL)
    return NULL;
  if (parts)
    {
      *code = MODEL_CODE_FILE_GONE;
      if (!set_form (self, gateway, order, files, request))
        return NULL;
    }
  else if (template_body != NULL)
    {
      char *body = sms_gateway_fill (gateway, template_body, gateway->type, order);
      g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));

      soup_message_set_request_body_from_bytes (request, gateway->type, bytes);
    }
  add_headers (gateway, request);

  return g_steal_pointer (&request);
}

void
sms_send (gpointer user_data, Conversation *conversation, Message *message)
{
  Sms *self = user_data;
  const SmsGateway *gateway = sms_gateway_for (self, conversation->ours);
  g_autofree char *from = sms_gateway_number_out (gateway, conversation->ours);
  g_autofree char *to = sms_gateway_number_out (gateway, conversation->address);
  g_autofree char *secret = g_uri_escape_string (gateway->secret, NULL, FALSE);
  g_autofree char *report =
      g_strdup_printf ("%s/sms/%s/report?secret=%s&message=%s%s", webhooks_url (self->webhooks),
                       gateway->name, secret, message->id, gateway->kannel ? "&state=%d" : "");
  SmsOrder order = {
    .from = from,
    .to = to,
    .text = message->text,
    .id = message->id,
    .report = report,
    .unicode = base_sms_measure (message->text).alphabet == BASE_SMS_UCS2,
  };
  GPtrArray *files = message->attachments;
  ModelCode code = MODEL_CODE_NOT_ENABLED;
  SoupMessage *request = NULL;
  Sending *sending;

  /* What could be sent as the agent wrote it may have been switched off since. */
  if (files == NULL || gateway->media != NULL)
    request = request_of (self, gateway, &order, files, &code);
  if (request == NULL)
    {
      conversations_failed (self->conversations, conversation, message, model_code (code));
      return;
    }
  sending = g_new0 (Sending, 1);
  *sending = (Sending){ self, gateway, conversation, message_ref (message) };
  outgoing_send (self->outgoing, request, on_answer, sending);
}
