/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens on a random day: customers, agents, machines, administrators, and nonsense. */
#include "simulation/day.h"

#define NAME_SIZE 16

static gpointer
any (Day *day, GPtrArray *list)
{
  return list->len > 0 ? list->pdata[dice_below (&day->dice, list->len)] : NULL;
}

static LedgerAgent *
any_agent (Day *day)
{
  return any (day, day->ledger->agents);
}

static void
arrive (Day *day)
{
  char name[NAME_SIZE];
  guint i = dice_below (&day->dice, day->n_queues);
  char *variables[] = { (char *) "v0", (char *) "unknown", NULL };
  ModelChannel channel = MODEL_CHANNEL_VOICE;

  model_channel_from_text (centre_channel (i), &channel);
  if (ledger_waiting (day->ledger, -1) + day->ledger->requests->len > 30)
    return;
  g_snprintf (name, sizeof name, "e%u", i);
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_ARRIVE,
                                .entry_point = name,
                                .channel = (gint32) channel,
                                .variables = dice_chance (&day->dice, 10) ? variables : NULL,
                                .target = dice_chance (&day->dice, 30) ? any_agent (day)->id : NULL,
                                .leg = 1 + day->n_commands });
}

static void
call_directly (Day *day)
{
  if (day->ledger->requests->len < 30)
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_ARRIVE,
                                  .agent = any_agent (day)->id,
                                  .channel = dice_chance (&day->dice, 30)
                                                 ? (gint32) dice_below (&day->dice, 3)
                                                 : MODEL_CHANNEL_VOICE,
                                  .by = dice_chance (&day->dice, 20) ? any_agent (day)->id : NULL,
                                  .leg = 1 + day->n_commands });
}

static void
hang_up (Day *day)
{
  LedgerInteraction *interaction = any (day, day->ledger->interactions);

  if (interaction != NULL)
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_CUSTOMER_LEFT,
                                  .interaction = interaction->id,
                                  .reason = dice_chance (&day->dice, 20) ? "engine_lost" : NULL });
}

static void
answer_offer (Day *day)
{
  static const guint8 types[] = {
    ACD_COMMAND_OFFER_ACCEPT,  ACD_COMMAND_OFFER_ACCEPT,  ACD_COMMAND_OFFER_ACCEPT,
    ACD_COMMAND_OFFER_ACCEPT,  ACD_COMMAND_OFFER_ACCEPT,  ACD_COMMAND_OFFER_RINGING,
    ACD_COMMAND_OFFER_RINGING, ACD_COMMAND_OFFER_DECLINE, ACD_COMMAND_OFFER_FAULT,
  };
  LedgerOffer *offer = any (day, day->ledger->offers);

  if (offer != NULL)
    day_tell (day, &(AcdCommand){ .type = types[dice_below (&day->dice, sizeof types)],
                                  .offer = offer->id,
                                  .agent = dice_chance (&day->dice, 5) ? any_agent (day)->id : NULL,
                                  .reason = "unreachable" });
}

static void
handle_work (Day *day)
{
  static const guint8 types[] = {
    ACD_COMMAND_HOLD,
    ACD_COMMAND_RESUME,
    ACD_COMMAND_END,
    ACD_COMMAND_END,
    ACD_COMMAND_END,
    ACD_COMMAND_STATION_HELD,
    ACD_COMMAND_STATION_RESUMED,
    ACD_COMMAND_STATION_HUNG_UP,
    ACD_COMMAND_WRAP_UP_SUBMIT,
    ACD_COMMAND_WRAP_UP_SUBMIT,
    ACD_COMMAND_WRAP_UP_EXTEND,
    ACD_COMMAND_WRAP_UP_END,
  };
  LedgerPart *part = any (day, day->ledger->parts);

  if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = types[dice_below (&day->dice, sizeof types)],
                                  .participation = part->id,
                                  .agent = part->agent->id,
                                  .by = dice_chance (&day->dice, 10) ? "a0" : NULL });
}

/* Digital work to its queue, to another, to an agent, to a skill; or a mixture, which is refused.
 */
