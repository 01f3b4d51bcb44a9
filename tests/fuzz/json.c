/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: the guard before every body of JSON, and the parser behind it. What the guard lets
 * through the parser takes, and what is written of it again is the same. */
#include "fuzz.h"

#include "base/json.h"
#include "base/time-text.h"

static void
read_member (const BaseJson *root, const char *name)
{
  g_auto (GStrv) strings = NULL;
  BaseJson inner = { 0 };
  const char *text = NULL;
  gint64 number = 0, at = 0;
  gboolean on = FALSE;
  double real = 0;

  if (base_json_get_string (root, name, 100, &text, NULL))
    g_assert_cmpint (g_utf8_strlen (text, -1), <=, 100);
  if (base_json_get_int (root, name, -5, 5, &number, NULL))
    g_assert_true (number >= -5 && number <= 5);
  base_json_get_double (root, name, -1, 1, &real, NULL);
  base_json_get_bool (root, name, &on, NULL);
  if (base_json_get_time (root, name, &at, NULL))
    {
      char written[BASE_TIME_TEXT_SIZE];
      gint64 again;

      g_assert_true (base_time_parse (base_time_write (at, written), &again));
      g_assert_cmpint (again, ==, at);
    }
  base_json_opt_object (root, name, &inner, NULL);
  base_json_opt_array (root, name, 10, &inner, NULL);
  if (base_json_opt_strings (root, name, 10, 100, &strings, NULL))
    g_assert_cmpuint (g_strv_length (strings), <=, 10);
}

static void
read_object (JsonNode *node)
{
  g_autofree char *text = base_json_to_text (json_node_get_object (node));
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = base_json_parse (text, strlen (text), NULL, &error);
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));
  BaseJson root;

  /* json-glib writes 1e+308 as "1e+308.0". Numbers with a fraction are never written back: what
   * strangers send as one is refused or ignored by all that read it. */
  if (again == NULL)
    g_assert_true (error->code == BASE_ERROR_TOO_LARGE || strstr (text, "e+") != NULL ||
                   strstr (text, "e-") != NULL);
  else
    written = base_json_to_text (json_node_get_object (again));
  g_assert_true (written == NULL || g_str_equal (written, text));
  g_assert_true (base_json_root (&root, node, NULL));
  for (GList *l = names; l != NULL; l = l->next)
    read_member (&root, l->data);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  gboolean passes = base_json_guard (text, size, NULL, NULL);
  g_autoptr (JsonNode) node = base_json_parse (text, size, NULL, NULL);

  g_assert_true (passes == (node != NULL));
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_object (node);

  return 0;
}
