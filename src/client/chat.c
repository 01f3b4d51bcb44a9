/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetChat: the messages of one conversation in their order. Numbers of a conversation have no
 * gaps; so whatever was missed shows in them, and one question after the other goes out until there
 * is no hole. Main loop. */
#include "client/chats.h"

#include "base/log.h"
#include "client/apply-fields.h"
#include "client/fields/work.h"
#include "client/fields/writing.h"
#include "client/files-private.h"
#include "client/im.h"
#include "client/message.h"
#include "client/request.h"
#include "client/seen.h"

#define PAGE     50
#define PAGE_MAX 1000
#define LOST_MAX 100 /* files of one message */

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

/* --- the list --------------------------------------------------------------------------------- */

GuichetRecord *
guichet_chat_nth (GuichetChat *chat, guint position)
{
  g_autoptr (GuichetRecord) one = g_list_model_get_item (G_LIST_MODEL (chat->messages), position);

  return one; /* the list holds it */
}

static gint64
number_at (GuichetChat *chat, guint position)
{
  return guichet_record_get_int (guichet_chat_nth (chat, position), MESSAGE_NUMBER);
}

/* The first of those with numbers whose number is not less. */
static guint
position_of (GuichetChat *chat, gint64 number)
{
  guint low = 0, high = chat->n_numbered;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (number_at (chat, middle) < number)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gint64
guichet_chat_newest (GuichetChat *chat)
{
  return chat->n_numbered > 0 ? number_at (chat, chat->n_numbered - 1) : 0;
}

static gboolean
is_text (GuichetRecord *message, guint field, const char *text)
{
  return g_str_equal (guichet_record_get_string (message, field), text);
}

static gboolean
is_theirs (GuichetChat *chat, GuichetRecord *message)
{
  return guichet_message_is_theirs (GUICHET_MESSAGE (message), chat->interaction);
}

/* What a bot and the customer said before is told to nobody. */
static gboolean
is_news (GuichetChat *chat, GuichetRecord *message)
{
  return is_theirs (chat, message) && !guichet_message_is_before (GUICHET_MESSAGE (message));
}

/* What the customer has read, the centre says once for all. */
void
guichet_chat_show_read (GuichetChat *chat)
{
  gint64 read = guichet_interaction_get_read_number (chat->interaction);

  for (guint i = position_of (chat, read + 1); i > 0; i--)
    {
      GuichetRecord *message = guichet_chat_nth (chat, i - 1);

      if (!is_text (message, MESSAGE_AUTHOR, "agent") || is_theirs (chat, message) ||
          guichet_record_get_bool (message, MESSAGE_PRIVATE))
        continue;
      if (is_text (message, MESSAGE_STATE, "read"))
        return;
      if (!is_text (message, MESSAGE_STATE, "failed"))
        guichet_record_set_string (message, MESSAGE_STATE, "read");
    }
}

void
guichet_chat_count_unread (GuichetChat *chat)
{
  gint64 first = 0, unread = 0;

  for (guint i = position_of (chat, chat->seen + 1); i < chat->n_numbered; i++)
    if (is_news (chat, guichet_chat_nth (chat, i)))
      {
        first = first == 0 ? number_at (chat, i) : first;
        unread++;
      }
  guichet_record_set_int (record (chat->interaction), INTERACTION_FIRST_UNREAD, first);
  guichet_record_set_int (record (chat->interaction), INTERACTION_UNREAD, unread);
}

/* Those that are there never change, and what was made of them (pictures) is kept; more may come.
 */
static void
take_files (GuichetRecord *message, GListStore *files)
{
  GListModel *before = guichet_record_get_object (message, MESSAGE_ATTACHMENTS);
  guint n = before != NULL ? g_list_model_get_n_items (before) : 0;

  if (files == NULL || g_list_model_get_n_items (G_LIST_MODEL (files)) <= n)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) file = g_list_model_get_item (before, i);

      g_list_store_splice (files, i, 1, (gpointer *) &file, 1);
    }
  guichet_record_set_object (message, MESSAGE_ATTACHMENTS, files);
}

static gboolean
apply_lost (GuichetRecord *message, const BaseJson *json, GError **error)
{
  BaseJson lost = { 0 };
  const char *reason = "";
  guint n = 0;

  if (!base_json_opt_array (json, "lost", LOST_MAX, &lost, error))
    return FALSE;
  if (lost.array != NULL)
    n = base_json_length (&lost);
  if (n > 0 && !base_json_item_string (&lost, 0, 64, &reason, error))
    return FALSE;
  guichet_record_set_int (message, MESSAGE_LOST, n);
  guichet_record_set_string (message, MESSAGE_LOST_REASON, reason);
  return TRUE;
}

