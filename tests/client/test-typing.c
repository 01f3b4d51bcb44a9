/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed: kept, in order, never lost, never to another interaction; conflicts with both
 * texts; a killed window. */
#include "fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define NOTE    "PUT /v1/participations/p-i1/note"
#define N(list) g_list_model_get_n_items (list)

static char *program;

static GuichetInteraction *
begin (Fixture *self)
{
  g_autofree char *interaction = fixture_interaction ("i1", "wrap_up", "old", 7);
  g_autofree char *list = g_strdup_printf ("[%s]", interaction);

  fake_centre_set_desk (self->centre, "interactions", list);
  fixture_sign_in (self);
  return fixture_item (guichet_session_get_interactions (self->session), 0);
}

static gboolean
is_saved (Fixture *self)
{
  return guichet_session_get_unsaved (self->session) == 0;
}

static gboolean
is_saving (GuichetInteraction *interaction)
{
  gboolean saving;

  g_object_get (guichet_interaction_get_mine (interaction), "note-saving", &saving, NULL);
  return saving;
}

static void
test_note (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);

  guichet_session_type_note (self->session, interaction, "a");
  guichet_session_type_note (self->session, interaction, "ab");
  guichet_session_type_note (self->session, interaction, "abc");
  g_assert_cmpstr (guichet_participation_get_note (guichet_interaction_get_mine (interaction)), ==,
                   "abc");
  g_assert_true (is_saving (interaction));
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 1);
  wait_until (is_saved (self));
  g_assert_false (is_saving (interaction));
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE), ==, 1);
  g_assert_cmpstr (fake_centre_last (self->centre, NOTE), ==,
                   NOTE " {\"text\":\"abc\",\"revision\":7}");
  guichet_session_type_note (self->session, interaction, "abcd");
  wait_until (is_saved (self));
  g_assert_cmpstr (fake_centre_last (self->centre, NOTE), ==,
                   NOTE " {\"text\":\"abcd\",\"revision\":101}");
}

static void
test_all_kinds_in_order (Fixture *self, gconstpointer data)
{
  static const char *const tags[] = { "angry", "vip", NULL };
  GuichetInteraction *interaction = begin (self);
  g_auto (Outcome) outcome = { 0 };

  guichet_session_type_variable (self->session, interaction, "ref", "B-18");
  guichet_session_type_disposition (self->session, interaction, "solved");
  guichet_session_type_tags (self->session, interaction, tags);
  guichet_session_type_note (self->session, interaction, "done");
  guichet_session_submit_wrap_up_async (self->session, interaction, NULL, on_command_done,
                                        &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (fake_centre_last (self->centre, "PUT /v1/interactions"), ==,
                   "PUT /v1/interactions/i1/variables/ref {\"value\":\"B-18\",\"revision\":3}");
  g_assert_cmpstr (fake_centre_last (self->centre, "PUT /v1/participations/p-i1/disposition"), ==,
                   "PUT /v1/participations/p-i1/disposition {\"id\":\"solved\",\"revision\":1}");
  g_assert_cmpstr (fake_centre_last (self->centre, "PUT /v1/participations/p-i1/tags"), ==,
                   "PUT /v1/participations/p-i1/tags {\"ids\":[\"angry\",\"vip\"],\"revision\":1}");
  g_assert_cmpstr (fake_centre_last (self->centre, "P"), ==,
                   "POST /v1/participations/p-i1/wrap_up/submit {}");
}

/* Typing goes on while the value is on its way: nothing is swallowed and the chain of revisions
 * holds. */
static void
test_over_in_flight (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);

  fake_centre_hold_next (self->centre, "PUT", "/note");
  guichet_session_type_note (self->session, interaction, "one");
  wait_until (fake_centre_count (self->centre, NOTE) == 1);
  guichet_session_type_note (self->session, interaction, "one two");
  fixture_event_changed (self, "i1", "wrap_up", "one", 101, "note"); /* our own, echoed */
  fake_centre_release (self->centre);
  wait_until (is_saved (self));
  g_assert_cmpstr (guichet_participation_get_note (guichet_interaction_get_mine (interaction)), ==,
                   "one two");
  g_assert_cmpstr (fake_centre_last (self->centre, NOTE), ==,
                   NOTE " {\"text\":\"one two\",\"revision\":101}");
}

