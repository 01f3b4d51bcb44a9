/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session against the fake centre: signing in and out, snapshots, events in place, resume, holes,
 * odd answers, commands. */
#include "fixture.h"

#include "client/error.h"

#include <string.h>

#define N(list) g_list_model_get_n_items (list)

static void
expect_sign_in_error (Fixture *self,
                      const char *url,
                      GuichetClientErrorCode code,
                      gint64 retry_after)
{
  const GuichetSignIn what = { .url = url, .agent = "ana", .password = "x" };
  g_auto (Outcome) outcome = { 0 };

  guichet_session_sign_in_async (self->session, &what, NULL, on_sign_in_done, &outcome);
  wait_until (outcome.done);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, (gint) code);
  g_assert_cmpint (guichet_client_error_get_retry_after (outcome.error), ==, retry_after);
  g_assert_cmpstr (guichet_session_get_state (self->session), ==, "signed_out");
}

static void
test_sign_in (Fixture *self, gconstpointer data)
{
  GuichetQueue *queue;

  fixture_sign_in (self);
  g_assert_cmpstr (guichet_session_get_state (self->session), ==, "online");
  g_assert_cmpstr (guichet_session_get_agent_name (self->session), ==, "Ana Petrova");
  g_assert_cmpstr (guichet_session_get_centre_name (self->session), ==, "Test Centre");
  g_assert_cmpstr (guichet_session_get_agent_state (self->session), ==, "idle");
  g_assert_cmpstr (guichet_session_get_agent_state_reason (self->session), ==, "lunch");
  g_assert_cmpint (guichet_session_get_limit (self->session, "note"), ==, 4000);
  g_assert_cmpint (ABS (guichet_session_now (self->session) - g_get_real_time () / 1000), <, 5000);
  queue = fixture_item (guichet_session_get_queues (self->session), 0);
  g_assert_cmpstr (guichet_queue_get_name (queue), ==, "Billing");
  g_assert_cmpstr (guichet_queue_get_membership (queue), ==, "ready");
  g_assert_cmpstr (guichet_session_name_of (guichet_session_get_tags (self->session), "angry"), ==,
                   "Angry");
  g_assert_cmpstr (guichet_session_name_of (guichet_session_get_tags (self->session), "nobody"), ==,
                   "nobody");
  g_assert_nonnull (strstr (fake_centre_last (self->centre, "POST /v1/sessions"),
                            "\"station\":{\"kind\":\"softphone\"}"));
}

static void
test_sign_in_refused (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    GuichetClientErrorCode code;
    gint64 retry_after;
  } cases[] = {
    { 401, "{\"type\":\"urn:guichet:error:wrong_password\"}", GUICHET_CLIENT_ERROR_WRONG_PASSWORD,
      0 },
    { 423, "{\"type\":\"urn:guichet:error:account_locked\",\"retry_after\":60}",
      GUICHET_CLIENT_ERROR_ACCOUNT_LOCKED, 60 },
    { 409, "{\"type\":\"urn:guichet:error:session_elsewhere\"}", GUICHET_CLIENT_ERROR_ELSEWHERE,
      0 },
    { 503, "{\"type\":\"urn:guichet:error:full\"}", GUICHET_CLIENT_ERROR_FULL, 0 },
    { 503, "{\"type\":\"urn:guichet:error:unavailable\",\"retry_after\":5}",
      GUICHET_CLIENT_ERROR_UNAVAILABLE, 5 },
    { 502, "<html>", GUICHET_CLIENT_ERROR_UNAVAILABLE, 0 },
    { 201, "{\"token\":7}", GUICHET_CLIENT_ERROR_PROTOCOL, 0 },
    { 201, "[[[", GUICHET_CLIENT_ERROR_PROTOCOL, 0 },
    { 418, "{}", GUICHET_CLIENT_ERROR_PROTOCOL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fake_centre_answer_next (self->centre, "POST", "/v1/sessions", cases[i].status,
                               cases[i].body);
      expect_sign_in_error (self, fake_centre_url (self->centre), cases[i].code,
                            cases[i].retry_after);
    }
  expect_sign_in_error (self, "http://centre.example.com", GUICHET_CLIENT_ERROR_BAD_ADDRESS, 0);
  expect_sign_in_error (self, "ftp://127.0.0.1", GUICHET_CLIENT_ERROR_BAD_ADDRESS, 0);
  expect_sign_in_error (self, "nonsense", GUICHET_CLIENT_ERROR_BAD_ADDRESS, 0);
  fake_centre_stop_listening (self->centre);
  expect_sign_in_error (self, fake_centre_url (self->centre), GUICHET_CLIENT_ERROR_UNREACHABLE, 0);
  fake_centre_listen (self->centre);
  fake_centre_answer_next (self->centre, "GET", "/v1/desk", 200,
                           "{\"cursor\":\"c\",\"epoch\":\"e\",\"seq\":1}");
  expect_sign_in_error (self, fake_centre_url (self->centre), GUICHET_CLIENT_ERROR_PROTOCOL, 0);
  fixture_sign_in (self); /* and after all that it works */
}

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
on_offer_ended (GuichetSession *session,
                GuichetOffer *offer,
                const char *outcome,
                const char *reason,
                char **said)
{
  g_free (*said);
  *said = g_strconcat (guichet_offer_get_id (offer), " ", outcome, " ", reason, NULL);
}

