/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From events to what is written: the journal, the texts that belong to it, and the records of open
 * interactions. Centre's thread. */
#include "server/centre/centre-private.h"

#include "server/centre/canned.h"
#include "server/centre/forwarding.h"
#include "server/centre/internal.h"
#include "server/centre/number.h"
#include "server/centre/people.h"
#include "server/centre/recent.h"

/* A parameter of store_batch_add that must be 64 bits wide. */
#define I(number) ((gint64) (number))

static void
add_to_journal (const ModelEvent *event, StoreBatch *batch)
{
  g_autoptr (GString) json = g_string_new (NULL);
  char text[MODEL_ID_TEXT_SIZE];
  const char *interaction = NULL;

  model_event_write (event, json);
  if (event->interaction != 0)
    interaction = model_id_to_text (MODEL_ID_INTERACTION, event->interaction, text);
  store_batch_add (batch, STORE_JOURNAL_ADD, event->seq, event->at,
                   model_event_type_to_text ((ModelEventType) event->type), interaction,
                   event->agent, json->str);
}

static void
create_record (Centre *self, const ModelEvent *event, StoreBatch *batch)
{
  Record *record = record_new (event);
  const CentreAside *aside = self->aside;
  g_autofree char *customer = NULL;

  if (aside != NULL && aside->customer == NULL && aside->conversation != NULL)
    customer = people_at (self, aside->conversation->channel, aside->conversation->address);
  if (aside != NULL)
    record_set_person (record, aside->number, aside->name, aside->called,
                       customer != NULL ? customer : aside->customer);
  if (record_is_internal (record))
    internal_begin (self, record);
  centre_record_add (self, record);
  if (batch != NULL)
    store_batch_add (batch, STORE_INTERACTION_ADD, record->text, record->created, record->number,
                     record->name, record->called, record->customer,
                     model_channel_to_text (record->channel),
                     model_direction_to_text (record->direction));
  if (aside != NULL && aside->conversation != NULL)
    conversations_arrived (self->conversations, aside->conversation, record, batch);
}

static void
put_value (Centre *self, Record *record, const ModelEvent *event, StoreBatch *batch)
{
  const ModelVariable *variable =
      model_definitions_variable (centre_definitions (self), event->variable);
  const char *value = NULL;
  g_autoptr (GBytes) sealed = NULL;

  if (self->command != NULL && self->command->type == ACD_COMMAND_SET_VARIABLE)
    value = self->command->value;
  else if (self->aside != NULL && self->aside->values != NULL)
    value = g_hash_table_lookup (self->aside->values, event->variable);
  if (variable != NULL && variable->secure && value != NULL)
    {
      g_autofree char *context = g_strjoin (" ", record->text, event->variable, NULL);

      sealed = secrets_seal (self->secrets, value, context);
      value = NULL;
    }
  record_set_value (record, event->variable, value, sealed, event->revision);
  store_batch_add (batch, STORE_VALUE_SET, record->text, event->variable, value, sealed,
                   I (event->revision));
}

static void
put_note (Centre *self, Record *record, const ModelEvent *event, StoreBatch *batch)
{
  const char *text = self->command != NULL ? self->command->value : NULL;
  char id[MODEL_ID_TEXT_SIZE];

  record_set_note (record, event->participation, text, event->revision);
  model_id_to_text (MODEL_ID_PARTICIPATION, event->participation, id);
  store_batch_add (batch, STORE_NOTE_SET, id, record->text, text != NULL ? text : "",
                   I (event->revision), event->at);
}

static void
take_session (Centre *self, const ModelEvent *event, StoreBatch *batch)
{
  Session *session;

  if (event->type != MODEL_EVENT_AGENT_SIGNED_OUT)
    return;
  session = sessions_by_agent (self->sessions, event->agent);
  if (session != NULL)
    store_batch_add (batch, STORE_SESSION_END, session->id);
}

static char *
tags_to_text (char **tags)
{
  JsonArray *ids = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), ids);

  for (guint i = 0; tags[i] != NULL; i++)
    json_array_add_string_element (ids, tags[i]);
  json_array_unref (ids);

  return json_to_string (node, FALSE);
}

