/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of chats: addresses that can be clicked, days.
 */

#include "desktop/chat/chat-words.h"
#include "desktop/chat/links.h"
#include "desktop/chat/mail-words.h"
#include "desktop/chat/message-slots.h"
#include "desktop/chat/message-tail.h"

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

/* What a view of the tail has made of what it was told. */
static void
on_tail (GListModel *tail, guint position, guint removed, guint added, GPtrArray *view)
{
  g_assert_cmpuint (position + removed, <=, view->len);
  if (removed > 0)
    g_ptr_array_remove_range (view, position, removed);
  for (guint i = position; i < position + added; i++)
    g_ptr_array_insert (view, (int) i, g_list_model_get_item (tail, i));
  g_assert_cmpuint (view->len, ==, g_list_model_get_n_items (tail));
}

static void
assert_end (GPtrArray *view, GuichetMessageTail *tail, GListModel *all)
{
  guint hidden = guichet_message_tail_get_hidden (tail);

  g_assert_cmpuint (hidden + view->len, ==, g_list_model_get_n_items (all));
  g_assert_true (view->len > 0 || hidden == 0);
  for (guint i = 0; i < view->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (all, hidden + i);

      g_assert_true (item == view->pdata[i]);
    }
}

static void
change_any (GListStore *all)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (all));
  guint at = (guint) g_test_rand_int_range (0, (int) n + 1);
  guint removed =
      g_test_rand_int_range (0, 3) == 0 ? (guint) g_test_rand_int_range (0, (int) (n - at) + 1) : 0;
  guint added = (guint) g_test_rand_int_range (0, g_test_rand_bit () ? 2 : 12);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (made, g_object_new (G_TYPE_OBJECT, NULL));
  g_list_store_splice (all, at, removed, made->pdata, added);
}

static void
test_tail (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GListStore) all = g_list_store_new (G_TYPE_OBJECT);
      g_autoptr (GPtrArray) view = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GuichetMessageTail) tail = guichet_message_tail_new (G_TYPE_OBJECT);

      g_signal_connect (tail, "items-changed", G_CALLBACK (on_tail), view);
      for (guint i = 0; i < round % 3; i++)
        change_any (all);
      guichet_message_tail_set_source (tail, G_LIST_MODEL (all), 1 + round % 7);
      for (guint i = 0; i < 60; i++)
        {
          change_any (all);
          if (g_test_rand_int_range (0, 4) == 0)
            guichet_message_tail_grow (tail, round % 5);
          assert_end (view, tail, G_LIST_MODEL (all));
        }
      guichet_message_tail_set_source (tail, NULL, 0);
      g_assert_cmpuint (view->len, ==, 0);
    }
}

/* What stands before the end does not come with what is written there. */
static void
test_tail_opens_small (void)
{
  g_autoptr (GListStore) all = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GuichetMessageTail) tail = guichet_message_tail_new (G_TYPE_OBJECT);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 50; i++)
    g_ptr_array_add (page, g_object_new (G_TYPE_OBJECT, NULL));
  g_list_store_splice (all, 0, 0, page->pdata, 50);
  guichet_message_tail_set_source (tail, G_LIST_MODEL (all), 9);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tail)), ==, 9);
  g_list_store_append (all, page->pdata[0]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tail)), ==, 10);
  g_list_store_splice (all, 0, 0, page->pdata, 50); /* an earlier page */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tail)), ==, 10);
  g_assert_true (guichet_message_tail_grow (tail, G_MAXUINT));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tail)), ==, 101);
  g_assert_false (guichet_message_tail_grow (tail, 1));
  g_list_store_splice (all, 0, 0, page->pdata, 50); /* and another one */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tail)), ==, 110);
}

/* --- slots ------------------------------------------------------------------------------------ */

/* What a view of the slots shows of the items. */
typedef struct
{
  GListModel *items;
  GPtrArray *shown;
} SlotView;

static void
on_slots (GListModel *slots, guint position, guint removed, guint added, SlotView *view)
{
  if (removed > 0)
    g_ptr_array_remove_range (view->shown, position, removed);
  for (guint i = position; i < position + added; i++)
    g_ptr_array_insert (view->shown, (int) i, g_list_model_get_item (view->items, i));
  g_assert_cmpuint (view->shown->len, ==, g_list_model_get_n_items (slots));
}

static void
on_replaced (GuichetMessageSlots *slots, guint position, guint n, SlotView *view)
{
  for (guint i = position; i < position + n; i++)
    {
      g_object_unref (view->shown->pdata[i]);
      view->shown->pdata[i] = g_list_model_get_item (view->items, i);
    }
}

static void
test_slots (void)
{
  g_autoptr (GListStore) all = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  SlotView view = { .items = G_LIST_MODEL (all), .shown = shown };
  g_autoptr (GuichetMessageSlots) slots = NULL;

  change_any (all);
  slots = guichet_message_slots_new (G_LIST_MODEL (all));
  on_slots (G_LIST_MODEL (slots), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (all)), &view);
  g_signal_connect (slots, "items-changed", G_CALLBACK (on_slots), &view);
  g_signal_connect (slots, "replaced", G_CALLBACK (on_replaced), &view);
  for (guint i = 0; i < 500; i++)
    {
      change_any (all);
      g_assert_cmpuint (shown->len, ==, g_list_model_get_n_items (G_LIST_MODEL (all)));
      for (guint at = 0; at < shown->len; at++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (all), at);

          g_assert_true (item == shown->pdata[at]);
        }
    }
}

static void
test_slots_stay (void)
{
  g_autoptr (GListStore) all = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GuichetMessageSlots) slots = guichet_message_slots_new (G_LIST_MODEL (all));
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  gpointer five[] = { one, one, one, one, one };
  g_autoptr (GObject) first = NULL, now = NULL, none = NULL;

  g_list_store_splice (all, 0, 0, five, 3);
  first = g_list_model_get_item (G_LIST_MODEL (slots), 0);
  g_list_store_splice (all, 0, 3, five, 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (slots)), ==, 5);
  g_list_store_splice (all, 0, 5, five, 1);
  now = g_list_model_get_item (G_LIST_MODEL (slots), 0);
  none = g_list_model_get_item (G_LIST_MODEL (slots), 1);
  g_assert_true (now == first);
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/chat/addresses", test_addresses);
  g_test_add_func ("/desktop/chat/days", test_days);
  g_test_add_func ("/desktop/chat/quotes", test_quotes);
  g_test_add_func ("/desktop/chat/tail", test_tail);
  g_test_add_func ("/desktop/chat/tail-opens-small", test_tail_opens_small);
  g_test_add_func ("/desktop/chat/slots", test_slots);
  g_test_add_func ("/desktop/chat/slots-stay", test_slots_stay);
  return g_test_run ();
}