static void
test_events (Fixture *self, gconstpointer data)
{
  g_autofree char *offer_json = fixture_offer ("o1", "i1");
  g_autofree char *members = g_strdup_printf ("\"offer\":%s", offer_json);
  g_autofree char *said = NULL;
  GListModel *offers, *interactions;
  GuichetInteraction *interaction;
  GuichetParticipation *mine;
  GuichetOffer *offer;
  guint notes = 0;

  fixture_sign_in (self);
  g_signal_connect (self->session, "offer-ended", G_CALLBACK (on_offer_ended), &said);
  offers = guichet_session_get_offers (self->session);
  interactions = guichet_session_get_interactions (self->session);
  fake_centre_event (self->centre, "offer.created", members);
  wait_until (N (offers) == 1);
  offer = fixture_item (offers, 0);
  g_assert_cmpstr (guichet_offer_get_queue_name (offer), ==, "Billing");
  g_assert_cmpstr (guichet_offer_get_customer_name (offer), ==, "Ivan");
  g_assert_cmpstr (guichet_variable_get_name (fixture_item (guichet_offer_get_card (offer), 0)), ==,
                   "Reference");
  fake_centre_event (self->centre, "offer.ended",
                     "\"offer\":\"o1\",\"interaction\":\"i1\",\"outcome\":\"accepted\",\"reason\":"
                     "\"agent\",\"recent\":null");
  fixture_event_changed (self, "i1", "active", "", 1, "joined");
  wait_until (N (interactions) == 1 && N (offers) == 0);
  g_assert_cmpstr (said, ==, "o1 accepted agent");
  interaction = fixture_item (interactions, 0);
  mine = guichet_interaction_get_mine (interaction);
  g_assert_cmpstr (guichet_interaction_get_phase (interaction), ==, "active");
  g_signal_connect_swapped (mine, "notify::note", G_CALLBACK (count_notify), &notes);
  fixture_event_changed (self, "i1", "held", "from elsewhere", 2, "held");
  wait_until (g_str_equal (guichet_interaction_get_phase (interaction), "held"));
  g_assert_true (fixture_item (interactions, 0) == interaction);
  g_assert_true (guichet_interaction_get_mine (interaction) == mine);
  g_assert_cmpstr (guichet_participation_get_note (mine), ==, "from elsewhere");
  g_assert_cmpuint (notes, ==, 1);
  fake_centre_event (self->centre, "agent.state_changed",
                     "\"agent\":\"ana\",\"state\":{\"state\":\"available\",\"since\":\"2026-03-"
                     "01T10:00:00.000Z\",\"next\":"
                     "{\"state\":\"idle\",\"reason\":\"lunch\"}},\"cause\":\"agent\"");
  fake_centre_event (self->centre, "agent.membership_changed",
                     "\"agent\":\"ana\",\"memberships\":[{\"queue\":\"q1\",\"state\":\"paused\","
                     "\"reason\":\"lunch\"}]");
  fake_centre_say (self->centre,
                   "{\"type\":\"queue.figures\",\"queues\":[{\"id\":\"q1\",\"waiting\":9}]}");
  fake_centre_say (self->centre, "{\"type\":\"something.new\",\"x\":1}");
  fake_centre_event (
      self->centre, "interaction.closed",
      "\"interaction\":\"i1\",\"recent\":{\"interaction\":\"i1\",\"kind\":\"handled\",\"reason\":"
      "\"\",\"at\":"
      "\"2026-03-01T10:00:00.000Z\",\"queue\":\"q1\",\"customer\":{\"number\":\"+1\"},\"talk\":12,"
      "\"disposition\":\"solved\"}");
  wait_until (N (interactions) == 0);
  g_assert_cmpstr (guichet_session_get_agent_state (self->session), ==, "available");
  g_assert_cmpstr (guichet_session_get_next_reason (self->session), ==, "lunch");
  g_assert_cmpstr (
      guichet_queue_get_membership (fixture_item (guichet_session_get_queues (self->session), 0)),
      ==, "paused");
  g_assert_cmpint (
      guichet_queue_get_waiting (fixture_item (guichet_session_get_queues (self->session), 0)), ==,
      9);
  g_assert_cmpstr (guichet_recent_get_disposition_name (
                       fixture_item (guichet_session_get_recent (self->session), 0)),
                   ==, "Solved");
  g_assert_cmpuint (fake_centre_count_snapshots (self->centre), ==, 1);
}

