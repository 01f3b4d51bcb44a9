/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The send API's bodies, and what its published error codes mean for a message. Pure. */
#include "server/channels/meta/graph.h"

#include "base/json.h"

#define RATE_WAIT      30 /* seconds, where Meta names none */
#define NAME_MAX_BYTES 512

typedef struct
{
  gint64 code, subcode; /* subcode 0: any */
  MetaOutcome outcome;
  ModelCode reason;
  gboolean all;
} Meaning;

static const Meaning meanings[] = {
  { 10, 2018278, META_FAILED, MODEL_CODE_WINDOW_CLOSED },  /* outside of the allowed window */
  { 10, 2534022, META_FAILED, MODEL_CODE_WINDOW_CLOSED },  /* the same of Instagram */
  { 100, 2018001, META_FAILED, MODEL_CODE_WRONG_ADDRESS }, /* no matching user */
  { 551, 0, META_FAILED, MODEL_CODE_UNDELIVERABLE },       /* this person isn't available */
  { 200, 1545041, META_FAILED, MODEL_CODE_UNDELIVERABLE }, /* the same */
  { 100, 0, META_FAILED, MODEL_CODE_CONTENT_REFUSED },
  { 368, 0, META_FAILED, MODEL_CODE_CONTENT_REFUSED }, /* against the policies */
  { 4, 0, META_LATER, 0, TRUE },                       /* limits of rate */
  { 17, 0, META_LATER, 0, TRUE },
  { 32, 0, META_LATER, 0, TRUE },
  { 613, 0, META_LATER, 0, TRUE },
  { 80006, 0, META_LATER, 0, TRUE },
  { 1200, 0, META_LATER, 0, FALSE }, /* temporary send message failure */
};

/* Takes @message. */
static char *
message_to (const char *customer, JsonObject *message)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonObject *recipient = json_object_new ();

  base_json_set_string (recipient, "id", customer);
  json_object_set_object_member (root, "recipient", recipient);
  base_json_set_string (root, "messaging_type", "RESPONSE");
  json_object_set_object_member (root, "message", message);

  return base_json_to_text (root);
}

char *
meta_graph_message (const char *customer, const char *text)
{
  JsonObject *message = json_object_new ();

  base_json_set_string (message, "text", text);

  return message_to (customer, message);
}

static const char *
kind_of (const char *type)
{
  static const char *const kinds[] = { "image", "video", "audio" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (type, kinds[i]))
      return kinds[i];

  return "file";
}

char *
meta_graph_upload (const char *type)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonObject *attachment = json_object_new (), *payload = json_object_new ();

  json_object_set_boolean_member (payload, "is_reusable", TRUE);
  base_json_set_string (attachment, "type", kind_of (type));
  json_object_set_object_member (attachment, "payload", payload);
  json_object_set_object_member (root, "attachment", attachment);

  return base_json_to_text (root);
}

char *
meta_graph_file (const char *customer, const char *type, const char *name, gboolean instagram)
{
  JsonObject *message = json_object_new (), *attachment = json_object_new ();
  JsonObject *payload = json_object_new ();

  base_json_set_string (payload, instagram ? "id" : "attachment_id", name);
  base_json_set_string (attachment, "type", instagram ? "MEDIA_SHARE" : kind_of (type));
  json_object_set_object_member (attachment, "payload", payload);
  json_object_set_object_member (message, "attachment", attachment);

  return message_to (customer, message);
}

