/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an Asterisk may send, well or badly meant, as the engine reads it. */
#include "server/voice/asterisk/wire.h"

#include <string.h>

static JsonObject *
object_of (JsonNode *node)
{
  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));

  return json_node_get_object (node);
}

static void
test_event (void)
{
  static const char text[] =
      "{\"type\":\"StasisStart\",\"args\":[\"in\",\"8001\",7,null],\"channel\":{\"id\":\"1.2\","
      "\"name\":\"PJSIP/world-0000002a\",\"state\":\"Ring\",\"caller\":{\"name\":\"\",\"number\":"
      "\"+33123456789\"}},\"cause\":17,\"loss\":0.5}";
  g_autoptr (JsonNode) node = wire_parse (text, strlen (text), NULL);
  JsonObject *event = object_of (node);
  JsonObject *channel = wire_object (event, "channel");
  JsonArray *args = wire_array (event, "args");

  g_assert_cmpstr (wire_text (event, "type"), ==, "StasisStart");
  g_assert_cmpstr (wire_text (channel, "id"), ==, "1.2");
  g_assert_cmpstr (wire_text (wire_object (channel, "caller"), "number"), ==, "+33123456789");
  g_assert_cmpstr (wire_item (args, 1), ==, "8001");
  g_assert_null (wire_item (args, 2));
  g_assert_null (wire_item (args, 3));
  g_assert_null (wire_item (args, 4));
  g_assert_cmpint (wire_number (event, "cause", 0), ==, 17);
  g_assert_cmpfloat (wire_double (event, "loss", 0), ==, 0.5);
}

/* Members that are not what they should be read as none, at whatever depth. */
static void
test_hostile (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"channel\":null,\"args\":null,\"cause\":null,\"type\":null}",
    "{\"channel\":[],\"args\":{},\"cause\":\"17\",\"type\":7}",
    "{\"channel\":\"x\",\"args\":1,\"cause\":{},\"type\":{}}",
    "{\"channel\":{\"id\":{\"id\":[]}},\"args\":[[[]],{}],\"cause\":[],\"type\":[\"a\"]}",
    "{\"type\":\"a\\u0000b\",\"cause\":true}",
    "{\"type\":\"a\\r\\nX-Evil: 1\",\"cause\":1e999}",
    "{\"type\":\"\\u202e\\u0007\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = wire_parse (texts[i], strlen (texts[i]), NULL);
      JsonObject *event = node != NULL ? object_of (node) : NULL;
      JsonObject *channel = wire_object (event, "channel");

      g_assert_null (wire_text (channel, "id"));
      g_assert_null (wire_item (wire_array (event, "args"), 0));
      g_assert_cmpint (wire_number (event, "cause", -1), ==, -1);
      g_assert_true (wire_text (event, "type") == NULL ||
                     strpbrk (wire_text (event, "type"), "\r\n") == NULL);
    }
}

static void
test_bounds (void)
{
  g_autofree char *deep = g_malloc (4000);
  g_autofree char *member = g_strnfill (600, 'x');
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\"}", member);
  g_autofree char *large = g_strnfill (WIRE_MAX + 1, ' ');
  g_autoptr (JsonNode) node = NULL;

  memset (deep, '[', 2000);
  memset (deep + 2000, ']', 2000);
  g_assert_null (wire_parse (deep, 4000, NULL));
  g_assert_null (wire_parse (large, WIRE_MAX + 1, NULL));
  g_assert_null (wire_parse ("{\"a\":", 5, NULL));
  g_assert_null (wire_parse ("", 0, NULL));
  node = wire_parse (text, strlen (text), NULL);
  g_assert_null (wire_text (object_of (node), "id"));
}

static void
test_request (void)
{
  g_autofree char *text =
      wire_request (7, "POST", "channels/a%20b/answer", "{\"variables\":{\"a\":\"\\\"\"}}");
  g_autoptr (JsonNode) node = wire_parse (text, strlen (text), NULL);
  JsonObject *object = object_of (node);

  g_assert_cmpstr (wire_text (object, "type"), ==, "RESTRequest");
  g_assert_cmpstr (wire_text (object, "request_id"), ==, "7");
  g_assert_cmpstr (wire_text (object, "uri"), ==, "channels/a%20b/answer");
  g_assert_cmpstr (wire_text (object, "message_body"), ==, "{\"variables\":{\"a\":\"\\\"\"}}");
}

static void
test_names (void)
{
  static const struct
  {
    const char *channel, *endpoint;
  } names[] = { { "PJSIP/world-0000002a", "world" },
                { "PJSIP/to-the-world-1", "to-the-world" },
                { "Local/9@ctx-00000000;1", "9@ctx" },
                { "PJSIP/world", NULL },
                { "world-1", NULL },
                { "PJSIP/-1", NULL },
                { "", NULL },
                { NULL, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *endpoint = wire_endpoint_of (names[i].channel);

      g_assert_cmpstr (endpoint, ==, names[i].endpoint);
    }
}

static void
test_tag (void)
{
  const char *const pairs[] = { "call", "i&7=%", "offer", NULL, "music", "1", NULL };
  g_autofree char *text = wire_tag_write (pairs);
  g_autofree char *long_text = g_strnfill (5000, 'a');
  g_autoptr (GHashTable) tag = wire_tag_read (text);

  g_assert_nonnull (tag);
  g_assert_cmpuint (g_hash_table_size (tag), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (tag, "call"), ==, "i&7=%");
  g_assert_cmpstr (g_hash_table_lookup (tag, "music"), ==, "1");
  g_assert_null (wire_tag_read (NULL));
  g_assert_null (wire_tag_read (""));
  g_assert_null (wire_tag_read ("no pair at all"));
  g_assert_null (wire_tag_read ("a=%zz"));
  g_assert_null (wire_tag_read (long_text));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/wire/event", test_event);
  g_test_add_func ("/voice/wire/hostile", test_hostile);
  g_test_add_func ("/voice/wire/bounds", test_bounds);
  g_test_add_func ("/voice/wire/request", test_request);
  g_test_add_func ("/voice/wire/names", test_names);
  g_test_add_func ("/voice/wire/tag", test_tag);

  return g_test_run ();
}