static void
give_away (Day *day)
{
  static const char *const skills[] = { "k0", "k1", "k2", "unknown" };
  LedgerPart *part = any (day, day->ledger->parts);
  guint where = dice_below (&day->dice, 8);
  char name[NAME_SIZE];

  if (part == NULL)
    return;
  g_snprintf (name, sizeof name, "q%u", dice_below (&day->dice, day->n_queues));
  day_tell (day, &(AcdCommand){
                     .type = where < 2 ? ACD_COMMAND_UNASSIGN : ACD_COMMAND_TRANSFER,
                     .participation = part->id,
                     .agent = part->agent->id,
                     .queue = where == 2 || where == 3 || where == 7 ? name : NULL,
                     .target = where == 4 || where == 5 || where == 7 ? any_agent (day)->id : NULL,
                     .skill = where == 6 ? skills[dice_below (&day->dice, 4)] : NULL,
                 });
}

/* A request of the list, as somebody looking at the queues would choose it. */
static void
take_one (Day *day)
{
  const LedgerRequest *request = any (day, day->ledger->requests);
  const LedgerAgent *agent = any_agent (day);
  gboolean may;

  if (request == NULL)
    return;
  may = ledger_takeable (day->ledger, agent, request);
  if (day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_TAKE,
                                    .agent = agent->id,
                                    .interaction = request->interaction }) != may)
    day_say_broken (day, g_strdup_printf ("%s %s take what waits", agent->id,
                                          may ? "may, and cannot," : "may not, and can"));
}

/* One more, mostly of any channel. */
static void
ask_for_more (Day *day)
{
  const LedgerAgent *agent = any_agent (day);
  int channel = dice_chance (&day->dice, 70) ? MODEL_CHANNEL_VOICE
                                             : (int) dice_below (&day->dice, MODEL_N_CHANNELS);
  const LedgerRequest *best = NULL;
  ModelId expected;
  gboolean given;

  for (guint i = 0; i < day->ledger->requests->len; i++)
    {
      const LedgerRequest *request = day->ledger->requests->pdata[i];
      if (ledger_pullable (day->ledger, agent, request, channel) &&
          (best == NULL || ledger_compare_requests (request, best) < 0))
        best = request;
    }
  expected = best != NULL ? best->id : 0;
  given = day_tell (
      day, &(AcdCommand){ .type = ACD_COMMAND_PULL, .agent = agent->id, .channel = channel });
  if (given != (expected != 0) || (given && day->ledger->chosen.id != expected))
    day_say_broken (day,
                    g_strdup_printf ("%s asks for one more, and the answer is wrong", agent->id));
}

/* Colleagues write to each other and put it away. */
static void
write_to (Day *day)
{
  LedgerPart *part = any (day, day->ledger->parts);

  if (dice_chance (&day->dice, 50))
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_IM,
                                  .agent = any_agent (day)->id,
                                  .target = any_agent (day)->id });
  else if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_LEAVE,
                                  .interaction = part->interaction,
                                  .agent = part->agent->id });
}

/* One who has work of the channel in hand asks somebody, mostly for digital work. */
static void
ask_colleague (Day *day)
{
  LedgerPart *part = any (day, day->ledger->parts);
  guint where = dice_below (&day->dice, 10);
  char name[NAME_SIZE];

  for (int tries = 0; tries < 4 && part != NULL && part->channel == MODEL_CHANNEL_VOICE; tries++)
    part = any (day, day->ledger->parts);
  if (part == NULL)
    return;
  g_snprintf (name, sizeof name, "q%u", dice_below (&day->dice, day->n_queues));
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_CONSULT,
                                .participation = part->id,
                                .agent = part->agent->id,
                                .on = dice_chance (&day->dice, 40),
                                .target = where < 5 || where == 9 ? any_agent (day)->id : NULL,
                                .queue = where >= 5 && where != 8 ? name : NULL,
                                .skill = where == 8 ? "k0" : NULL });
}

