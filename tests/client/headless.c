/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk without a window: the real session, with its cache and outbox, of an agent who takes every
 * work that is offered and answers "NAME customer N", who may be a colleague, with "NAME agent N",
 * looking only at what stands in the conversation. Whoever kills it starts another on the same
 * folder, which goes on.
 *
 *   headless-desk URL AGENT PASSWORD FOLDER
 *
 * Prints "online" once it is, "again<tab>TEXT" of what it sends anew; on "dump" every message as
 * "CONVERSATION<tab>AUTHOR<tab>TEXT", then "end". */
#include "client/chat.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#define LOOK_MS 20
#define AT_ONCE 4   /* messages on their way, of a chat that is live */
#define PATIENT 500 /* ms until one that is still told as failed is sent anew once more */

typedef struct
{
  GuichetSession *session;
  GHashTable *accepted; /* ids of offers */
  GHashTable *again;    /* id of a message → when it was last sent anew, ms */
  GMainLoop *loop;
  GuichetSignIn what;
  gboolean dumping;
  gboolean online;
  gboolean asked; /* to be available */
} Desk;

static gboolean sign_in (gpointer user_data);

static void
on_state_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Desk *self = user_data;

  guichet_session_command_finish (GUICHET_SESSION (source), result, NULL);
  self->asked = FALSE;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Desk *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!guichet_session_sign_in_finish (self->session, result, &error))
    {
      g_printerr ("sign-in: %s\n", error->message);
      g_timeout_add (LOOK_MS, sign_in, self);
      return;
    }
  g_print ("online\n");
  self->online = TRUE;
}

static gboolean
sign_in (gpointer user_data)
{
  Desk *self = user_data;

  guichet_session_sign_in_async (self->session, &self->what, NULL, on_signed_in, self);

  return G_SOURCE_REMOVE;
}

/* --- work ------------------------------------------------------------------------------------- */

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *offer = user_data;
  Desk *self = g_object_get_data (source, "desk");
  g_autoptr (GError) error = NULL;

  if (!guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    g_hash_table_remove (self->accepted, offer);
}

static void
accept_offers (Desk *self)
{
  GListModel *offers = guichet_session_get_offers (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, i);
      const char *id = guichet_offer_get_id (offer);

      if (g_hash_table_add (self->accepted, g_strdup (id)))
        guichet_session_accept_async (self->session, offer, NULL, on_accepted, g_strdup (id));
    }
}

/* "NAME WHO N": N, or 0. */
static guint64
number_of (const char *text, const char *who)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);

  return g_strv_length (words) == 3 && g_str_equal (words[1], who)
             ? g_ascii_strtoull (words[2], NULL, 10)
             : 0;
}

typedef struct
{
  guint64 asked, answered; /* the highest numbers that stand there */
  guint on_the_way;
  gint64 last;
  char *name;
} Sight;

/* What became of it is told a moment later. */
static void
send_again (Desk *self, GuichetInteraction *interaction, GuichetMessage *message)
{
  const char *id = guichet_message_get_id (message);
  gint64 now = g_get_monotonic_time () / 1000;
  const gint64 *before = g_hash_table_lookup (self->again, id);

  if (before != NULL && now - *before < PATIENT)
    return;
  g_hash_table_replace (self->again, g_strdup (id), g_memdup2 (&now, sizeof now));
  g_print ("again\t%s\n", guichet_message_get_text (message));
  guichet_session_try_again (self->session, interaction, message);
}

/* From the end backwards; a message of ours that failed is sent again first. */
static gboolean
look (Desk *self, GuichetInteraction *interaction, Sight *sight)
{
  GListModel *messages = guichet_interaction_get_messages (interaction);

  for (guint i = g_list_model_get_n_items (messages); i > 0; i--)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, i - 1);
      const char *text = guichet_message_get_text (message);
      const char *state = guichet_message_get_state (message);

      sight->last = MAX (sight->last, guichet_message_get_number (message));
      if (number_of (text, "customer") > 0)
        {
          if (sight->name == NULL)
            sight->name = g_strndup (text, strcspn (text, " "));
          sight->asked = MAX (sight->asked, number_of (text, "customer"));
          continue;
        }
      sight->answered = MAX (sight->answered, number_of (text, "agent"));
      if (g_str_equal (state, "failed"))
        {
          send_again (self, interaction, message);
          return FALSE;
        }
      if (g_str_equal (state, "keeping") || g_str_equal (state, "pending"))
        sight->on_the_way++;
      else if (sight->asked > 0)
        break;
    }

  return TRUE;
}