/* It is looked at as what has ended from now on. */
static void
close_record (const Record *record, gint64 at, StoreBatch *batch)
{
  gboolean written = record->channel != MODEL_CHANNEL_VOICE && record->channel != MODEL_CHANNEL_IM;

  store_batch_add (batch, STORE_INTERACTION_CLOSE, record->text, at);
  if (record->tags != NULL && record->tags[0] != NULL)
    {
      g_autofree char *tags = tags_to_text (record->tags);

      store_batch_add (batch, STORE_INTERACTION_TAGS, record->text, tags,
                       I (record->tags_revision));
    }
  for (guint i = 0; written && i < record->parts->len; i++)
    store_batch_add (batch, STORE_HANDLED_ADD, ((Part *) record->parts->pdata[i])->agent, at,
                     record->text);
}

/* As it is dialled. */
static const char *
team_number (Centre *self, const char *id, char **tidy)
{
  const ModelTeam *team = model_definitions_team (centre_definitions (self), id);

  *tidy = team != NULL && team->number != NULL ? customer_number_clean (team->number) : NULL;
  return *tidy;
}

static void
put_party (Centre *self, Record *record, const ModelEvent *event, StoreBatch *batch)
{
  g_autofree char *key = record_party_key (event->participation);
  const char *number = self->aside != NULL ? self->aside->number : NULL;
  g_autofree char *tidy = NULL;

  if (event->team != NULL)
    number = team_number (self, event->team, &tidy);
  else if (event->agent != NULL)
    number = forwarding_number (self->forwarding, event->agent);
  if (number == NULL)
    return;
  record_set_party_number (record, event->participation, number);
  store_batch_add (batch, STORE_VALUE_SET, record->text, key, number, NULL, I (1));
}

static void
take_event (Centre *self, ModelEvent *event, StoreBatch *batch)
{
  Record *record;

  event->seq = ++self->seq;
  add_to_journal (event, batch);
  if (event->type == MODEL_EVENT_INTERACTION_CREATED)
    create_record (self, event, batch);
  take_session (self, event, batch);
  if (event->type == MODEL_EVENT_AGENT_FORWARDING_CHANGED)
    forwarding_take (self->forwarding, event, self->aside != NULL ? self->aside->number : NULL,
                     batch);
  if (event->type == MODEL_EVENT_DEFINITIONS_APPLIED)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      model_definitions_write (event->definitions, json);
      store_batch_add (batch, STORE_DEFINITIONS_ADD, I (event->seq), event->at, json->str);
      canned_define (self->canned, event->definitions, event->seq, batch);
    }
  record = event->interaction != 0 ? centre_record (self, event->interaction) : NULL;
  if (record == NULL)
    return;
  record_apply (record, event);
  if (event->type == MODEL_EVENT_PARTY_DIALLING)
    put_party (self, record, event, batch);
  if (event->type == MODEL_EVENT_PARTICIPATION_JOINED ||
      event->type == MODEL_EVENT_PARTY_DIALLING ||
      event->type == MODEL_EVENT_PARTICIPATION_CALLING ||
      event->type == MODEL_EVENT_INTERACTION_STATUS_CHANGED)
    centre_record_index (self, record);
  if (event->type == MODEL_EVENT_VARIABLE_CHANGED)
    put_value (self, record, event, batch);
  else if (event->type == MODEL_EVENT_NOTE_CHANGED)
    put_note (self, record, event, batch);
  else if (event->type == MODEL_EVENT_INTERACTION_CLOSED)
    close_record (record, event->at, batch);
  else if ((event->type == MODEL_EVENT_REQUEST_QUEUED ||
            event->type == MODEL_EVENT_PARTICIPATION_CALLING) &&
           event->queue != NULL)
    store_batch_add (batch, STORE_INTERACTION_QUEUE, record->text, event->queue);
}

void
centre_take_events (Centre *self, GPtrArray *events, StoreBatch *batch, Turn *turn)
{
  for (guint i = 0; i < events->len; i++)
    take_event (self, g_ptr_array_index (events, i), batch);
}