/* Events while away come once each after the stream is back, without a snapshot. */
static void
test_resume (Fixture *self, gconstpointer data)
{
  GListModel *interactions;

  fixture_sign_in (self);
  interactions = guichet_session_get_interactions (self->session);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("i%u", i);

      fake_centre_drop (self->centre);
      fixture_event_changed (self, id, "active", "", 1, "joined");
      wait_until (N (interactions) == i + 1);
    }
  wait_until (g_str_equal (guichet_session_get_state (self->session), "online"));
  g_assert_cmpuint (fake_centre_count_snapshots (self->centre), ==, 1);
  g_assert_cmpuint (fake_centre_count_streams (self->centre), ==, 11);
}

static void
test_centre_away (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_sign_in (self);
  fake_centre_stop_listening (self->centre);
  wait_until (g_str_equal (guichet_session_get_state (self->session), "reconnecting"));
  g_assert_false (guichet_session_get_link_up (self->session));
  guichet_session_set_state_async (self->session, NULL, "available", NULL, NULL, on_command_done,
                                   &outcome);
  wait_until (outcome.done);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_LINK_DOWN);
  fake_centre_listen (self->centre);
  wait_until (g_str_equal (guichet_session_get_state (self->session), "online"));
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/state"), ==, 0); /* never queued */
}

static void
test_cursor_gone (Fixture *self, gconstpointer data)
{
  g_autofree char *interaction = fixture_interaction ("i7", "active", "", 1);
  g_autofree char *list = g_strdup_printf ("[%s]", interaction);

  fixture_sign_in (self);
  fake_centre_set_desk (self->centre, "interactions", list);
  fake_centre_forget_before (self->centre);
  fake_centre_drop (self->centre);
  wait_until (N (guichet_session_get_interactions (self->session)) == 1);
  wait_until (g_str_equal (guichet_session_get_state (self->session), "online"));
  g_assert_cmpuint (fake_centre_count_snapshots (self->centre), ==, 2);
  wait_until (fake_centre_has_stream (self->centre));
  fake_centre_close (self->centre, 4410);
  wait_until (fake_centre_count_snapshots (self->centre) == 3);
}

static void
on_offer_gone (GuichetSession *session,
               GuichetOffer *offer,
               const char *outcome,
               const char *reason,
               GString *said)
{
  g_autofree char *state = NULL;

  g_object_get (offer, "call-state", &state, NULL);
  g_string_append_printf (said, "%s %s %s %s\n", guichet_offer_get_id (offer), outcome, reason,
                          state);
}