static void
test_lost_answer (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);

  fake_centre_lose_next_answer (self->centre, "PUT", "/note");
  guichet_session_type_note (self->session, interaction, "once");
  wait_until (is_saved (self));
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE), ==, 1);
  g_assert_cmpuint (fake_centre_count_repeated (self->centre), ==, 1);
}

static GuichetConflict *
make_conflict (Fixture *self, GuichetInteraction *interaction)
{
  GListModel *conflicts = guichet_session_get_conflicts (self->session);

  fake_centre_answer_next (
      self->centre, "PUT", "/note", 409,
      "{\"type\":\"urn:guichet:error:conflict\",\"current\":{\"text\":\"theirs\",\"revision\":9}}");
  guichet_session_type_note (self->session, interaction, "mine");
  wait_until (N (conflicts) == 1);
  return fixture_item (conflicts, 0);
}

static void
test_conflict (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  GuichetConflict *conflict = make_conflict (self, interaction);
  g_auto (Outcome) outcome = { 0 };

  g_assert_cmpstr (guichet_conflict_get_mine (conflict), ==, "mine");
  g_assert_cmpstr (guichet_conflict_get_theirs (conflict), ==, "theirs");
  fixture_event_changed (self, "i1", "wrap_up", "theirs", 9, "note");
  guichet_session_type_note (self->session, interaction, "mine, more");
  g_assert_cmpstr (guichet_conflict_get_mine (conflict), ==, "mine, more");
  guichet_session_submit_wrap_up_async (self->session, interaction, NULL, on_command_done,
                                        &outcome);
  wait_until (outcome.done);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_CONFLICT);
  g_assert_cmpstr (guichet_participation_get_note (mine), ==, "mine, more");
  guichet_session_resolve (self->session, conflict, "theirs and mine");
  g_assert_cmpuint (N (guichet_session_get_conflicts (self->session)), ==, 0);
  wait_until (is_saved (self));
  g_assert_cmpstr (fake_centre_last (self->centre, NOTE), ==,
                   NOTE " {\"text\":\"theirs and mine\",\"revision\":9}");
  g_assert_cmpstr (guichet_participation_get_note (mine), ==, "theirs and mine");
}

static void
test_conflict_theirs (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);
  GuichetConflict *conflict = make_conflict (self, interaction);

  fake_centre_clear (self->centre);
  guichet_session_resolve (self->session, conflict, "theirs");
  fixture_spin (100);
  g_assert_cmpstr (guichet_participation_get_note (guichet_interaction_get_mine (interaction)), ==,
                   "theirs");
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE), ==, 0);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  g_autofree char *problem = NULL;

  fake_centre_answer_next (
      self->centre, "PUT", "/note", 413,
      "{\"type\":\"urn:guichet:error:too_large\",\"field\":\"/text\",\"limit\":4000}");
  guichet_session_type_note (self->session, interaction, "far too long");
  wait_until (is_saved (self));
  g_object_get (mine, "note-problem", &problem, NULL);
  g_assert_cmpstr (problem, ==, "too_large");
  g_assert_cmpstr (guichet_participation_get_note (mine), ==, "far too long");
  guichet_session_type_note (self->session, interaction, "short");
  wait_until (is_saved (self));
  g_free (problem);
  g_object_get (mine, "note-problem", &problem, NULL);
  g_assert_cmpstr (problem, ==, "");
  g_assert_cmpstr (fake_centre_last (self->centre, NOTE), ==,
                   NOTE " {\"text\":\"short\",\"revision\":7}");
}

static void
test_offline (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);

  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  guichet_session_type_note (self->session, interaction, "written in the dark");
  guichet_session_type_disposition (self->session, interaction, "solved");
  fixture_spin (100);
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 2);
  fake_centre_listen (self->centre);
  wait_until (is_saved (self));
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE " {\"text\":\"written in the dark\""), ==,
                    1);
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/participations/p-i1/disposition"), ==,
                    1);
}

