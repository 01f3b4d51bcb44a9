/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chats: messages in their order without holes, paged back; what is written, exactly once and in
 * order, through lost answers, refusals, a lost link and a killed window; drafts; typing; what was
 * read. */
#include "chat-fixture.h"

#include <signal.h>
#include <sys/prctl.h>

#define SAY "POST /v1/interactions/i1/messages"

static char *program;

static void
test_pages (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 120);

  wait_until (count (chat) == 50);
  assert_whole (chat, 71, 120);
  g_assert_true (guichet_interaction_get_more (chat));
  guichet_session_more_messages (self->session, chat);
  wait_until (count (chat) == 100);
  guichet_session_more_messages (self->session, chat);
  wait_until (count (chat) == 120);
  assert_whole (chat, 1, 120);
  wait_until (!guichet_interaction_get_more (chat));
  g_assert_cmpuint (fake_centre_count (self->centre, "GET /v1/conversations/k1/messages"), ==, 3);
}

static void
test_added_and_changed (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  added (self, 2, "customer", "one more");
  added (self, 2, "customer", "one more");
  added (self, 3, "agent", "from another window");
  wait_until (count (chat) == 3);
  assert_whole (chat, 1, 3);
  g_assert_cmpstr (guichet_message_get_text (nth (chat, 1)), ==, "one more");
  fake_centre_event (
      self->centre, "message.changed",
      "\"interaction\":\"i1\",\"message\":{\"id\":\"m3\",\"number\":3,"
      "\"interaction\":\"i1\",\"author\":\"agent\",\"agent\":\"ana\",\"text\":\"from "
      "another window\",\"state\":\"failed\",\"reason\":\"channel_failure\"}");
  wait_until (is_state (chat, 2, "failed"));
  g_assert_cmpstr (guichet_message_get_reason (nth (chat, 2)), ==, "channel_failure");
  assert_whole (chat, 1, 3);
}

/* An event that never came is seen in the numbers. */
static void
test_hole (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 2);

  wait_until (count (chat) == 2);
  put_messages (self, 130);
  added (self, 130, "customer", "word 130");
  wait_until (count (chat) == 130);
  assert_whole (chat, 1, 130);
}

/* What became of messages while the stream was away, also of one far above. */
static void
test_changed_while_away (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 120);

  wait_until (count (chat) == 50);
  guichet_session_more_messages (self->session, chat);
  wait_until (count (chat) == 100);
  changed (self, 30, "word 30", "pending");
  changed (self, 120, "word 120", "pending");
  wait_until (is_state (chat, 9, "pending") && is_state (chat, 99, "pending"));
  fake_centre_forget_before (self->centre);
  fake_centre_drop (self->centre);
  wait_until (is_state (chat, 9, "received") && is_state (chat, 99, "received"));
  assert_whole (chat, 21, 120);
}

/* After a new snapshot that says more than the events did. */
static void
test_away (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 3);

  wait_until (count (chat) == 3);
  put_messages (self, 70);
  set_chat (self, 70, 0);
  fake_centre_forget_before (self->centre);
  fake_centre_drop (self->centre);
  wait_until (count (chat) == 70);
  assert_whole (chat, 1, 70);
}

static void
test_read_by_customer (Fixture *self, gconstpointer data)
{
  g_autofree char *changed = NULL;
  g_autofree char *members = NULL;
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  added (self, 2, "agent", "a");
  added (self, 3, "agent", "b");
  wait_until (is_state (chat, 2, "sent"));
  changed = chat_json (3, 2, "active");
  members = g_strdup_printf ("\"interaction\":%s,\"cause\":\"read\"", changed);
  fake_centre_event (self->centre, "interaction.changed", members);
  wait_until (is_state (chat, 1, "read"));
  g_assert_true (is_state (chat, 2, "sent"));
  g_assert_true (is_state (chat, 0, "received"));
}

static void
test_say (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  guichet_session_say (self->session, chat, "one");
  guichet_session_say (self->session, chat, "two");
  guichet_session_say (self->session, chat, "two");
  g_assert_cmpuint (count (chat), ==, 4);
  /* Not before it is on the disk. */
  g_assert_true (is_state (chat, 1, "keeping"));
  wait_until (is_state (chat, 3, "sent"));
  assert_whole (chat, 1, 4);
  g_assert_cmpstr (guichet_message_get_text (nth (chat, 1)), ==, "one");
  g_assert_cmpstr (guichet_message_get_text (nth (chat, 3)), ==, "two");
  g_assert_cmpuint (fake_centre_count (self->centre, SAY), ==, 3);
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 0);
}