/* Offers that ended while the desk was away, each in its way; the last stands. */
static void
test_offers_gone_in_snapshot (Fixture *self, gconstpointer data)
{
  static const char *const ids[] = { "o1", "o2", "o3", "o4", "o5" };
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *interaction = fixture_interaction ("i-o3", "active", "", 1);
  g_autofree char *list = g_strdup_printf ("[%s]", interaction);
  g_autofree char *stays = fixture_offer ("o5", "i-o5");
  g_autofree char *offers = g_strdup_printf ("[%s]", stays);

  fixture_sign_in (self);
  g_signal_connect (self->session, "offer-ended", G_CALLBACK (on_offer_gone), said);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *of = g_strconcat ("i-", ids[i], NULL);
      g_autofree char *offer = fixture_offer (ids[i], of);
      g_autofree char *members = g_strdup_printf ("\"offer\":%s", offer);

      fake_centre_event (self->centre, "offer.created", members);
    }
  wait_until (N (guichet_session_get_offers (self->session)) == 5);
  fake_centre_set_desk (self->centre, "interactions", list);
  fake_centre_set_desk (self->centre, "offers", offers);
  fake_centre_set_desk (
      self->centre, "recent",
      "[{\"interaction\":\"i-o1\",\"offer\":\"o1\",\"kind\":\"missed\",\"reason\":\"no_answer\","
      "\"at\":\"2026-03-01T09:30:20.000Z\",\"queue\":\"q1\",\"customer\":{}},"
      "{\"interaction\":\"i-o2\",\"offer\":\"o2\",\"kind\":\"abandoned\",\"reason\":\"customer_"
      "left\","
      "\"at\":\"2026-03-01T09:30:10.000Z\",\"queue\":\"q1\",\"customer\":{}}]");
  fake_centre_forget_before (self->centre);
  fake_centre_drop (self->centre);
  wait_until (N (guichet_session_get_offers (self->session)) == 1);
  wait_until (g_str_equal (guichet_session_get_state (self->session), "online"));
  g_assert_cmpstr (said->str, ==,
                   "o1 missed no_answer ended\no2 withdrawn customer_left ended\n"
                   "o3 accepted  ended\no4 withdrawn unknown ended\n");
}

static void
test_hole (Fixture *self, gconstpointer data)
{
  g_autofree char *lost = fixture_interaction ("i1", "active", "", 1);
  g_autofree char *list = g_strdup_printf ("[%s]", lost);
  g_autofree char *members = g_strdup_printf ("\"interaction\":%s,\"cause\":\"joined\"", lost);

  fixture_sign_in (self);
  fake_centre_set_desk (self->centre, "interactions", list);
  fake_centre_lose_event (self->centre, "interaction.changed", members);
  fake_centre_event (self->centre, "agent.membership_changed",
                     "\"agent\":\"ana\",\"memberships\":[]");
  wait_until (N (guichet_session_get_interactions (self->session)) == 1);
  g_assert_cmpuint (fake_centre_count_snapshots (self->centre), ==, 2);
}

static void
test_bad_events (Fixture *self, gconstpointer data)
{
  fixture_sign_in (self);
  fake_centre_say (self->centre, "[[[[");
  wait_until (fake_centre_count_snapshots (self->centre) == 2 &&
              fake_centre_has_stream (self->centre));
  wait_until (guichet_session_get_link_up (self->session));
  fake_centre_event (self->centre, "offer.created", "\"offer\":{\"id\":7}");
  wait_until (fake_centre_count_snapshots (self->centre) == 3);
  wait_until (g_str_equal (guichet_session_get_state (self->session), "online"));
}

static void
test_heartbeats (Fixture *self, gconstpointer data)
{
  guichet_session_set_pace (self->session, 50, 300, 10, 20, 150);
  fake_centre_set_heartbeat (self->centre, 50);
  fixture_sign_in (self);
  fixture_spin (900);
  g_assert_cmpuint (fake_centre_count_streams (self->centre), ==,
                    1); /* it lives while the heart beats */
  fake_centre_set_heartbeat (self->centre, 0);
  wait_until (fake_centre_count_streams (self->centre) >= 2); /* silent: dead, and again */
}

static void
test_definitions_changed (Fixture *self, gconstpointer data)
{
  GuichetQueue *queue;

  fixture_sign_in (self);
  queue = fixture_item (guichet_session_get_queues (self->session), 0);
  fake_centre_set_desk (
      self->centre, "queues",
      "[{\"id\":\"q0\",\"names\":{\"en\":\"New\"}},{\"id\":\"q1\",\"names\":{\"en\":\"Money\"}}]");
  fake_centre_event (self->centre, "definitions.changed", "");
  wait_until (g_str_equal (guichet_queue_get_name (queue), "Money"));
  g_assert_true (fixture_item (guichet_session_get_queues (self->session), 1) == queue);
}

