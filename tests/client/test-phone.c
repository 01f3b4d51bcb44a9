/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone behind a private bus and the join of offers and calls: whichever comes first, and when
 * either never comes; a phone that dies; a window that comes back to a running call. */
#include "fake-phone.h"
#include "fixture.h"

#include "base/leave.h"

#include <glib/gstdio.h>
#include <string.h>

#define N(list) g_list_model_get_n_items (list)

static GTestDBus *bus;

typedef struct
{
  Fixture base;
  GDBusConnection *connection;
  FakePhone *fake;
} PhoneFixture;

static void
set_up (PhoneFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_set_up (&self->base, data);
  fixture_drop_session (&self->base);
  self->connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->fake = fake_phone_new (g_test_dbus_get_bus_address (bus));
  self->base.phone = guichet_phone_new (self->connection);
  fake_centre_set_sip (self->base.centre, TRUE);
  fixture_new_session (&self->base);
  guichet_phone_start (self->base.phone);
}

static void
tear_down (PhoneFixture *self, gconstpointer data)
{
  fixture_drop_session (&self->base);
  g_object_run_dispose (G_OBJECT (self->base.phone));
  fixture_tear_down (&self->base, data);
  g_clear_pointer (&self->fake, fake_phone_free);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
sign_in (PhoneFixture *self)
{
  fixture_sign_in (&self->base);
  wait_until (guichet_phone_get_present (self->base.phone));
  wait_until (fake_phone_count (self->fake, "SetAccount") > 0);
}

static void
offer_comes (PhoneFixture *self, const char *id, const char *interaction)
{
  g_autofree char *offer = fixture_offer (id, interaction);
  g_autofree char *members = g_strdup_printf ("\"offer\":%s", offer);

  fake_centre_event (self->base.centre, "offer.created", members);
}

static GListModel *
offers (PhoneFixture *self)
{
  return guichet_session_get_offers (self->base.session);
}

static GuichetOffer *
first_offer (PhoneFixture *self)
{
  wait_until (N (offers (self)) == 1);
  return fixture_item (offers (self), 0);
}

static gboolean
call_state_is (GuichetOffer *offer, const char *state)
{
  return g_str_equal (guichet_offer_get_call_state (offer), state);
}

static void
test_account (PhoneFixture *self, gconstpointer data)
{
  FakeCentre *centre = self->base.centre;

  sign_in (self);
  g_assert_nonnull (
      strstr (fake_phone_last (self->fake, "SetAccount"), "'registrar': <'sip:127.0.0.1:5070'>"));
  g_assert_nonnull (
      strstr (fake_phone_last (self->fake, "SetAccount"), "'domain': <'centre.test'>"));
  wait_until (fake_phone_count (self->fake, "KeepAlive (30") > 0);
  wait_until (fake_centre_count (centre, "POST /v1/session/phone {\"ready\":true}") == 1);
  fake_phone_set_problem (self->fake, "no_microphone");
  wait_until (
      fake_centre_count (
          centre, "POST /v1/session/phone {\"ready\":false,\"reason\":\"no_microphone\"}") == 1);
  fake_phone_set_problem (self->fake, NULL);
  wait_until (fake_centre_count (centre, "POST /v1/session/phone {\"ready\":true}") == 2);
  fake_centre_say (centre, "{\"type\":\"session.ended\",\"reason\":\"forced\"}");
  wait_until (fake_phone_count (self->fake, "ClearAccount") == 1);
}

/* Whom to trust for SIP over TLS comes from the centre, and reaches the phone as a file. */
static void
test_authorities (PhoneFixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  const char *given, *at;
  GStatBuf status;

  fake_centre_set_sip_more (self->base.centre, ",\"ca\":\"-----BEGIN CERTIFICATE-----\\nMII\\n\"");
  sign_in (self);
  given = fake_phone_last (self->fake, "SetAccount");
  at = strstr (given, "'ca_path': <'");
  g_assert_nonnull (at);
  at += strlen ("'ca_path': <'");
  path = g_strndup (at, strcspn (at, "'"));
  g_assert_true (g_str_has_prefix (path, self->base.dir));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "-----BEGIN CERTIFICATE-----\nMII\n");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_offer_first (PhoneFixture *self, gconstpointer data)
{
  GuichetOffer *offer;
  g_auto (Outcome) outcome = { 0 };

  sign_in (self);
  offer_comes (self, "o1", "i1");
  offer = first_offer (self);
  g_assert_true (call_state_is (offer, "expected"));
  g_assert_cmpstr (guichet_offer_get_stage (offer), ==, "connecting");
  g_assert_false (guichet_offer_get_can_answer (offer));
  fake_phone_set_call (self->fake, "c1", "ringing", "o1", NULL);
  wait_until (call_state_is (offer, "ringing"));
  g_assert_true (guichet_offer_get_can_answer (offer));
  g_assert_cmpstr (guichet_offer_get_stage (offer), ==, "request");
  g_assert_cmpstr (guichet_call_get_id (guichet_offer_get_call (offer)), ==, "c1");
  guichet_session_accept_async (self->base.session, offer, NULL, on_command_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (fake_phone_last (self->fake, "Answer"), ==, "Answer ('c1',)");
  fake_phone_set_call (self->fake, "c1", "active", "o1", NULL);
  wait_until (call_state_is (offer, "answering"));
}

static void
test_call_first (PhoneFixture *self, gconstpointer data)
{
  GuichetOffer *offer;
  GuichetCall *call;

  sign_in (self);
  fake_phone_set_call (self->fake, "c1", "ringing", "o1", NULL);
  wait_until (N (guichet_phone_get_calls (self->base.phone)) == 1);
  call = fixture_item (guichet_phone_get_calls (self->base.phone), 0);
  g_assert_false (guichet_call_get_orphan (call));
  offer_comes (self, "o1", "i1");
  offer = first_offer (self);
  g_assert_true (call_state_is (offer, "ringing"));
  g_assert_true (guichet_offer_get_call (offer) == call);
}

/* It rings for a second, then it is answered, once. */
static void
test_answered_by_itself (PhoneFixture *self, gconstpointer data)
{
  g_autofree char *text = fixture_offer ("o1", "i1");
  g_autoptr (GString) members = g_string_new (NULL);
  GuichetOffer *offer;
  gint64 rang;

  g_string_printf (members, "\"offer\":%s", text);
  g_string_replace (members, "\"auto_accept\":false", "\"auto_accept\":true", 0);
  sign_in (self);
  fake_centre_event (self->base.centre, "offer.created", members->str);
  offer = first_offer (self);
  rang = g_get_monotonic_time ();
  fake_phone_set_call (self->fake, "c1", "ringing", "o1", NULL);
  wait_until (fake_phone_count (self->fake, "Answer") == 1);
  g_assert_cmpint (g_get_monotonic_time () - rang, >=, G_USEC_PER_SEC);
  g_assert_true (guichet_offer_get_answered (offer));
  fake_phone_set_call (self->fake, "c1", "active", "o1", NULL);
  wait_until (call_state_is (offer, "answering"));
  g_assert_cmpuint (fake_phone_count (self->fake, "Answer"), ==, 1);
}

static void
test_call_never_comes (PhoneFixture *self, gconstpointer data)
{
  GuichetOffer *offer;
  g_auto (Outcome) outcome = { 0 };

  sign_in (self);
  offer_comes (self, "o1", "i1");
  offer = first_offer (self);
  wait_until (call_state_is (offer, "missing"));
  g_assert_cmpstr (guichet_offer_get_stage (offer), ==, "connecting");
  g_assert_false (guichet_offer_get_can_answer (offer));
  g_assert_true (guichet_offer_get_can_decline (offer));
  guichet_session_decline_async (self->base.session, offer, NULL, on_command_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (fake_centre_count (self->base.centre, "POST /v1/offers/o1/decline"), ==, 1);
  fake_phone_set_call (self->fake, "c1", "ringing", "o1", NULL); /* late, but it comes */
  wait_until (call_state_is (offer, "ringing"));
}

static void
test_offer_never_comes (PhoneFixture *self, gconstpointer data)
{
  GuichetCall *call;

  sign_in (self);
  fake_phone_set_call (self->fake, "c1", "ringing", "o9", NULL);
  wait_until (N (guichet_phone_get_calls (self->base.phone)) == 1);
  call = fixture_item (guichet_phone_get_calls (self->base.phone), 0);
  wait_until (guichet_call_get_orphan (call));
  offer_comes (self, "o9", "i1");
  wait_until (!guichet_call_get_orphan (call));
}

static void
test_decline (PhoneFixture *self, gconstpointer data)
{
  GuichetOffer *offer;
  g_auto (Outcome) refused = { 0 };
  g_auto (Outcome) done = { 0 };

  sign_in (self);
  fake_phone_set_call (self->fake, "c1", "ringing", "o1", NULL);
  offer_comes (self, "o1", "i1");
  offer = first_offer (self);
  wait_until (call_state_is (offer, "ringing"));
  fake_phone_fail_next (self->fake, "Decline", "WrongState");
  guichet_session_decline_async (self->base.session, offer, NULL, on_command_done, &refused);
  wait_until (refused.done);
  g_assert_error (refused.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_PHONE);
  g_assert_cmpstr (guichet_client_error_get_reason (refused.error), ==, "WrongState");
  guichet_session_decline_async (self->base.session, offer, NULL, on_command_done, &done);
  wait_until (done.done);
  g_assert_no_error (done.error);
  g_assert_cmpstr (fake_phone_last (self->fake, "Decline"), ==, "Decline ('c1', 'declined')");
  g_assert_cmpuint (fake_centre_count (self->base.centre, "POST /v1/offers"), ==, 0);
}

static GuichetInteraction *
talk (PhoneFixture *self)
{
  GListModel *interactions = guichet_session_get_interactions (self->base.session);

  fake_phone_set_call (self->fake, "c1", "ringing", "o1", NULL);
  offer_comes (self, "o1", "i1");
  wait_until (call_state_is (first_offer (self), "ringing"));
  fake_phone_set_call (self->fake, "c1", "active", "o1", NULL);
  fake_centre_event (
      self->base.centre, "offer.ended",
      "\"offer\":\"o1\",\"interaction\":\"i1\",\"outcome\":\"accepted\",\"recent\":null");
  fixture_event_changed (&self->base, "i1", "active", "", 1, "joined");
  wait_until (N (interactions) == 1);
  wait_until (guichet_interaction_get_call (fixture_item (interactions, 0)) != NULL);
  return fixture_item (interactions, 0);
}

static void
test_in_call (PhoneFixture *self, gconstpointer data)
{
  GuichetInteraction *interaction;
  g_auto (Outcome) muted = { 0 };
  g_auto (Outcome) digits = { 0 };
  g_auto (Outcome) ended = { 0 };

  sign_in (self);
  interaction = talk (self);
  guichet_session_set_muted_async (self->base.session, interaction, TRUE, NULL, on_command_done,
                                   &muted);
  guichet_session_dtmf_async (self->base.session, interaction, "5", NULL, on_command_done, &digits);
  guichet_session_end_async (self->base.session, interaction, NULL, on_command_done, &ended);
  wait_until (muted.done && digits.done && ended.done);
  g_assert_true (muted.ok && digits.ok && ended.ok);
  g_assert_cmpuint (fake_phone_count (self->fake, "SetMuted ('c1', true)"), ==, 1);
  g_assert_cmpuint (fake_phone_count (self->fake, "SendDtmf ('c1', '5')"), ==, 1);
  g_assert_cmpuint (fake_phone_count (self->fake, "HangUp"), ==, 0);
  g_assert_cmpuint (fake_centre_count (self->base.centre, "POST /v1/interactions/i1/end"), ==, 1);
}

static void
test_end_without_centre (PhoneFixture *self, gconstpointer data)
{
  GuichetInteraction *interaction;
  g_auto (Outcome) ended = { 0 };

  sign_in (self);
  interaction = talk (self);
  fake_centre_stop_listening (self->base.centre);
  wait_until (!guichet_session_get_link_up (self->base.session));
  guichet_session_end_async (self->base.session, interaction, NULL, on_command_done, &ended);
  wait_until (ended.done);
  g_assert_true (ended.ok);
  g_assert_cmpuint (fake_phone_count (self->fake, "HangUp ('c1',)"), ==, 1);
}

static void
test_phone_dies (PhoneFixture *self, gconstpointer data)
{
  GuichetInteraction *interaction;

  sign_in (self);
  interaction = talk (self);
  guichet_phone_set_settings (self->base.phone, g_variant_new_parsed ("{'ring_volume': <0.5>}"));
  wait_until (fake_phone_count (self->fake, "Configure") == 1);
  g_clear_pointer (&self->fake, fake_phone_free);
  wait_until (!guichet_phone_get_present (self->base.phone));
  g_assert_null (guichet_interaction_get_call (interaction));
  g_assert_cmpuint (N (guichet_phone_get_calls (self->base.phone)), ==, 0);
  wait_until (fake_centre_count (
                  self->base.centre,
                  "POST /v1/session/phone {\"ready\":false,\"reason\":\"phone_lost\"}") == 1);
  self->fake = fake_phone_new (g_test_dbus_get_bus_address (bus));
  wait_until (guichet_phone_get_present (self->base.phone));
  wait_until (fake_phone_count (self->fake, "SetAccount") == 1 &&
              fake_phone_count (self->fake, "Configure") == 1 &&
              fake_phone_count (self->fake, "KeepAlive") == 1);
}

/* The window dies and another comes: it finds the call, by the offer that was remembered. */
static void
test_new_window (PhoneFixture *self, gconstpointer data)
{
  g_autofree char *interaction = fixture_interaction ("i1", "active", "", 1);
  g_autofree char *list = g_strdup_printf ("[%s]", interaction);
  GListModel *interactions;

  sign_in (self);
  talk (self);
  fixture_drop_session (&self->base);
  g_object_run_dispose (G_OBJECT (self->base.phone));
  g_clear_object (&self->base.phone);
  fake_centre_set_desk (self->base.centre, "interactions", list);
  self->base.phone = guichet_phone_new (self->connection);
  fixture_new_session (&self->base);
  guichet_phone_start (self->base.phone);
  fixture_sign_in (&self->base);
  interactions = guichet_session_get_interactions (self->base.session);
  wait_until (N (interactions) == 1 &&
              guichet_interaction_get_call (fixture_item (interactions, 0)) != NULL);
  g_assert_cmpstr (
      guichet_call_get_id (guichet_interaction_get_call (fixture_item (interactions, 0))), ==,
      "c1");
}

static void
test_levels (PhoneFixture *self, gconstpointer data)
{
  double level = 0;

  wait_until (guichet_phone_get_present (self->base.phone));
  guichet_phone_watch_levels (self->base.phone, TRUE);
  wait_until (fake_phone_count (self->fake, "WatchLevels (true,)") == 1);
  fake_phone_emit_levels (self->fake, -20.0, -30.0);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (self->base.phone, "level-speaker", &level, NULL);
    }
  while (level > -29.0 || level < -31.0);
  guichet_phone_watch_levels (self->base.phone, FALSE);
  wait_until (fake_phone_count (self->fake, "WatchLevels (false,)") == 1);
}

#define ADD(path, function) g_test_add (path, PhoneFixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  ADD ("/phone/account", test_account);
  ADD ("/phone/authorities", test_authorities);
  ADD ("/phone/offer-first", test_offer_first);
  ADD ("/phone/call-first", test_call_first);
  ADD ("/phone/answered-by-itself", test_answered_by_itself);
  ADD ("/phone/call-never-comes", test_call_never_comes);
  ADD ("/phone/offer-never-comes", test_offer_never_comes);
  ADD ("/phone/decline", test_decline);
  ADD ("/phone/in-call", test_in_call);
  ADD ("/phone/end-without-centre", test_end_without_centre);
  ADD ("/phone/phone-dies", test_phone_dies);
  ADD ("/phone/new-window", test_new_window);
  ADD ("/phone/levels", test_levels);
  result = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  base_leave (result);
}
