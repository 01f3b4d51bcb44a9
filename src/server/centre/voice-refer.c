/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers by the keys of a station: the core's own transfer at the wish of that station's agent.
 * What becomes of it the station is told from the record; a call that nobody took is given back.
 * Centre's thread. */
#include "acd/core.h"
#include "server/centre/voice-private.h"

#include <string.h>

#define REPORT "transfer.report-"

enum
{
  TRYING = 100,
  RINGING = 180,
  DONE = 200,
  FORBIDDEN = 403,
  NOT_FOUND = 404,
  UNAVAILABLE = 480,
  BUSY = 486,
  TERMINATED = 487,
  DECLINED = 603,
};

/* --- what the station is told ----------------------------------------------------------------- */

int
voice_status_of (const char *reason)
{
  static const struct
  {
    ModelCode code;
    int status;
  } statuses[] = {
    { MODEL_CODE_BUSY, BUSY },
    { MODEL_CODE_AGENT_BUSY, BUSY },
    { MODEL_CODE_FULL, BUSY },
    { MODEL_CODE_TEAM_FULL, BUSY },
    { MODEL_CODE_CONFERENCE_FULL, BUSY },
    { MODEL_CODE_CONSULT_IN_PROGRESS, BUSY },
    { MODEL_CODE_CALL_IN_PROGRESS, BUSY },
    { MODEL_CODE_DECLINED, DECLINED },
    { MODEL_CODE_WRONG_NUMBER, NOT_FOUND },
    { MODEL_CODE_NO_ANSWER, UNAVAILABLE },
    { MODEL_CODE_UNREACHABLE, UNAVAILABLE },
    { MODEL_CODE_COLLEAGUE_AWAY, UNAVAILABLE },
    { MODEL_CODE_OWNER_AWAY, UNAVAILABLE },
    { MODEL_CODE_UNSTAFFED, UNAVAILABLE },
    { MODEL_CODE_CLOSED, UNAVAILABLE },
    { MODEL_CODE_WAITED_TOO_LONG, UNAVAILABLE },
    { MODEL_CODE_RONA, UNAVAILABLE },
    { MODEL_CODE_CUSTOMER_GONE, TERMINATED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (reason, model_code (statuses[i].code)) == 0)
      return statuses[i].status;

  return FORBIDDEN;
}

static VoiceRequest *
report_new (Centre *centre, const Leg *leg, int status)
{
  g_autofree char *id =
      g_strdup_printf (REPORT "%s-%" G_GUINT64_FORMAT, leg->name, ++centre->voice->next_request);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_TRANSFER_REPORT, id);

  request->leg = g_strdup (leg->name);
  request->status = status;

  return request;
}

static void
refuse (Centre *centre, Leg *leg, int status)
{
  leg->refers = FALSE;
  centre_voice_submit (centre, report_new (centre, leg, status));
}

/* Why nobody took it. */
static int
why_not (const Record *record, const Leg *leg)
{
  const RecordAsk *ask = &record->ask;
  const Party *party = NULL;

  if (ask->kind == MODEL_REQUEST_TRANSFER && ask->by == leg->agent &&
      ask->outcome != MODEL_OUTCOME_NONE)
    return ask->outcome == MODEL_OUTCOME_DECLINED ? DECLINED : UNAVAILABLE;
  for (guint i = 0; i < record->parties->len; i++)
    {
      const Party *one = g_ptr_array_index (record->parties, i);

      if (one->kind == MODEL_REQUEST_TRANSFER && one->by == leg->agent)
        party = one;
    }

  return party != NULL && party->state == PART_ENDED ? voice_status_of (party->reason) : TERMINATED;
}

static gboolean
goes_on (const Record *record, const Leg *leg)
{
  const RecordAsk *ask = &record->ask;

  for (guint i = 0; i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);

      if (party->state == PART_DIALLING && party->kind == MODEL_REQUEST_TRANSFER)
        return TRUE;
    }

  return ask->since != 0 && ask->outcome == MODEL_OUTCOME_NONE && ask->by == leg->agent &&
         ask->kind == MODEL_REQUEST_TRANSFER;
}

/* Who gave the call away is out of it for that reason alone. */
static gboolean
was_given (const Record *record, const char *agent)
{
  for (guint i = record->parts->len; i > 0; i--)
    {
      const Part *part = g_ptr_array_index (record->parts, i - 1);

      if (part->agent == agent)
        return g_strcmp0 (part->left_reason, model_code (MODEL_CODE_TRANSFERRED)) == 0 ||
               g_strcmp0 (part->left_reason, model_code (MODEL_CODE_AGENT_LEFT)) == 0;
    }

  return FALSE;
}