static void
judge (MetaAnswer *answer, const BaseJson *error, guint retry_after)
{
  gboolean transient = FALSE;
  gint64 code = 0, subcode = 0;

  base_json_opt_int (error, "code", G_MININT64, G_MAXINT64, 0, &code, NULL);
  base_json_opt_int (error, "error_subcode", G_MININT64, G_MAXINT64, 0, &subcode, NULL);
  base_json_opt_bool (error, "is_transient", FALSE, &transient, NULL);
  answer->outcome = transient ? META_LATER : META_FAILED;
  answer->code = MODEL_CODE_CHANNEL_REFUSED;
  answer->seconds = MAX (retry_after, 2);
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].code == code && (meanings[i].subcode == 0 || meanings[i].subcode == subcode))
      {
        answer->outcome = meanings[i].outcome;
        answer->code = meanings[i].reason;
        answer->all = meanings[i].all;
        if (meanings[i].all && retry_after == 0)
          answer->seconds = RATE_WAIT;
        return;
      }
}

/* @member: what stands for success. */
static MetaAnswer
read_answer (guint status, guint retry_after, const char *body, gsize length, const char *member)
{
  MetaAnswer answer = { .outcome = META_FAILED, .code = MODEL_CODE_OUTCOME_UNKNOWN };
  const BaseJsonLimits limits = { .max_size = 64 * 1024, .max_depth = 8 };
  g_autoptr (JsonNode) node = base_json_parse (body, length, &limits, NULL);
  BaseJson root, error = { 0 };
  const char *name;

  if (node == NULL || !base_json_root (&root, node, NULL))
    {
      if (status == 429)
        answer = (MetaAnswer){ META_LATER, NULL, MAX (retry_after, RATE_WAIT), TRUE, 0 };
      else if (status >= 300 && status < 500)
        answer.code = MODEL_CODE_CHANNEL_REFUSED;
      return answer;
    }
  if (status < 300 && base_json_get_string (&root, member, 512, &name, NULL) && *name != '\0')
    {
      answer.outcome = META_SENT;
      answer.mid = g_strdup (name);
    }
  else if (base_json_opt_object (&root, "error", &error, NULL) && error.object != NULL)
    judge (&answer, &error, retry_after);

  return answer;
}

MetaAnswer
meta_graph_answer (guint status, gboolean left, guint retry_after, const char *body, gsize length)
{
  if (status == 0)
    return (MetaAnswer){ .outcome = left ? META_FAILED : META_LATER,
                         .code = MODEL_CODE_OUTCOME_UNKNOWN,
                         .seconds = 2 };

  return read_answer (status, retry_after, body, length, "message_id");
}

MetaAnswer
meta_graph_upload_answer (guint status, guint retry_after, const char *body, gsize length)
{
  MetaAnswer answer = { .outcome = META_LATER, .seconds = 2 };

  if (status != 0)
    answer = read_answer (status, retry_after, body, length, "attachment_id");
  /* Nobody has seen it. */
  if (answer.outcome == META_FAILED && answer.code == MODEL_CODE_OUTCOME_UNKNOWN)
    answer = (MetaAnswer){ .outcome = META_LATER, .seconds = MAX (retry_after, 10) };

  return answer;
}

char *
meta_graph_profile (guint status, const char *body, gsize length)
{
  const BaseJsonLimits limits = { .max_size = 64 * 1024, .max_depth = 8 };
  g_autoptr (JsonNode) node = status == 200 ? base_json_parse (body, length, &limits, NULL) : NULL;
  const char *name = "", *first = "", *last = "", *user = "";
  g_autofree char *whole = NULL;
  BaseJson root;

  if (node == NULL || !base_json_root (&root, node, NULL))
    return NULL;
  base_json_opt_string (&root, "name", NAME_MAX_BYTES, "", &name, NULL);
  base_json_opt_string (&root, "first_name", NAME_MAX_BYTES, "", &first, NULL);
  base_json_opt_string (&root, "last_name", NAME_MAX_BYTES, "", &last, NULL);
  base_json_opt_string (&root, "username", NAME_MAX_BYTES, "", &user, NULL);
  whole = g_strdup_printf ("%s %s", first, last);
  g_strstrip (whole);
  if (*name != '\0')
    return g_strdup (name);
  if (*whole != '\0')
    return g_steal_pointer (&whole);

  return *user != '\0' ? g_strconcat ("@", user, NULL) : NULL;
}
