/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: what the agent writes in chats: drafts, messages on their way, what was read, and
 * that somebody types. Main loop. */
#include "client/chat-write.h"

#include "client/chat.h"
#include "client/chats.h"
#include "client/fields/work.h"
#include "client/fields/writing.h"
#include "client/files-private.h"
#include "client/request.h"

/* The customer is told again that the agent types after the one, and that he stopped after the
 * other. */
#define TYPING_AGAIN_MS 4000
#define TYPING_OVER_MS  5000

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

/* --- typing ----------------------------------------------------------------------------------- */

static void
tell_typing (GuichetChat *chat, GuichetSession *session, gboolean on)
{
  JsonObject *body;

  if (!guichet_session_get_link_up (session))
    return;
  chat->typing_told_at = on ? g_get_monotonic_time () : 0;
  body = json_object_new ();
  json_object_set_boolean_member (body, "on", on);
  guichet_request_send_about (
      session, guichet_request_new (session, GUICHET_ANSWER_NOTHING, NULL, NULL, NULL),
      "/v1/interactions/", guichet_interaction_get_id (chat->interaction), "/typing", body);
}

typedef struct
{
  GuichetChat *chat;
  GuichetSession *session;
} Typist;

static gboolean
on_typing_over (gpointer data)
{
  Typist *typist = data;

  typist->chat->own_typing_id = 0;
  tell_typing (typist->chat, typist->session, FALSE);
  return G_SOURCE_REMOVE;
}

static void
stop_typing (GuichetSession *self, GuichetChat *chat)
{
  g_clear_handle_id (&chat->own_typing_id, g_source_remove);
  if (chat->typing_told_at != 0)
    tell_typing (chat, self, FALSE);
}

static void
note_stroke (GuichetSession *self, GuichetChat *chat)
{
  Typist *typist = g_new (Typist, 1);

  *typist = (Typist){ chat, self };
  if (chat->typing_told_at == 0 ||
      g_get_monotonic_time () - chat->typing_told_at > TYPING_AGAIN_MS * G_TIME_SPAN_MILLISECOND)
    tell_typing (chat, self, TRUE);
  g_clear_handle_id (&chat->own_typing_id, g_source_remove);
  chat->own_typing_id =
      g_timeout_add_full (G_PRIORITY_DEFAULT, TYPING_OVER_MS, on_typing_over, typist, g_free);
}

void
guichet_session_type_draft (GuichetSession *self, GuichetInteraction *interaction, const char *text)
{
  GuichetChat *chat = guichet_chats_find (self->chats, guichet_interaction_get_id (interaction));

  if (chat == NULL || g_str_equal (guichet_interaction_get_draft (interaction), text))
    return;
  guichet_outbox_keep_draft (self->outbox, guichet_interaction_get_id (interaction),
                             GUICHET_TO_CUSTOMER, text);
  guichet_record_set_string (record (interaction), INTERACTION_DRAFT, text);
  if (*text == '\0')
    stop_typing (self, chat);
  else if (g_str_equal (guichet_interaction_get_phase (interaction), "active"))
    note_stroke (self, chat);
}

void
guichet_session_type_private_draft (GuichetSession *self,
                                    GuichetInteraction *interaction,
                                    const char *text)
{
  if (g_str_equal (guichet_interaction_get_private_draft (interaction), text))
    return;
  guichet_outbox_keep_draft (self->outbox, guichet_interaction_get_id (interaction),
                             GUICHET_TO_AGENTS, text);
  guichet_record_set_string (record (interaction), INTERACTION_PRIVATE_DRAFT, text);
}

/* What the centre would say by itself is no draft. */
void
guichet_session_type_subject (GuichetSession *self,
                              GuichetInteraction *interaction,
                              const char *text)
{
  const char *draft = g_str_equal (text, guichet_interaction_get_subject (interaction)) ? "" : text;

  if (g_str_equal (guichet_interaction_get_subject_draft (interaction), draft))
    return;
  guichet_outbox_keep_draft (self->outbox, guichet_interaction_get_id (interaction),
                             GUICHET_SUBJECT, draft);
  guichet_record_set_string (record (interaction), INTERACTION_SUBJECT_DRAFT, draft);
}

/* --- messages --------------------------------------------------------------------------------- */

static void
show_said (GuichetSession *self, GuichetChat *chat, const GuichetRow *row)
{
  GuichetRecord *message = guichet_chat_add_pending (chat, row);

  if (self->store != NULL)
    guichet_record_set_string (message, MESSAGE_STATE, "keeping");
}

void
guichet_session_say (GuichetSession *self, GuichetInteraction *interaction, const char *text)
{
  guichet_session_say_then (self, interaction, text, "");
}

void
guichet_session_say_then (GuichetSession *self,
                          GuichetInteraction *interaction,
                          const char *text,
                          const char *then)
{
  GuichetChat *chat = guichet_chats_find (self->chats, guichet_interaction_get_id (interaction));
  g_autofree char *files =
      guichet_files_to_text (guichet_interaction_get_files (interaction),
                             guichet_interaction_get_subject_draft (interaction), then);

  g_return_if_fail (chat != NULL && (*text != '\0' || *files != '\0'));
  show_said (self, chat,
             guichet_outbox_say (self->outbox, guichet_interaction_get_id (interaction),
                                 GUICHET_TO_CUSTOMER, text, files));
  guichet_record_set_string (record (interaction), INTERACTION_DRAFT, "");
  guichet_session_type_subject (self, interaction, "");
  guichet_files_take (self, interaction);
  stop_typing (self, chat);
}