gboolean
guichet_apply_message (GuichetRecord *message,
                       const BaseJson *json,
                       const GuichetContext *context,
                       GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", MESSAGE_ID, GUICHET_JSON_TEXT },
    { "number", MESSAGE_NUMBER, GUICHET_JSON_INT },
    { "interaction", MESSAGE_INTERACTION, GUICHET_JSON_TEXT },
    { "at", MESSAGE_AT, GUICHET_JSON_TIME },
    { "author", MESSAGE_AUTHOR, GUICHET_JSON_TEXT },
    { "agent", MESSAGE_AGENT, GUICHET_JSON_TEXT },
    { "agent_name", MESSAGE_AGENT_NAME, GUICHET_JSON_TEXT },
    { "text", MESSAGE_TEXT, GUICHET_JSON_TEXT },
    { "state", MESSAGE_STATE, GUICHET_JSON_TEXT },
    { "reason", MESSAGE_REASON, GUICHET_JSON_TEXT },
    { "subject", MESSAGE_SUBJECT, GUICHET_JSON_TEXT },
    { "from", MESSAGE_FROM, GUICHET_JSON_TEXT },
    { "left_out", MESSAGE_LEFT_OUT, GUICHET_JSON_INT },
    { "cut", MESSAGE_CUT, GUICHET_JSON_BOOL },
    { "masked", MESSAGE_MASKED, GUICHET_JSON_BOOL },
    { "coming", MESSAGE_COMING, GUICHET_JSON_INT },
    { "private", MESSAGE_PRIVATE, GUICHET_JSON_BOOL },
    { "then", MESSAGE_THEN, GUICHET_JSON_TEXT },
    { "hand_over", MESSAGE_HAND_OVER, GUICHET_JSON_BOOL },
  };
  g_autoptr (GListStore) files = NULL;
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (message));
  ok = APPLY_FIELDS (message, json, fields, error) && apply_lost (message, json, error) &&
       guichet_files_read (json, &files, error);
  if (ok)
    take_files (message, files);
  g_object_thaw_notify (G_OBJECT (message));
  return ok;
}

gboolean
guichet_chat_knows (GuichetChat *chat, gint64 number)
{
  guint position = position_of (chat, number);

  return position < chat->n_numbered && number_at (chat, position) == number;
}

/* Of a number that is not there yet. */
static GuichetRecord *
make_message (const BaseJson *json, GError **error)
{
  g_autoptr (GuichetRecord) made = g_object_new (GUICHET_TYPE_MESSAGE, NULL);

  return guichet_apply_message (made, json, NULL, error) ? g_steal_pointer (&made) : NULL;
}

gboolean
guichet_chat_take (GuichetChat *chat, const BaseJson *json, GError **error)
{
  g_autoptr (GuichetRecord) made = NULL;
  guint position;
  gint64 number;

  if (!base_json_get_int (json, "number", 1, G_MAXINT64, &number, error))
    return FALSE;
  guichet_see_message (chat->session, chat->interaction, json);
  position = position_of (chat, number);
  if (guichet_chat_knows (chat, number))
    return guichet_apply_message (guichet_chat_nth (chat, position), json, NULL, error);
  made = make_message (json, error);
  if (made == NULL)
    return FALSE;
  chat->n_numbered++;
  g_list_store_insert (chat->messages, position, made);
  return TRUE;
}

/* --- on their way ----------------------------------------------------------------------------- */

GuichetRecord *
guichet_chat_find_pending (GuichetChat *chat, const char *key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (chat->messages));

  for (guint i = chat->n_numbered; i < n; i++)
    if (is_text (guichet_chat_nth (chat, i), MESSAGE_ID, key))
      return guichet_chat_nth (chat, i);
  return NULL;
}

void
guichet_chat_drop_pending (GuichetChat *chat, const char *key)
{
  GuichetRecord *message = guichet_chat_find_pending (chat, key);
  guint position;

  if (message != NULL && g_list_store_find (chat->messages, message, &position))
    g_list_store_remove (chat->messages, position);
}

