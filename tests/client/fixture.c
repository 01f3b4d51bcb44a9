/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of this room share. */
#include "fixture.h"

#include <glib/gstdio.h>

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

guint
fixture_tick_start (void)
{
  return g_timeout_add (100, on_tick, NULL);
}

static gboolean
on_spun (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
fixture_spin (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_spun, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_tree (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

void
fixture_new_session (Fixture *self)
{
  self->session = guichet_session_new (self->phone, self->dir);
  guichet_session_set_pace (self->session, 100, 2000, 10, 20, 150);
}

void
fixture_drop_session (Fixture *self)
{
  if (self->session == NULL)
    return;
  g_object_run_dispose (G_OBJECT (self->session));
  g_clear_object (&self->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  /* A thread that ends while the sanitizer looks for leaks makes it read what is gone. */
  g_thread_pool_set_max_unused_threads (-1);
  g_thread_pool_set_max_idle_time (0);
  self->dir = g_dir_make_tmp ("guichet-client-XXXXXX", NULL);
  g_assert_nonnull (self->dir);
  self->centre = fake_centre_new ();
  fixture_new_session (self);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  fixture_drop_session (self);
  g_clear_object (&self->phone);
  fake_centre_free (self->centre);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_tree (self->dir);
  g_free (self->dir);
}

void
outcome_clear (Outcome *self)
{
  g_clear_error (&self->error);
}

void
on_command_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = guichet_session_command_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

void
on_sign_in_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = guichet_session_sign_in_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

void
on_sign_out_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = guichet_session_sign_out_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

void
fixture_sign_in (Fixture *self)
{
  const GuichetSignIn what = {
    .url = fake_centre_url (self->centre), .agent = "ana", .password = "secret", .take_over = TRUE
  };
  g_auto (Outcome) outcome = { 0 };

  guichet_session_sign_in_async (self->session, &what, NULL, on_sign_in_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  wait_until (fake_centre_has_stream (self->centre));
}

char *
fixture_offer (const char *id, const char *interaction)
{
  return g_strdup_printf (
      "{\"id\":\"%s\",\"request\":\"r1\",\"kind\":\"new\",\"interaction\":\"%s\",\"channel\":"
      "\"voice\","
      "\"queue\":\"q1\",\"created_at\":\"2026-03-01T09:30:00.000Z\",\"deadline\":"
      "\"2026-03-01T09:30:20.000Z\",\"auto_accept\":false,\"customer\":{\"number\":\"+"
      "359888123456\","
      "\"name\":\"Ivan\",\"customer\":\"p1\"},\"called\":\"+3592\",\"card\":[{\"variable\":\"ref\","
      "\"value\":\"A-17\"}]}",
      id, interaction);
}

char *
fixture_interaction (const char *id, const char *state, const char *note, gint64 revision)
{
  return g_strdup_printf (
      "{\"id\":\"%s\",\"channel\":\"voice\",\"direction\":\"in\",\"origin\":\"queue\",\"queue\":"
      "\"q1\",\"called\":\"+3592\","
      "\"language\":\"bg\",\"created_at\":\"2026-03-01T09:30:00.000Z\",\"customer\":{\"number\":\"+"
      "359888123456\"},"
      "\"participations\":[{\"id\":\"p-%s\",\"agent\":\"ana\",\"role\":\"primary\",\"state\":\"%"
      "s\",\"joined_at\":"
      "\"2026-03-01T09:30:05.000Z\",\"state_since\":\"2026-03-01T09:30:05.000Z\",\"held_total\":0,"
      "\"wrap_up\":null,"
      "\"disposition\":{\"id\":null,\"set_by\":null,\"revision\":1},\"tags\":{\"ids\":[],"
      "\"revision\":1},"
      "\"note\":{\"text\":\"%s\",\"revision\":%" G_GINT64_FORMAT "}}],"
      "\"variables\":[{\"id\":\"ref\",\"value\":\"A-17\",\"secure\":false,\"editable\":true,"
      "\"revision\":3},"
      "{\"id\":\"card\",\"value\":null,\"secure\":true,\"editable\":true,\"revision\":1}]}",
      id, id, state, note, revision);
}

void
fixture_event_changed (Fixture *self,
                       const char *id,
                       const char *state,
                       const char *note,
                       gint64 revision,
                       const char *cause)
{
  g_autofree char *interaction = fixture_interaction (id, state, note, revision);
  g_autofree char *members =
      g_strdup_printf ("\"interaction\":%s,\"cause\":\"%s\"", interaction, cause);

  fake_centre_event (self->centre, "interaction.changed", members);
}

gpointer
fixture_item (GListModel *list, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (list, position);

  return item;
}