/* The centre tells of the message before it answers: it is seen once. */
static void
test_told_before_answered (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  fake_centre_hold_next (self->centre, "POST", "/messages");
  guichet_session_say (self->session, chat, "early");
  wait_until (fake_centre_count (self->centre, SAY) == 1);
  added (self, 2, "agent", "early");
  wait_until (is_state (chat, 1, "sent"));
  g_assert_cmpuint (count (chat), ==, 2);
  changed (self, 2, "early", "delivered");
  wait_until (is_state (chat, 1, "delivered"));
  fake_centre_release (self->centre);
  wait_until (guichet_session_get_unsaved (self->session) == 0);
  assert_whole (chat, 1, 2);
  /* The answer is older than the event. */
  g_assert_true (is_state (chat, 1, "delivered"));
}

static void
test_lost_answer (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  fake_centre_lose_next_answer (self->centre, "POST", "/messages");
  guichet_session_say (self->session, chat, "once");
  wait_until (is_state (chat, 1, "sent"));
  assert_whole (chat, 1, 2);
  g_assert_cmpuint (fake_centre_count (self->centre, SAY), ==, 1);
  g_assert_cmpuint (fake_centre_count_repeated (self->centre), ==, 1);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  fake_centre_answer_next (
      self->centre, "POST", "/messages", 413,
      "{\"type\":\"urn:guichet:error:too_large\",\"field\":\"/text\",\"limit\":4000}");
  guichet_session_say (self->session, chat, "refused");
  guichet_session_say (self->session, chat, "passes");
  wait_until (count (chat) == 3 && is_state (chat, 1, "sent") && is_state (chat, 2, "failed"));
  g_assert_cmpstr (guichet_message_get_text (nth (chat, 2)), ==, "refused");
  g_assert_cmpstr (guichet_message_get_reason (nth (chat, 2)), ==, "too_large");
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 0);
  guichet_session_try_again (self->session, chat, nth (chat, 2));
  wait_until (is_state (chat, 2, "sent"));
  assert_whole (chat, 1, 3);
  g_assert_cmpuint (fake_centre_count (self->centre, SAY " {\"text\":\"refused\"}"), ==, 2);
}

static void
test_take_back (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 0);

  fake_centre_answer_next (self->centre, "POST", "/messages", 409,
                           "{\"type\":\"urn:guichet:error:not_now\",\"reason\":\"not_connected\"}");
  guichet_session_say (self->session, chat, "too late");
  wait_until (is_state (chat, 0, "failed"));
  guichet_session_take_back (self->session, chat, nth (chat, 0));
  g_assert_cmpuint (count (chat), ==, 0);
  fixture_drop_session (self);
  fixture_new_session (self);
  fixture_sign_in (self);
  g_assert_cmpuint (count (the_chat (self)), ==, 0);
}

static void
test_offline (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  guichet_session_say (self->session, chat, "first");
  guichet_session_say (self->session, chat, "second");
  wait_until (is_state (chat, 2, "pending"));
  fake_centre_listen (self->centre);
  wait_until (is_state (chat, 2, "sent"));
  assert_whole (chat, 1, 3);
  g_assert_cmpstr (guichet_message_get_text (nth (chat, 1)), ==, "first");
  g_assert_cmpuint (fake_centre_count (self->centre, SAY), ==, 2);
}

static void
on_unsent (GuichetSession *session, const char *message, const char *text, GPtrArray *unsent)
{
  g_ptr_array_add (unsent, g_strdup (message));
  g_ptr_array_add (unsent, g_strdup (text));
}

/* Written while the link was away; meanwhile the chat ended. Told, kept over a restart, let go of.
 */
static void
test_unsent (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);
  g_autoptr (GPtrArray) unsent = g_ptr_array_new_with_free_func (g_free);
  const char *closed = "\"interaction\":\"i1\",\"recent\":{\"kind\":\"handled\",\"reason\":\"\","
                       "\"at\":\"2026-03-01T09:30:00.000Z\",\"customer\":{}}";

  wait_until (count (chat) == 1);
  g_signal_connect (self->session, "message-unsent", G_CALLBACK (on_unsent), unsent);
  fake_centre_stop_listening (self->centre);
  wait_until (!guichet_session_get_link_up (self->session));
  guichet_session_say (self->session, chat, "Too late");
  fake_centre_event (self->centre, "interaction.closed", closed);
  fake_centre_set_desk (self->centre, "interactions", "[]");
  fake_centre_answer_next (self->centre, "POST", "/messages", 409,
                           "{\"type\":\"urn:guichet:error:not_now\",\"reason\":\"closed\"}");
  fake_centre_listen (self->centre);
  wait_until (unsent->len == 2);
  g_assert_cmpstr (unsent->pdata[1], ==, "Too late");
  g_ptr_array_set_size (unsent, 0);
  fixture_drop_session (self);

  fixture_new_session (self);
  g_signal_connect (self->session, "message-unsent", G_CALLBACK (on_unsent), unsent);
  fixture_sign_in (self);
  wait_until (unsent->len >= 2);
  g_assert_cmpstr (unsent->pdata[1], ==, "Too late");
  guichet_session_forget_unsent (self->session, unsent->pdata[0]);
  g_ptr_array_set_size (unsent, 0);
  guichet_session_tell_unsent (self->session);
  g_assert_cmpuint (unsent->len, ==, 0);
}