GuichetRecord *
guichet_chat_add_pending (GuichetChat *chat, const GuichetRow *row)
{
  g_autoptr (GuichetRecord) message = g_object_new (GUICHET_TYPE_MESSAGE, NULL);
  g_autoptr (GListStore) files = guichet_files_from_text (row->theirs);
  g_autofree char *subject = guichet_files_subject (row->theirs);
  g_autofree char *then = guichet_files_then (row->theirs);
  gboolean failed = !guichet_row_is_under_way (row);

  guichet_record_set_string (message, MESSAGE_ID, row->name);
  guichet_record_set_string (message, MESSAGE_INTERACTION, row->interaction);
  guichet_record_set_int (message, MESSAGE_AT, guichet_session_now (chat->session));
  guichet_record_set_string (message, MESSAGE_AUTHOR, "agent");
  guichet_record_set_string (message, MESSAGE_AGENT, guichet_session_get_agent (chat->session));
  guichet_record_set_string (message, MESSAGE_TEXT, row->value);
  guichet_record_set_object (message, MESSAGE_ATTACHMENTS, files);
  guichet_record_set_string (message, MESSAGE_SUBJECT, subject);
  guichet_record_set_string (message, MESSAGE_THEN, then);
  guichet_record_set_bool (message, MESSAGE_PRIVATE, g_str_equal (row->kind, "private"));
  guichet_record_set_string (message, MESSAGE_STATE, failed ? "failed" : "pending");
  guichet_record_set_string (message, MESSAGE_REASON, row->problem);
  g_list_store_append (chat->messages, message);
  return message; /* the list holds it */
}

/* --- questions -------------------------------------------------------------------------------- */

/* The number before which messages are missing, 0: the newest, -1: none. */
static gint64
missing_before (GuichetChat *chat)
{
  gint64 last = guichet_record_get_int (record (chat->interaction), INTERACTION_LAST_NUMBER);

  if (guichet_chat_newest (chat) < last || !chat->opened || chat->check == G_MAXINT64)
    return 0;
  if (chat->check > 0)
    return chat->check;
  for (guint i = chat->n_numbered; i > 1; i--)
    if (number_at (chat, i - 1) > number_at (chat, i - 2) + 1)
      return number_at (chat, i - 1);
  return chat->wants_older && chat->n_numbered > 0 && number_at (chat, 0) > 1 && !chat->at_start
             ? number_at (chat, 0)
             : -1;
}

/* What of the first page is news: all that came after this agent's last word. */
static void
open_at_last_word (GuichetChat *chat)
{
  const char *agent = guichet_session_get_agent (chat->session);

  chat->opened = TRUE;
  chat->seen = chat->seen_told =
      guichet_record_get_int (record (chat->interaction), INTERACTION_OWN_READ);
  for (guint i = chat->n_numbered; i > 0 && chat->seen == 0; i--)
    if (is_text (guichet_chat_nth (chat, i - 1), MESSAGE_AGENT, agent))
      chat->seen = number_at (chat, i - 1);
}

/* Of those that have no end yet the centre may have said more than was heard. */
static gboolean
has_pending_before (GuichetChat *chat, gint64 number)
{
  for (guint i = position_of (chat, number); i > 0; i--)
    if (is_text (guichet_chat_nth (chat, i - 1), MESSAGE_STATE, "pending"))
      return TRUE;
  return FALSE;
}

/* The newest page always, older ones only as far as something there is under way. */
static void
note_checked (GuichetChat *chat, gint64 oldest, gboolean more)
{
  chat->check = more && has_pending_before (chat, oldest) ? oldest : 0;
}

/* What stands together goes into the list together: each change of it costs whoever shows it. */
typedef struct
{
  GuichetChat *chat;
  GPtrArray *made; /* GuichetRecord */
  guint position;  /* where they belong */
  gint64 last;     /* number */
} Run;

static void
end_run (Run *run)
{
  guint n = run->made->len;

  if (n == 0)
    return;
  run->chat->n_numbered += n;
  g_list_store_splice (run->chat->messages, run->position, 0, run->made->pdata, n);
  g_ptr_array_set_size (run->made, 0);
}

