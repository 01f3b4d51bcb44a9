/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens between several in one interaction on a random day: agents and outside numbers. */
#include "simulation/day.h"

/* One who has work in hand asks somebody. */
void
day_ask_colleague (Day *day)
{
  LedgerPart *part = day_any (day, day->ledger->parts);
  guint where = dice_below (&day->dice, 12);
  char name[NAME_SIZE];

  for (int tries = 0; tries < 2 && part != NULL && part->part != MODEL_PART_PRIMARY; tries++)
    part = day_any (day, day->ledger->parts);
  if (part == NULL)
    return;
  g_snprintf (name, sizeof name, "%c%u", where == 11 ? 'e' : 'q',
              dice_below (&day->dice, day->n_queues));
  day_tell (day,
            &(AcdCommand){ .type = ACD_COMMAND_CONSULT,
                           .participation = part->id,
                           .agent = part->agent->id,
                           .on = dice_chance (&day->dice, 40),
                           .target = where < 5 || where == 9
                                         ? ((LedgerAgent *) day_any (day, day->ledger->agents))->id
                                         : NULL,
                           .queue = where >= 5 && where != 8 && where < 10 ? name : NULL,
                           .skill = where == 8 ? "k0" : NULL,
                           .team = where == 10 ? day_any_team (day) : NULL,
                           .entry_point = where == 11 ? name : NULL });
}

/* Any colleague, queue, entry point, skill or team. */
static AcdCommand
any_aim (Day *day, AcdCommandType type, char name[NAME_SIZE])
{
  guint where = dice_below (&day->dice, 12);
  AcdCommand command = { .type = (gint32) type, .on = TRUE };

  g_snprintf (name, NAME_SIZE, "%c%u", where == 11 ? 'e' : 'q',
              dice_below (&day->dice, day->n_queues));
  if (where < 6)
    command.target = ((LedgerAgent *) day_any (day, day->ledger->agents))->id;
  else if (where < 9)
    command.queue = name;
  else if (where == 9)
    command.skill = "k0";
  else if (where == 10)
    command.team = day_any_team (day);
  else
    command.entry_point = name;
  return command;
}

/* Agents call each other; the station answers later, for whom it is then. */
void
day_call_colleague (Day *day)
{
  char name[NAME_SIZE];
  LedgerPart *part = day_any (day, day->ledger->parts);
  gboolean begin = part == NULL || dice_chance (&day->dice, 50);
  AcdCommand command = any_aim (day, begin ? ACD_COMMAND_CALL : ACD_COMMAND_STATION_ANSWERED, name);

  if (begin)
    command.agent = ((LedgerAgent *) day_any (day, day->ledger->agents))->id;
  for (guint i = 0; !begin && i < day->ledger->parts->len; i++)
    if (((LedgerPart *) day->ledger->parts->pdata[i])->state == LEDGER_CALLING)
      part = day->ledger->parts->pdata[i];
  if (!begin)
    command.participation = part->id;
  day_tell (day, &command);
}

/* To whoever is asked to it: that one is given it before the answer. */
static gboolean
give_to_asked (Day *day, const LedgerPart *part)
{
  for (guint i = 0; i < day->ledger->requests->len; i++)
    {
      const LedgerRequest *request = day->ledger->requests->pdata[i];
      if (request->interaction != part->interaction || request->owner == NULL)
        continue;
      day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_TRANSFER,
                                    .participation = part->id,
                                    .agent = part->agent->id,
                                    .target = request->owner->id });
      return TRUE;
    }
  return FALSE;
}

/* What goes on between several agents; transfers go to who is asked or consulted, too. */
void
day_handle_company (Day *day)
{
  static const guint8 types[] = {
    ACD_COMMAND_END_CONSULT, ACD_COMMAND_CONFERENCE, ACD_COMMAND_CONFERENCE,
    ACD_COMMAND_LEAVE,       ACD_COMMAND_LEAVE,      ACD_COMMAND_TRANSFER,
  };
  LedgerPart *part = day_any (day, day->ledger->parts);
  LedgerPart *other = NULL;

  if (part == NULL || (dice_chance (&day->dice, 20) && give_to_asked (day, part)))
    return;
  for (guint i = 0; i < day->ledger->parts->len; i++)
    {
      LedgerPart *one = day->ledger->parts->pdata[i];
      if (one != part && one->interaction == part->interaction)
        other = one;
    }
  if (other == NULL && dice_chance (&day->dice, 80))
    return;
  day_tell (day, &(AcdCommand){ .type = types[dice_below (&day->dice, sizeof types)],
                                .participation = part->id,
                                .agent = part->agent->id,
                                .target = other != NULL ? other->agent->id : NULL });
}

/* Of a call with several: its primary agent, or whoever it is, turns to somebody's part. */
void
day_turn_to (Day *day)
{
  static const guint8 types[] = {
    ACD_COMMAND_HOLD, ACD_COMMAND_RESUME, ACD_COMMAND_RESUME, ACD_COMMAND_REMOVE,
    ACD_COMMAND_MUTE, ACD_COMMAND_MUTE,   ACD_COMMAND_UNMUTE, ACD_COMMAND_STATION_RESUMED,
  };
  LedgerPart *part = day_any (day, day->ledger->parts);
  ModelId id;

  for (int tries = 0; tries < 4 && part != NULL && part->part == MODEL_PART_PRIMARY; tries++)
    part = day_any (day, day->ledger->parts);
  id = part != NULL ? part->id : 0; /* the part may end meanwhile */
  for (guint i = 0; part != NULL && i < day->ledger->parts->len; i++)
    {
      LedgerPart *one = day->ledger->parts->pdata[i];
      if (one->interaction == part->interaction && one->state <= LEDGER_HELD &&
          (one->part == MODEL_PART_PRIMARY || dice_chance (&day->dice, 10)))
        day_tell (day, &(AcdCommand){ .type = types[dice_below (&day->dice, sizeof types)],
                                      .participation = part->id,
                                      .agent = one->agent->id });
      part = ledger_part (day->ledger, id);
    }
}

