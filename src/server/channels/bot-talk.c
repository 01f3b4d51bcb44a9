/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bot of the centre's site said with the customer before it handed over, as messages of the
 * conversation before its first own one: there for everybody to read, while nobody waits for them
 * or is answered by them. Centre's thread. */
#include "server/channels/bot-talk.h"

#include "base/json.h"
#include "server/channels/conversations-private.h"

#define BEFORE_MAX ((gint64) 7 * 24 * 60 * 60 * 1000) /* of a line, before the hand-over */

gboolean
bot_talk_check (const BotTalk *talk, guint *line)
{
  for (guint i = 0; i < talk->n; i++)
    {
      g_autofree char *clean = message_clean (talk->lines[i].text);

      if (clean == NULL)
        {
          *line = i;
          return FALSE;
        }
    }

  return TRUE;
}

void
bot_talk_times (const BotTalk *talk, gint64 now, gint64 *at)
{
  gint64 next = now;

  for (guint i = talk->n; i > 0; i--)
    {
      gint64 told = talk->lines[i - 1].at;

      if (told <= next && told >= now - BEFORE_MAX)
        next = told;
      at[i - 1] = next;
    }
}

/* One line, without control characters and numbers of cards; NULL: it has none. Free with g_free.
 */
static char *
name_of (Conversations *self, const BotTalk *talk)
{
  g_autofree char *clean = talk->name != NULL ? message_clean (talk->name) : NULL;
  char *masked;

  if (clean == NULL)
    return NULL;
  g_strstrip (g_strdelimit (clean, "\n\t", ' '));
  masked = conversations_without_cards (self, clean);

  return masked != NULL ? masked : g_steal_pointer (&clean);
}

static Message *
message_of (Conversations *self,
            Conversation *conversation,
            const BotLine *line,
            const char *name,
            gboolean last)
{
  MessageDetails details = { .from = line->by_bot ? name : NULL, .hand_over = last };
  g_autofree char *key =
      g_strdup_printf ("before %" G_GINT64_FORMAT, conversation->last_number + 1);
  g_autofree char *clean = message_clean (line->text);
  Message *message = conversation_message_new (self, conversation, NULL, key, clean);

  message->author = g_intern_static_string (line->by_bot ? "bot" : "customer");
  message->state = message_state_to_text (MESSAGE_HANDED_OVER);
  message->details = message_details (&details);

  return message;
}

static JsonObject *
journal_of (const Conversation *conversation, const Record *record, const BotTalk *talk)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "type", "conversation.handed_over");
  base_json_set_string (object, "interaction", record->text);
  base_json_set_string (object, "conversation", conversation->id);
  json_object_set_int_member (object, "messages", talk->n);

  return object;
}

void
conversation_take_bot_talk (Conversations *self,
                            Conversation *conversation,
                            const Record *record,
                            const BotTalk *talk,
                            StoreBatch *batch)
{
  g_autofree char *name = name_of (self, talk);
  g_autofree gint64 *at = g_new (gint64, talk->n);

  bot_talk_times (talk, centre_now (self->centre), at);
  for (guint i = 0; i < talk->n; i++)
    {
      g_autoptr (Message) message =
          message_of (self, conversation, &talk->lines[i], name, i + 1 == talk->n);

      message->at = at[i];
      conversation_message_store (self, conversation, message, batch);
    }
  centre_journal (self->centre, record, "conversation.handed_over",
                  journal_of (conversation, record, talk), batch);
}

void
conversation_bot_talk_durable (Conversations *self, Conversation *conversation)
{
  for (guint i = 0; i < conversation->pending->len;)
    {
      Message *message = g_ptr_array_index (conversation->pending, i);

      if (message_is_before (message))
        {
          g_autoptr (Message) kept = message_ref (message);

          conversation_message_durable (self, conversation, kept);
        }
      else
        i++;
    }
}