static gboolean
take_message (Run *run, const BaseJson *message, GError **error)
{
  GuichetChat *chat = run->chat;
  GuichetRecord *made;
  gint64 number;

  if (!base_json_get_int (message, "number", 1, G_MAXINT64, &number, error))
    return FALSE;
  if (g_hash_table_contains (chat->told, GSIZE_TO_POINTER ((gsize) number)))
    return TRUE;
  if (run->made->len > 0 && (number <= run->last || position_of (chat, number) != run->position))
    end_run (run);
  if (guichet_chat_knows (chat, number))
    return guichet_chat_take (chat, message, error);
  guichet_see_message (chat->session, chat->interaction, message);
  made = make_message (message, error);
  if (made == NULL)
    return FALSE;
  run->position = position_of (chat, number);
  run->last = number;
  g_ptr_array_add (run->made, made);
  return TRUE;
}

static gboolean
take_messages (GuichetChat *chat, const BaseJson *messages, GError **error)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);
  Run run = { .chat = chat, .made = made };
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < base_json_length (messages); i++)
    {
      BaseJson message;

      ok = base_json_item_object (messages, i, &message, error) &&
           take_message (&run, &message, error);
    }
  end_run (&run);
  return ok;
}

static gint64
first_of (const BaseJson *messages)
{
  BaseJson message;
  gint64 number = 0;

  if (base_json_length (messages) > 0 && base_json_item_object (messages, 0, &message, NULL))
    base_json_get_int (&message, "number", 1, G_MAXINT64, &number, NULL);
  return number;
}

static gboolean
take_page (GuichetChat *chat, JsonObject *answer, GError **error)
{
  guint before = chat->n_numbered;
  gint64 oldest = before > 0 ? number_at (chat, 0) : G_MAXINT64;
  gboolean checking = chat->check > 0;
  BaseJson root, messages;
  gboolean more;

  base_json_from_object (&root, answer);
  if (!base_json_get_array (&root, "messages", PAGE_MAX, &messages, error) ||
      !base_json_opt_bool (&root, "more", FALSE, &more, error))
    return FALSE;
  if (!take_messages (chat, &messages, error))
    return FALSE;
  if (chat->n_numbered > 0 && number_at (chat, 0) < oldest)
    chat->wants_older = FALSE;
  if (!more)
    chat->at_start = TRUE;
  if (checking)
    note_checked (chat, first_of (&messages), more);
  else
    chat->useless = chat->n_numbered == before && chat->opened;
  if (!chat->opened)
    open_at_last_word (chat);
  return TRUE;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GuichetChat *chat = user_data; /* there unless cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&chat->asking);
  if (answer == NULL || !take_page (chat, answer, &error))
    {
      base_log_failure (BASE_LOG_WARNING, "chat", "no_messages", error);
      chat->useless = TRUE; /* until there is news, or the link comes back */
      chat->wants_older = FALSE;
    }
  guichet_record_set_bool (record (chat->interaction), INTERACTION_LOADING, FALSE);
  guichet_chat_look (chat);
}

static void
ask (GuichetChat *chat, gint64 before)
{
  g_autofree char *start = guichet_request_path (
      "/v1/conversations/", guichet_interaction_get_conversation (chat->interaction), "/messages");
  g_autofree char *path =
      before > 0 ? g_strdup_printf ("%s?before=%" G_GINT64_FORMAT "&limit=%d", start, before, PAGE)
                 : g_strdup_printf ("%s?limit=%d", start, PAGE);

  chat->asking = g_cancellable_new ();
  g_hash_table_remove_all (chat->told);
  guichet_api_send_async (chat->session->api, "GET", path, NULL, NULL, chat->asking, on_page, chat);
}

void
guichet_chat_look (GuichetChat *chat)
{
  gint64 before = missing_before (chat);

  guichet_chat_show_read (chat);
  guichet_record_set_bool (record (chat->interaction), INTERACTION_MORE,
                           chat->n_numbered > 0 && number_at (chat, 0) > 1 && !chat->at_start);
  if (chat->opened)
    guichet_chat_count_unread (chat);
  if (before >= 0 && chat->asking == NULL && !chat->useless &&
      guichet_session_get_link_up (chat->session))
    ask (chat, before);
  guichet_record_set_bool (record (chat->interaction), INTERACTION_LOADING, chat->asking != NULL);
}

void
guichet_chat_note_told (GuichetChat *chat, gint64 number)
{
  if (chat->asking != NULL)
    g_hash_table_add (chat->told, GSIZE_TO_POINTER ((gsize) number));
}

void
guichet_chat_check (GuichetChat *chat)
{
  if (!chat->opened)
    return;
  /* What is being asked may be answered by what was before. */
  g_cancellable_cancel (chat->asking);
  g_clear_object (&chat->asking);
  chat->check = G_MAXINT64;
  chat->useless = FALSE;
}