static void
test_draft (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  guichet_session_type_draft (self->session, chat, "Dear");
  guichet_session_type_draft (self->session, chat, "Dear Ivan");
  g_assert_cmpint (guichet_session_get_unsaved (self->session), ==, 0);
  fixture_drop_session (self);
  fixture_new_session (self);
  fixture_sign_in (self);
  chat = the_chat (self);
  g_assert_cmpstr (guichet_interaction_get_draft (chat), ==, "Dear Ivan");
  g_assert_cmpuint (fake_centre_count (self->centre, SAY), ==, 0);
  guichet_session_say (self->session, chat, "Dear Ivan,");
  g_assert_cmpstr (guichet_interaction_get_draft (chat), ==, "");
  wait_until (is_state (chat, 1, "sent"));
  fixture_drop_session (self);
  fixture_new_session (self);
  fixture_sign_in (self);
  g_assert_cmpstr (guichet_interaction_get_draft (the_chat (self)), ==, "");
}

/* A chat that is over when the next window comes leaves nothing on the disk. */
static void
test_draft_of_what_is_over (Fixture *self, gconstpointer data)
{
  guichet_session_type_draft (self->session, begin (self, 1), "never sent");
  fixture_drop_session (self);
  fake_centre_set_desk (self->centre, "interactions", "[]");
  fixture_new_session (self);
  fixture_sign_in (self);
  fixture_drop_session (self);
  set_chat (self, 1, 0);
  fixture_new_session (self);
  fixture_sign_in (self);
  g_assert_cmpstr (guichet_interaction_get_draft (the_chat (self)), ==, "");
}

static void
test_typing (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 1);

  wait_until (count (chat) == 1);
  fake_centre_say (self->centre,
                   "{\"type\":\"conversation.typing\",\"interaction\":\"i1\",\"on\":true}");
  wait_until (guichet_interaction_get_customer_typing (chat));
  added (self, 2, "customer", "there");
  wait_until (!guichet_interaction_get_customer_typing (chat));
  guichet_session_type_draft (self->session, chat, "a");
  guichet_session_type_draft (self->session, chat, "ab");
  wait_until (fake_centre_count (self->centre, "POST /v1/interactions/i1/typing {\"on\":true}") ==
              1);
  guichet_session_type_draft (self->session, chat, "");
  wait_until (fake_centre_count (self->centre, "POST /v1/interactions/i1/typing {\"on\":false}") ==
              1);
  g_assert_cmpuint (fake_centre_count (self->centre, "POST /v1/interactions/i1/typing"), ==, 2);
}

static void
test_unread (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 3);

  wait_until (guichet_interaction_get_unread (chat) == 3);
  g_assert_cmpint (guichet_interaction_get_first_unread (chat), ==, 1);
  guichet_session_mark_read (self->session, chat, 2);
  g_assert_cmpint (guichet_interaction_get_unread (chat), ==, 1);
  wait_until (fake_centre_count (self->centre, "PUT /v1/interactions/i1/read {\"number\":2}") == 1);
  added (self, 4, "customer", "and");
  wait_until (guichet_interaction_get_unread (chat) == 2);
  guichet_session_mark_read (self->session, chat, 4);
  guichet_session_mark_read (self->session, chat, 3);
  wait_until (fake_centre_count (self->centre, "PUT /v1/interactions/i1/read {\"number\":4}") == 1);
  g_assert_cmpint (guichet_interaction_get_unread (chat), ==, 0);
  g_assert_cmpuint (fake_centre_count (self->centre, "PUT /v1/interactions/i1/read"), ==, 2);
}

static void
test_waiting (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 0);
  gint64 since;

  g_assert_cmpint (guichet_interaction_get_waiting_since (chat), ==, 0);
  added (self, 1, "customer", "hello?");
  wait_until ((since = guichet_interaction_get_waiting_since (chat)) != 0);
  added (self, 2, "customer", "anybody?");
  wait_until (count (chat) == 2);
  g_assert_cmpint (guichet_interaction_get_waiting_since (chat), ==, since);
  put_messages (self, 2);
  guichet_session_say (self->session, chat, "yes");
  wait_until (is_state (chat, 2, "sent"));
  g_assert_cmpint (guichet_interaction_get_waiting_since (chat), ==, 0);
}

