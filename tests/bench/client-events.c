/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long an event takes from its text to the changed property, at 1 000 events per second, beside
 * parsing alone. */
#include "base/json.h"
#include "client/events.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS       5000
#define INTERACTIONS 8

static int
by_value (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static char *
event_text (guint i)
{
  return g_strdup_printf (
      "{\"epoch\":\"e\",\"seq\":%u,\"prev\":%u,\"cursor\":\"c\",\"at\":\"2026-03-01T09:30:00."
      "000Z\",\"type\":"
      "\"interaction.changed\",\"cause\":\"note\",\"interaction\":{\"id\":\"i%u\",\"channel\":"
      "\"voice\",\"direction\":\"in\","
      "\"origin\":\"queue\",\"queue\":\"q1\",\"called\":\"+3592\",\"language\":\"bg\",\"created_"
      "at\":"
      "\"2026-03-01T09:30:00.000Z\",\"customer\":{\"number\":\"+359888123456\"},\"participations\":"
      "[{\"id\":\"p%u\",\"agent\":"
      "\"\",\"role\":\"primary\",\"state\":\"active\",\"joined_at\":\"2026-03-01T09:30:05.000Z\","
      "\"state_since\":"
      "\"2026-03-01T09:30:05.000Z\",\"held_total\":0,\"wrap_up\":null,\"disposition\":{\"id\":null,"
      "\"set_by\":null,"
      "\"revision\":1},\"tags\":{\"ids\":[],\"revision\":1},\"note\":{\"text\":\"note "
      "%u\",\"revision\":%u}}],\"variables\":"
      "[{\"id\":\"ref\",\"value\":\"A-17\",\"secure\":false,\"editable\":true,\"revision\":3}]}}",
      i, i - 1, i % INTERACTIONS, i % INTERACTIONS, i, i);
}

static void
apply (GuichetSession *session, const char *text)
{
  g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, NULL);

  if (session != NULL)
    guichet_session_apply_event (session, json_node_get_object (node));
}

static void
measure (const char *name, GuichetSession *session)
{
  g_autofree gint64 *took = g_new (gint64, EVENTS);
  gint64 total = 0;

  for (guint i = 0; i < EVENTS; i++)
    {
      g_autofree char *text = event_text (i + 1);
      gint64 due = g_get_monotonic_time () + 1000;
      gint64 from = g_get_monotonic_time ();

      apply (session, text);
      took[i] = g_get_monotonic_time () - from;
      total += took[i];
      if (g_get_monotonic_time () < due)
        g_poll (NULL, 0, 1); /* 1 000 a second */
    }
  qsort (took, EVENTS, sizeof *took, by_value);
  g_print ("{\"what\":\"%s\",\"events\":%u,\"median_us\":%" G_GINT64_FORMAT
           ",\"p99_us\":%" G_GINT64_FORMAT ",\"max_us\":%" G_GINT64_FORMAT
           ",\"share_of_a_core\":%.3f}\n",
           name, EVENTS, took[EVENTS / 2], took[EVENTS * 99 / 100], took[EVENTS - 1],
           (double) total / (EVENTS * 1000.0));
}

int
main (void)
{
  g_autoptr (GuichetSession) session = guichet_session_new (NULL, g_get_tmp_dir ());

  measure ("parse alone", NULL);
  measure ("parse and apply", session);
  measure ("parse and apply", session);
  measure ("parse alone", NULL);
  return 0;
}
