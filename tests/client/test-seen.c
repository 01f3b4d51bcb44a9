/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search in what the desk has: messages in any script, notes, contacts, customers and transcripts
 * are found while the centre is away, also by the next window; the newest come first; what is too
 * old or too much goes, and all of it when the centre has the cache wiped. */
#include "fixture.h"

#include "client/message.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

typedef struct
{
  gboolean done;
  GPtrArray *list;
} Found;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Found *found = user_data;

  found->list = guichet_session_list_finish (GUICHET_SESSION (source), result, &error);
  g_assert_no_error (error);
  found->done = TRUE;
}

/* What is found, one line each. */
static char *
found_text (GPtrArray *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    if (GUICHET_IS_CUSTOMER (list->pdata[i]))
      g_string_append_printf (text, "customer %s\n", guichet_customer_get_name (list->pdata[i]));
    else
      g_string_append_printf (text, "%s %s\n", guichet_recent_get_kind (list->pdata[i]),
                              guichet_recent_get_excerpt (list->pdata[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
search (Fixture *self, const char *query)
{
  Found found = { 0 };
  char *text;

  guichet_store_sync (self->session->store);
  guichet_session_search_seen_async (self->session, query, 20, NULL, on_found, &found);
  wait_until (found.done);
  text = found_text (found.list);
  g_ptr_array_unref (found.list);
  return text;
}

static void
assert_finds (Fixture *self, const char *query, const char *expected)
{
  g_autofree char *text = search (self, query);

  g_assert_cmpstr (text, ==, expected);
}

/* What is of before 90 days is not kept: the day of all that happens here was yesterday. */
static char *
yesterday (const char *json)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -1);
  g_autofree char *day = g_date_time_format (then, "%Y-%m-%d");
  g_auto (GStrv) parts = g_strsplit (json, "2026-03-01", -1);

  return g_strjoinv (day, parts);
}

static void
set_desk (Fixture *self, const char *member, const char *json)
{
  g_autofree char *now = yesterday (json);

  fake_centre_set_desk (self->centre, member, now);
}

static char *
message (gint64 number, const char *author, const char *text)
{
  return g_strdup_printf (
      "{\"id\":\"m%" G_GINT64_FORMAT
      "\",\"conversation\":\"k1\",\"interaction\":\"i1\",\"number\":%" G_GINT64_FORMAT
      ",\"at\":\"2026-03-01T09:30:%02d.000Z\",\"author\":\"%s\",\"agent\":null,"
      "\"text\":\"%s\",\"state\":\"received\"}",
      number, number, (int) number, author, text);
}

/* A chat of three messages, a note, and a contact of before. */
static void
begin (Fixture *self)
{
  g_autofree char *call =
      fixture_interaction ("i1", "active", "Ring back about the Lübeck parcel", 1);
  g_auto (GStrv) parts = g_strsplit (call, "\"channel\":\"voice\",", 2);
  g_autofree char *chat = g_strdup_printf ("[%s\"channel\":\"webchat\",\"conversation\":{\"id\":"
                                           "\"k1\",\"last_number\":3,\"read_number\":0,"
                                           "\"limits\":{\"text\":4000}},\"waiting_since\":null,%s]",
                                           parts[0], parts[1]);
  g_autofree char *one = message (1, "customer", "Où est mon colis déposé à Лом?");
  g_autofree char *two = message (2, "agent", "Върнете ѝ чантата");
  g_autofree char *three = message (3, "customer", "mon COLIS <perdu>");
  g_autofree char *messages = g_strdup_printf ("[%s,%s,%s]", one, two, three);

  set_desk (self, "messages", messages);
  set_desk (self, "interactions", chat);
  set_desk (self, "recent",
            "[{\"interaction\":\"i0\",\"kind\":\"handled\",\"reason\":\"\",\"at\":"
            "\"2026-03-01T00:00:00.000Z\",\"queue\":\"q1\",\"customer\":{\"number\":"
            "\"+33612345678\",\"name\":\"Zoé Quast\"},\"talk\":5}]");
  fixture_sign_in (self);
  wait_until (g_list_model_get_n_items (guichet_interaction_get_messages (
                  fixture_item (guichet_session_get_interactions (self->session), 0))) == 3);
}

static void
assert_all_found (Fixture *self)
{
  assert_finds (self, "colis",
                "message mon <b>COLIS</b> &lt;perdu&gt;\n"
                "message Où est mon <b>colis</b> déposé à Лом?\n");
  assert_finds (self, "ou depose", "message <b>Où</b> est mon colis <b>déposé</b> à Лом?\n");
  assert_finds (self, "и чантат", "message Върнете <b>ѝ</b> <b>чантат</b>а\n");
  assert_finds (self, "lubec", "note Ring back about the <b>Lübec</b>k parcel\n");
  assert_finds (self, "ZOE", "handled \n");
  assert_finds (self, "+33 6 12", "handled \n");
  assert_finds (self, "06 12 34", "handled \n");
  assert_finds (self, "345678", "handled \n");
  assert_finds (self, "colis zzz", "");
  assert_finds (self, "\"* OR", "");
}

static void
test_found (Fixture *self, gconstpointer data)
{
  Found found = { 0 };

  begin (self);
  assert_all_found (self);
  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  assert_all_found (self);
  guichet_session_transcript_seen_async (self->session, "k1", 3, 100, NULL, on_found, &found);
  wait_until (found.done);
  g_assert_cmpuint (found.list->len, ==, 2);
  g_assert_cmpstr (guichet_message_get_text (found.list->pdata[1]), ==, "Върнете ѝ чантата");
  g_ptr_array_unref (found.list);
  fake_centre_listen (self->centre);
}

static void
test_next_window (Fixture *self, gconstpointer data)
{
  begin (self);
  guichet_store_sync (self->session->store);
  fixture_drop_session (self);
  fake_centre_set_desk (self->centre, "interactions", "[]");
  fake_centre_set_desk (self->centre, "recent", "[]");
  fixture_new_session (self);
  fixture_sign_in (self);
  assert_finds (self, "чантат", "message Върнете ѝ <b>чантат</b>а\n");
  assert_finds (self, "zoe", "handled \n");
}

/* The note as it was last typed, once. */
static void
test_typed_note (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat;

  begin (self);
  chat = fixture_item (guichet_session_get_interactions (self->session), 0);
  guichet_session_type_note (self->session, chat, "Ring back about the harpsichord");
  assert_finds (self, "harpsi", "note Ring back about the <b>harpsi</b>chord\n");
  assert_finds (self, "parcel", "");
  guichet_session_type_note (self->session, chat, "");
  assert_finds (self, "harpsi", "");
}

static gboolean
is_found (Fixture *self, const char *query)
{
  g_autofree char *text = search (self, query);

  return *text != '\0';
}

/* Whom the centre erased is gone at once, or as the next window signs in. */
static void
test_erased (Fixture *self, gconstpointer data)
{
  begin (self);
  assert_all_found (self);
  fake_centre_event (self->centre, "customer.erased",
                     "\"erased\":\"2026-03-01T10:00:00.000Z\",\"complete\":true,"
                     "\"customers\":[\"c9\"],\"interactions\":[\"i0\"]");
  wait_until (*guichet_recent_get_customer_name (
                  fixture_item (guichet_session_get_recent (self->session), 0)) == '\0');
  assert_finds (self, "ZOE", "");
  assert_finds (self, "чантат", "message Върнете ѝ <b>чантат</b>а\n");
  guichet_store_sync (self->session->store);
  fixture_drop_session (self);
  fake_centre_set_desk (self->centre, "interactions", "[]");
  fake_centre_set_desk (self->centre, "recent", "[]");
  fake_centre_set_desk (self->centre, "erased", "\"2026-03-01T11:00:00.000Z\"");
  fake_centre_answer_next (self->centre, "GET", "/v1/erased", 200,
                           "{\"erased\":\"2026-03-01T11:00:00.000Z\",\"customers\":[],"
                           "\"interactions\":[\"i1\"]}");
  fixture_new_session (self);
  fixture_sign_in (self);
  wait_until (fake_centre_count (self->centre, "GET /v1/erased") == 1);
  g_assert_cmpstr (fake_centre_last (self->centre, "GET /v1/erased"), ==,
                   "GET /v1/erased?since=2026-03-01T10:00:00.000Z ");
  while (is_found (self, "чантат"))
    ;
  assert_finds (self, "lubec", "");
}

static void
see (Fixture *self, const char *key, gint64 at)
{
  GuichetSeen *seen = g_new0 (GuichetSeen, 1);

  seen->kind = GUICHET_SEEN_NOTE;
  seen->key = g_strdup (key);
  seen->at = at;
  seen->words = g_strdup ("bounded");
  seen->json = g_strdup_printf ("{\"interaction\":\"%s\",\"text\":\"Bounded %s\"}", key, key);
  guichet_store_see (self->session->store, seen);
}

static void
test_bounded (Fixture *self, gconstpointer data)
{
  gint64 now = G_GINT64_CONSTANT (1790000000000);

  begin (self);
  see (self, "old", now - 91 * DAY);
  see (self, "young", now - 89 * DAY);
  see (self, "same", now);
  see (self, "time", now);
  assert_finds (self, "bounded",
                "note <b>Bounded</b> time\nnote <b>Bounded</b> same\n"
                "note <b>Bounded</b> young\nnote <b>Bounded</b> old\n");
  guichet_store_trim_seen (self->session->store, now, 10);
  assert_finds (self, "bounded",
                "note <b>Bounded</b> time\nnote <b>Bounded</b> same\n"
                "note <b>Bounded</b> young\n");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *key = g_strdup_printf ("n%u", i);

      see (self, key, now - 10 * DAY + i);
    }
  guichet_store_trim_seen (self->session->store, now, 1000);
  assert_finds (self, "young", "");
  guichet_store_wipe (self->session->store);
  assert_finds (self, "bounded", "");
  assert_finds (self, "colis", "");
  see (self, "after", now);
  assert_finds (self, "bounded", "note <b>Bounded</b> after\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/seen/found", test_found);
  ADD ("/seen/next-window", test_next_window);
  ADD ("/seen/typed-note", test_typed_note);
  ADD ("/seen/erased", test_erased);
  ADD ("/seen/bounded", test_bounded);
  return g_test_run ();
}
