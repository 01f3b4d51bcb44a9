/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies at the desk: the search and its order, the local file, answers and events whatever
 * their order, conflicts, and what ten thousand cost. */
#include "fixture.h"

#include "client/canned-change.h"
#include "client/canned-search.h"
#include "client/fields/writing.h"

#define N(list) g_list_model_get_n_items (list)

#define REPLY(id, scope, shortcut, category, name, text, version)                                  \
  "{\"id\":\"" id "\",\"scope\":\"" scope "\",\"shortcut\":\"" shortcut                            \
  "\",\"category\":\"" category "\",\"name\":\"" name "\",\"texts\":{\"und\":\"" text              \
  "\"},\"revision\":1,\"version\":" version "}"

static const char three[] =
    "[" REPLY ("a", "public", "merci", "Fin", "Merci", "Merci pour votre patience", "3") "," REPLY (
        "b",
        "public",
        "dostavka",
        "Доставка",
        "Пратка",
        "Тя тръгна днес",
        "4") "," REPLY ("c", "personal", "", "", "Été", "Fermé en août, merci", "5") "]";

static GListModel *
list_of (Fixture *self)
{
  return guichet_session_get_canned_replies (self->session);
}

static const char *
id_at (GPtrArray *found, guint i)
{
  return i < found->len ? guichet_canned_reply_get_id (found->pdata[i]) : "";
}

static char *
search (Fixture *self, const char *query, const char *category)
{
  g_autoptr (GPtrArray) found = guichet_session_search_replies (self->session, query, category, 25);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append (ids, id_at (found, i));
  return g_string_free (ids, FALSE);
}

static void
expect (Fixture *self, const char *query, const char *category, const char *ids)
{
  g_autofree char *found = search (self, query, category);

  g_assert_cmpstr (found, ==, ids);
}

static const char *
name_of (Fixture *self, const char *id)
{
  GuichetCannedReply *reply = guichet_session_find_reply (self->session, id);

  return reply != NULL ? guichet_canned_reply_get_name (reply) : "";
}

static void
sign_in_with_three (Fixture *self)
{
  fake_centre_set_desk (self->centre, "canned_replies", three);
  fixture_sign_in (self);
  wait_until (N (list_of (self)) == 3);
}

static void
test_search (Fixture *self, gconstpointer data)
{
  sign_in_with_three (self);
  /* In their order: by category, those without one last. */
  expect (self, "", NULL, "abc");
  expect (self, "MERCI", NULL, "ac"); /* a shortcut before a text */
  expect (self, "mer", NULL, "ac");
  expect (self, "ete", NULL, "c");
  expect (self, "ПРАТКА", NULL, "b");
  expect (self, "днеc", NULL, ""); /* a Latin c */
  expect (self, "aout ferme", NULL, "c");
  expect (self, "", "Fin", "a");
  expect (self, "merci", "Доставка", "");
  expect (self, "доставка", NULL, "b"); /* its category */
}

/* The best 25 of more: by shortcut, by name, by text, the agent's own before others. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) many = g_string_new ("[");
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (many, REPLY ("t%02u", "public", "", "", "Zed", "All of order", "3") ",",
                            i);
  g_string_append (many, REPLY ("n", "public", "", "", "The order", "x", "3") ",");
  g_string_append (many, REPLY ("p", "public", "", "", "Order", "x", "3") ",");
  g_string_append (many, REPLY ("m", "personal", "", "", "Order of mine", "x", "3") ",");
  g_string_append (many, REPLY ("l", "public", "orders", "", "B", "x", "3") ",");
  g_string_append (many, REPLY ("s", "public", "order", "", "C", "x", "3") ",");
  g_string_append (many, REPLY ("h", "public", "reorder", "", "D", "x", "3") "]");
  fake_centre_set_desk (self->centre, "canned_replies", many->str);
  fixture_sign_in (self);
  wait_until (N (list_of (self)) == 106);
  found = guichet_session_search_replies (self->session, "order", NULL, 25);
  g_assert_cmpuint (found->len, ==, 25);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (*id_at (found, i), ==, "slhmpn"[i]);
  g_assert_cmpstr (id_at (found, 6), ==, "t00");
}

/* Without a centre and before its answer they are there. */
static void
test_cache (Fixture *self, gconstpointer data)
{
  sign_in_with_three (self);
  fixture_drop_session (self);
  fake_centre_hold_next (self->centre, "GET", "/v1/canned-replies");
  fixture_new_session (self);
  fixture_sign_in (self);
  g_assert_cmpuint (N (list_of (self)), ==, 3);
  expect (self, "merci", NULL, "ac");
}

