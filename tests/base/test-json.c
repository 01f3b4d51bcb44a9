/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed getters: values, errors with their places and limits, and the builders. */
#include "base/json.h"

#include <string.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = base_json_parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_values (void)
{
  static const char *const words[] = { "idle", "available", NULL };
  g_autoptr (JsonNode) node =
      parse ("{\"s\":\"\xd0\xb3\xd0\xb8\xd1\x88\xd0\xb5\",\"i\":-7,\"b\":true,\"d\":1.5,\"n\":null,"
             "\"t\":\"2026-03-01T09:30:00.250Z\",\"w\":\"available\",\"a\":[\"x\",\"y\"],"
             "\"o\":{\"k\":1}}");
  g_auto (GStrv) strings = NULL;
  BaseJson root, object, array;
  const char *text;
  gint64 number;
  double real;
  gboolean flag;
  guint word;

  g_assert_true (base_json_root (&root, node, NULL));
  g_assert_true (base_json_get_string (&root, "s", 4, &text, NULL));
  g_assert_cmpstr (text, ==, "\xd0\xb3\xd0\xb8\xd1\x88\xd0\xb5");
  g_assert_true (base_json_get_int (&root, "i", -10, 10, &number, NULL));
  g_assert_cmpint (number, ==, -7);
  g_assert_true (base_json_get_bool (&root, "b", &flag, NULL) && flag);
  g_assert_true (base_json_get_double (&root, "d", 0, 2, &real, NULL));
  g_assert_cmpfloat (real, ==, 1.5);
  g_assert_true (base_json_get_time (&root, "t", &number, NULL));
  g_assert_cmpint (number, ==, G_GINT64_CONSTANT (1772357400250));
  g_assert_true (base_json_get_word (&root, "w", words, &word, NULL));
  g_assert_cmpuint (word, ==, 1);
  g_assert_true (base_json_get_strings (&root, "a", 2, 1, &strings, NULL));
  g_assert_cmpstr (strings[1], ==, "y");
  g_assert_true (base_json_get_object (&root, "o", &object, NULL));
  g_assert_true (base_json_get_int (&object, "k", 0, 1, &number, NULL));
  g_assert_false (base_json_has (&root, "n"));
  g_assert_true (base_json_opt_string (&root, "n", 4, "fallback", &text, NULL));
  g_assert_cmpstr (text, ==, "fallback");
  g_assert_true (base_json_opt_array (&root, "none", 4, &array, NULL));
  g_assert_cmpuint (base_json_length (&array), ==, 0);
}

typedef gboolean (*Read) (const BaseJson *root, GError **error);

static gboolean
read_missing (const BaseJson *root, GError **error)
{
  const char *text = "kept";

  return base_json_get_string (root, "missing", 4, &text, error) || !g_str_equal (text, "kept");
}

static gboolean
read_type (const BaseJson *root, GError **error)
{
  gint64 number;

  return base_json_get_int (root, "s", 0, 9, &number, error);
}

static gboolean
read_long (const BaseJson *root, GError **error)
{
  const char *text;

  return base_json_opt_string (root, "s", 2, "", &text, error);
}

static gboolean
read_range (const BaseJson *root, GError **error)
{
  gint64 number;

  return base_json_opt_int (root, "i", 0, 9, 0, &number, error);
}

static gboolean
read_deep (const BaseJson *root, GError **error)
{
  BaseJson list, item;
  gboolean flag;

  return base_json_get_array (root, "a/~b", 9, &list, error) &&
         base_json_item_object (&list, 1, &item, error) &&
         base_json_get_bool (&item, "k", &flag, error);
}

static gboolean
read_item (const BaseJson *root, GError **error)
{
  BaseJson list;
  const char *text;

  return base_json_get_array (root, "a/~b", 9, &list, error) &&
         base_json_item_string (&list, 0, 9, &text, error);
}

static gboolean
read_many (const BaseJson *root, GError **error)
{
  BaseJson list;

  return base_json_get_array (root, "a/~b", 1, &list, error);
}

static gboolean
read_only (const BaseJson *root, GError **error)
{
  return base_json_only (root, error, "s", "i", NULL);
}

static gboolean
read_time (const BaseJson *root, GError **error)
{
  gint64 at;

  return base_json_get_time (root, "s", &at, error);
}

static const struct
{
  Read read;
  BaseErrorCode code;
  const char *pointer;
  gint64 limit;
} failures[] = {
  { read_missing, BASE_ERROR_MISSING, "/missing", 0 },
  { read_type, BASE_ERROR_TYPE, "/s", 0 },
  { read_long, BASE_ERROR_TOO_LONG, "/s", 2 },
  { read_range, BASE_ERROR_RANGE, "/i", 9 },
  { read_deep, BASE_ERROR_TYPE, "/a~1~0b/1/k", 0 },
  { read_item, BASE_ERROR_TYPE, "/a~1~0b/0", 0 },
  { read_many, BASE_ERROR_TOO_LONG, "/a~1~0b", 1 },
  { read_only, BASE_ERROR_UNKNOWN, "/a~1~0b", 0 },
  { read_time, BASE_ERROR_RANGE, "/s", 0 },
};

static void
test_failures (void)
{
  g_autoptr (JsonNode) node = parse ("{\"s\":\"abc\",\"i\":10,\"a/~b\":[{},{\"k\":\"no\"}]}");
  BaseJson root;

  g_assert_true (base_json_root (&root, node, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (failures[i].read (&root, &error));
      g_assert_error (error, BASE_ERROR, (gint) failures[i].code);
      g_assert_cmpstr (base_error_get_pointer (error), ==, failures[i].pointer);
      g_assert_cmpint (base_error_get_limit (error), ==, failures[i].limit);
    }
}

static void
test_not_an_object (void)
{
  g_autoptr (JsonNode) node = parse ("[]");
  g_autoptr (GError) error = NULL;
  BaseJson root;

  g_assert_false (base_json_root (&root, node, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TYPE);
}

static void
test_builders (void)
{
  static const char *const tags[] = { "a", "b", NULL };
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  base_json_set_string (object, "s", NULL);
  base_json_set_time (object, "t", G_GINT64_CONSTANT (1772357400250));
  base_json_set_strings (object, "a", tags);
  text = base_json_to_text (object);
  g_assert_cmpstr (text, ==, "{\"s\":null,\"t\":\"2026-03-01T09:30:00.250Z\",\"a\":[\"a\",\"b\"]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/failures", test_failures);
  g_test_add_func ("/json/not-an-object", test_not_an_object);
  g_test_add_func ("/json/builders", test_builders);
  return g_test_run ();
}
