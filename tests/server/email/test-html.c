/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML as text: what is said stays, what runs or is fetched goes. */
#include "server/channels/email/html-text.h"

#include <string.h>

typedef struct
{
  const char *name, *html, *expected;
} Case;

static const Case cases[] = {
  { "plain", "Hello", "Hello" },
  { "paragraphs", "<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree" },
  { "divs", "<div>One</div><div>Two</div>", "One\nTwo" },
  { "blanks", "  a \n\t b&nbsp;&nbsp;c  ", "a b c" },
  { "cyrillic", "<p>Здравейте, <b>Ана</b>!</p>", "Здравейте, Ана!" },
  { "entities", "&lt;b&gt; &amp; &eacute;&#1071;", "<b> & éЯ" },
  { "script", "a<script>alert('x')</script><style>p{color:red}</style>b", "ab" },
  { "head", "<html><head><title>No</title><meta charset=koi8-r></head><body>Да</body></html>",
    "Да" },
  { "link", "<a href='https://shop.example/order?1'>your order</a> now",
    "your order (https://shop.example/order?1) now" },
  { "link that says itself", "<a href=\"https://shop.example/\">shop.example</a>", "shop.example" },
  { "link that runs", "<a href='javascript:alert(1)'>click</a>", "click" },
  { "link to data", "<a href='data:text/html,x'>click</a>", "click" },
  { "image", "<img src='https://tracker.example/1.gif' alt='Logo'>Hi", "[Logo]Hi" },
  { "pixel", "<img src='https://tracker.example/1.gif' width=1>Hi", "Hi" },
  { "list", "<ul><li>One<li>Two</ul>", "• One\n• Two" },
  { "table", "<table><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table>", "a b\nc d" },
  { "pre", "<pre>a  b\n  c</pre>", "a  b\n  c" },
  { "blockquote", "Yes.<blockquote>Red?<br>Blue?<blockquote>Before</blockquote></blockquote>End",
    "Yes.\n\n> Red?\n> Blue?\n> > Before\nEnd" },
  { "gmail",
    "<div>Yes.</div><div class=\"gmail_quote\"><div class=gmail_attr>On 3 May, Ana wrote:<br></div>"
    "<blockquote class=\"gmail_quote\">Red?</blockquote></div>",
    "Yes.\n> > On 3 May, Ana wrote:\n> > Red?" },
  { "hidden", "<div style='display: none'>preview</div><p hidden>x</p>Hi", "Hi" },
  { "unclosed", "<div><b><p>Hi", "Hi" },
  { "nonsense", "<<<>>&&;<a href=>x</a", "<<<\n\n>>&&;x" },
  { "iframe", "a<iframe src='https://x.example'>b</iframe>c", "ac" },
  { "form", "<form action='https://x.example'><input value=a><button>Go</button>text</form>",
    "text" },
  { "empty", "", "" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gboolean cut = FALSE;
  g_autofree char *got = html_to_text (c->html, &cut);

  g_assert_cmpstr (got, ==, c->expected);
  g_assert_false (cut);
}

static void
test_deep (void)
{
  g_autoptr (GString) html = g_string_new ("before");
  g_autofree char *got = NULL;
  gboolean cut = FALSE;

  for (guint i = 0; i < 50000; i++)
    g_string_append (html, "<div>");
  g_string_append (html, "within");
  got = html_to_text (html->str, &cut);
  g_assert_true (cut);
  g_assert_true (g_str_has_prefix (got, "before"));
}

static void
test_long (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *got = NULL;
  gboolean cut = FALSE;

  while (html->len < 3 * HTML_TEXT_MAX)
    g_string_append (html, "<p>Ж</b></i></p>");
  got = html_to_text (html->str, &cut);
  g_assert_true (cut);
  g_assert_true (g_utf8_validate (got, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/email/html/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/email/html/deep", test_deep);
  g_test_add_func ("/email/html/long", test_long);

  return g_test_run ();
}
