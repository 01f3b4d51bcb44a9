/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations of two agents: how an exchange begins, who has read what, and that no desk shows
 * two of the same two. Centre's thread. */
#include "server/channels/im.h"

#include "base/json.h"
#include "server/channels/conversations-private.h"

#include <string.h>

/* --- the two ---------------------------------------------------------------------------------- */

char *
im_address (const char *one, const char *other)
{
  gboolean in_order = strcmp (one, other) < 0;

  return g_strjoin (" ", in_order ? one : other, in_order ? other : one, NULL);
}

gboolean
im_is_first (const char *address, const char *agent)
{
  gsize length = strlen (agent);

  return strncmp (address, agent, length) == 0 && address[length] == ' ';
}

static const char *
second_of (const char *address)
{
  const char *space = strchr (address, ' ');

  return space != NULL ? space + 1 : "";
}

gboolean
im_is_of (const char *address, const char *agent)
{
  return im_is_first (address, agent) || g_str_equal (second_of (address), agent);
}

const char *
im_other (const char *address, const char *agent)
{
  g_autofree char *first = g_strndup (address, strcspn (address, " "));

  if (im_is_first (address, agent))
    return g_intern_string (second_of (address));

  return g_str_equal (second_of (address), agent) ? g_intern_string (first) : NULL;
}

gint64
im_read_by_other (const char *address, const char *agent, gint64 first, gint64 second)
{
  return agent != NULL && im_is_first (address, agent) ? second : first;
}

static const char *
name_of (const char *id, const ModelDefinitions *definitions)
{
  const ModelAgent *agent = definitions != NULL ? model_definitions_agent (definitions, id) : NULL;

  return agent != NULL ? agent->name : id;
}

const char *
im_name_for (const Record *record, const char *agent, const ModelDefinitions *definitions)
{
  const char *other = g_strcmp0 (record->by, agent) == 0 ? record->to : record->by;

  return record->by != NULL ? name_of (other, definitions) : NULL;
}

char *
im_names_for (const char *address, const char *agent, const ModelDefinitions *definitions)
{
  const char *other = im_other (address, agent);
  g_autofree char *first = g_strndup (address, strcspn (address, " "));

  return other != NULL ? g_strdup (name_of (other, definitions))
                       : g_strjoin (", ", name_of (first, definitions),
                                    name_of (second_of (address), definitions), NULL);
}

static JsonObject *
agent_to_json (const char *id, const ModelDefinitions *definitions)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "agent", id);
  base_json_set_string (object, "name", name_of (id, definitions));

  return object;
}

void
im_render (const Record *record, const ModelDefinitions *definitions, JsonObject *into)
{
  JsonArray *between = json_array_new ();

  json_array_add_object_element (between, agent_to_json (record->by, definitions));
  json_array_add_object_element (between, agent_to_json (record->to, definitions));
  json_object_set_array_member (into, "between", between);
}

static JsonObject *
read_to_json (const char *agent, gint64 number)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "agent", agent);
  json_object_set_int_member (object, "number", number);

  return object;
}

void
im_render_reads (const Conversation *conversation, JsonObject *into)
{
  g_autofree char *first = g_strndup (conversation->address, strcspn (conversation->address, " "));
  JsonArray *reads = json_array_new ();

  json_array_add_object_element (reads, read_to_json (first, conversation->read_number));
  json_array_add_object_element (
      reads, read_to_json (second_of (conversation->address), conversation->agent_read));
  json_object_set_array_member (into, "reads", reads);
}

/* --- an exchange begins ----------------------------------------------------------------------- */

typedef struct
{
  Conversations *self;
  Conversation *conversation;
  const char *from;
  char *key, *text;
  Message *message;
  ImWrittenFunc done;
  gpointer user_data;
} Writing;

