/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of outside numbers in calls into the state. Core's thread. */
#include "acd/apply-work.h"
#include "acd/party.h"

AcdParty *
acd_party (const AcdCore *core, ModelId id)
{
  return acd_id_map_lookup (&core->parties, id);
}

AcdParty *
acd_parties (const AcdCore *core, const AcdInteraction *interaction)
{
  return core->parties.n > 0 ? acd_id_map_lookup (&core->party_lists, interaction->id) : NULL;
}

gboolean
acd_party_is_in (const AcdParty *party)
{
  return party->state == ACD_PARTY_ACTIVE || party->state == ACD_PARTY_HELD;
}

AcdParty *
acd_party_as (const AcdCore *core, const AcdInteraction *interaction, ModelPart part)
{
  AcdParty *party = acd_parties (core, interaction);

  while (party != NULL && (party->part != (guint8) part || !acd_party_is_in (party)))
    party = party->next;
  return party;
}

AcdParty *
acd_party_rung (const AcdCore *core, const AcdInteraction *interaction)
{
  AcdParty *party = acd_parties (core, interaction);

  while (party != NULL && party->state != ACD_PARTY_DIALLING)
    party = party->next;
  return party;
}

AcdParty *
acd_party_talk (const AcdCore *core, const AcdPart *part)
{
  AcdParty *party;

  if (core->parties.n == 0 || part->part != MODEL_PART_PRIMARY || part->state != ACD_PART_HELD ||
      !part->interaction->customer_present)
    return NULL;
  party = acd_party_as (core, part->interaction, MODEL_PART_CONSULTED);
  return party != NULL && party->state == ACD_PARTY_ACTIVE ? party : NULL;
}

static void
set_deadline (AcdCore *core, AcdParty *party, gint64 deadline)
{
  party->deadline = deadline;
  acd_timer_set (core, ACD_TIMER_PARTY, &party->timer, deadline != 0 ? deadline : G_MAXINT64,
                 party->id);
}

static gboolean
dialled (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, event->interaction);
  AcdAgent *by = acd_find_agent (core, event->by);
  AcdParty *party, *last;

  if (interaction == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (by == NULL && event->team == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "by");
  if (acd_party (core, event->participation) != NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "participation");
  if (!acd_take_id (core, event->participation, "participation", error))
    return FALSE;
  party = g_new0 (AcdParty, 1);
  party->id = event->participation;
  party->interaction = interaction;
  party->by = by;
  party->forwarder = acd_find_agent (core, event->agent);
  party->team = event->team;
  if (by == NULL)
    {
      party->queue = acd_find_queue (core, event->fallback);
      party->queued_at = event->queued_at;
      party->priority = event->priority;
    }
  acd_team_count (core, party->team, 1);
  party->joined = party->since = event->at;
  party->part = (guint8) event->part;
  last = acd_parties (core, interaction);
  while (last != NULL && last->next != NULL)
    last = last->next;
  if (last != NULL)
    last->next = party;
  else
    acd_id_map_insert (&core->party_lists, interaction->id, party);
  acd_id_map_insert (&core->parties, party->id, party);
  set_deadline (core, party, event->deadline);
  return TRUE;
}

static void
remove_party (AcdCore *core, AcdParty *party)
{
  AcdParty *first = acd_parties (core, party->interaction);

  if (first == party)
    {
      acd_id_map_remove (&core->party_lists, party->interaction->id);
      if (party->next != NULL)
        acd_id_map_insert (&core->party_lists, party->interaction->id, party->next);
    }
  else
    {
      while (first->next != party)
        first = first->next;
      first->next = party->next;
    }
  set_deadline (core, party, 0);
  acd_team_count (core, party->team, -1);
  acd_id_map_remove (&core->parties, party->id);
  acd_party_free (core, party);
}

static void
change_role (AcdCore *core, AcdParty *party, const ModelEvent *event)
{
  party->part = (guint8) event->part;
  if (event->part != MODEL_PART_PRIMARY)
    return;
  party->queue = acd_find_queue (core, event->queue);
  party->queued_at = event->queued_at;
  party->priority = event->priority;
  if (event->deadline != 0)
    set_deadline (core, party, event->deadline);
}

static void
carry_out (AcdCore *core, AcdParty *party, AcdPartyAction action, const ModelEvent *event)
{
  switch (action)
    {
    case ACD_PARTY_DO_NOTHING:
      break;
    case ACD_PARTY_DO_JOIN:
      party->leg = event->leg;
      party->joined = party->since = event->at;
      set_deadline (core, party, 0);
      break;
    case ACD_PARTY_DO_HOLD:
      party->since = event->at;
      break;
    case ACD_PARTY_DO_RESUME:
      party->held_total += event->at - party->since;
      party->since = event->at;
      break;
    case ACD_PARTY_DO_MUTE:
    case ACD_PARTY_DO_UNMUTE:
      party->muted = action == ACD_PARTY_DO_MUTE;
      break;
    case ACD_PARTY_DO_CHANGE_ROLE:
      change_role (core, party, event);
      break;
    case ACD_PARTY_DO_LEAVE:
      remove_party (core, party);
      break;
    }
}

gboolean
acd_apply_party (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdParty *party = acd_party (core, event->participation);
  const BaseTransition *transition;

  if (event->type == MODEL_EVENT_PARTY_DIALLING)
    return dialled (core, event, error);
  if (party == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "participation");
  transition = base_machine_find (&acd_party_machine, party->state, acd_party_step (event));
  if (transition == NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "participation");
  if (transition->next != ACD_PARTY_OVER)
    party->state = transition->next;
  carry_out (core, party, (AcdPartyAction) transition->action, event);
  return TRUE;
}

void
acd_party_shift (AcdCore *core, gint64 shift)
{
  g_autoptr (GArray) ids = acd_id_map_ids (&core->parties);

  for (guint i = 0; i < ids->len; i++)
    {
      AcdParty *party = acd_party (core, g_array_index (ids, ModelId, i));
      if (party->deadline != 0)
        set_deadline (core, party, party->deadline + shift);
    }
}

void
acd_party_free (AcdCore *core, AcdParty *party)
{
  g_free (party);
}
