/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens on a random day: customers, agents, machines, administrators, and nonsense. */
#include "simulation/day.h"

gpointer
day_any (Day *day, GPtrArray *list)
{
  return list->len > 0 ? list->pdata[dice_below (&day->dice, list->len)] : NULL;
}

static LedgerAgent *
any_agent (Day *day)
{
  return day_any (day, day->ledger->agents);
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
                                  .leg = 1 + day->n_commands });
}

static void
hang_up (Day *day)
{
  LedgerInteraction *interaction = day_any (day, day->ledger->interactions);

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
  LedgerOffer *offer = day_any (day, day->ledger->offers);

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
  LedgerPart *part = day_any (day, day->ledger->parts);

  if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = types[dice_below (&day->dice, sizeof types)],
                                  .participation = part->id,
                                  .agent = part->agent->id,
                                  .by = dice_chance (&day->dice, 10) ? "a0" : NULL });
}

const char *
day_any_team (Day *day)
{
  static const char *const teams[] = { "t0", "t1", "unknown" };

  return teams[dice_below (&day->dice, 10) * 3 / 10];
}

/* Digital work to its queue, to another, to an agent, to a skill, to a team; or a mixture, which is
 * refused.
 */
static void
give_away (Day *day)
{
  static const char *const skills[] = { "k0", "k1", "k2", "unknown" };
  static const char *const boxes[] = { "everybody", "own", "unknown" };
  LedgerPart *part = day_any (day, day->ledger->parts);
  guint where = dice_below (&day->dice, 10);
  char name[NAME_SIZE];

  if (part == NULL)
    return;
  g_snprintf (name, sizeof name, "%c%u", where == 9 ? 'e' : 'q',
              dice_below (&day->dice, day->n_queues));
  day_tell (
      day,
      &(AcdCommand){
          .type = where < 2 ? ACD_COMMAND_UNASSIGN : ACD_COMMAND_TRANSFER,
          .participation = part->id,
          .agent = part->agent->id,
          .queue = where == 2 || where == 7 || (where == 3 && part->channel != MODEL_CHANNEL_VOICE)
                       ? name
                       : NULL,
          .target = where == 4 || where == 5 || where == 7 ? any_agent (day)->id : NULL,
          .skill = where == 6 ? skills[dice_below (&day->dice, 4)] : NULL,
          .team = where == 8 ? day_any_team (day) : NULL,
          .entry_point = where == 9 ? name : NULL,
          .box = where == 3 && part->channel == MODEL_CHANNEL_VOICE ? boxes[part->id % 3] : NULL,
      });
}

/* A request of the list, as somebody looking at the queues would choose it. */
static void
take_one (Day *day)
{
  const LedgerRequest *request = day_any (day, day->ledger->requests);
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

/* From something in hand or from nothing, in the name of a queue or of whichever it is. */
static void
call_out (Day *day)
{
  const LedgerAgent *agent = any_agent (day);
  const LedgerPart *part = day_any (day, day->ledger->parts);
  gboolean named = dice_chance (&day->dice, 40);
  ModelId from = 0;
  char name[NAME_SIZE];
  gboolean may;

  if (part != NULL && dice_chance (&day->dice, 60))
    {
      from = part->interaction;
      agent = dice_chance (&day->dice, 90) ? part->agent : agent;
    }
  g_snprintf (name, sizeof name, "q%u", dice_below (&day->dice, day->n_queues));
  may = ledger_may_call (
      day->ledger, agent,
      named ? ledger_queue (day->ledger, name) : ledger_caller (day->ledger, agent, from), from);
  if (day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_CALL,
                                    .agent = agent->id,
                                    .interaction = from,
                                    .queue = named ? name : NULL }) != may)
    day_say_broken (day, g_strdup_printf ("%s %s call", agent->id,
                                          may ? "may, and cannot," : "may not, and can"));
}

