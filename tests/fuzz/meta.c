/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what Meta calls back, what it answers, and where the files are to which messages
 * point. A first line "answer STATUS" means the second, "url " before all else the third; else all
 * is the body of a webhook. */
#include "fuzz.h"

#include "server/channels/meta/graph.h"
#include "server/channels/meta/webhook.h"
#include "server/channels/net-guard.h"

static void
check_event (const MetaEvent *event)
{
  g_assert_true (g_utf8_validate (event->account, -1, NULL));
  g_assert_true (*event->customer != '\0' && g_utf8_validate (event->customer, -1, NULL));
  g_assert_true (event->mid == NULL || g_utf8_validate (event->mid, -1, NULL));
  g_assert_true (event->text == NULL || g_utf8_validate (event->text, -1, NULL));
  g_assert_cmpint (event->at, >=, 0);
  for (guint i = 0; event->files != NULL && event->files[i] != NULL; i++)
    g_assert_true (*event->files[i] != '\0' && g_utf8_validate (event->files[i], -1, NULL) &&
                   strlen (event->files[i]) <= NET_GUARD_URL_MAX);
  if (event->kind == META_MESSAGE)
    g_assert_true (event->mid != NULL && *event->mid != '\0' && event->text != NULL);
  if (event->kind == META_DELIVERED || event->kind == META_READ)
    g_assert_nonnull (event->mid);
}

static void
read_webhook (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  ModelChannel channel = MODEL_CHANNEL_EMAIL;
  g_autoptr (GPtrArray) events = meta_webhook_parse (body, &channel);
  g_autofree char *header = fuzz_text (data, size);

  g_assert_false (meta_signature_is (header, "a secret", body));
  if (events == NULL)
    return;
  g_assert_true (channel == MODEL_CHANNEL_FACEBOOK || channel == MODEL_CHANNEL_INSTAGRAM);
  g_assert_cmpuint (events->len, <=, 1000);
  for (guint i = 0; i < events->len; i++)
    {
      const MetaEvent *event = events->pdata[i];
      const MetaEvent *before = i > 0 ? events->pdata[i - 1] : event;

      check_event (event);
      g_assert_cmpint (before->at, <=, event->at);
    }
}

static void
read_answer (guint status, const guint8 *data, gsize size)
{
  g_autofree char *name = NULL;
  MetaAnswer answer = meta_graph_answer (status, TRUE, 0, (const char *) data, size);

  if (answer.outcome == META_SENT)
    g_assert_true (answer.mid != NULL && *answer.mid != '\0' && status < 300);
  else
    g_assert_null (answer.mid);
  if (answer.outcome == META_LATER)
    g_assert_cmpuint (answer.seconds, >, 0);
  g_free (answer.mid);
  answer = meta_graph_upload_answer (status, 0, (const char *) data, size);
  g_assert_true ((answer.outcome == META_SENT) == (answer.mid != NULL));
  g_assert_true (answer.outcome != META_LATER || answer.seconds > 0);
  g_assert_true (answer.outcome != META_FAILED || answer.code != MODEL_CODE_OUTCOME_UNKNOWN);
  g_free (answer.mid);
  name = meta_graph_profile (status, (const char *) data, size);
  g_assert_true (name == NULL || (*name != '\0' && g_utf8_validate (name, -1, NULL)));
}

/* Nothing that is no address of an allowed host gets through, and never one of another network. */
static void
read_url (const guint8 *data, gsize size)
{
  static const char *const hosts[] = { ".cdn.example", "files.example", NULL };
  g_autofree char *url = fuzz_text (data, size);
  g_autofree char *host = NULL;

  if (!net_guard_allows (url, hosts, FALSE, &host))
    return;
  g_assert_true (g_ascii_strncasecmp (url, "https://", 8) == 0);
  g_assert_true (g_str_has_suffix (host, ".cdn.example") || g_str_equal (host, "files.example"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size >= 7 && memcmp (data, "answer ", 7) == 0)
    {
      g_autofree char *line = fuzz_line (&data, &size);

      read_answer ((guint) (g_ascii_strtoull (line + 7, NULL, 10) % 1000), data, size);
    }
  else if (size >= 4 && memcmp (data, "url ", 4) == 0)
    read_url (data + 4, size - 4);
  else
    read_webhook (data, size);

  return 0;
}