static void
test_ended (Fixture *self, gconstpointer data)
{
  fixture_sign_in (self);
  fake_centre_say (self->centre, "{\"type\":\"session.ended\",\"reason\":\"taken_over\"}");
  wait_until (g_str_equal (guichet_session_get_state (self->session), "ended"));
  g_assert_cmpstr (guichet_session_get_end_reason (self->session), ==, "taken_over");
  fixture_spin (200);
  g_assert_cmpuint (fake_centre_count_streams (self->centre), ==, 1);
  fixture_sign_in (self); /* the same window signs in again */
  fake_centre_close (self->centre, 4401);
  wait_until (g_str_equal (guichet_session_get_state (self->session), "ended"));
  g_assert_cmpstr (guichet_session_get_end_reason (self->session), ==, "expired");
}

static void
test_sign_out (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) refused = { 0 };
  g_auto (Outcome) done = { 0 };

  fixture_sign_in (self);
  fake_centre_answer_next (self->centre, "DELETE", "/v1/session", 409,
                           "{\"type\":\"urn:guichet:error:not_now\",\"reason\":\"work_in_hand\"}");
  guichet_session_sign_out_async (self->session, NULL, on_sign_out_done, &refused);
  wait_until (refused.done);
  g_assert_error (refused.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_NOT_NOW);
  g_assert_cmpstr (guichet_client_error_get_reason (refused.error), ==, "work_in_hand");
  g_assert_cmpstr (guichet_session_get_state (self->session), ==, "online");
  guichet_session_sign_out_async (self->session, NULL, on_sign_out_done, &done);
  wait_until (done.done);
  g_assert_no_error (done.error);
  g_assert_cmpstr (guichet_session_get_state (self->session), ==, "signed_out");
}

static void
test_commands (Fixture *self, gconstpointer data)
{
  static const char *const queues[] = { "q1", NULL };
  GuichetInteraction *interaction;
  Outcome outcomes[7] = { 0 }; /* none fails */

  fixture_sign_in (self);
  fixture_event_changed (self, "i1", "active", "", 1, "joined");
  wait_until (N (guichet_session_get_interactions (self->session)) == 1);
  interaction = fixture_item (guichet_session_get_interactions (self->session), 0);
  guichet_session_set_state_async (self->session, NULL, "idle", "lunch", NULL, on_command_done,
                                   &outcomes[0]);
  guichet_session_set_membership_async (self->session, queues, "out", NULL, NULL, on_command_done,
                                        &outcomes[1]);
  guichet_session_set_membership_async (self->session, NULL, "ready", NULL, NULL, on_command_done,
                                        &outcomes[2]);
  guichet_session_hold_async (self->session, interaction, NULL, on_command_done, &outcomes[3]);
  guichet_session_dtmf_async (self->session, interaction, "12#", NULL, on_command_done,
                              &outcomes[4]);
  guichet_session_end_async (self->session, interaction, NULL, on_command_done, &outcomes[5]);
  guichet_session_extend_wrap_up_async (self->session, interaction, NULL, on_command_done,
                                        &outcomes[6]);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      wait_until (outcomes[i].done);
      g_assert_no_error (outcomes[i].error);
    }
  g_assert_cmpstr (fake_centre_last (self->centre, "PUT /v1/state"), ==,
                   "PUT /v1/state {\"state\":\"idle\",\"reason\":\"lunch\"}");
  g_assert_cmpuint (
      fake_centre_count (self->centre,
                         "PUT /v1/memberships {\"queues\":[\"q1\"],\"state\":\"out\"}"),
      ==, 1);
  g_assert_cmpuint (
      fake_centre_count (self->centre,
                         "PUT /v1/memberships {\"queues\":\"all\",\"state\":\"ready\"}"),
      ==, 1);
  g_assert_cmpuint (fake_centre_count (self->centre, "POST /v1/interactions/i1/hold {}"), ==, 1);
  g_assert_cmpuint (
      fake_centre_count (self->centre, "POST /v1/interactions/i1/dtmf {\"digits\":\"12#\"}"), ==,
      1);
  g_assert_cmpuint (fake_centre_count (self->centre, "POST /v1/interactions/i1/end {}"), ==, 1);
  g_assert_cmpuint (
      fake_centre_count (self->centre, "POST /v1/participations/p-i1/wrap_up/extend {}"), ==, 1);
}

