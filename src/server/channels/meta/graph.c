/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The send API's bodies, and what its published error codes mean for a message. Pure. */
#include "server/channels/meta/graph.h"

#include "base/json.h"

#define RATE_WAIT 30 /* seconds, where Meta names none */

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

char *
meta_graph_message (const char *customer, const char *text)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonObject *recipient = json_object_new (), *message = json_object_new ();

  base_json_set_string (recipient, "id", customer);
  base_json_set_string (message, "text", text);
  json_object_set_object_member (root, "recipient", recipient);
  base_json_set_string (root, "messaging_type", "RESPONSE");
  json_object_set_object_member (root, "message", message);

  return base_json_to_text (root);
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

MetaAnswer
meta_graph_answer (guint status, gboolean left, guint retry_after, const char *body, gsize length)
{
  MetaAnswer answer = { .outcome = META_FAILED, .code = MODEL_CODE_OUTCOME_UNKNOWN };
  const BaseJsonLimits limits = { .max_size = 64 * 1024, .max_depth = 8 };
  g_autoptr (JsonNode) node = NULL;
  BaseJson root, error = { 0 };
  const char *mid;

  if (status == 0)
    {
      answer.outcome = left ? META_FAILED : META_LATER;
      answer.seconds = 2;
      return answer;
    }
  node = base_json_parse (body, length, &limits, NULL);
  if (node == NULL || !base_json_root (&root, node, NULL))
    {
      if (status == 429)
        answer = (MetaAnswer){ META_LATER, NULL, MAX (retry_after, RATE_WAIT), TRUE, 0 };
      else if (status >= 300 && status < 500)
        answer.code = MODEL_CODE_CHANNEL_REFUSED;
      return answer;
    }
  if (status < 300 && base_json_get_string (&root, "message_id", 512, &mid, NULL) && *mid != '\0')
    {
      answer.outcome = META_SENT;
      answer.mid = g_strdup (mid);
    }
  else if (base_json_opt_object (&root, "error", &error, NULL) && error.object != NULL)
    judge (&answer, &error, retry_after);

  return answer;
}
