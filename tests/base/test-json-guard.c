/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard: documents by family, those that RFC 8259 allows, those it refuses, and those where we
 * chose. */
#include "base/error.h"
#include "base/json.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  gsize length; /* 0: strlen */
} Document;

#define D(name, text)                                                                              \
  {                                                                                                \
    name, text, 0                                                                                  \
  }
#define B(name, text)                                                                              \
  {                                                                                                \
    name, text, sizeof text - 1                                                                    \
  } /* with NULs or meant bytes */

static const Document valid[] = {
  D ("array empty", "[]"),
  D ("array spaces around", " [ ] \n\r\t"),
  D ("array heterogeneous", "[null, 1, \"1\", {}]"),
  D ("array nested", "[[[[]]],[]]"),
  D ("array with newline", "[1\n]"),
  D ("object empty", "{}"),
  D ("object empty key", "{\"\":0}"),
  D ("object duplicated key", "{\"a\":\"b\",\"a\":\"c\"}"),
  D ("object escaped NUL in key", "{\"foo\\u0000bar\": 42}"),
  D ("object newlines", "{\n\"a\": \"b\"\n}"),
  D ("object extreme numbers", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }"),
  D ("number zero", "0"),
  D ("number minus zero", "[-0]"),
  D ("number negative", "[-123]"),
  D ("number fraction", "[123.456789]"),
  D ("number exponent", "[123e45]"),
  D ("number capital E plus", "[1E+2]"),
  D ("number capital E minus", "[1E-2]"),
  D ("number zero exponent", "[0e+1]"),
  D ("number tiny",
     "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]"),
  D ("number underflow", "[123e-10000000]"),
  D ("number largest integer", "[9223372036854775807,-9223372036854775808]"),
  D ("word true", "true"),
  D ("word false", "[false]"),
  D ("word null", " null "),
  D ("string lonely", "\"asd\""),
  D ("string empty", "\"\""),
  D ("string escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]"),
  D ("string unicode escape", "[\"\\u0060\\u012a\\u12AB\"]"),
  D ("string surrogate pair", "[\"\\uD801\\udc37\\ud83d\\ude39\"]"),
  D ("string escaped NUL", "[\"\\u0000\"]"),
  D ("string escaped noncharacter", "[\"\\uFFFE\\uFDD0\"]"),
  D ("string escaped control", "[\"\\u0012\"]"),
  D ("string double escape", "[\"\\\\a\",\"\\\\n\"]"),
  D ("string DEL", "[\"\x7f\"]"),
  D ("string two bytes", "[\"\xc2\xa3\"]"),
  D ("string three bytes", "[\"\xe2\x82\xac\xe2\x80\xa8\xe2\x80\xa9\"]"),
  D ("string four bytes", "[\"\xf0\x9d\x84\x9e\"]"),
  D ("string noncharacter", "[\"\xef\xbf\xbf\xf4\x8f\xbf\xbf\"]"),
  D ("string no comment", "[\"a/*b*/c//d\"]"),
};

