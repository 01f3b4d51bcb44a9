/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teams that have a number: how many calls are with each, and calls that rules give to them. Nobody
 * of such a team is of the centre. Core's thread. */
#include "acd/party.h"

const ModelTeam *
acd_numbered_team (const AcdCore *core, const char *id)
{
  const ModelTeam *team =
      core->definitions != NULL ? model_definitions_team (core->definitions, id) : NULL;

  return team != NULL && team->number != NULL ? team : NULL;
}

guint
acd_team_calls (const AcdCore *core, const char *id)
{
  return id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (core->team_calls, id)) : 0;
}

void
acd_team_count (AcdCore *core, const char *id, gint change)
{
  gint calls = (gint) acd_team_calls (core, id) + change;

  if (id != NULL)
    g_hash_table_insert (core->team_calls, (gpointer) id, GINT_TO_POINTER (calls));
}

gboolean
acd_team_has_room (const AcdCore *core, const ModelTeam *team)
{
  return team != NULL && acd_team_calls (core, team->id) < (guint) team->calls;
}

gboolean
acd_exit_by (AcdCore *core, AcdQueue *queue, const ModelOverflow *overflow, AcdExit *exit)
{
  const ModelTeam *team = acd_numbered_team (core, overflow->team);
  AcdQueue *next = acd_find_queue (core, overflow->queue);

  if (overflow->action != MODEL_OVERFLOW_TEAM || !acd_team_has_room (core, team))
    return FALSE;
  exit->team = team;
  exit->queue = queue;
  exit->back = next != NULL ? next : queue;
  return TRUE;
}

gboolean
acd_exit_of_entry (AcdCore *core, const AcdEntry *entry, AcdExit *exit)
{
  const ModelTeam *team = acd_numbered_team (core, entry->def.team);

  *exit = (AcdExit){ .team = team, .queue = entry->queue, .back = entry->queue };
  return acd_team_has_room (core, team);
}

void
acd_step_dial_team (AcdCore *core, AcdInteraction *interaction, const AcdExit *exit)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_PARTY_DIALLING);

  acd_event_about (core, event, interaction);
  event->participation = acd_new_id (core);
  event->team = g_intern_string (exit->team->id);
  event->queue = exit->queue != NULL ? exit->queue->id : NULL;
  event->fallback = exit->back != NULL ? exit->back->id : NULL;
  event->reason = exit->why;
  event->priority = exit->priority + (exit->back != NULL ? exit->back->def.priority : 0);
  event->queued_at = exit->queued_at;
  event->kind = MODEL_REQUEST_NEW;
  event->part = MODEL_PART_PRIMARY;
  event->deadline = core->clock + (gint64) acd_settings (core)->dial_seconds * 1000;
  acd_emit (core, event);
}

/* The queue's rules hold but for those that lead to a number: they were tried. */
void
acd_step_team_failed (AcdCore *core,
                      AcdInteraction *interaction,
                      const AcdParty *party,
                      const char *reason)
{
  const AcdEntry *entry = acd_find_entry (core, interaction->entry_point);
  AcdPlacing placing = { .kind = MODEL_REQUEST_NEW,
                         .queue = party->queue,
                         .reason = reason,
                         .queued_at = party->queued_at };

  if (party->queue == NULL)
    {
      acd_step_close_if_done (core, interaction, MODEL_OUTCOME_REJECTED, reason);
      return;
    }
  if (entry != NULL && entry->queue == party->queue)
    placing.entry = (AcdEntry *) entry;
  placing.priority = party->priority - party->queue->def.priority;
  acd_step_place (core, interaction, &placing);
}