/* Another window of the same agent finds what the last one could not send. */
static void
test_next_window (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);

  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  guichet_session_type_note (self->session, interaction, "left over");
  guichet_session_type_variable (self->session, interaction, "card", "4929 0000");
  fixture_drop_session (self);
  fake_centre_listen (self->centre);
  fixture_new_session (self);
  fixture_sign_in (self);
  interaction = fixture_item (guichet_session_get_interactions (self->session), 0);
  wait_until (is_saved (self));
  g_assert_cmpuint (
      fake_centre_count (self->centre, NOTE " {\"text\":\"left over\",\"revision\":7}"), ==, 1);
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/interactions/i1/variables/card"), ==,
                    0);
}

/* A value for the ids of one store is never sent to another, where they could be somebody else's.
 */
static void
test_other_epoch (Fixture *self, gconstpointer data)
{
  GuichetTyped typed = {
    .interaction = "i1", .kind = "note", .target = "p-i1", .name = "", .value = "x", .revision = 1
  };
  g_autoptr (GuichetOutbox) outbox = guichet_outbox_new (guichet_session_get_api (self->session));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_row_free);

  guichet_outbox_load (outbox, NULL, NULL, "before");
  guichet_outbox_type (outbox, &typed);
  g_ptr_array_add (rows, guichet_row_copy (guichet_outbox_find (outbox, "note", "p-i1", "")));
  g_clear_object (&outbox);
  outbox = guichet_outbox_new (guichet_session_get_api (self->session));
  guichet_outbox_load (outbox, NULL, rows, "after");
  g_assert_cmpuint (guichet_outbox_count (outbox), ==, 0);
}

static gboolean
tree_contains (const char *path, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_test (inner, G_FILE_TEST_IS_DIR)
              ? tree_contains (inner, needle)
              : g_file_get_contents (inner, &data, &length, NULL) &&
                    memmem (data, length, needle, strlen (needle)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_secure_not_on_disk (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction = begin (self);

  guichet_session_type_note (self->session, interaction, "plain-4711");
  guichet_session_type_variable (self->session, interaction, "card", "secret-4929");
  guichet_store_sync (self->session->store);
  g_assert_true (tree_contains (self->dir, "plain-4711"));
  g_assert_false (tree_contains (self->dir, "secret-4929"));
  wait_until (is_saved (self));
  g_assert_cmpuint (
      fake_centre_count (self->centre,
                         "PUT /v1/interactions/i1/variables/card {\"value\":\"secret-4929\""),
      ==, 1);
}

static void
test_wipe (Fixture *self, gconstpointer data)
{
  GuichetInteraction *interaction;
  g_auto (Outcome) outcome = { 0 };

  fake_centre_set_desk (self->centre, "settings", "{\"wipe_cache_at_sign_out\":true}");
  fake_centre_set_desk (self->centre, "recent",
                        "[{\"interaction\":\"i0\",\"kind\":\"handled\",\"reason\":\"\",\"at\":"
                        "\"2026-01-01T00:00:00.000Z\","
                        "\"queue\":\"q1\",\"customer\":{\"number\":\"+35988wipe\"},\"talk\":5}]");
  interaction = begin (self);
  guichet_session_type_note (self->session, interaction, "wipe-me");
  guichet_store_sync (self->session->store);
  g_assert_true (tree_contains (self->dir, "+35988wipe"));
  guichet_session_sign_out_async (self->session, NULL, on_sign_out_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE), ==, 1); /* sent first */
  g_assert_false (tree_contains (self->dir, "+35988wipe"));
  g_assert_false (tree_contains (self->dir, "wipe-me"));
}

static void
test_store_broken (Fixture *self, gconstpointer data)
{
  g_autofree char *desks = g_build_filename (self->dir, "desks", NULL);
  g_autofree char *problem = NULL;
  GuichetInteraction *interaction;

  g_assert_true (g_file_set_contents (desks, "a file where a folder should be", -1, NULL));
  interaction = begin (self);
  g_object_get (self->session, "store-problem", &problem, NULL);
  g_assert_cmpstr (problem, ==, "cannot_open");
  guichet_session_type_note (self->session, interaction, "still sent");
  wait_until (is_saved (self));
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE " {\"text\":\"still sent\""), ==, 1);
}