/* What goes on between several agents; transfers go to who is consulted, too. */
static void
handle_company (Day *day)
{
  static const guint8 types[] = {
    ACD_COMMAND_END_CONSULT, ACD_COMMAND_CONFERENCE, ACD_COMMAND_CONFERENCE,
    ACD_COMMAND_LEAVE,       ACD_COMMAND_LEAVE,      ACD_COMMAND_TRANSFER,
  };
  LedgerPart *part = any (day, day->ledger->parts);
  LedgerPart *other = NULL;

  if (part == NULL)
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

static void
record (Day *day)
{
  static const guint8 types[] = { ACD_COMMAND_SET_NOTE, ACD_COMMAND_SET_DISPOSITION,
                                  ACD_COMMAND_SET_TAGS, ACD_COMMAND_SET_VARIABLE };
  static const char *const dispositions[] = { "sold", "lost", NULL, "unknown" };
  char *tags[] = { (char *) "t0", (char *) "t1", NULL };
  LedgerPart *part = any (day, day->ledger->parts);
  guint which = dice_below (&day->dice, 4);

  if (part == NULL)
    return;
  day_tell (day, &(AcdCommand){ .type = types[which],
                                .participation = part->id,
                                .agent = part->agent->id,
                                .variable = dice_chance (&day->dice, 80) ? "v0" : "v1",
                                .value = "text",
                                .tags = tags,
                                .disposition = dispositions[dice_below (&day->dice, 4)],
                                .revision = which < 3 && dice_chance (&day->dice, 90)
                                                ? part->revisions[which]
                                                : (gint32) dice_below (&day->dice, 3) });
}

static void
choose_state (Day *day)
{
  LedgerAgent *agent = any_agent (day);
  gboolean idle = dice_chance (&day->dice, 25);

  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SET_STATE,
                                .agent = agent->id,
                                .state = idle ? MODEL_AGENT_IDLE : MODEL_AGENT_AVAILABLE,
                                .reason = dice_chance (&day->dice, 50) ? "lunch" : "meeting",
                                .by = dice_chance (&day->dice, 5) ? any_agent (day)->id : NULL });
}

static void
choose_membership (Day *day)
{
  char name[NAME_SIZE];
  char *queues[] = { name, NULL };

  g_snprintf (name, sizeof name, "q%u", dice_below (&day->dice, day->n_queues));
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SET_MEMBERSHIP,
                                .agent = any_agent (day)->id,
                                .queues = dice_chance (&day->dice, 70) ? queues : NULL,
                                .membership = dice_chance (&day->dice, 60)
                                                  ? MODEL_MEMBERSHIP_READY
                                                  : (gint32) dice_below (&day->dice, 3),
                                .reason = "meeting" });
}

/* Brings an agent one step nearer to being available. */
static void
come_to_work (Day *day)
{
  LedgerAgent *agent = any_agent (day);
  AcdCommand command = { .agent = agent->id, .session = agent->session };

  if (agent->session == 0)
    {
      command.type = ACD_COMMAND_SIGN_IN;
      command.session = ++day->sessions;
      command.station = (gint32) dice_below (&day->dice, 3);
    }
  else if (!agent->desk)
    command.type = ACD_COMMAND_DESK_CONNECTED;
  else if (!agent->station)
    command.type = ACD_COMMAND_STATION_READY;
  else
    {
      command.type = ACD_COMMAND_SET_STATE;
      command.state = MODEL_AGENT_AVAILABLE;
    }
  day_tell (day, &command);
}

static void
lose_machine (Day *day)
{
  static const char *const reasons[] = { "unreachable", "device_fault", "suspended", NULL };

  day_tell (day, &(AcdCommand){ .type = dice_chance (&day->dice, 50) ? ACD_COMMAND_DESK_LOST
                                                                     : ACD_COMMAND_STATION_LOST,
                                .agent = any_agent (day)->id,
                                .reason = reasons[dice_below (&day->dice, 4)] });
}

static void
go_home (Day *day)
{
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SIGN_OUT,
                                .agent = any_agent (day)->id,
                                .on = dice_chance (&day->dice, 30),
                                .by = dice_chance (&day->dice, 20) ? "a0" : NULL });
}