static LedgerPart *
any_dialled (Day *day)
{
  guint start = day->ledger->parts->len > 0 ? dice_below (&day->dice, day->ledger->parts->len) : 0;

  for (guint i = 0; i < day->ledger->parts->len; i++)
    {
      LedgerPart *part = day->ledger->parts->pdata[(start + i) % day->ledger->parts->len];
      if (part->state == LEDGER_CALLING || part->state == LEDGER_DIALLING)
        return part;
    }
  return NULL;
}

/* The station, the other side and the agent, in any order. What reaches nobody leaves the agent's
 * state as it was, unless another was chosen for afterwards. */
static void
go_on_dialling (Day *day)
{
  static const guint8 types[] = {
    ACD_COMMAND_STATION_ANSWERED,  ACD_COMMAND_STATION_ANSWERED,
    ACD_COMMAND_STATION_ANSWERED,  ACD_COMMAND_CUSTOMER_ANSWERED,
    ACD_COMMAND_CUSTOMER_ANSWERED, ACD_COMMAND_CUSTOMER_ANSWERED,
    ACD_COMMAND_CALL_FAILED,       ACD_COMMAND_END,
    ACD_COMMAND_STATION_HUNG_UP,
  };
  static const char *const reasons[] = { "busy", "unreachable", "declined", NULL };
  guint8 type = types[dice_below (&day->dice, sizeof types)];
  LedgerPart *part = any_dialled (day);
  LedgerAgent *agent;
  gboolean stays;
  int state;

  if (part == NULL)
    return;
  agent = part->agent;
  state = agent->state;
  stays = agent->next == MODEL_AGENT_OFFLINE && !agent->pending_sign_out;
  day_tell (day, &(AcdCommand){ .type = type,
                                .participation = part->id,
                                .agent = agent->id,
                                .leg = 1 + day->n_commands,
                                .reason = type == ACD_COMMAND_CALL_FAILED
                                              ? reasons[dice_below (&day->dice, 4)]
                                              : NULL });
  if (stays && agent->state != state && agent->desk && agent->station)
    day_say_broken (day, g_strdup_printf ("dialling changes the state of %s", agent->id));
}

/* Colleagues write to each other and put it away. */
static void
write_to (Day *day)
{
  LedgerPart *part = day_any (day, day->ledger->parts);

  if (dice_chance (&day->dice, 50))
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_IM,
                                  .agent = any_agent (day)->id,
                                  .target = any_agent (day)->id });
  else if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_LEAVE,
                                  .interaction = part->interaction,
                                  .agent = part->agent->id });
}

static void
record (Day *day)
{
  static const guint8 types[] = { ACD_COMMAND_SET_NOTE, ACD_COMMAND_SET_DISPOSITION,
                                  ACD_COMMAND_SET_TAGS, ACD_COMMAND_SET_SENTIMENT,
                                  ACD_COMMAND_SET_VARIABLE };
  static const char *const dispositions[] = { "sold", "lost", NULL, "unknown" };
  char *tags[] = { (char *) "t0", (char *) "t1", NULL };
  LedgerPart *part = day_any (day, day->ledger->parts);
  LedgerInteraction *interaction =
      part != NULL ? ledger_interaction (day->ledger, part->interaction) : NULL;
  guint which = dice_below (&day->dice, G_N_ELEMENTS (types));

  if (interaction == NULL)
    return;
  day_tell (day, &(AcdCommand){ .type = types[which],
                                .participation = part->id,
                                .agent = part->agent->id,
                                .variable = dice_chance (&day->dice, 80) ? "v0" : "v1",
                                .value = "text",
                                .tags = tags,
                                .disposition = dispositions[dice_below (&day->dice, 4)],
                                .sentiment = (gint32) dice_below (&day->dice, 5),
                                .revision = which < 4 && dice_chance (&day->dice, 90)
                                                ? which < 2 ? part->revisions[which]
                                                            : interaction->revisions[which - 2]
                                                : (gint32) dice_below (&day->dice, 3) });
}

