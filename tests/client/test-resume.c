/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that takes up the session of the one before by the token in the Secret Service: kept,
 * found, void, forgotten; and without any Secret Service. */
#include "fake-phone.h"
#include "fake-secrets.h"
#include "fixture.h"

#include "base/leave.h"

#include <libsecret/secret.h>

#define N(list) g_list_model_get_n_items (list)

static GTestDBus *bus;

typedef struct
{
  Fixture base;
  FakeSecrets *secrets;
} ResumeFixture;

static void
set_up (ResumeFixture *self, gconstpointer with_secrets)
{
  fixture_set_up (&self->base, NULL);
  if (GPOINTER_TO_INT (with_secrets))
    self->secrets = fake_secrets_new (g_test_dbus_get_bus_address (bus));
}

static void
tear_down (ResumeFixture *self, gconstpointer data)
{
  fixture_tear_down (&self->base, data);
  secret_service_disconnect ();
  g_clear_pointer (&self->secrets, fake_secrets_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
sign_in (ResumeFixture *self)
{
  const GuichetSignIn what = { .url = fake_centre_url (self->base.centre),
                               .agent = "ana",
                               .password = "secret",
                               .keep_token = TRUE };
  g_auto (Outcome) outcome = { 0 };

  guichet_session_sign_in_async (self->base.session, &what, NULL, on_sign_in_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
}

static void
sign_in_and_die (ResumeFixture *self)
{
  sign_in (self);
  wait_until (fake_secrets_count (self->secrets) == 1);
  g_assert_cmpstr (fake_secrets_find (self->secrets, "agent", "ana"), ==, "t0ken");
  g_assert_cmpstr (fake_secrets_find (self->secrets, "centre", fake_centre_url (self->base.centre)),
                   ==, "t0ken");
  fixture_drop_session (&self->base);
  fixture_new_session (&self->base);
}

static void
on_resumed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = guichet_session_resume_finish (GUICHET_SESSION (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
resume (ResumeFixture *self, Outcome *outcome)
{
  guichet_session_resume_async (self->base.session, fake_centre_url (self->base.centre), "ana",
                                NULL, on_resumed, outcome);
  wait_until (outcome->done);
}

static void
test_taken_up (ResumeFixture *self, gconstpointer data)
{
  g_autofree char *interaction = fixture_interaction ("i1", "active", "", 1);
  g_autofree char *list = g_strdup_printf ("[%s]", interaction);
  g_auto (Outcome) outcome = { 0 };

  sign_in_and_die (self);
  fake_centre_set_desk (self->base.centre, "interactions", list);
  resume (self, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (guichet_session_get_state (self->base.session), ==, "online");
  g_assert_cmpstr (guichet_session_get_agent (self->base.session), ==, "ana");
  g_assert_cmpuint (N (guichet_session_get_interactions (self->base.session)), ==, 1);
  g_assert_cmpuint (fake_centre_count (self->base.centre, "POST /v1/sessions"), ==, 1);
  g_assert_cmpuint (fake_centre_count (self->base.centre, "GET /v1/session"), ==, 1);
}

static void
new_phone_session (ResumeFixture *self)
{
  fixture_drop_session (&self->base);
  if (self->base.phone != NULL)
    g_object_run_dispose (G_OBJECT (self->base.phone));
  g_clear_object (&self->base.phone);
  self->base.phone = guichet_phone_new (NULL);
  fixture_new_session (&self->base);
}

/* The account is in the phone, which may answer after the centre did. */
static void
test_softphone (ResumeFixture *self, gconstpointer data)
{
  FakePhone *phone = fake_phone_new (g_test_dbus_get_bus_address (bus));
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) without = { 0 };

  fake_centre_set_sip (self->base.centre, TRUE);
  new_phone_session (self);
  guichet_phone_start (self->base.phone);
  sign_in (self);
  wait_until (fake_secrets_count (self->secrets) == 1);
  wait_until (fake_phone_count (phone, "SetAccount") == 1);
  new_phone_session (self);
  resume (self, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (fake_phone_count (phone, "SetAccount"), ==, 1);
  fake_phone_set_account (phone, FALSE);
  new_phone_session (self);
  resume (self, &without);
  g_assert_error (without.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_NO_TOKEN);
  fixture_drop_session (&self->base);
  g_object_run_dispose (G_OBJECT (self->base.phone));
  fake_phone_free (phone);
}

static void
test_nothing_kept (ResumeFixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  resume (self, &outcome);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_NO_TOKEN);
  g_assert_cmpstr (guichet_session_get_state (self->base.session), ==, "signed_out");
  sign_in (self); /* as ever */
  g_assert_cmpstr (guichet_session_get_state (self->base.session), ==, "online");
}

/* The centre knows the token no more: it is forgotten here, too. */
static void
test_void (ResumeFixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  sign_in_and_die (self);
  fake_centre_answer_next (self->base.centre, "GET", "/v1/session", 401,
                           "{\"type\":\"urn:guichet:error:not_signed_in\",\"status\":401}");
  resume (self, &outcome);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_NO_TOKEN);
  wait_until (fake_secrets_count (self->secrets) == 0);
}

/* A centre that cannot be reached says nothing of the token: it stays. */
static void
test_unreachable (ResumeFixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) again = { 0 };

  sign_in_and_die (self);
  fake_centre_stop_listening (self->base.centre);
  resume (self, &outcome);
  g_assert_error (outcome.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_UNREACHABLE);
  g_assert_cmpuint (fake_secrets_count (self->secrets), ==, 1);
  fake_centre_listen (self->base.centre);
  resume (self, &again);
  g_assert_no_error (again.error);
}

static void
test_signed_out (ResumeFixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  sign_in (self);
  wait_until (fake_secrets_count (self->secrets) == 1);
  guichet_session_sign_out_async (self->base.session, NULL, on_sign_out_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  wait_until (fake_secrets_count (self->secrets) == 0);
}

#define ADD(path, with_secrets, function)                                                          \
  g_test_add (path, ResumeFixture, GINT_TO_POINTER (with_secrets), set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (GDBusConnection) shared = NULL;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("SECRET_BACKEND", "service", TRUE);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  shared = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (shared, FALSE);
  ADD ("/resume/taken-up", TRUE, test_taken_up);
  ADD ("/resume/softphone", TRUE, test_softphone);
  ADD ("/resume/nothing-kept", TRUE, test_nothing_kept);
  ADD ("/resume/void", TRUE, test_void);
  ADD ("/resume/unreachable", TRUE, test_unreachable);
  ADD ("/resume/signed-out", TRUE, test_signed_out);
  ADD ("/resume/no-secret-service", FALSE, test_nothing_kept);
  /* libsecret keeps the shared connection, for which GTestDBus would wait; the bus ends with us. */
  base_leave (g_test_run ());
}