typedef struct
{
  Fixture *fixture;
  GuichetInteraction *interaction;
  guint strokes;
} Typist;

static gboolean
on_stroke (gpointer user_data)
{
  Typist *typist = user_data;
  g_autofree char *text = g_strdup_printf ("stroke %u", ++typist->strokes);

  guichet_session_type_note (typist->fixture->session, typist->interaction, text);
  return G_SOURCE_CONTINUE;
}

static void
test_without_a_pause (Fixture *self, gconstpointer data)
{
  Typist typist = { .fixture = self, .interaction = begin (self) };
  g_autofree char *last = NULL;
  guint id;

  guichet_session_set_pace (self->session, 100, 2000, 10, 150, 150);
  id = g_timeout_add (10, on_stroke, &typist);
  wait_until (fake_centre_count (self->centre, NOTE) >= 2); /* while it goes on */
  g_source_remove (id);
  wait_until (is_saved (self));
  last = g_strdup_printf (NOTE " {\"text\":\"stroke %u\"", typist.strokes);
  g_assert_cmpuint (fake_centre_count (self->centre, last), ==, 1);
}

/* A window that types and is killed at once; its outbox waits longer than it lives. */
static void G_GNUC_NORETURN
be_victim (const char *url, const char *dir)
{
  Fixture self = { .dir = (char *) dir };
  const GuichetSignIn what = { .url = url, .agent = "ana", .password = "x" };
  Outcome outcome = { 0 };
  GuichetInteraction *interaction;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  fixture_new_session (&self);
  guichet_session_set_pace (self.session, 5000, 15000, 100, 60000, 3000);
  guichet_session_sign_in_async (self.session, &what, NULL, on_sign_in_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  interaction = fixture_item (guichet_session_get_interactions (self.session), 0);
  for (guint i = 1; i <= 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("stroke %u", i);
      guichet_session_type_note (self.session, interaction, text);
    }
  guichet_store_sync (self.session->store); /* what the worker does in a moment anyway */
  g_print ("typed\n");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **line = user_data;

  *line =
      g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
}

static void
test_killed_window (Fixture *self, gconstpointer data)
{
  g_autofree char *interaction = fixture_interaction ("i1", "wrap_up", "old", 7);
  g_autofree char *list = g_strdup_printf ("[%s]", interaction);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) victim = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  fake_centre_set_desk (self->centre, "interactions", list);
  victim = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--victim",
                             fake_centre_url (self->centre), self->dir, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (victim));
  do
    {
      g_clear_pointer (&line, g_free);
      g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, on_read, &line);
      wait_until (line != NULL);
    }
  while (!g_str_equal (line, "typed"));
  g_subprocess_send_signal (victim, SIGKILL);
  g_assert_true (g_subprocess_wait (victim, NULL, NULL));
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE), ==, 0);
  fixture_sign_in (self);
  wait_until (is_saved (self) && fake_centre_count (self->centre, NOTE) > 0);
  g_assert_cmpstr (fake_centre_last (self->centre, NOTE), ==,
                   NOTE " {\"text\":\"stroke 200\",\"revision\":7}");
  g_assert_cmpuint (fake_centre_count (self->centre, NOTE), ==, 1);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--victim"))
    be_victim (argv[2], argv[3]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  ADD ("/typing/note", test_note);
  ADD ("/typing/all-kinds-in-order", test_all_kinds_in_order);
  ADD ("/typing/without-a-pause", test_without_a_pause);
  ADD ("/typing/over-in-flight", test_over_in_flight);
  ADD ("/typing/lost-answer", test_lost_answer);
  ADD ("/typing/conflict", test_conflict);
  ADD ("/typing/conflict-theirs", test_conflict_theirs);
  ADD ("/typing/refused", test_refused);
  ADD ("/typing/offline", test_offline);
  ADD ("/typing/next-window", test_next_window);
  ADD ("/typing/other-epoch", test_other_epoch);
  ADD ("/typing/secure-not-on-disk", test_secure_not_on_disk);
  ADD ("/typing/wipe", test_wipe);
  ADD ("/typing/store-broken", test_store_broken);
  ADD ("/typing/killed-window", test_killed_window);
  return g_test_run ();
}