static const Document invalid[] = {
  D ("nothing", ""),
  D ("space only", " \n"),
  D ("array comma first", "[,1]"),
  D ("array comma last", "[1,]"),
  D ("array comma only", "[,]"),
  D ("array comma twice", "[1,,2]"),
  D ("array comma after", "[1],"),
  D ("array colon", "[1:2]"),
  D ("array extra close", "[1]]"),
  D ("array incomplete", "[1"),
  D ("array incomplete value", "[x"),
  D ("array no comma", "[1 2]"),
  D ("array inner no comma", "[3[4]]"),
  D ("array star", "[*]"),
  D ("array open only", "["),
  D ("array close only", "]"),
  D ("array closed by brace", "[1}"),
  D ("array vertical tab",
     "[\"\x0b"
     "a\"\\f]"),
  D ("array form feed", "[\x0c]"),
  D ("object bad value", "{\"x\": truth}"),
  D ("object bracket key", "{[: \"x\"}"),
  D ("object comma for colon", "{\"x\", null}"),
  D ("object double colon", "{\"x\"::\"b\"}"),
  D ("object key without value", "{\"a\":"),
  D ("object missing colon", "{\"a\" b}"),
  D ("object missing key", "{:\"b\"}"),
  D ("object missing semicolon", "{\"a\" \"b\"}"),
  D ("object no quotes", "{a: \"b\"}"),
  D ("object single quotes", "{'a':0}"),
  D ("object number key", "{9999E9999:1}"),
  D ("object null keys", "{null:null,null:null}"),
  D ("object trailing comma", "{\"id\":0,}"),
  D ("object two commas", "{\"a\":\"b\",,\"c\":\"d\"}"),
  D ("object trailing comment", "{\"a\":\"b\"}/**/"),
  D ("object trailing slash", "{\"a\":\"b\"}//"),
  D ("object inner comment", "{\"a\":/*comment*/\"b\"}"),
  D ("object unclosed", "{\"asd\":\"asd\""),
  D ("object followed by brace", "{}}"),
  D ("object lone continuation", "{\"\xb9\":\"0\",}"),
  D ("object repeated after", "{\"a\":1}{\"b\":2}"),
  D ("number plus", "[+1]"),
  D ("number plus Inf", "[+Inf]"),
  D ("number minus NaN", "[-NaN]"),
  D ("number NaN", "[NaN]"),
  D ("number Infinity", "[Infinity]"),
  D ("number minus only", "[-]"),
  D ("number minus space", "[- 1]"),
  D ("number minus minus", "[--2.]"),
  D ("number minus letter", "[-foo]"),
  D ("number leading zero", "[012]"),
  D ("number minus leading zero", "[-012]"),
  D ("number two zeros", "[-01]"),
  D ("number dot first", "[.123]"),
  D ("number dot last", "[1.]"),
  D ("number dot minus", "[.-1]"),
  D ("number dot exponent", "[2.e3]"),
  D ("number double dot", "[1.2.3]"),
  D ("number bare exponent", "[1e]"),
  D ("number exponent plus", "[0e+]"),
  D ("number exponent twice", "[1eE2]"),
  D ("number exponent minus dot", "[0.3e+-1]"),
  D ("number hex", "[0x42]"),
  D ("number trailing letter", "[1a]"),
  D ("number thousand space", "[1 000.0]"),
  D ("number full-width digit", "[\xef\xbc\x91]"),
  D ("number expression", "[1+2]"),
  D ("word True", "[True]"),
  D ("word nul", "[nul]"),
  D ("word tru", "[tru"),
  D ("word fals", "[fals]"),
  D ("word trues", "[trues]"),
  D ("word undefined", "[undefined]"),
  D ("string single quoted", "['single']"),
  D ("string unclosed", "[\"a"),
  D ("string unclosed escape", "[\"\\"),
  D ("string backslash end", "[\"\\\\\\\"]"),
  D ("string accent uescape", "[\"\\u00A"),
  D ("string bad hex", "[\"\\u00zz\"]"),
  D ("string escape x", "[\"\\x00\"]"),
  D ("string escape a", "[\"\\a\"]"),
  D ("string escape U", "[\"\\UA66D\"]"),
  D ("string escaped emoji", "[\"\\\xf0\x9f\x8c\x80\"]"),
  D ("string newline", "[\"new\nline\"]"),
  D ("string tab", "[\"\t\"]"),
  D ("string control", "[\"a\x01\"]"),
  D ("string no quotes", "abc"),
  D ("string lone quote", "\""),
  D ("string then garbage", "\"a\"x"),
  D ("string smart quotes",
     "\xe2\x80\x9c"
     "a\xe2\x80\x9d"),
  B ("string NUL", "[\"a\0a\"]"),
  B ("NUL between", "[1,\0 2]"),
  B ("NUL after", "[1]\0"),
  D ("string lone continuation", "[\"\x81\"]"),
  D ("string invalid byte", "[\"\xff\"]"),
  D ("string overlong", "[\"\xc0\xaf\"]"),
  D ("string overlong six bytes", "[\"\xfc\x83\xbf\xbf\xbf\xbf\"]"),
  D ("string encoded surrogate", "[\"\xed\xa0\x80\"]"),
  D ("string not in Unicode", "[\"\xf4\xbf\xbf\xbf\"]"),
  D ("string truncated", "[\"\xe0\xff\"]"),
  D ("string Latin-1", "[\"\xe9\"]"),
  D ("structure angle bracket", "<.>"),
  D ("structure no-break space", "[\xc2\xa0]"),
  D ("structure word joiner", "[\xe2\x81\xa0]"),
  D ("structure two documents", "[][]"),
  D ("structure comment", "// a\n[]"),
  D ("structure open brace comma", "{,"),
  D ("structure close brace", "}"),
  D ("structure capital", "[nULL]"),
  D ("structure UTF-16", "\xff\xfe[\0]\0"),
  D ("structure uescaped LF", "[\\u000A\"\"]"),
};