void
guichet_session_say_privately (GuichetSession *self,
                               GuichetInteraction *interaction,
                               const char *text)
{
  GuichetChat *chat = guichet_chats_find (self->chats, guichet_interaction_get_id (interaction));

  g_return_if_fail (chat != NULL && *text != '\0');
  show_said (self, chat,
             guichet_outbox_say (self->outbox, guichet_interaction_get_id (interaction),
                                 GUICHET_TO_AGENTS, text, ""));
  guichet_record_set_string (record (interaction), INTERACTION_PRIVATE_DRAFT, "");
}

void
guichet_session_try_again (GuichetSession *self,
                           GuichetInteraction *interaction,
                           GuichetMessage *message)
{
  if (guichet_message_get_number (message) > 0)
    {
      /* The centre has it: what comes of it is told by an event. */
      guichet_request_send_about (
          self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, NULL, NULL, NULL),
          "/v1/messages/", guichet_message_get_id (message), "/retry", json_object_new ());
      return;
    }
  guichet_record_set_string (record (message), MESSAGE_REASON, "");
  guichet_record_set_string (record (message), MESSAGE_STATE, "pending");
  guichet_outbox_try_again (self->outbox, guichet_message_get_id (message));
}

void
guichet_session_take_back (GuichetSession *self,
                           GuichetInteraction *interaction,
                           GuichetMessage *message)
{
  GuichetChat *chat = guichet_chats_find (self->chats, guichet_interaction_get_id (interaction));
  g_autofree char *id = g_strdup (guichet_message_get_id (message));

  if (chat == NULL || guichet_message_get_number (message) > 0)
    return;
  guichet_files_put_back (self, interaction, guichet_message_get_attachments (message));
  guichet_session_type_subject (self, interaction, guichet_message_get_subject (message));
  guichet_outbox_take_back (self->outbox, id);
  guichet_chat_drop_pending (chat, id);
}

static void
on_answered (GuichetOutbox *outbox, const GuichetRow *row, JsonObject *answer, GuichetSession *self)
{
  GuichetChat *chat = guichet_chats_find (self->chats, row->interaction);
  BaseJson root, message;
  gint64 number;

  if (!guichet_row_is_message (row) || chat == NULL)
    return;
  guichet_chat_drop_pending (chat, row->name);
  base_json_from_object (&root, answer);
  /* What the answer does not tell, an event or the next page does; what an event has told already
   * may be more than the answer knows. */
  if (base_json_get_object (&root, "message", &message, NULL) &&
      base_json_get_int (&message, "number", 1, G_MAXINT64, &number, NULL) &&
      (guichet_chat_knows (chat, number) || guichet_chat_take (chat, &message, NULL)))
    guichet_chat_answered (chat);
  guichet_chat_look (chat);
}

/* What was refused after its chat was over is told once a window listens, and again until the agent
 * has let go of it. */
static void
tell_unsent (const GuichetRow *row, gpointer user_data)
{
  GuichetSession *self = user_data;

  if (guichet_row_is_message (row) && !guichet_row_is_under_way (row) &&
      guichet_chats_find (self->chats, row->interaction) == NULL)
    guichet_session_emit_unsent (self, row->name, row->value);
}

void
guichet_session_tell_unsent (GuichetSession *self)
{
  guichet_outbox_foreach (self->outbox, tell_unsent, self);
}

void
guichet_session_forget_unsent (GuichetSession *self, const char *message)
{
  guichet_outbox_take_back (self->outbox, message);
}

static void
on_set_aside (GuichetOutbox *outbox, const GuichetRow *row, GuichetSession *self)
{
  GuichetChat *chat = guichet_chats_find (self->chats, row->interaction);
  GuichetRecord *message = chat != NULL && guichet_row_is_message (row)
                               ? guichet_chat_find_pending (chat, row->name)
                               : NULL;

  tell_unsent (row, self);
  if (message == NULL)
    return;
  guichet_record_set_string (message, MESSAGE_REASON, row->problem);
  guichet_record_set_string (message, MESSAGE_STATE, "failed");
}

void
guichet_session_init_chats (GuichetSession *self)
{
  g_signal_connect (self->outbox, "answered", G_CALLBACK (on_answered), self);
  g_signal_connect (self->outbox, "set-aside", G_CALLBACK (on_set_aside), self);
}

/* --- reading ---------------------------------------------------------------------------------- */

void
guichet_session_more_messages (GuichetSession *self, GuichetInteraction *interaction)
{
  GuichetChat *chat = guichet_chats_find (self->chats, guichet_interaction_get_id (interaction));

  if (chat == NULL || chat->wants_older)
    return;
  chat->wants_older = TRUE;
  chat->useless = FALSE;
  guichet_chat_look (chat);
}

void
guichet_session_mark_read (GuichetSession *self, GuichetInteraction *interaction, gint64 number)
{
  GuichetChat *chat = guichet_chats_find (self->chats, guichet_interaction_get_id (interaction));
  JsonObject *body;

  if (chat == NULL)
    return;
  if (number > chat->seen)
    {
      chat->seen = number;
      guichet_chat_count_unread (chat);
    }
  if (chat->seen <= chat->seen_told || !guichet_session_get_link_up (self) ||
      !g_str_equal (guichet_interaction_get_phase (interaction), "active"))
    return;
  chat->seen_told = chat->seen;
  body = json_object_new ();
  json_object_set_int_member (body, "number", chat->seen);
  guichet_request_send_to (
      self, guichet_request_new (self, GUICHET_ANSWER_NOTHING, NULL, NULL, NULL), "PUT",
      "/v1/interactions/", guichet_interaction_get_id (interaction), "/read", body);
}
