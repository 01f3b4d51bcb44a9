/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of colleagues: asked for once somebody wants it, kept by events, asked for again after
 * every break; events that overtake an answer. What is first typed to one of them. */
#include "fixture.h"

#include "client/fields/work.h"
#include "client/im.h"
#include "client/record.h"
#include "client/typed-form.h"

#define N(list)         g_list_model_get_n_items (list)
#define QUESTIONS(self) fake_centre_count ((self)->centre, "GET /v1/colleagues")
#define WRITE           "POST /v1/im {\"to\":\"ben\",\"text\":\"Hello Ben\"}"
#define REVISION(self)  guichet_session_get_colleagues_revision ((self)->session)
#define AT              "\"2026-03-01T09:30:00.250Z\""

#define BEN(presence, reason)                                                                      \
  "{\"id\":\"ben\",\"name\":\"Бен\",\"team\":\"t1\",\"presence\":\"" presence                      \
  "\",\"reason\":" reason ",\"since\":" AT "}"
#define CLEO                                                                                       \
  "{\"id\":\"cleo\",\"name\":\"Cléo\",\"team\":null,\"presence\":\"signed_out\",\"reason\":null," \
  "\"since\":null}"
#define TELL(id, presence, reason)                                                                 \
  "{\"type\":\"colleagues.presence\",\"at\":" AT ",\"colleagues\":[{\"id\":\"" id                  \
  "\",\"presence\":\"" presence "\",\"reason\":" reason ",\"since\":" AT "}]}"

static GuichetColleague *
colleague (Fixture *self, guint position)
{
  return fixture_item (guichet_session_get_colleagues (self->session), position);
}

static void
watch (Fixture *self, const char *json)
{
  fake_centre_set_desk (self->centre, "colleagues", json);
  fixture_sign_in (self);
  guichet_session_watch_colleagues (self->session);
  wait_until (REVISION (self) > 0);
}

static gboolean
is (Fixture *self, const char *presence)
{
  return g_str_equal (guichet_colleague_get_presence (colleague (self, 0)), presence);
}

static void
test_asked_when_wanted (Fixture *self, gconstpointer data)
{
  fake_centre_set_desk (self->centre, "colleagues", "[" BEN ("on_break", "\"lunch\"") "," CLEO "]");
  fixture_sign_in (self);
  wait_until (fake_centre_has_stream (self->centre));
  fake_centre_say (self->centre, TELL ("ben", "busy", "null"));
  fixture_spin (50);
  g_assert_cmpuint (QUESTIONS (self), ==, 0);
  g_assert_cmpint (REVISION (self), ==, 0);
  guichet_session_watch_colleagues (self->session);
  guichet_session_watch_colleagues (self->session);
  wait_until (REVISION (self) > 0);
  g_assert_cmpuint (QUESTIONS (self), ==, 1);
  g_assert_cmpuint (N (guichet_session_get_colleagues (self->session)), ==, 2);
  g_assert_cmpstr (guichet_colleague_get_id (colleague (self, 0)), ==, "ben");
  g_assert_cmpstr (guichet_colleague_get_name (colleague (self, 0)), ==, "Бен");
  g_assert_cmpstr (guichet_colleague_get_team_name (colleague (self, 0)), ==, "Counter");
  g_assert_cmpstr (guichet_colleague_get_reason (colleague (self, 0)), ==, "lunch");
  g_assert_cmpint (guichet_colleague_get_since (colleague (self, 0)), ==,
                   G_GINT64_CONSTANT (1772357400250));
  g_assert_cmpstr (guichet_colleague_get_team_name (colleague (self, 1)), ==, "");
  g_assert_cmpstr (guichet_colleague_get_presence (colleague (self, 1)), ==, "signed_out");
  g_assert_cmpint (guichet_colleague_get_since (colleague (self, 1)), ==, 0);
}