/* Where RFC 8259 leaves the choice. */
static const Document chosen_against[] = {
  D ("byte order mark", "\xef\xbb\xbf{}"),
  D ("integer too large", "[100000000000000000000]"),
  D ("integer too small", "[-123123123123123123123123123123]"),
  D ("number overflow", "[0.4e00669999999999999999999999999999999999999999999999999999]"),
  D ("number overflow negative", "[-1e+9999]"),
  D ("lone high surrogate", "[\"\\uDADA\"]"),
  D ("lone low surrogate", "[\"\\uDFAA\"]"),
  D ("surrogates reversed", "[\"\\uDd1e\\uD834\"]"),
  D ("surrogate and letter", "[\"\\uD800\\u0061\"]"),
  D ("surrogate and escape", "[\"\\uD800\\n\"]"),
  D ("surrogate cut", "[\"\\ud800abc\"]"),
};

static gboolean
check (const Document *document, GError **error)
{
  return base_json_guard (document->text,
                          document->length > 0 ? document->length : strlen (document->text), NULL,
                          error);
}

static void
test_valid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      if (!check (&valid[i], &error))
        g_error ("%s: %s", valid[i].name, error->message);
      node = base_json_parse (valid[i].text, strlen (valid[i].text), NULL, &error);
      if (node == NULL)
        g_error ("%s, parsed: %s", valid[i].name, error->message);
    }
}

static void
test_refused (const Document *documents, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      if (check (&documents[i], &error))
        g_error ("%s: taken", documents[i].name);
      g_assert_error (error, BASE_ERROR, BASE_ERROR_SYNTAX);
    }
}

static void
test_invalid (void)
{
  test_refused (invalid, G_N_ELEMENTS (invalid));
}

static void
test_chosen (void)
{
  test_refused (chosen_against, G_N_ELEMENTS (chosen_against));
}

static void
test_depth (void)
{
  const BaseJsonLimits limits = { 1024 * 1024, 5 };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *objects = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  g_assert_true (base_json_guard ("[[[[[]]]]]", 10, &limits, &error));
  g_assert_false (base_json_guard ("[[[[[[]]]]]]", 12, &limits, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TOO_DEEP);
  g_assert_cmpint (base_error_get_limit (error), ==, 5);
  g_clear_error (&error);
  g_assert_false (base_json_guard (deep, 100000, NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TOO_DEEP);
  g_clear_error (&error);
  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "[{\"\":");
  objects = g_string_free (text, FALSE);
  g_assert_false (base_json_guard (objects, strlen (objects), NULL, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TOO_DEEP);
}

static void
test_size (void)
{
  const BaseJsonLimits limits = { 4, 5 };
  g_autoptr (GError) error = NULL;

  g_assert_true (base_json_guard ("1234", 4, &limits, &error));
  g_assert_false (base_json_guard ("12345", 5, &limits, &error));
  g_assert_error (error, BASE_ERROR, BASE_ERROR_TOO_LARGE);
  g_assert_cmpint (base_error_get_limit (error), ==, 4);
}

/* Every document cut and changed at every byte: no crash, and nothing json-glib would not take. */
static void
test_mutations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      gsize length = strlen (valid[i].text);

      for (gsize at = 0; at < length; at++)
        for (guint byte = 0; byte < 256; byte += 7)
          {
            g_autofree char *copy = g_memdup2 (valid[i].text, length);
            copy[at] = (char) byte;
            base_json_guard (copy, length, NULL, NULL);
            base_json_guard (copy, at, NULL, NULL);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-guard/valid", test_valid);
  g_test_add_func ("/json-guard/invalid", test_invalid);
  g_test_add_func ("/json-guard/chosen", test_chosen);
  g_test_add_func ("/json-guard/depth", test_depth);
  g_test_add_func ("/json-guard/size", test_size);
  g_test_add_func ("/json-guard/mutations", test_mutations);
  return g_test_run ();
}