/* What the centre says with a message is what counts. */
static void
test_told_with_a_message (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat = begin (self, 0);
  g_autofree char *message = message_json (1, "agent", "read at once");
  g_autofree char *members = g_strdup_printf (
      "\"interaction\":\"i1\",\"message\":%s,\"conversation\":{\"id\":\"k1\",\"last_number\":1,"
      "\"read_number\":1,\"limits\":{\"text\":1000}},\"waiting_since\":"
      "\"2026-03-01T09:30:00.000Z\"",
      message);

  fake_centre_event (self->centre, "message.added", members);
  wait_until (is_state (chat, 0, "read"));
  g_assert_cmpint (guichet_interaction_get_waiting_since (chat), >, 0);
  g_assert_cmpint (guichet_interaction_get_text_limit (chat), ==, 1000);
}

static void
test_offer (Fixture *self, gconstpointer data)
{
  g_autofree char *voice = fixture_offer ("o1", "i1");
  g_auto (GStrv) parts = g_strsplit (voice, "\"voice\"", 2);
  g_autofree char *members = g_strdup_printf ("\"offer\":%s\"webchat\"%s", parts[0], parts[1]);
  g_auto (Outcome) accepted = { 0 };
  g_auto (Outcome) declined = { 0 };
  GuichetOffer *offer;

  fixture_sign_in (self);
  fake_centre_event (self->centre, "offer.created", members);
  wait_until (N (guichet_session_get_offers (self->session)) == 1);
  offer = fixture_item (guichet_session_get_offers (self->session), 0);
  g_assert_cmpstr (guichet_offer_get_stage (offer), ==, "request");
  g_assert_true (guichet_offer_get_can_answer (offer));
  guichet_session_accept_async (self->session, offer, NULL, on_command_done, &accepted);
  wait_until (accepted.done);
  g_assert_true (accepted.ok);
  g_assert_cmpuint (fake_centre_count (self->centre, "POST /v1/offers/o1/accept"), ==, 1);
  guichet_session_decline_async (self->session, offer, NULL, on_command_done, &declined);
  wait_until (declined.done);
  g_assert_cmpuint (fake_centre_count (self->centre, "POST /v1/offers/o1/decline"), ==, 1);
}

/* A window that says something the centre does not take, and is killed as soon as it is pending. */
static void G_GNUC_NORETURN
be_victim (const char *url, const char *dir)
{
  Fixture self = { .dir = (char *) dir };
  const GuichetSignIn what = { .url = url, .agent = "ana", .password = "x" };
  Outcome outcome = { 0 };
  GuichetInteraction *chat;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  fixture_new_session (&self);
  guichet_session_sign_in_async (self.session, &what, NULL, on_sign_in_done, &outcome);
  wait_until (outcome.done);
  g_assert_no_error (outcome.error);
  chat = the_chat (&self);
  wait_until (count (chat) == 1);
  guichet_session_say (self.session, chat, "said before the end");
  guichet_session_type_draft (self.session, chat, "and half a");
  guichet_store_sync (self.session->store);
  wait_until (is_state (chat, 1, "pending"));
  g_print ("said\n");
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
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) victim = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  GuichetInteraction *chat;

  put_messages (self, 1);
  set_chat (self, 1, 0);
  for (guint i = 0; i < 3; i++)
    fake_centre_answer_next (self->centre, "POST", "/messages", 503,
                             "{\"type\":\"urn:guichet:error:unavailable\"}");
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
  while (!g_str_equal (line, "said"));
  g_subprocess_force_exit (victim);
  g_subprocess_wait (victim, NULL, NULL);
  fixture_sign_in (self);
  chat = the_chat (self);
  g_assert_cmpstr (guichet_interaction_get_draft (chat), ==, "and half a");
  wait_until (is_state (chat, 1, "sent"));
  assert_whole (chat, 1, 2);
  g_assert_cmpstr (guichet_message_get_text (nth (chat, 1)), ==, "said before the end");
}

#define TEST(name)                                                                                 \
  g_test_add ("/client/chats/" #name, Fixture, NULL, fixture_set_up, test_##name, fixture_tear_down)

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 4 && g_str_equal (argv[1], "--victim"))
    be_victim (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  TEST (pages);
  TEST (added_and_changed);
  TEST (hole);
  TEST (away);
  TEST (changed_while_away);
  TEST (read_by_customer);
  TEST (say);
  TEST (told_before_answered);
  TEST (lost_answer);
  TEST (refused);
  TEST (take_back);
  TEST (offline);
  TEST (unsent);
  TEST (draft);
  TEST (draft_of_what_is_over);
  TEST (typing);
  TEST (unread);
  TEST (waiting);
  TEST (told_with_a_message);
  TEST (offer);
  TEST (killed_window);
  return g_test_run ();
}
