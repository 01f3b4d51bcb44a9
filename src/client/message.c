/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetMessage: one table of fields; filled by chats.c. Main loop. */
#include "client/message.h"

#include "client/fields/writing.h"

struct _GuichetMessage
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetMessage, guichet_message, GUICHET_TYPE_RECORD)

static const GuichetField message_fields[N_MESSAGE_FIELDS] = {
  [MESSAGE_ID] = { "id", GUICHET_FIELD_STRING },
  [MESSAGE_NUMBER] = { "number", GUICHET_FIELD_INT },
  [MESSAGE_INTERACTION] = { "interaction", GUICHET_FIELD_STRING },
  [MESSAGE_AT] = { "at", GUICHET_FIELD_INT },
  [MESSAGE_AUTHOR] = { "author", GUICHET_FIELD_STRING },
  [MESSAGE_AGENT] = { "agent", GUICHET_FIELD_STRING },
  [MESSAGE_AGENT_NAME] = { "agent-name", GUICHET_FIELD_STRING },
  [MESSAGE_TEXT] = { "text", GUICHET_FIELD_STRING },
  [MESSAGE_STATE] = { "state", GUICHET_FIELD_STRING },
  [MESSAGE_REASON] = { "reason", GUICHET_FIELD_STRING },
  [MESSAGE_ATTACHMENTS] = { "attachments", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [MESSAGE_SUBJECT] = { "subject", GUICHET_FIELD_STRING },
  [MESSAGE_FROM] = { "from", GUICHET_FIELD_STRING },
  [MESSAGE_LEFT_OUT] = { "left-out", GUICHET_FIELD_INT },
  [MESSAGE_CUT] = { "cut", GUICHET_FIELD_BOOL },
  [MESSAGE_MASKED] = { "masked", GUICHET_FIELD_BOOL },
  [MESSAGE_COMING] = { "coming", GUICHET_FIELD_INT },
  [MESSAGE_LOST] = { "lost", GUICHET_FIELD_INT },
  [MESSAGE_LOST_REASON] = { "lost-reason", GUICHET_FIELD_STRING },
  [MESSAGE_PRIVATE] = { "private", GUICHET_FIELD_BOOL },
  [MESSAGE_THEN] = { "then", GUICHET_FIELD_STRING },
  [MESSAGE_HAND_OVER] = { "hand-over", GUICHET_FIELD_BOOL },
};

static void
guichet_message_class_init (GuichetMessageClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), message_fields, N_MESSAGE_FIELDS);
}

static void
guichet_message_init (GuichetMessage *self)
{
}

GUICHET_RECORD_STRING (GuichetMessage, guichet_message, id, MESSAGE_ID)
GUICHET_RECORD_INT (GuichetMessage, guichet_message, number, MESSAGE_NUMBER)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, interaction, MESSAGE_INTERACTION)
GUICHET_RECORD_INT (GuichetMessage, guichet_message, at, MESSAGE_AT)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, author, MESSAGE_AUTHOR)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, agent, MESSAGE_AGENT)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, agent_name, MESSAGE_AGENT_NAME)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, text, MESSAGE_TEXT)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, state, MESSAGE_STATE)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, reason, MESSAGE_REASON)
GUICHET_RECORD_OBJECT (GuichetMessage,
                       guichet_message,
                       attachments,
                       MESSAGE_ATTACHMENTS,
                       GListModel)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, subject, MESSAGE_SUBJECT)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, from, MESSAGE_FROM)
GUICHET_RECORD_INT (GuichetMessage, guichet_message, left_out, MESSAGE_LEFT_OUT)
GUICHET_RECORD_BOOL (GuichetMessage, guichet_message, cut, MESSAGE_CUT)
GUICHET_RECORD_BOOL (GuichetMessage, guichet_message, masked, MESSAGE_MASKED)
GUICHET_RECORD_INT (GuichetMessage, guichet_message, coming, MESSAGE_COMING)
GUICHET_RECORD_INT (GuichetMessage, guichet_message, lost, MESSAGE_LOST)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, lost_reason, MESSAGE_LOST_REASON)
GUICHET_RECORD_BOOL (GuichetMessage, guichet_message, private, MESSAGE_PRIVATE)
GUICHET_RECORD_STRING (GuichetMessage, guichet_message, then, MESSAGE_THEN)
GUICHET_RECORD_BOOL (GuichetMessage, guichet_message, hand_over, MESSAGE_HAND_OVER)

gboolean
guichet_message_is_before (GuichetMessage *self)
{
  return g_str_equal (guichet_message_get_state (self), "handed_over");
}
