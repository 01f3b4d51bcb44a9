/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetChats: owns a GuichetChat for every interaction of the session that has a conversation,
 * and tells it what the centre says. Main loop. */
#include "client/chats.h"

#include "client/chat.h"
#include "client/fields/work.h"
#include "client/fields/writing.h"
#include "client/files-private.h"
#include "client/im.h"
#include "client/message.h"

#define CUSTOMER_TYPING_MS 10000

struct _GuichetChats
{
  GuichetSession *session; /* owns this */
  GHashTable *chats;       /* interaction id → GuichetChat */
};

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static gboolean
is_text (GuichetRecord *message, guint field, const char *text)
{
  return g_str_equal (guichet_record_get_string (message, field), text);
}

static const char *
id_of (GuichetChat *chat)
{
  return guichet_interaction_get_id (chat->interaction);
}

static void
restore_row (const GuichetRow *row, gpointer user_data)
{
  GuichetChat *chat = user_data;

  if (!g_str_equal (row->interaction, id_of (chat)))
    return;
  if (guichet_row_is_message (row) && guichet_chat_find_pending (chat, row->name) == NULL)
    guichet_chat_add_pending (chat, row);
  else if (g_str_equal (row->kind, "draft"))
    guichet_record_set_string (record (chat->interaction), INTERACTION_DRAFT, row->value);
  else if (g_str_equal (row->kind, "private-draft"))
    guichet_record_set_string (record (chat->interaction), INTERACTION_PRIVATE_DRAFT, row->value);
  else if (g_str_equal (row->kind, "subject-draft"))
    guichet_record_set_string (record (chat->interaction), INTERACTION_SUBJECT_DRAFT, row->value);
  else if (g_str_equal (row->kind, "file"))
    guichet_files_restore (chat->session, chat->interaction, row);
}

/* --- chats ------------------------------------------------------------------------------------ */

static void
chat_free (gpointer data)
{
  GuichetChat *chat = data;

  g_cancellable_cancel (chat->asking);
  g_clear_object (&chat->asking);
  g_clear_handle_id (&chat->own_typing_id, g_source_remove);
  g_clear_handle_id (&chat->customer_typing_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (chat->interaction, chat);
  g_object_unref (chat->interaction);
  g_object_unref (chat->messages);
  g_hash_table_unref (chat->told);
  g_free (chat);
}

/* The interaction came with a snapshot or an event. */
static void
on_numbers (GuichetChat *chat)
{
  chat->useless = FALSE;
  guichet_chat_look (chat);
}

static void
add (GuichetChats *self, GuichetInteraction *interaction)
{
  GuichetChat *chat = g_new0 (GuichetChat, 1);

  chat->session = self->session;
  chat->told = g_hash_table_new (NULL, NULL);
  chat->interaction = g_object_ref (interaction);
  chat->messages = g_object_ref (G_LIST_STORE (guichet_interaction_get_messages (interaction)));
  g_hash_table_insert (self->chats, g_strdup (guichet_interaction_get_id (interaction)), chat);
  guichet_outbox_foreach (self->session->outbox, restore_row, chat);
  g_signal_connect_swapped (interaction, "notify::last-number", G_CALLBACK (on_numbers), chat);
  g_signal_connect_swapped (interaction, "notify::read-number", G_CALLBACK (guichet_chat_show_read),
                            chat);
  guichet_chat_look (chat);
}

static void
add_missing (GuichetChats *self)
{
  GListModel *list = G_LIST_MODEL (self->session->interactions);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (list, i);

      if (*guichet_interaction_get_conversation (one) != '\0' &&
          guichet_chats_find (self, guichet_interaction_get_id (one)) == NULL)
        add (self, one);
    }
}

static gboolean
is_gone (gpointer id, gpointer chat, gpointer self)
{
  GuichetChats *chats = self;

  return guichet_session_find_interaction (chats->session, id) !=
         ((GuichetChat *) chat)->interaction;
}

static void
on_interactions (GuichetChats *self)
{
  g_hash_table_foreach_remove (self->chats, is_gone, self);
  add_missing (self);
}