static void
take_over (Day *day)
{
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SIGN_IN,
                                .agent = any_agent (day)->id,
                                .session = ++day->sessions });
}

static void
open_or_close (Day *day)
{
  char name[NAME_SIZE];

  g_snprintf (name, sizeof name, "q%u", dice_below (&day->dice, day->n_queues));
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SET_QUEUE_OPEN,
                                .queue = name,
                                .on = dice_chance (&day->dice, 70) });
}

static void
toggle_auto_accept (Day *day)
{
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SET_AUTO_ACCEPT,
                                .agent = any_agent (day)->id,
                                .on = dice_chance (&day->dice, 50) });
}

static void
redefine (Day *day)
{
  guint fewer = dice_below (&day->dice, 2);
  g_autoptr (ModelDefinitions) definitions =
      centre_random (&day->dice, day->n_agents, day->n_queues > fewer ? day->n_queues - fewer : 1);

  day_tell (day,
            &(AcdCommand){ .type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions });
}

static void
restart (Day *day)
{
  gint64 down = dice_below (&day->dice, 60000);

  day->now += down;
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_RESTARTED, .duration = down });
}

/* Anything with anything. */
static void
talk_nonsense (Day *day)
{
  LedgerPart *part = any (day, day->ledger->parts);
  LedgerOffer *offer = any (day, day->ledger->offers);
  LedgerInteraction *interaction = any (day, day->ledger->interactions);
  gint32 type = (gint32) dice_below (&day->dice, ACD_N_COMMANDS + 1);

  if (type == ACD_COMMAND_RESTARTED)
    return;
  day_tell (day, &(AcdCommand){
                     .type = type,
                     .agent = dice_chance (&day->dice, 80) ? any_agent (day)->id : "nobody",
                     .by = dice_chance (&day->dice, 20) ? any_agent (day)->id : NULL,
                     .participation = part != NULL && dice_chance (&day->dice, 50) ? part->id : 0,
                     .offer = offer != NULL && dice_chance (&day->dice, 50) ? offer->id : 77,
                     .interaction = interaction != NULL ? interaction->id : 1,
                     .session = dice_below (&day->dice, 9),
                     .state = (gint32) dice_below (&day->dice, 5) - 1,
                     .membership = (gint32) dice_below (&day->dice, 5) - 1,
                     .station = (gint32) dice_below (&day->dice, 5) - 1,
                     .channel = (gint32) dice_below (&day->dice, 9) - 1,
                     .revision = (gint32) dice_below (&day->dice, 3),
                     .value = "value",
                     .target = dice_chance (&day->dice, 30) ? any_agent (day)->id : NULL,
                     .variable = "v0",
                     .on = dice_chance (&day->dice, 20) });
}

typedef struct
{
  guint weight;
  void (*happen) (Day *day);
} Happening;

static const Happening happenings[] = {
  { 190, arrive },       { 20, call_directly },
  { 60, hang_up },       { 180, answer_offer },
  { 190, handle_work },  { 60, record },
  { 40, give_away },     { 30, take_one },
  { 40, ask_for_more },  { 30, write_to },
  { 60, ask_colleague }, { 90, handle_company },

  { 40, choose_state },  { 20, choose_membership },
  { 180, come_to_work }, { 12, lose_machine },
  { 6, go_home },        { 3, take_over },
  { 6, open_or_close },  { 3, toggle_auto_accept },
  { 1, redefine },       { 1, restart },
  { 20, talk_nonsense },
};

void
day_choose (Day *day)
{
  guint total = 0, at;

  for (guint i = 0; i < G_N_ELEMENTS (happenings); i++)
    total += happenings[i].weight;
  at = dice_below (&day->dice, total);
  for (guint i = 0; i < G_N_ELEMENTS (happenings); i++)
    {
      if (at < happenings[i].weight)
        {
          happenings[i].happen (day);
          return;
        }
      at -= happenings[i].weight;
    }
}