static void
test_events (Fixture *self, gconstpointer data)
{
  sign_in_with_three (self);
  fake_centre_event (
      self->centre, "canned_reply.changed",
      "\"version\":20,\"complete\":true,\"canned_replies\":[" REPLY (
          "a", "public", "danke", "Zum Ende", "Danke", "Danke",
          "20") "," REPLY ("d", "public", "new", "", "A new", "x", "20") "],"
                                                                         "\"deleted\":"
                                                                         "[\"b\"]");
  wait_until (N (list_of (self)) == 3 && *name_of (self, "d") != '\0');
  expect (self, "", NULL, "adc");
  expect (self, "danke", NULL, "a");
  expect (self, "merci", NULL, "c");
  /* What is older than what is known changes nothing. */
  fake_centre_event (self->centre, "canned_reply.changed",
                     "\"version\":19,\"complete\":true,\"canned_replies\":[" REPLY (
                         "a", "public", "old", "", "Old", "x",
                         "18") "," REPLY ("b", "public", "", "", "Gone", "x", "19") "],"
                                                                                    "\"deleted\":"
                                                                                    "[]");
  fake_centre_event (self->centre, "canned_reply.changed",
                     "\"version\":21,\"complete\":true,\"canned_replies\":[],\"deleted\":[\"d\"]");
  wait_until (N (list_of (self)) == 2);
  g_assert_cmpstr (name_of (self, "a"), ==, "Danke");
  g_assert_cmpstr (name_of (self, "b"), ==, "");
  /* Many at once: asked for. */
  fake_centre_set_desk (self->centre, "canned_replies",
                        "[" REPLY ("z", "public", "", "", "Last", "x", "30") "]");
  fake_centre_event (self->centre, "canned_reply.changed",
                     "\"version\":30,\"complete\":false,\"canned_replies\":[],\"deleted\":[]");
  wait_until (*name_of (self, "z") != '\0');
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->value =
      guichet_session_save_reply_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
test_conflict (Fixture *self, gconstpointer data)
{
  g_autoptr (ModelCannedReply) mine = NULL;
  g_auto (Outcome) outcome = { 0 };

  sign_in_with_three (self);
  mine = guichet_canned_reply_to_model (guichet_session_find_reply (self->session, "c"));
  g_free (mine->name);
  mine->name = g_strdup ("Summer");
  fake_centre_answer_next (
      self->centre, "PUT", "/v1/canned-replies/c", 409,
      "{\"type\":\"urn:guichet:error:conflict\",\"status\":409,\"current\":" REPLY (
          "c", "personal", "", "", "Theirs", "x", "40") "}");
  guichet_session_save_reply_async (self->session, "c", FALSE, 1, mine, NULL, on_saved, &outcome);
  wait_until (outcome.done);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_CONFLICT);
  g_assert_cmpstr (name_of (self, "c"), ==, "Theirs");
  g_assert_nonnull (
      strstr (fake_centre_last (self->centre, "PUT /v1/canned-replies/c"), "\"name\":\"Summer\""));
}

static void
test_off_line (Fixture *self, gconstpointer data)
{
  g_autoptr (ModelCannedReply) mine = NULL;
  g_auto (Outcome) outcome = { 0 };

  sign_in_with_three (self);
  mine = guichet_canned_reply_to_model (guichet_session_find_reply (self->session, "c"));
  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  expect (self, "merci", NULL, "ac");
  guichet_session_save_reply_async (self->session, NULL, FALSE, 0, mine, NULL, on_saved, &outcome);
  wait_until (outcome.done);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_LINK_DOWN);
  fake_centre_listen (self->centre);
}

static GuichetCannedReply *
make_reply (guint i)
{
  GuichetCannedReply *reply = g_object_new (GUICHET_TYPE_CANNED_REPLY, NULL);
  GuichetRecord *record = GUICHET_RECORD (reply);
  g_autofree char *id = g_strdup_printf ("r%05u", i);
  g_autofree char *name = g_strdup_printf ("Отговор номер %u", i);
  g_autofree char *shortcut = g_strdup_printf ("reply%u", i);
  g_autofree char *text = g_strdup_printf (
      "Здравейте, {customer.name}! Благодарим Ви, че ни писахте за поръчка %u. "
      "Пратката тръгна днес и ще бъде при Вас до два работни дни. Поздрави, {agent.name}",
      i * 7919);

  guichet_record_set_string (record, REPLY_ID, id);
  guichet_record_set_string (record, REPLY_NAME, name);
  guichet_record_set_string (record, REPLY_SHORTCUT, shortcut);
  guichet_record_set_string (record, REPLY_CATEGORY, i % 2 ? "Доставка" : "Сметки");
  guichet_record_set_strv (record, REPLY_TEXTS, (const char *const[]){ "bg", text, NULL });
  return reply;
}

/* Each stroke of a /shortcut is one search. The bound is far above what it takes, so that a busy
 * machine is no failure; the figure is printed. */
static void
test_ten_thousand (void)
{
  g_autoptr (GListStore) list = g_list_store_new (GUICHET_TYPE_CANNED_REPLY);
  GuichetCannedIndex *index = guichet_canned_index_new (list);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const queries[] = { "r", "reply9", "пратката", "няма такова", "номер 77" };

  for (guint i = 0; i < 10000; i++)
    g_ptr_array_add (all, make_reply (i));
  guichet_canned_index_fill (index, all);
  for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
    {
      gint64 best = G_MAXINT64;
      guint n = 0;

      for (guint i = 0; i < 20; i++)
        {
          gint64 before = g_get_monotonic_time ();
          g_autoptr (GPtrArray) found = guichet_canned_index_search (index, queries[q], NULL, 25);

          best = MIN (best, g_get_monotonic_time () - before);
          n = found->len;
        }
      g_test_message ("10 000 replies, '%s': %u found in %.2f ms", queries[q], n,
                      (double) best / 1000);
      g_assert_cmpint (best, <, 100000);
    }
  guichet_canned_index_free (index);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/canned/search", test_search);
  ADD ("/canned/order", test_order);
  ADD ("/canned/cache", test_cache);
  ADD ("/canned/events", test_events);
  ADD ("/canned/conflict", test_conflict);
  ADD ("/canned/off-line", test_off_line);
  g_test_add_func ("/canned/ten-thousand", test_ten_thousand);
  return g_test_run ();
}