GuichetChats *
guichet_chats_new (GuichetSession *session)
{
  GuichetChats *self = g_new0 (GuichetChats, 1);

  self->session = session;
  self->chats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, chat_free);
  g_signal_connect_swapped (session->interactions, "items-changed", G_CALLBACK (on_interactions),
                            self);
  return self;
}

void
guichet_chats_free (GuichetChats *self)
{
  g_signal_handlers_disconnect_by_data (self->session->interactions, self);
  g_hash_table_unref (self->chats);
  g_free (self);
}

GuichetChat *
guichet_chats_find (GuichetChats *self, const char *interaction)
{
  return g_hash_table_lookup (self->chats, interaction);
}

void
guichet_chats_kept (GuichetChats *self, const char *name)
{
  GHashTableIter iter;
  gpointer chat;

  g_hash_table_iter_init (&iter, self->chats);
  while (g_hash_table_iter_next (&iter, NULL, &chat))
    {
      GuichetRecord *message = guichet_chat_find_pending (chat, name);

      if (message != NULL && is_text (message, MESSAGE_STATE, "keeping"))
        guichet_record_set_string (message, MESSAGE_STATE, "pending");
    }
}

void
guichet_chats_online (GuichetChats *self)
{
  GHashTableIter iter;
  gpointer chat;

  add_missing (self);
  g_hash_table_iter_init (&iter, self->chats);
  while (g_hash_table_iter_next (&iter, NULL, &chat))
    {
      ((GuichetChat *) chat)->typing_told_at = 0;
      on_numbers (chat);
      guichet_session_mark_read (self->session, ((GuichetChat *) chat)->interaction, 0);
    }
}

static void
note_orphan (const GuichetRow *row, gpointer user_data)
{
  GPtrArray *orphans = user_data;

  if (g_str_has_suffix (row->kind, "draft") || g_str_equal (row->kind, "file"))
    g_ptr_array_add (orphans, g_strdup (row->interaction));
}

static void
forget_drafts (GuichetChats *self, const char *interaction)
{
  guichet_outbox_keep_draft (self->session->outbox, interaction, GUICHET_TO_CUSTOMER, "");
  guichet_outbox_keep_draft (self->session->outbox, interaction, GUICHET_TO_AGENTS, "");
  guichet_outbox_keep_draft (self->session->outbox, interaction, GUICHET_SUBJECT, "");
  guichet_files_forget (self->session, interaction);
}

void
guichet_chats_tidy (GuichetChats *self)
{
  g_autoptr (GPtrArray) with_rows = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer chat;

  g_hash_table_iter_init (&iter, self->chats);
  while (g_hash_table_iter_next (&iter, NULL, &chat))
    guichet_chat_check (chat);
  guichet_outbox_foreach (self->session->outbox, note_orphan, with_rows);
  for (guint i = 0; i < with_rows->len; i++)
    if (guichet_session_find_interaction (self->session, with_rows->pdata[i]) == NULL)
      forget_drafts (self, with_rows->pdata[i]);
  guichet_session_tell_unsent (self->session);
}

void
guichet_chats_closed (GuichetChats *self, const char *interaction)
{
  forget_drafts (self, interaction);
  guichet_session_tell_unsent (self->session);
}

/* --- events ----------------------------------------------------------------------------------- */

static gboolean
on_customer_typing_over (gpointer data)
{
  GuichetChat *chat = data;

  chat->customer_typing_id = 0;
  guichet_record_set_bool (record (chat->interaction), INTERACTION_CUSTOMER_TYPING, FALSE);
  return G_SOURCE_REMOVE;
}

static void
show_customer_typing (GuichetChat *chat, gboolean on)
{
  g_clear_handle_id (&chat->customer_typing_id, g_source_remove);
  if (on)
    chat->customer_typing_id = g_timeout_add (CUSTOMER_TYPING_MS, on_customer_typing_over, chat);
  guichet_record_set_bool (record (chat->interaction), INTERACTION_CUSTOMER_TYPING, on);
}

