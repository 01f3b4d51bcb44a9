/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session on the real guichetd: signing in, its snapshot, states and memberships by event,
 * customers, a killed and restarted daemon, taking over, signing out. The daemon's path is the
 * first argument. */
#include "fixture.h"

#include "client/customers.h"

#include "base/json.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define N(list) g_list_model_get_n_items (list)

static char *guichetd;

typedef struct
{
  Fixture base;
  GSubprocess *daemon;
  char *data;
  char *http;
  char *listen; /* HOST:PORT, the same after a restart */
} RealFixture;

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **line = user_data;

  *line =
      g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  if (*line == NULL)
    *line = g_strdup ("");
}

static void
die_with_the_test (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_daemon (RealFixture *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *http = "";
  BaseJson ready;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_the_test, NULL, NULL);
  self->daemon = g_subprocess_launcher_spawn (
      launcher, &error, guichetd, "--demo", "--data", self->data, "--listen",
      self->listen != NULL ? self->listen : "127.0.0.1:0", "--sip", "127.0.0.1:0", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->daemon));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, on_line, &line);
  wait_until (line != NULL);
  node = base_json_parse (line, strlen (line), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (base_json_root (&ready, node, NULL) &&
                 base_json_get_string (&ready, "http", 256, &http, NULL));
  g_free (self->http);
  self->http = g_strdup (http);
  g_free (self->listen);
  self->listen = g_strdup (http + strlen ("http://"));
}

static void
stop_daemon (RealFixture *self, int signal_number)
{
  g_subprocess_send_signal (self->daemon, signal_number);
  g_subprocess_wait (self->daemon, NULL, NULL);
  g_clear_object (&self->daemon);
}

static void
set_up (RealFixture *self, gconstpointer data)
{
  fixture_set_up (&self->base, data);
  self->data = g_build_filename (self->base.dir, "centre", NULL);
  start_daemon (self);
  guichet_session_set_pace (self->base.session, 5000, 15000, 50, 20, 150);
}

static void
tear_down (RealFixture *self, gconstpointer data)
{
  fixture_drop_session (&self->base);
  stop_daemon (self, SIGKILL);
  fixture_tear_down (&self->base, data);
  g_free (self->data);
  g_free (self->http);
  g_free (self->listen);
}

static void
sign_in (RealFixture *self, const char *password, gboolean take_over, Outcome *outcome)
{
  const GuichetSignIn what = { .url = self->http,
                               .agent = "demo",
                               .password = password,
                               .station = "outside_number",
                               .station_address = "+35921234567",
                               .take_over = take_over };

  guichet_session_sign_in_async (self->base.session, &what, NULL, on_sign_in_done, outcome);
  wait_until (outcome->done);
}

static void
sign_in_well (RealFixture *self)
{
  g_auto (Outcome) outcome = { 0 };

  sign_in (self, "demo", FALSE, &outcome);
  g_assert_no_error (outcome.error);
}

static void
test_snapshot (RealFixture *self, gconstpointer data)
{
  GuichetSession *session = self->base.session;

  sign_in_well (self);
  g_assert_cmpstr (guichet_session_get_agent_name (session), ==, "Dana Demo");
  g_assert_cmpuint (N (guichet_session_get_queues (session)), ==, 5);
  g_assert_cmpuint (N (guichet_session_get_dispositions (session)), >, 3);
  g_assert_cmpuint (N (guichet_session_get_reasons (session)), >, 0);
  g_assert_cmpuint (N (guichet_session_get_offers (session)), ==, 0);
  g_assert_cmpint (guichet_session_get_limit (session, "note"), >, 0);
}

static void
test_wrong_password (RealFixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  sign_in (self, "nonsense", FALSE, &outcome);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_WRONG_PASSWORD);
}

static void
test_states (RealFixture *self, gconstpointer data)
{
  GuichetSession *session = self->base.session;
  GuichetDefinition *reason;
  GuichetQueue *queue;
  g_auto (Outcome) idle = { 0 };
  g_auto (Outcome) out = { 0 };

  sign_in_well (self);
  reason = fixture_item (guichet_session_get_reasons (session), 0);
  guichet_session_set_state_async (session, NULL, "idle", guichet_definition_get_id (reason), NULL,
                                   on_command_done, &idle);
  wait_until (idle.done);
  g_assert_no_error (idle.error);
  wait_until (g_str_equal (guichet_session_get_agent_state_reason (session),
                           guichet_definition_get_id (reason)));
  queue = fixture_item (guichet_session_get_queues (session), 1);
  guichet_session_set_membership_async (session,
                                        (const char *[]){ guichet_queue_get_id (queue), NULL },
                                        "out", NULL, NULL, on_command_done, &out);
  wait_until (out.done);
  g_assert_no_error (out.error);
  wait_until (g_str_equal (guichet_queue_get_membership (queue), "out"));
}