/* Where the work on a conversation stands; or its customer writes. */
static void
say_how_it_stands (Day *day)
{
  LedgerPart *part = day_any (day, day->ledger->parts);

  if (part == NULL)
    return;
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SET_STATUS,
                                .interaction = part->interaction,
                                .agent = dice_chance (&day->dice, 70) ? part->agent->id : NULL,
                                .status = dice_chance (&day->dice, 60)
                                              ? MODEL_STATUS_PENDING
                                              : (gint32) dice_below (&day->dice, 4) });
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
change_team (Day *day)
{
  day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_SET_TEAM,
                                .agent = any_agent (day)->id,
                                .team = day_any_team (day) });
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
  LedgerPart *part = day_any (day, day->ledger->parts);
  LedgerOffer *offer = day_any (day, day->ledger->offers);
  LedgerInteraction *interaction = day_any (day, day->ledger->interactions);
  gint32 type = (gint32) dice_below (&day->dice, NONSENSE);

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
  { 190, arrive },
  { 20, call_directly },
  { 60, hang_up },
  { 180, answer_offer },
  { 190, handle_work },
  { 60, record },
  { 40, give_away },
  { 30, take_one },
  { 40, ask_for_more },
  { 30, write_to },
  { 60, day_ask_colleague },
  { 90, day_handle_company },
  { 20, day_ask_outside },
  { 90, day_answer_outside },
  { 70, day_turn_to },
  { 40, say_how_it_stands },
  { 40, call_out },
  { 50, day_call_colleague },
  { 60, go_on_dialling },
  { 25, day_park },
  { 25, day_fetch },

  { 40, choose_state },
  { 20, choose_membership },
  { 180, come_to_work },
  { 12, lose_machine },
  { 6, go_home },
  { 3, take_over },
  { 6, open_or_close },
  { 3, toggle_auto_accept },
  { 3, change_team },
  { 1, redefine },
  { 1, restart },
  { 20, talk_nonsense },
};

/* The charge of a conference is given to whoever it is. */
static void
give_charge (Day *day)
{
  const GPtrArray *parts = day->ledger->parts;
  const LedgerPart *to = parts->len > 0 ? parts->pdata[day->n_commands / 11 % parts->len] : NULL;

  for (guint i = 0; to != NULL && i < parts->len; i++)
    {
      const LedgerPart *part = parts->pdata[i];
      if (part->interaction == to->interaction && part != to)
        {
          day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_GIVE_CHARGE,
                                        .participation = to->id,
                                        .agent = part->agent->id });
          return;
        }
    }
}

/* Beside all else, and without the dice: the rest of the day goes on as it would. */
static void
record_something (Day *day)
{
  static const guint8 types[] = {
    ACD_COMMAND_RECORD_START,  ACD_COMMAND_RECORD_PAUSE,     ACD_COMMAND_RECORD_EXTEND,
    ACD_COMMAND_RECORD_RESUME, ACD_COMMAND_RECORD_ANNOUNCED, ACD_COMMAND_RECORD_PAUSE,
    ACD_COMMAND_RECORD_STOP,   ACD_COMMAND_RECORD_ANNOUNCED, ACD_COMMAND_RECORD_FAILED,
  };
  const GPtrArray *parts = day->ledger->parts;
  guint64 n = day->n_commands / 7;
  const LedgerPart *part = parts->len > 0 ? parts->pdata[n % parts->len] : NULL;

  if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = types[n % sizeof types],
                                  .interaction = part->interaction,
                                  .agent = part->agent->id });
  if (part != NULL && n % 5 == 0)
    day_tell (day, &(AcdCommand){ .type = types[n / 5 % sizeof types],
                                  .interaction = part->interaction,
                                  .agent = part->agent->id,
                                  .by = n % 2 ? "a0" : "a1" });
}

void
day_choose (Day *day)
{
  guint total = 0, at;

  if (day->n_commands % 7 == 0)
    record_something (day);
  if (day->n_commands % 11 == 0)
    give_charge (day);
  if (day->n_commands % 13 == 0)
    day_forward (day);
  if (day->n_commands % 13 == 6)
    day_turn_channel (day);
  if (day->forces && day->n_commands % 17 == 3)
    day_force (day);
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