static void
writing_free (Writing *writing)
{
  g_clear_pointer (&writing->message, message_unref);
  g_free (writing->key);
  g_free (writing->text);
  g_free (writing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static void
on_written (const Message *message, gpointer user_data)
{
  g_autoptr (Writing) writing = user_data;

  writing->done (message, NULL, writing->user_data);
}

static void
write_in (Writing *writing)
{
  conversations_write (writing->self, writing->conversation, writing->from, writing->key, NULL,
                       writing->text, NULL, NULL, on_written, writing);
}

static void
on_begun (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autoptr (Writing) writing = user_data;
  Conversation *conversation = writing->conversation;

  writing->done (writing->message, result->error, writing->user_data);
  conversation->holds--;
  if (writing->message != NULL)
    conversation_message_durable (writing->self, conversation, writing->message);
  else if (conversation->interaction == 0 && conversation->holds == 0)
    conversation_forget (writing->self, conversation);
}

static void
begin (Writing *writing, const char *to)
{
  Conversations *self = writing->self;
  AcdCommand command = { .type = ACD_COMMAND_IM, .agent = writing->from, .target = to };
  CentreAside aside = { .conversation = writing->conversation };
  const ConversationOpening opening = { writing->from, writing->key, writing->text };

  writing->conversation->holds++;
  self->opening = &opening;
  self->arriving = &writing->message;
  centre_command (self->centre, &command, &aside, NULL, on_begun, writing);
  self->opening = NULL;
}

static void
on_accepted (Centre *centre, const CentreResult *result, gpointer user_data)
{
  Writing *writing = user_data;
  const Record *record = centre_record (centre, writing->conversation->interaction);

  writing->conversation->holds--;
  if (result->error == NULL && record != NULL)
    {
      write_in (writing);
      return;
    }
  writing->done (NULL, result->error, writing->user_data);
  writing_free (writing);
}

/* The offer by which the agent is asked into this interaction; 0: none. */
static ModelId
offer_of (Conversations *self, const char *agent, ModelId interaction)
{
  g_autoptr (GArray) offers = acd_core_agent_offers (centre_core (self->centre), agent);

  for (guint i = 0; i < offers->len; i++)
    if (g_array_index (offers, AcdOfferView, i).interaction == interaction)
      return g_array_index (offers, AcdOfferView, i).offer;

  return 0;
}

static void
accept (Writing *writing, ModelId offer)
{
  AcdCommand command = { .type = ACD_COMMAND_OFFER_ACCEPT, .agent = writing->from, .offer = offer };

  writing->conversation->holds++;
  centre_command (writing->self->centre, &command, NULL, NULL, on_accepted, writing);
}

static Conversation *
open_between (Conversations *self, const char *from, const char *to)
{
  g_autofree char *address = im_address (from, to);
  Conversation *conversation = conversations_between (self, MODEL_CHANNEL_IM, "", address, "");

  if (conversation != NULL)
    return conversation;
  conversation = conversation_new (self, MODEL_CHANNEL_IM, "", "", address, "");
  conversation->state = CONVERSATION_ENDED;
  model_id_to_text (MODEL_ID_CONVERSATION, centre_new_id (self->centre), conversation->id);

  return conversation;
}

void
im_write (Conversations *self,
          const char *from,
          const char *to,
          const char *key,
          const char *text,
          ImWrittenFunc done,
          gpointer user_data)
{
  Conversation *conversation = open_between (self, from, to);
  g_autoptr (Message) known = conversation_find_own (self, conversation, from, key);
  Record *record = centre_record (self->centre, conversation->interaction);
  gboolean open = record != NULL && record->customer_left_at == 0;
  ModelId offer = open ? offer_of (self, from, record->id) : 0;
  Writing *writing = g_new0 (Writing, 1);

  *writing = (Writing){ .self = self,
                        .conversation = conversation,
                        .from = g_intern_string (from),
                        .key = g_strdup (key),
                        .text = g_strdup (text),
                        .done = done,
                        .user_data = user_data };
  if (known != NULL || (open && record_part_of (record, from) != NULL))
    write_in (writing);
  else if (offer != 0)
    accept (writing, offer);
  else
    begin (writing, to);
}

/* --- the channel ------------------------------------------------------------------------------ */

static void
limits (gpointer self, Conversation *conversation, ChannelLimits *limits)
{
  limits->text = MESSAGE_TEXT_MAX;
}

typedef struct
{
  Conversation *conversation;
  Record *newest;
  GArray *old; /* AcdCommand */
} Tidying;

static void
note_old (Record *record, gpointer user_data)
{
  Tidying *tidying = user_data;

  if (record == tidying->newest || record->channel != MODEL_CHANNEL_IM ||
      record->customer_left_at == 0)
    return;
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);
      AcdCommand command = { .type = ACD_COMMAND_LEAVE,
                             .agent = part->agent,
                             .interaction = record->id };

      if (part->state != PART_ENDED && record_part_of (tidying->newest, part->agent) != NULL)
        g_array_append_val (tidying->old, command);
    }
}

/* Who is in a new exchange has the one before put away: the conversation is the same. */
static void
changed (gpointer data, Conversation *conversation)
{
  Conversations *self = data;
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (AcdCommand));
  Tidying tidying = { conversation, centre_record (self->centre, conversation->interaction), old };
  GHashTableIter iter;
  gpointer id, value;

  if (conversation->state != CONVERSATION_TALKING || tidying.newest == NULL)
    return;
  g_hash_table_iter_init (&iter, self->by_interaction);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      Record *record = value == conversation ? centre_record (self->centre, *(ModelId *) id) : NULL;

      if (record != NULL)
        note_old (record, &tidying);
    }
  for (guint i = 0; i < old->len; i++)
    centre_command (self->centre, &g_array_index (old, AcdCommand, i), NULL, NULL, NULL, NULL);
}

const Channel im_channel = { .channel = MODEL_CHANNEL_IM,
                             .live = TRUE,
                             .limits = limits,
                             .changed = changed };