static void
answer (Desk *self, GuichetInteraction *interaction)
{
  g_autofree char *text = NULL;
  Sight sight = { 0 };
  gboolean live = g_str_equal (guichet_interaction_get_channel (interaction), "webchat");

  if (guichet_interaction_get_messages (interaction) == NULL ||
      guichet_interaction_get_loading (interaction) || !look (self, interaction, &sight))
    {
      g_free (sight.name);
      return;
    }
  if (sight.answered == 0 && guichet_interaction_get_more (interaction))
    guichet_session_more_messages (self->session, interaction);
  else if (sight.asked > sight.answered && sight.on_the_way < (live ? AT_ONCE : 1))
    {
      text = g_strdup_printf ("%s agent %" G_GUINT64_FORMAT, sight.name, sight.answered + 1);
      guichet_session_say (self->session, interaction, text);
    }
  if (sight.last > 0 && guichet_interaction_get_unread (interaction) > 0)
    guichet_session_mark_read (self->session, interaction, sight.last);
  g_free (sight.name);
}

/* --- the whole of it -------------------------------------------------------------------------- */

static void
print_messages (GuichetInteraction *interaction)
{
  GListModel *messages = guichet_interaction_get_messages (interaction);

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, i);

      g_print ("%s\t%s\t%s\n", guichet_interaction_get_conversation (interaction),
               guichet_message_get_author (message), guichet_message_get_text (message));
    }
}

/* FALSE: older ones are still to come. */
static gboolean
is_whole (Desk *self, GuichetInteraction *interaction)
{
  if (guichet_interaction_get_messages (interaction) == NULL)
    return TRUE;
  if (guichet_interaction_get_more (interaction) && !guichet_interaction_get_loading (interaction))
    guichet_session_more_messages (self->session, interaction);

  return !guichet_interaction_get_more (interaction) &&
         !guichet_interaction_get_loading (interaction);
}

static gboolean
on_look (gpointer user_data)
{
  Desk *self = user_data;
  GListModel *interactions = guichet_session_get_interactions (self->session);
  gboolean whole = TRUE;

  if (g_str_equal (guichet_session_get_state (self->session), "ended"))
    {
      g_printerr ("ended: %s\n", guichet_session_get_end_reason (self->session));
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  if (!self->online)
    return G_SOURCE_CONTINUE;
  if (g_str_equal (guichet_session_get_agent_state (self->session), "idle") && !self->asked)
    {
      self->asked = TRUE;
      guichet_session_set_state_async (self->session, NULL, "available", NULL, NULL, on_state_set,
                                       self);
    }
  accept_offers (self);
  for (guint i = 0; i < g_list_model_get_n_items (interactions); i++)
    {
      g_autoptr (GuichetInteraction) interaction = g_list_model_get_item (interactions, i);

      answer (self, interaction);
      whole = !self->dumping || (is_whole (self, interaction) && whole);
    }
  if (self->dumping && whole)
    {
      for (guint i = 0; i < g_list_model_get_n_items (interactions); i++)
        {
          g_autoptr (GuichetInteraction) interaction = g_list_model_get_item (interactions, i);

          print_messages (interaction);
        }
      g_print ("end\n");
      self->dumping = FALSE;
    }

  return G_SOURCE_CONTINUE;
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Desk *self = user_data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  self->dumping = TRUE;
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL,
                                       on_line, self);
}

int
main (int argc, char **argv)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  Desk self = {
    .what = { .station = "outside_number", .station_address = "+33199999999", .take_over = TRUE }
  };

  g_assert_cmpint (argc, ==, 5);
  self.what.url = argv[1];
  self.what.agent = argv[2];
  self.what.password = argv[3];
  self.session = guichet_session_new (NULL, argv[4]);
  g_object_set_data (G_OBJECT (self.session), "desk", &self);
  self.accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.again = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.loop = g_main_loop_new (NULL, FALSE);
  sign_in (&self);
  g_timeout_add (LOOK_MS, on_look, &self);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, &self);
  g_main_loop_run (self.loop);
  g_object_run_dispose (G_OBJECT (self.session));
  g_clear_object (&self.session);
  g_hash_table_unref (self.accepted);
  g_hash_table_unref (self.again);
  g_main_loop_unref (self.loop);

  return 0;
}