static void
on_customer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->value =
      guichet_session_customer_finish (GUICHET_SESSION (source), result, NULL, &outcome->error);
  outcome->done = TRUE;
}

/* One of what @draft says. */
static GuichetCustomer *
saved (GuichetSession *session,
       GuichetCustomerDraft *draft,
       const char *name,
       const char *const *ways)
{
  Outcome outcome = { 0 };

  guichet_customer_draft_set (draft, name, ways);
  guichet_session_save_customer_async (session, draft, NULL, on_customer, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  return outcome.value;
}

static void
on_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->value = guichet_session_list_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
test_customers (RealFixture *self, gconstpointer data)
{
  static const char *const ways[] = { "voice", "+359888765432", "email", "ivan@example.com", NULL };
  static const char *const phone[] = { "voice", "+359888765432", NULL };
  GuichetSession *session = self->base.session;
  g_autoptr (GuichetCustomerDraft) draft = guichet_customer_draft_new ("", "");
  g_auto (Outcome) found = { 0 };
  g_auto (Outcome) history = { 0 };
  g_autoptr (GuichetCustomerDraft) change = NULL;
  g_autoptr (GuichetCustomer) customer = NULL;
  g_autoptr (GuichetCustomer) newer = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) past = NULL;

  sign_in_well (self);
  customer = saved (session, draft, "Иван Петров", ways);
  g_assert_cmpstr (guichet_customer_get_addresses (customer)[1], ==, "ivan@example.com");
  change = guichet_customer_draft_new (guichet_customer_get_id (customer), "");
  change->revision = guichet_customer_get_revision (customer);
  newer = saved (session, change, "Иван П.", phone);
  g_assert_cmpint (guichet_customer_get_revision (newer), >,
                   guichet_customer_get_revision (customer));
  g_assert_null (guichet_customer_get_addresses (newer)[0]);
  guichet_session_find_customers_by_number_async (session, "+359888765432", NULL, on_list, &found);
  wait_until (found.done);
  g_assert_no_error (found.error);
  list = found.value;
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (guichet_customer_get_name (list->pdata[0]), ==, "Иван П.");
  guichet_session_history_async (session, guichet_customer_get_id (customer), "", "", 0, 20, NULL,
                                 on_list, &history);
  wait_until (history.done);
  g_assert_no_error (history.error);
  past = history.value;
  g_assert_cmpuint (past->len, ==, 0);
}

/* kill -9 of the daemon: the window says so, comes back by itself, and works. */
static void
test_daemon_killed (RealFixture *self, gconstpointer data)
{
  GuichetSession *session = self->base.session;
  g_auto (Outcome) outcome = { 0 };

  sign_in_well (self);
  stop_daemon (self, SIGKILL);
  wait_until (g_str_equal (guichet_session_get_state (session), "reconnecting"));
  start_daemon (self);
  wait_until (g_str_equal (guichet_session_get_state (session), "online"));
  guichet_session_set_state_async (
      session, NULL, "idle",
      guichet_definition_get_id (fixture_item (guichet_session_get_reasons (session), 0)), NULL,
      on_command_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
}

static void
test_take_over (RealFixture *self, gconstpointer data)
{
  GuichetSession *first = g_object_ref (self->base.session);
  g_auto (Outcome) refused = { 0 };
  g_auto (Outcome) taken = { 0 };
  g_auto (Outcome) out = { 0 };

  sign_in_well (self);
  g_clear_object (&self->base.session);
  fixture_new_session (&self->base);
  sign_in (self, "demo", FALSE, &refused);
  g_assert_error (refused.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_ELSEWHERE);
  sign_in (self, "demo", TRUE, &taken);
  g_assert_no_error (taken.error);
  wait_until (g_str_equal (guichet_session_get_state (first), "ended"));
  g_assert_cmpstr (guichet_session_get_end_reason (first), ==, "taken_over");
  g_object_run_dispose (G_OBJECT (first));
  g_object_unref (first);
  guichet_session_sign_out_async (self->base.session, NULL, on_sign_out_done, &out);
  wait_until (out.done);
  g_assert_no_error (out.error);
}

#define ADD(path, function) g_test_add (path, RealFixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  guichetd = argv[1];
  ADD ("/real/snapshot", test_snapshot);
  ADD ("/real/wrong-password", test_wrong_password);
  ADD ("/real/states", test_states);
  ADD ("/real/customers", test_customers);
  ADD ("/real/daemon-killed", test_daemon_killed);
  ADD ("/real/take-over", test_take_over);
  return g_test_run ();
}