/* Anybody has a number rung for a call, or gives the call to it. */
void
day_ask_outside (Day *day)
{
  LedgerPart *part = day_any (day, day->ledger->parts);

  for (int tries = 0; tries < 4 && part != NULL && part->channel != MODEL_CHANNEL_VOICE; tries++)
    part = day_any (day, day->ledger->parts);
  if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = dice_chance (&day->dice, 70) ? ACD_COMMAND_CONSULT
                                                                       : ACD_COMMAND_TRANSFER,
                                  .participation = part->id,
                                  .agent = part->agent->id,
                                  .on = dice_chance (&day->dice, 40),
                                  .outside = TRUE });
}

/* The same with a team that has a number: it is never asked. */
static void
ask_team (Day *day)
{
  guint64 n = day->n_commands / 11;
  const LedgerPart *part = NULL;

  for (guint i = 0; i < day->ledger->parts->len; i++)
    if (((const LedgerPart *) day->ledger->parts->pdata[i])->channel == MODEL_CHANNEL_VOICE)
      part = day->ledger->parts->pdata[i];
  if (part == NULL)
    return;
  if (day_tell (day, &(AcdCommand){ .type = n % 3 ? ACD_COMMAND_TRANSFER : ACD_COMMAND_CONSULT,
                                    .participation = part->id,
                                    .agent = part->agent->id,
                                    .on = n % 2 != 0,
                                    .team = n % 5 ? "far" : NULL,
                                    .entry_point = n % 5 ? NULL : "e4" }) &&
      n % 3 == 0)
    day_say_broken (day, g_strdup ("a team that has a number is asked"));
}

/* A supervisor comes to a call, in whichever way, and goes. */
static void
supervise (Day *day)
{
  LedgerPart *part = day_any (day, day->ledger->parts);

  for (int tries = 0; tries < 6 && part != NULL && part->channel != MODEL_CHANNEL_VOICE; tries++)
    part = day_any (day, day->ledger->parts);
  if (part == NULL)
    return;
  if (dice_chance (&day->dice, 20))
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_UNSUPERVISE,
                                  .interaction = part->interaction,
                                  .agent = "a0" });
  else if (dice_chance (&day->dice, 50))
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SUPERVISE,
                                  .participation = part->id,
                                  .agent = "a0",
                                  .mode = 1 + (gint32) dice_below (&day->dice, 4) });
  for (guint i = 0; i < day->ledger->parts->len; i++)
    {
      part = day->ledger->parts->pdata[i];
      if (part->state == LEDGER_CALLING && part->part == MODEL_PART_SUPERVISING)
        {
          day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_STATION_ANSWERED,
                                        .participation = part->id,
                                        .leg = 1 + day->n_commands });
          return;
        }
    }
}

/* The other end of such a line, and who is to hear it. */
void
day_answer_outside (Day *day)
{

  static const guint8 types[] = {
    ACD_COMMAND_PARTY_ANSWERED, ACD_COMMAND_PARTY_ANSWERED, ACD_COMMAND_PARTY_ANSWERED,
    ACD_COMMAND_PARTY_ANSWERED, ACD_COMMAND_PARTY_FAILED,   ACD_COMMAND_PARTY_HUNG_UP,
    ACD_COMMAND_HOLD,           ACD_COMMAND_RESUME,         ACD_COMMAND_RESUME,
    ACD_COMMAND_MUTE,           ACD_COMMAND_UNMUTE,         ACD_COMMAND_REMOVE,
  };
  LedgerParty *party = day_any (day, day->ledger->parties);
  LedgerAgent *agent;

  if (dice_chance (&day->dice, 40))
    supervise (day);
  party = day_any (day, day->ledger->parties);
  if (party == NULL)
    return;
  agent = dice_chance (&day->dice, 95) && party->by != NULL ? party->by
                                                            : day_any (day, day->ledger->agents);
  day_tell (day, &(AcdCommand){ .type = types[dice_below (&day->dice, sizeof types)],
                                .participation = party->id,
                                .agent = agent->id,
                                .leg = 1 + day->n_commands });
}

/* Without the dice: the rest of the day goes on as it would. */
void
day_turn_channel (Day *day)
{
  guint64 n = day->n_commands / 13;
  const LedgerAgent *agent = day->ledger->agents->pdata[n % day->ledger->agents->len];

  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SET_CHANNEL,
                                .agent = agent->id,
                                .channel = (gint32) (n / 3 % MODEL_N_CHANNELS),
                                .state = n % 4 == 3 ? MODEL_AGENT_AVAILABLE : MODEL_AGENT_IDLE,
                                .reason = n % 5 ? "lunch" : "meeting",
                                .by = n % 2 ? "a0" : NULL });
  ask_team (day);
}
