/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what an Asterisk sends. "tag " before all else means what a channel kept of us,
 * "name " the name of a channel; else it is an event or an answer. */
#include "fuzz.h"

#include "server/voice/asterisk/wire.h"

static void
check_text (const char *text)
{
  if (text == NULL)
    return;
  g_assert_cmpuint (strlen (text), <=, 512);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (at)));
}

/* Each member read as each kind: at most one of them is there. */
static void
read_object (JsonObject *object, guint depth)
{
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  g_assert_cmpuint (depth, <=, 16);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *inner = wire_object (object, l->data);
      JsonArray *array = wire_array (object, l->data);
      const char *text = wire_text (object, l->data);

      g_assert_cmpint ((inner != NULL) + (array != NULL) + (text != NULL), <=, 1);
      check_text (text);
      wire_number (object, l->data, 0);
      wire_double (object, l->data, 0);
      for (guint i = 0; array != NULL && i <= json_array_get_length (array); i++)
        check_text (wire_item (array, i));
      if (inner != NULL)
        read_object (inner, depth + 1);
    }
}

static void
read_tag (const char *text)
{
  g_autoptr (GHashTable) tag = wire_tag_read (text); /* what it says is not held to anything */
  const char *pairs[] = { "call", text, NULL, NULL };
  g_autofree char *written = wire_tag_write (pairs);
  g_autoptr (GHashTable) again = wire_tag_read (written);

  if (again != NULL && *text != '\0' && g_utf8_validate (text, -1, NULL))
    g_assert_cmpstr (g_hash_table_lookup (again, "call"), ==, text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) node = NULL;

  if (size >= 4 && memcmp (data, "tag ", 4) == 0)
    {
      g_autofree char *text = fuzz_text (data + 4, size - 4);

      read_tag (text);
      return 0;
    }
  if (size >= 5 && memcmp (data, "name ", 5) == 0)
    {
      g_autofree char *text = fuzz_text (data + 5, size - 5);
      g_autofree char *endpoint = wire_endpoint_of (text);

      g_assert_true (endpoint == NULL || (*endpoint != '\0' && strstr (text, endpoint) != NULL));
      return 0;
    }
  node = wire_parse ((const char *) data, size, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_object (json_node_get_object (node), 1);

  return 0;
}