/* The answer is lost: the same key goes again and the centre does it once. */
static void
test_lost_answer (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_sign_in (self);
  fake_centre_lose_next_answer (self->centre, "PUT", "/v1/state");
  guichet_session_set_state_async (self->session, NULL, "available", NULL, NULL, on_command_done,
                                   &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/state"), ==, 1);
  g_assert_cmpuint (fake_centre_count_repeated (self->centre), ==, 1);
}

static void
on_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->value =
      guichet_session_reveal_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
on_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->value = guichet_session_list_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
test_questions (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) secret = { 0 };
  g_auto (Outcome) recent = { 0 };
  g_autoptr (GPtrArray) more = NULL;
  GuichetInteraction *interaction;

  fixture_sign_in (self);
  fixture_event_changed (self, "i1", "active", "", 1, "joined");
  wait_until (N (guichet_session_get_interactions (self->session)) == 1);
  interaction = fixture_item (guichet_session_get_interactions (self->session), 0);
  guichet_session_reveal_async (self->session, interaction, "card", NULL, on_secret, &secret);
  guichet_session_more_recent_async (self->session, 0, 20, NULL, on_list, &recent);
  wait_until (secret.done && recent.done);
  g_assert_cmpstr (secret.value, ==, "4929 1234");
  guichet_session_free_secret (secret.value);
  more = recent.value;
  g_assert_cmpuint (N (guichet_session_get_recent (self->session)), ==, 1);
}

static GTlsCertificate *
make_certificate (const char *dir, const char *alternative)
{
  g_autofree char *key = g_build_filename (dir, "key.pem", NULL);
  g_autofree char *file = g_build_filename (dir, "cert.pem", NULL);
  g_autofree char *name = g_strconcat ("subjectAltName=", alternative, NULL);
  const char *argv[] = {
    "openssl", "req",   "-x509", "-newkey", "ec",         "-pkeyopt", "ec_paramgen_curve:P-256",
    "-nodes",  "-days", "2",     "-subj",   "/CN=centre", "-addext",  name,
    "-keyout", key,     "-out",  file,      NULL
  };
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_files (file, key, &error);
  g_assert_no_error (error);
  return certificate;
}

static void
expect_bad_certificate (Fixture *self, const char *reason)
{
  const GuichetSignIn what = { .url = fake_centre_url (self->centre),
                               .agent = "ana",
                               .password = "x" };
  g_auto (Outcome) outcome = { 0 };

  guichet_session_sign_in_async (self->session, &what, NULL, on_sign_in_done, &outcome);
  wait_until (outcome.done);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_BAD_CERTIFICATE);
  g_assert_cmpstr (guichet_client_error_get_reason (outcome.error), ==, reason);
  g_assert_cmpuint (fake_centre_count (self->centre, "POST /v1/sessions"), ==,
                    0); /* no password was sent */
}

static void
test_certificates (Fixture *self, gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->dir, "cert.pem", NULL);
  g_autoptr (GTlsCertificate) other = make_certificate (self->dir, "DNS:elsewhere.test");
  g_autoptr (GTlsCertificate) good = NULL;

  fake_centre_listen_tls (self->centre, other);
  g_assert_true (guichet_session_set_ca_file (self->session, file, NULL));
  expect_bad_certificate (self, "bad_identity");
  fixture_drop_session (self);
  fixture_new_session (self);
  good = make_certificate (self->dir, "IP:127.0.0.1");
  fake_centre_listen_tls (self->centre, good);
  expect_bad_certificate (self, "unknown_ca");
  g_assert_true (guichet_session_set_ca_file (self->session, file, NULL));
  fixture_sign_in (self);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/sign-in", test_sign_in);
  ADD ("/session/sign-in-refused", test_sign_in_refused);
  ADD ("/session/certificates", test_certificates);
  ADD ("/session/events", test_events);
  ADD ("/session/resume", test_resume);
  ADD ("/session/centre-away", test_centre_away);
  ADD ("/session/cursor-gone", test_cursor_gone);
  ADD ("/session/hole", test_hole);
  ADD ("/session/offers-gone-in-snapshot", test_offers_gone_in_snapshot);
  ADD ("/session/bad-events", test_bad_events);
  ADD ("/session/heartbeats", test_heartbeats);
  ADD ("/session/definitions-changed", test_definitions_changed);
  ADD ("/session/ended", test_ended);
  ADD ("/session/sign-out", test_sign_out);
  ADD ("/session/commands", test_commands);
  ADD ("/session/lost-answer", test_lost_answer);
  ADD ("/session/questions", test_questions);
  return g_test_run ();
}
