/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written for agents alone: its draft, its way to the centre, how it is told apart. */
#include "fixture.h"

#include "client/chat.h"

#define SAY     "POST /v1/interactions/i1/messages"
#define N(list) g_list_model_get_n_items (list)

static void
set_chat (Fixture *self)
{
  g_autofree char *call = fixture_interaction ("i1", "active", "", 1);
  g_auto (GStrv) parts = g_strsplit (call, "\"channel\":\"voice\",", 2);
  g_autofree char *list = g_strdup_printf (
      "[%s\"channel\":\"webchat\",\"conversation\":{\"id\":\"k1\",\"last_number\":1,"
      "\"read_number\":0,\"limits\":{\"text\":4000}},\"waiting_since\":null,%s]",
      parts[0], parts[1]);

  fake_centre_set_desk (self->centre, "interactions", list);
  fake_centre_set_desk (
      self->centre, "messages",
      "[{\"id\":\"m1\",\"conversation\":\"k1\",\"interaction\":\"i1\",\"number\":1,"
      "\"at\":\"2026-03-01T09:30:00.000Z\",\"author\":\"customer\",\"agent\":null,"
      "\"text\":\"hello\",\"state\":\"received\",\"private\":false}]");
}

static GuichetInteraction *
the_chat (Fixture *self)
{
  return fixture_item (guichet_session_get_interactions (self->session), 0);
}

static GuichetMessage *
nth (GuichetInteraction *chat, guint position)
{
  return fixture_item (guichet_interaction_get_messages (chat), position);
}

static guint
count (GuichetInteraction *chat)
{
  return N (guichet_interaction_get_messages (chat));
}

static gboolean
is_state (GuichetInteraction *chat, guint position, const char *state)
{
  return g_str_equal (guichet_message_get_state (nth (chat, position)), state);
}

/* What is for agents alone has a draft of its own, is sent as such and tells nobody of typing. */
static void
test_private (Fixture *self, gconstpointer data)
{
  GuichetInteraction *chat;

  set_chat (self);
  fixture_sign_in (self);
  chat = the_chat (self);
  wait_until (count (chat) == 1);
  guichet_session_type_draft (self->session, chat, "Dear Ivan");
  wait_until (fake_centre_count (self->centre, "POST /v1/interactions/i1/typing") == 1);
  guichet_session_type_private_draft (self->session, chat, "He is angry");
  fixture_drop_session (self);
  fixture_new_session (self);
  set_chat (self);
  fixture_sign_in (self);
  chat = the_chat (self);
  g_assert_cmpstr (guichet_interaction_get_draft (chat), ==, "Dear Ivan");
  g_assert_cmpstr (guichet_interaction_get_private_draft (chat), ==, "He is angry");
  guichet_session_say_privately (self->session, chat, "He is angry.");
  g_assert_cmpstr (guichet_interaction_get_private_draft (chat), ==, "");
  g_assert_cmpstr (guichet_interaction_get_draft (chat), ==, "Dear Ivan");
  g_assert_true (guichet_message_get_private (nth (chat, count (chat) - 1)));
  wait_until (count (chat) == 2 && is_state (chat, 1, "sent"));
  g_assert_true (guichet_message_get_private (nth (chat, 1)));
  g_assert_cmpstr (fake_centre_last (self->centre, SAY), ==,
                   SAY " {\"text\":\"He is angry.\",\"private\":true}");
  guichet_session_say (self->session, chat, "Dear Ivan");
  wait_until (count (chat) == 3 && is_state (chat, 2, "sent"));
  g_assert_cmpstr (fake_centre_last (self->centre, SAY), ==, SAY " {\"text\":\"Dear Ivan\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/client/private/whole", Fixture, NULL, fixture_set_up, test_private,
              fixture_tear_down);
  return g_test_run ();
}
