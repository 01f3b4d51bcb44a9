/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of chats: addresses that can be clicked, days.
 */

#include "desktop/chat/chat-words.h"
#include "desktop/chat/links.h"
#include "desktop/chat/mail-words.h"

static void
test_addresses (void)
{
  static const struct
  {
    const char *text;
    const char *markup;
  } cases[] = {
    { "", "" },
    { "no address <b>&", "no address &lt;b&gt;&amp;" },
    { "see https://shop.example/a?b=1&c=2.",
      "see <a "
      "href=\"https://shop.example/a?b=1&amp;c=2\">https://shop.example/a?b=1&amp;c=2</a>." },
    { "(http://a.example)", "(<a href=\"http://a.example\">http://a.example</a>)" },
    { "https://a.example/\"onclick=x",
      "<a href=\"https://a.example/\">https://a.example/</a>&quot;onclick=x" },
    { "https://a.example https://b.example",
      "<a href=\"https://a.example\">https://a.example</a> <a "
      "href=\"https://b.example\">https://b.example</a>" },
    { "file:///etc/passwd", "file:///etc/passwd" },
    { "javascript:alert(1)", "javascript:alert(1)" },
    { "https://", "https://" },
    { "Виж https://пример.example/път!",
      "Виж <a href=\"https://пример.example/път\">https://пример.example/път</a>!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = guichet_chat_markup (cases[i].text);

      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

static void
test_days (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 3, 1, 12, 0, 0);
  gint64 now = g_date_time_to_unix (noon) * 1000;
  const gint64 hour = 3600 * 1000;
  g_autofree char *today = guichet_chat_day (now - 11 * hour, now);
  g_autofree char *yesterday = guichet_chat_day (now - 13 * hour, now);
  g_autofree char *earlier = guichet_chat_day (now - 48 * hour, now);

  g_assert_cmpstr (today, ==, "Today");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_cmpstr (earlier, ==, "Friday, 27 February 2026");
  g_assert_true (guichet_chat_same_day (now, now - 11 * hour));
  g_assert_false (guichet_chat_same_day (now, now - 13 * hour));
}

static void
test_quotes (void)
{
  static const struct
  {
    const char *text;
    const char *own;
  } cases[] = {
    { "Yes.\n\n> On 3 May Ana wrote:\n> Shall we?", "Yes." },
    { "> Red?\nNo.\n> Blue?\nYes.", "No.\nYes." },
    { "Да.\n\n> А?\n\n-- \nАна", "Да.\n\n-- \nАна" },
    { "a > b", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *own = guichet_mail_own_words (cases[i].text);

      g_assert_cmpstr (own, ==, cases[i].own);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/chat/addresses", test_addresses);
  g_test_add_func ("/desktop/chat/days", test_days);
  g_test_add_func ("/desktop/chat/quotes", test_quotes);
  return g_test_run ();
}
