/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what Meta calls back, and what it answers. A first line "answer STATUS" means the
 * latter; else all is the body of a webhook. */
#include "fuzz.h"

#include "server/channels/meta/graph.h"
#include "server/channels/meta/webhook.h"

static void
check_event (const MetaEvent *event)
{
  g_assert_true (g_utf8_validate (event->account, -1, NULL));
  g_assert_true (*event->customer != '\0' && g_utf8_validate (event->customer, -1, NULL));
  g_assert_true (event->mid == NULL || g_utf8_validate (event->mid, -1, NULL));
  g_assert_true (event->text == NULL || g_utf8_validate (event->text, -1, NULL));
  g_assert_cmpint (event->at, >=, 0);
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
  MetaAnswer answer = meta_graph_answer (status, TRUE, 0, (const char *) data, size);

  if (answer.outcome == META_SENT)
    g_assert_true (answer.mid != NULL && *answer.mid != '\0' && status < 300);
  else
    g_assert_null (answer.mid);
  if (answer.outcome == META_LATER)
    g_assert_cmpuint (answer.seconds, >, 0);
  g_free (answer.mid);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size >= 7 && memcmp (data, "answer ", 7) == 0)
    {
      g_autofree char *line = fuzz_line (&data, &size);

      read_answer ((guint) (g_ascii_strtoull (line + 7, NULL, 10) % 1000), data, size);
    }
  else
    read_webhook (data, size);

  return 0;
}
