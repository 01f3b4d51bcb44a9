/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small centre's conversation: one thread, kept as the member "messages" of its desk. */
#include "fake-centre-parts.h"

static JsonNode *
parse (const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return node;
}

static gint64
number_of (JsonArray *messages, guint position)
{
  return json_object_get_int_member (json_array_get_object_element (messages, position), "number");
}

static char *
page (JsonArray *messages, gint64 before, gint64 limit)
{
  GString *text = g_string_new (NULL);
  gint64 first;
  guint end = json_array_get_length (messages);

  while (before > 0 && end > 0 && number_of (messages, end - 1) >= before)
    end--;
  first = MAX ((gint64) end - limit, 0);
  for (guint i = (guint) first; i < end; i++)
    {
      g_autofree char *one = json_to_string (json_array_get_element (messages, i), FALSE);

      g_string_append_printf (text, "%s%s", i > (guint) first ? "," : "", one);
    }
  g_string_prepend (text, "{\"messages\":[");
  g_string_append_printf (text, "],\"more\":%s}", first > 0 ? "true" : "false");
  return g_string_free (text, FALSE);
}

/* The body of a GET …/messages. */
char *
fake_centre_page (FakeCentre *self, GHashTable *query)
{
  g_autoptr (JsonNode) node = parse (g_hash_table_lookup (self->desk, "messages"));
  const char *before = query != NULL ? g_hash_table_lookup (query, "before") : NULL;
  const char *limit = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;

  return page (json_node_get_array (node), before != NULL ? g_ascii_strtoll (before, NULL, 10) : 0,
               limit != NULL ? g_ascii_strtoll (limit, NULL, 10) : 50);
}

/* Adds what is POSTed; the body of its answer. */
char *
fake_centre_add_message (FakeCentre *self, const char *interaction, const char *body)
{
  g_autoptr (JsonNode) node = parse (g_hash_table_lookup (self->desk, "messages"));
  g_autoptr (JsonNode) said = parse (body);
  JsonArray *messages = json_node_get_array (node);
  guint n = json_array_get_length (messages);
  JsonObject *message = json_object_new ();
  g_autofree char *id = g_strdup_printf ("m%u", n + 1);
  g_autofree char *text = NULL;
  char now[BASE_TIME_TEXT_SIZE];

  fake_centre_now_text (now);
  json_object_set_string_member (message, "id", id);
  json_object_set_string_member (message, "conversation", "k1");
  json_object_set_string_member (message, "interaction", interaction);
  json_object_set_int_member (message, "number", n > 0 ? number_of (messages, n - 1) + 1 : 1);
  json_object_set_string_member (message, "at", now);
  json_object_set_string_member (message, "author", "agent");
  json_object_set_string_member (message, "agent", "ana");
  json_object_set_string_member (
      message, "text", json_object_get_string_member (json_node_get_object (said), "text"));
  json_object_set_string_member (message, "state", "sent");
  json_object_set_boolean_member (
      message, "private",
      json_object_get_boolean_member_with_default (json_node_get_object (said), "private", FALSE));
  json_array_add_object_element (messages, message);
  text = json_to_string (node, FALSE);
  fake_centre_set_desk (self, "messages", text);
  g_clear_pointer (&text, g_free);
  text = json_to_string (json_array_get_element (messages, n), FALSE);
  return g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"cursor\":\"c%" G_GINT64_FORMAT
                          "\",\"message\":%s}",
                          self->seq, self->seq, text);
}
