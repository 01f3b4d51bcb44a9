/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The status as a few lines for people (or JSON for programs), the journal as JSON lines. */
#include "ctl/report.h"

#include <stdio.h>

#define PAGE 1000

static const char *
text_of (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

static gint64
number_of (JsonObject *object, const char *member)
{
  return json_object_get_int_member_with_default (object, member, 0);
}

static JsonArray *
list_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

void
ctl_report_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  puts (text);
}

static void
print_channel (JsonObject *channel)
{
  printf ("%s %-24s in %s, out %s, %" G_GINT64_FORMAT " received, %" G_GINT64_FORMAT
          " left aside, %" G_GINT64_FORMAT " sent\n",
          text_of (channel, "channel"), text_of (channel, "name"), text_of (channel, "in"),
          text_of (channel, "out"), number_of (channel, "received"), number_of (channel, "aside"),
          number_of (channel, "sent"));
}

static void
print_status (JsonObject *status)
{
  JsonArray *queues = list_of (status, "queues"), *agents = list_of (status, "agents");
  JsonArray *channels = list_of (status, "channels");

  printf ("guichetd %s, up %" G_GINT64_FORMAT " s, event %" G_GINT64_FORMAT "\n",
          text_of (status, "version"), number_of (status, "uptime"), number_of (status, "seq"));
  printf ("%" G_GINT64_FORMAT " sessions, %" G_GINT64_FORMAT " calls\n",
          number_of (status, "sessions"), number_of (status, "calls"));
  for (guint i = 0; queues != NULL && i < json_array_get_length (queues); i++)
    {
      JsonObject *queue = json_array_get_object_element (queues, i);

      printf ("queue %-24s %6" G_GINT64_FORMAT " waiting\n", text_of (queue, "id"),
              number_of (queue, "waiting"));
    }
  for (guint i = 0; agents != NULL && i < json_array_get_length (agents); i++)
    {
      JsonObject *agent = json_array_get_object_element (agents, i);

      printf ("agent %-24s %s %s\n", text_of (agent, "id"), text_of (agent, "state"),
              text_of (agent, "reason"));
    }
  for (guint i = 0; channels != NULL && i < json_array_get_length (channels); i++)
    print_channel (json_array_get_object_element (channels, i));
}

gboolean
ctl_report_status (const CtlOptions *options, GError **error)
{
  g_autoptr (CtlLink) link = ctl_link_new (options->data);
  g_autoptr (JsonNode) answer = ctl_link_call (link, "GET", "/admin/status", NULL, error);

  if (answer == NULL)
    return FALSE;
  if (options->json)
    ctl_report_json (answer);
  else
    print_status (json_node_get_object (answer));
  return TRUE;
}

/* Prints a page; FALSE when there is nothing after it, *next is where the following one begins. */
static gboolean
print_page (JsonObject *page, gint64 *next, int *left)
{
  JsonArray *events = list_of (page, "events");
  guint n = events != NULL ? json_array_get_length (events) : 0;

  for (guint i = 0; i<n && * left> 0; i++, (*left)--)
    {
      g_autofree char *line = json_to_string (json_array_get_element (events, i), FALSE);

      puts (line);
    }
  *next = number_of (page, "next");
  return n > 0 && *left > 0 && *next > 0;
}

gboolean
ctl_report_journal (const CtlOptions *options, GError **error)
{
  g_autoptr (CtlLink) link = ctl_link_new (options->data);
  gint64 since = options->since;
  int left = options->limit > 0 ? options->limit : G_MAXINT;

  for (;;)
    {
      g_autofree char *filter = options->interaction != NULL
                                    ? g_uri_escape_string (options->interaction, NULL, FALSE)
                                    : NULL;
      g_autofree char *path = g_strdup_printf (
          "/admin/journal?since=%" G_GINT64_FORMAT "&limit=%d%s%s", since, MIN (left, PAGE),
          filter != NULL ? "&interaction=" : "", filter != NULL ? filter : "");
      g_autoptr (JsonNode) page = ctl_link_call (link, "GET", path, NULL, error);

      if (page == NULL)
        return FALSE;
      if (!print_page (json_node_get_object (page), &since, &left))
        return TRUE;
    }
}