static void
test_kept_by_events (Fixture *self, gconstpointer data)
{
  GuichetColleague *ben;
  gint64 before;

  watch (self, "[" BEN ("on_break", "\"lunch\"") "]");
  ben = colleague (self, 0);
  before = REVISION (self);
  fake_centre_say (self->centre, TELL ("somebody", "ready", "null"));
  fake_centre_say (self->centre, TELL ("ben", "ready", "null"));
  wait_until (is (self, "ready"));
  g_assert_true (colleague (self, 0) == ben);
  g_assert_cmpstr (guichet_colleague_get_reason (ben), ==, "");
  g_assert_cmpstr (guichet_colleague_get_name (ben), ==, "Бен");
  g_assert_cmpint (REVISION (self), >, before);
  g_assert_cmpuint (N (guichet_session_get_colleagues (self->session)), ==, 1);
}

/* What was told while the stream was away is lost. */
static void
test_asked_again (Fixture *self, gconstpointer data)
{
  GuichetColleague *ben;

  watch (self, "[" BEN ("ready", "null") "]");
  ben = colleague (self, 0);
  fake_centre_set_desk (self->centre, "colleagues", "[" BEN ("signed_out", "null") "," CLEO "]");
  fake_centre_drop (self->centre);
  wait_until (is (self, "signed_out"));
  g_assert_true (colleague (self, 0) == ben);
  g_assert_cmpuint (N (guichet_session_get_colleagues (self->session)), ==, 2);
  fake_centre_set_desk (self->centre, "colleagues", "[" CLEO "]");
  fake_centre_event (self->centre, "definitions.changed", "");
  wait_until (N (guichet_session_get_colleagues (self->session)) == 1);
}

/* The answer that is under way is older than the event. */
static void
test_overtaken (Fixture *self, gconstpointer data)
{
  watch (self, "[" BEN ("ready", "null") "]");
  fake_centre_hold_next (self->centre, "GET", "/v1/colleagues");
  fake_centre_drop (self->centre);
  wait_until (fake_centre_count_held (self->centre) == 1 && fake_centre_has_stream (self->centre));
  fake_centre_say (self->centre, TELL ("ben", "busy", "null"));
  wait_until (is (self, "busy"));
  fake_centre_release (self->centre);
  fixture_spin (500);
  g_assert_true (is (self, "busy"));
}