/* Our own message, told before the answer to it: the one on its way is it. */
static void
drop_twin (const GuichetRow *row, gpointer user_data)
{
  GuichetChat *chat = user_data;
  GuichetRecord *newest = guichet_chat_nth (chat, chat->n_numbered - 1);
  GuichetRecord *message;

  if (!guichet_row_is_message (row) || !row->attempted ||
      !g_str_equal (row->interaction, id_of (chat)))
    return;
  message = guichet_chat_find_pending (chat, row->name);
  if (message != NULL && is_text (newest, MESSAGE_TEXT, row->value) &&
      guichet_record_get_bool (message, MESSAGE_PRIVATE) ==
          guichet_record_get_bool (newest, MESSAGE_PRIVATE))
    guichet_chat_drop_pending (chat, row->name);
}

/* Who waits for whom, until the centre says the whole interaction again. */
static void
note_news (GuichetChat *chat, GuichetRecord *message)
{
  gboolean customer = guichet_message_is_theirs (GUICHET_MESSAGE (message), chat->interaction);
  gint64 waiting = guichet_interaction_get_waiting_since (chat->interaction);

  if (customer)
    {
      show_customer_typing (chat, FALSE);
      waiting = waiting != 0 ? waiting : guichet_record_get_int (message, MESSAGE_AT);
    }
  else if (is_text (message, MESSAGE_AUTHOR, "agent"))
    {
      if (!guichet_record_get_bool (message, MESSAGE_PRIVATE))
        waiting = 0;
      if (is_text (message, MESSAGE_AGENT, guichet_session_get_agent (chat->session)))
        guichet_outbox_foreach (chat->session->outbox, drop_twin, chat);
    }
  guichet_record_set_int (record (chat->interaction), INTERACTION_WAITING_SINCE, waiting);
}

void
guichet_chat_answered (GuichetChat *chat)
{
  GuichetRecord *newest = guichet_chat_nth (chat, chat->n_numbered - 1);

  if (is_text (newest, MESSAGE_AUTHOR, "agent") &&
      !guichet_record_get_bool (newest, MESSAGE_PRIVATE))
    guichet_record_set_int (record (chat->interaction), INTERACTION_WAITING_SINCE, 0);
}

gboolean
guichet_chats_apply_message (GuichetChats *self, const BaseJson *event, GError **error)
{
  gint64 last, number;
  GuichetChat *chat;
  BaseJson json;
  const char *id;

  if (!base_json_get_string (event, "interaction", 256, &id, error) ||
      !base_json_get_object (event, "message", &json, error) ||
      !base_json_get_int (&json, "number", 1, G_MAXINT64, &number, error))
    return FALSE;
  chat = guichet_chats_find (self, id);
  if (chat == NULL)
    return TRUE; /* the conversation is somebody else's */
  last = guichet_chat_newest (chat);
  guichet_chat_note_told (chat, number);
  if (!guichet_chat_take (chat, &json, error))
    return FALSE;
  if (number > last)
    note_news (chat, guichet_chat_nth (chat, chat->n_numbered - 1));
  if (!guichet_apply_conversation (record (chat->interaction), event, error))
    return FALSE;
  chat->useless = FALSE;
  guichet_record_set_int (
      record (chat->interaction), INTERACTION_LAST_NUMBER,
      MAX (number, guichet_record_get_int (record (chat->interaction), INTERACTION_LAST_NUMBER)));
  guichet_chat_look (chat);
  return TRUE;
}

gboolean
guichet_chats_apply_conversation (GuichetChats *self, const BaseJson *event, GError **error)
{
  GuichetChat *chat;
  const char *id;

  if (!base_json_get_string (event, "interaction", 256, &id, error))
    return FALSE;
  chat = guichet_chats_find (self, id);
  return chat == NULL || guichet_apply_conversation (record (chat->interaction), event, error);
}

gboolean
guichet_chats_apply_typing (GuichetChats *self, const BaseJson *event, GError **error)
{
  GuichetChat *chat;
  const char *id;
  gboolean on;

  if (!base_json_get_string (event, "interaction", 256, &id, error) ||
      !base_json_opt_bool (event, "on", FALSE, &on, error))
    return FALSE;
  chat = guichet_chats_find (self, id);
  if (chat != NULL)
    show_customer_typing (chat, on);
  return TRUE;
}
