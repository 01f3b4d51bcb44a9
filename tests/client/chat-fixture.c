/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chat at the small centre. */
#include "chat-fixture.h"

char *
chat_json (gint64 last, gint64 read, const char *phase)
{
  g_autofree char *call = fixture_interaction ("i1", phase, "", 1);
  g_auto (GStrv) parts = g_strsplit (call, "\"channel\":\"voice\",", 2);

  return g_strdup_printf (
      "%s\"channel\":\"webchat\",\"conversation\":{\"id\":\"k1\",\"last_number\":%" G_GINT64_FORMAT
      ",\"read_number\":%" G_GINT64_FORMAT ",\"limits\":{\"text\":4000}},\"waiting_since\":null,%s",
      parts[0], last, read, parts[1]);
}

char *
message_json (gint64 number, const char *author, const char *text)
{
  g_autofree char *agent = g_str_equal (author, "agent") ? g_strdup ("\"ana\"") : g_strdup ("null");

  return g_strdup_printf (
      "{\"id\":\"m%" G_GINT64_FORMAT
      "\",\"conversation\":\"k1\",\"interaction\":\"i1\",\"number\":%" G_GINT64_FORMAT
      ",\"at\":\"2026-03-01T09:30:%02d.000Z\",\"author\":\"%s\",\"agent\":%s,"
      "\"text\":\"%s\",\"state\":\"%s\"}",
      number, number, (int) (number % 60), author, agent, text,
      g_str_equal (author, "agent") ? "sent" : "received");
}

/* That many messages of the customer are at the centre. */
void
put_messages (Fixture *self, gint64 n)
{
  GString *text = g_string_new ("[");

  for (gint64 i = 1; i <= n; i++)
    {
      g_autofree char *words = g_strdup_printf ("word %" G_GINT64_FORMAT, i);
      g_autofree char *one = message_json (i, "customer", words);

      g_string_append_printf (text, "%s%s", i > 1 ? "," : "", one);
    }
  g_string_append_c (text, ']');
  fake_centre_set_desk (self->centre, "messages", text->str);
  g_string_free (text, TRUE);
}

void
set_chat (Fixture *self, gint64 last, gint64 read)
{
  g_autofree char *chat = chat_json (last, read, "active");
  g_autofree char *list = g_strdup_printf ("[%s]", chat);

  fake_centre_set_desk (self->centre, "interactions", list);
}

GuichetInteraction *
the_chat (Fixture *self)
{
  return fixture_item (guichet_session_get_interactions (self->session), 0);
}

GuichetInteraction *
begin (Fixture *self, gint64 n)
{
  put_messages (self, n);
  set_chat (self, n, 0);
  fixture_sign_in (self);
  return the_chat (self);
}

GuichetMessage *
nth (GuichetInteraction *chat, guint position)
{
  return fixture_item (guichet_interaction_get_messages (chat), position);
}

guint
count (GuichetInteraction *chat)
{
  return N (guichet_interaction_get_messages (chat));
}

void
assert_whole (GuichetInteraction *chat, gint64 first, gint64 last)
{
  g_assert_cmpuint (count (chat), ==, last - first + 1);
  for (gint64 number = first; number <= last; number++)
    g_assert_cmpint (guichet_message_get_number (nth (chat, (guint) (number - first))), ==, number);
}

gboolean
is_state (GuichetInteraction *chat, guint position, const char *state)
{
  return position < count (chat) &&
         g_str_equal (guichet_message_get_state (nth (chat, position)), state);
}

void
added (Fixture *self, gint64 number, const char *author, const char *text)
{
  g_autofree char *message = message_json (number, author, text);
  g_autofree char *members = g_strdup_printf ("\"interaction\":\"i1\",\"message\":%s", message);

  fake_centre_event (self->centre, "message.added", members);
}

void
changed (Fixture *self, gint64 number, const char *text, const char *state)
{
  g_autofree char *members = g_strdup_printf (
      "\"interaction\":\"i1\",\"message\":{\"id\":\"m%" G_GINT64_FORMAT
      "\",\"number\":%" G_GINT64_FORMAT ",\"interaction\":\"i1\",\"author\":\"agent\","
      "\"agent\":\"ana\",\"text\":\"%s\",\"state\":\"%s\"}",
      number, number, text, state);

  fake_centre_event (self->centre, "message.changed", members);
}
