/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what a stranger wrote as the desk shows it. Whatever it is, the markup is well
 * formed, has no element but links of the web, and says exactly the text. */
#include "fuzz.h"

#include "desktop/chat/links.h"

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  if (g_str_equal (element, "all"))
    return;
  g_assert_cmpstr (element, ==, "a");
  g_assert_true (g_str_equal (names[0], "href") && names[1] == NULL);
  g_assert_true (g_str_has_prefix (values[0], "http://") ||
                 g_str_has_prefix (values[0], "https://"));
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  g_string_append_len (user_data, text, (gssize) length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const GMarkupParser parser = { .start_element = on_start, .text = on_text };
  g_autofree char *text = g_utf8_make_valid (size > 0 ? (const char *) data : "", (gssize) size);
  g_autoptr (GString) wanted = g_string_new (text);
  g_autofree char *markup = guichet_chat_markup (text);
  g_autofree char *whole = g_strconcat ("<all>", markup, "</all>", NULL);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, said, NULL);

  g_markup_parse_context_parse (context, whole, -1, &error);
  g_assert_no_error (error);
  /* XML knows one end of a line. */
  g_string_replace (wanted, "\r\n", "\n", 0);
  g_string_replace (wanted, "\r", "\n", 0);
  g_assert_cmpstr (said->str, ==, wanted->str);
  g_markup_parse_context_free (context);

  return 0;
}