void
voice_refer_act (Centre *centre, Record *record, GPtrArray *requests)
{
  VoiceCall *call = record != NULL ? voice_call (centre, record->id) : NULL;

  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (call->legs, i);
      const Part *part = leg->refers ? record_part_of (record, leg->agent) : NULL;
      gboolean in_it = part != NULL && part->state != PART_WRAP_UP;

      if (!leg->refers || leg->hanging_up || (in_it && goes_on (record, leg)))
        continue;
      leg->refers = FALSE;
      leg->retrieve = in_it;
      g_ptr_array_add (requests, report_new (centre, leg,
                                             in_it ? why_not (record, leg)
                                             : was_given (record, leg->agent) ? DONE
                                                                              : TERMINATED));
    }
}

void
voice_refer_rings (Centre *centre, ModelId interaction)
{
  Record *record = centre_record (centre, interaction);
  VoiceCall *call = voice_call (centre, interaction);

  for (guint i = 0; record != NULL && call != NULL && i < call->legs->len; i++)
    {
      const Leg *leg = g_ptr_array_index (call->legs, i);

      if (leg->refers && !leg->hanging_up && goes_on (record, leg))
        centre_voice_submit (centre, report_new (centre, leg, RINGING));
    }
}

/* The customer of a transfer that nobody took is there again, but where the phone itself holds the
 * call: it takes it back by its own keys. */
gboolean
voice_refer_over (Centre *centre, const VoiceEvent *event)
{
  const char *name = event->request + strlen (REPORT);
  const char *end;
  g_autofree char *text = NULL;
  Leg *leg;

  if (!g_str_has_prefix (event->request, REPORT))
    return FALSE;
  end = strrchr (name, '-');
  text = end != NULL ? g_strndup (name, (gsize) (end - name)) : NULL;
  leg = voice_leg (centre, text);
  if (leg != NULL && leg->retrieve && !leg->hanging_up)
    {
      AcdCommand command = { .type = ACD_COMMAND_RESUME,
                             .interaction = leg->interaction,
                             .agent = leg->agent };

      leg->retrieve = FALSE;
      if (!leg->held)
        centre_command (centre, &command, NULL, NULL, NULL, NULL);
    }

  return TRUE;
}

/* --- what the station asks for ---------------------------------------------------------------- */

static void
on_transferred (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree char *name = user_data;
  Leg *leg = voice_leg (centre, name);

  if (result->error == NULL || leg == NULL || !leg->refers)
    return;
  refuse (centre, leg,
          g_error_matches (result->error, ACD_ERROR, ACD_ERROR_UNKNOWN)
              ? NOT_FOUND
              : voice_status_of (result->error->message));
}

static void
transfer (Centre *centre, Leg *leg, AcdCommand *command, const char *number)
{
  CentreAside aside = { .number = number };

  command->interaction = leg->interaction;
  command->agent = leg->agent;
  leg->refers = TRUE;
  centre_command (centre, command, &aside, NULL, on_transferred, g_strdup (leg->name));
}

/* To who is consulted, who first hears the agent's word again; to all others when that one is with
 * the customer already. */
static void
complete (Centre *centre, Leg *leg, Record *record)
{
  AcdCommand command = { .type = ACD_COMMAND_LEAVE };
  AcdCommand resume = { .type = ACD_COMMAND_RESUME, .agent = leg->agent };

  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->part != MODEL_PART_CONSULTED ||
          (part->state != PART_ACTIVE && part->state != PART_HELD))
        continue;
      command.type = ACD_COMMAND_TRANSFER;
      command.target = part->agent;
      resume.participation = part->state == PART_HELD ? part->id : 0;
    }
  for (guint i = 0; i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);

      if (party->part != MODEL_PART_CONSULTED ||
          (party->state != PART_ACTIVE && party->state != PART_HELD))
        continue;
      command.type = ACD_COMMAND_TRANSFER;
      command.outside = TRUE;
      resume.participation = party->state == PART_HELD ? party->id : 0;
    }
  if (resume.participation != 0)
    centre_command (centre, &resume, NULL, NULL, NULL, NULL);
  transfer (centre, leg, &command, NULL);
}

void
voice_station_refers (Centre *centre, Leg *leg, const VoiceEvent *event)
{
  Record *record =
      leg->agent != NULL && leg->party == 0 ? centre_record (centre, leg->interaction) : NULL;
  const Leg *other = voice_leg (centre, event->other);
  AcdCommand command = { .type = ACD_COMMAND_TRANSFER };
  g_autofree char *number = NULL;

  if (record == NULL || leg->customer || leg->refers || leg->hanging_up)
    refuse (centre, leg, FORBIDDEN);
  else if (event->other == NULL && voice_aim (centre, event->number, &command, &number))
    transfer (centre, leg, &command, number);
  else if (event->other == NULL)
    refuse (centre, leg, NOT_FOUND);
  else if (other == NULL || other->agent != leg->agent || other->interaction != leg->interaction)
    refuse (centre, leg, FORBIDDEN);
  else
    complete (centre, leg, record);
}