static void
test_gone_with_the_session (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  watch (self, "[" BEN ("ready", "null") "]");
  guichet_session_sign_out_async (self->session, NULL, on_sign_out_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (N (guichet_session_get_colleagues (self->session)), ==, 0);
  g_assert_cmpint (REVISION (self), ==, 0);
}

/* How far both have read, as the snapshot of a new window says it. */
static void
test_reads (Fixture *self, gconstpointer data)
{
  g_autofree char *call = fixture_interaction ("i1", "active", "", 1);
  g_auto (GStrv) parts = g_strsplit (call, "\"channel\":\"voice\",", 2);
  g_autofree char *list = g_strdup_printf (
      "[%s\"channel\":\"im\",\"between\":[{\"agent\":\"ana\",\"name\":\"Ana\"},{\"agent\":\"ben\","
      "\"name\":\"Ben\"}],\"conversation\":{\"id\":\"k1\",\"last_number\":7,\"read_number\":0,"
      "\"reads\":[{\"agent\":\"ana\",\"number\":4},{\"agent\":\"ben\",\"number\":6}],"
      "\"limits\":{\"text\":4000}},\"waiting_since\":null,%s]",
      parts[0], parts[1]);
  GuichetRecord *im;

  fake_centre_set_desk (self->centre, "interactions", list);
  fixture_sign_in (self);
  im = fixture_item (guichet_session_get_interactions (self->session), 0);
  g_assert_cmpstr (guichet_interaction_get_colleague (GUICHET_INTERACTION (im)), ==, "ben");
  g_assert_cmpint (guichet_record_get_int (im, INTERACTION_READ_NUMBER), ==, 6);
  g_assert_cmpint (guichet_record_get_int (im, INTERACTION_OWN_READ), ==, 4);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

static void
write_to_ben (Fixture *self, const char *text, Outcome *outcome)
{
  guichet_session_write_to_async (self->session, "ben", text, NULL, on_command_done, outcome);
  wait_until (outcome->done);
}

/* Typed to a colleague: kept over a link that is away, over the window's end and over answers that
 * got lost, and sent once. */
static void
test_first_words (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) away = { 0 };
  g_auto (Outcome) lost = { 0 };
  g_auto (Outcome) again = { 0 };
  g_auto (Outcome) other = { 0 };

  fixture_sign_in (self);
  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  guichet_session_keep_first_words (self->session, "ben", "Hello B");
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 0);
  write_to_ben (self, "Hello Ben", &away);
  g_assert_error (away.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_LINK_DOWN);
  fixture_drop_session (self);
  fake_centre_listen (self->centre);
  fixture_new_session (self);
  fixture_sign_in (self);
  g_assert_cmpstr (guichet_session_get_first_words (self->session, "ben"), ==, "Hello Ben");
  g_assert_cmpstr (guichet_session_get_first_words (self->session, "cleo"), ==, "");
  g_assert_cmpuint (fake_centre_count (self->centre, WRITE), ==, 0);
  fake_centre_hold_next (self->centre, "POST", "/v1/im");
  guichet_session_write_to_async (self->session, "ben", "Hello Ben", NULL, on_command_done, &lost);
  wait_until (fake_centre_count_held (self->centre) == 1);
  fixture_drop_session (self);
  fake_centre_release (self->centre);
  fixture_new_session (self);
  fixture_sign_in (self);
  write_to_ben (self, guichet_session_get_first_words (self->session, "ben"), &again);
  g_assert_no_error (again.error);
  g_assert_cmpuint (fake_centre_count (self->centre, WRITE), ==, 1);
  g_assert_cmpstr (guichet_session_get_first_words (self->session, "ben"), ==, "");
  /* Other words are another message. */
  write_to_ben (self, "Hello Ben", &other);
  g_assert_cmpuint (fake_centre_count (self->centre, WRITE), ==, 2);
}

/* A form that is left, or whose window ends, is there again; one that was saved is not. */
static void
test_typed_forms (Fixture *self, gconstpointer data)
{
  static const char *const typed[] = { "7", "", "Опис\n\"two\"", NULL };
  g_auto (GStrv) found = NULL;

  fixture_sign_in (self);
  guichet_session_keep_form (self->session, "reply:", (const char *const[]){ "draft", NULL });
  guichet_session_keep_form (self->session, "reply:", typed);
  guichet_session_keep_form (self->session, "reply:r1", typed);
  guichet_session_keep_form (self->session, "reply:r1", NULL);
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 0);
  fixture_drop_session (self);
  fixture_new_session (self);
  fixture_sign_in (self);
  found = guichet_session_find_form (self->session, "reply:");
  g_assert_nonnull (found);
  g_assert_true (g_strv_equal ((const char *const *) found, typed));
  g_assert_null (guichet_session_find_form (self->session, "reply:r1"));
  g_assert_null (guichet_session_find_form (self->session, "notice:"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/colleagues/asked-when-wanted", test_asked_when_wanted);
  ADD ("/colleagues/kept-by-events", test_kept_by_events);
  ADD ("/colleagues/asked-again", test_asked_again);
  ADD ("/colleagues/overtaken", test_overtaken);
  ADD ("/colleagues/gone-with-the-session", test_gone_with_the_session);
  ADD ("/colleagues/first-words", test_first_words);
  ADD ("/colleagues/typed-forms", test_typed_forms);
  ADD ("/colleagues/reads", test_reads);
  return g_test_run ();
}
