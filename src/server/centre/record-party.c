/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outside numbers of a call, from the journal's events. Their numbers are personal: they stand
 * beside the journal, with the call's variables, and are forgotten as those are. Centre's thread.
 */
#include "server/centre/record.h"

#include <string.h>

/* No variable has such a name. */
#define KEY "#party-"

void
record_party_free (gpointer data)
{
  Party *party = data;

  g_free (party->number);
  g_free (party);
}

Party *
record_party (const Record *self, ModelId id)
{
  for (guint i = 0; i < self->parties->len; i++)
    {
      Party *party = g_ptr_array_index (self->parties, i);

      if (party->id == id)
        return party;
    }

  return NULL;
}

gboolean
record_is_of_party (const ModelEvent *event)
{
  return event->type >= MODEL_EVENT_PARTY_DIALLING && event->type <= MODEL_EVENT_PARTY_LEFT;
}

static Party *
dial (Record *self, const ModelEvent *event)
{
  Party *party = g_new0 (Party, 1);

  party->id = event->participation;
  party->kind = (ModelRequestKind) event->kind;
  party->by = event->by;
  party->team = event->team;
  party->forwarder = event->agent;
  party->queue = event->queue;
  party->part = (ModelPart) event->part;
  party->state = PART_DIALLING;
  g_ptr_array_add (self->parties, party);

  return party;
}

void
record_apply_party (Record *self, const ModelEvent *event)
{
  Party *party = event->type == MODEL_EVENT_PARTY_DIALLING
                     ? dial (self, event)
                     : record_party (self, event->participation);

  if (party == NULL)
    return;
  switch ((guint) event->type)
    {
    case MODEL_EVENT_PARTY_JOINED:
      party->part = (ModelPart) event->part;
      party->state = PART_ACTIVE;
      party->joined = event->at;
      break;
    case MODEL_EVENT_PARTY_HELD:
      party->state = PART_HELD;
      break;
    case MODEL_EVENT_PARTY_RESUMED:
      party->state = PART_ACTIVE;
      break;
    case MODEL_EVENT_PARTY_MUTED:
    case MODEL_EVENT_PARTY_UNMUTED:
      party->muted = event->type == MODEL_EVENT_PARTY_MUTED;
      return;
    case MODEL_EVENT_PARTY_ROLE_CHANGED:
      party->part = (ModelPart) event->part;
      return;
    case MODEL_EVENT_PARTY_LEFT:
      party->state = PART_ENDED;
      party->reason = event->reason;
      break;
    default:
      break;
    }
  party->since = event->at;
}

void
record_set_party_number (Record *self, ModelId id, const char *number)
{
  Party *party = record_party (self, id);

  if (party == NULL)
    return;
  g_free (party->number);
  party->number = g_strdup (number);
}

char *
record_party_key (ModelId id)
{
  char text[MODEL_ID_TEXT_SIZE];

  return g_strconcat (KEY, model_id_to_text (MODEL_ID_PARTICIPATION, id, text), NULL);
}

gboolean
record_party_from_key (const char *key, ModelId *id)
{
  return g_str_has_prefix (key, KEY) &&
         model_id_from_text (MODEL_ID_PARTICIPATION, key + strlen (KEY), id);
}

void
record_forget_parties (Record *self)
{
  for (guint i = 0; i < self->parties->len; i++)
    g_clear_pointer (&((Party *) g_ptr_array_index (self->parties, i))->number, g_free);
}
