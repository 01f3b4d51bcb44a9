/* SPDX-License-Identifier: GPL-3.0-or-later */
/* year: a year of a centre of 500 agents who come to their shifts, answer calls and chats, wrap up,
 * miss some, lose their desks and go home. Every event goes before a judge and into a second core;
 * once a day both cores must be the same, every ten minutes nobody may wait in vain. Prints JSON.
 */
#include "acd/view.h"
#include "base/json.h"
#include "simulation/centre.h"
#include "simulation/year-judge.h"

#include <time.h>

#define QUEUES  16
#define VOICE   12 /* of them */
#define SECOND  ((gint64) 1000)
#define MINUTE  (60 * SECOND)
#define HOUR    (60 * MINUTE)
#define DAY     (24 * HOUR)
#define RESTART (30 * DAY) /* this often */

typedef enum
{
  COME,
  GO,
  RECONNECT,
  LOSE_DESK,
  BACK, /* to available */
  ARRIVE,
  GIVE_UP,
  ANSWER,
  DECLINE,
  HANG_UP,
  SUBMIT,
  LOOK,
  NEW_DAY,
  RESTARTED,
} Doing;

typedef struct
{
  gint64 at;
  guint64 order; /* of two at one instant */
  Doing doing;
  guint agent;
  ModelId id;
} Plan;

typedef struct
{
  AcdCore *core;
  AcdCore *shadow;
  YearJudge *judge;
  Dice dice;
  GArray *plans; /* Plan, a heap */
  GPtrArray *events;
  GPtrArray *names; /* of the agents */
  guint64 order;
  gint64 now;
  ModelId sessions;
  guint64 n_events;
  guint64 n_arrived;
  guint64 n_answered;
  const char *broken;
} Year;

static gint64 days = 365;
static gint64 agents = 500;
static gint64 seed = 1;

static const GOptionEntry entries[] = {
  { "days", 'd', 0, G_OPTION_ARG_INT64, &days, "How many days", "N" },
  { "agents", 'a', 0, G_OPTION_ARG_INT64, &agents, "How many agents", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "Of the dice", "N" },
  G_OPTION_ENTRY_NULL,
};

static gboolean
earlier (const Plan *a, const Plan *b)
{
  return a->at < b->at || (a->at == b->at && a->order < b->order);
}

static void
plan (Year *year, gint64 after, Doing doing, guint agent, ModelId id)
{
  Plan new = { year->now + after, ++year->order, doing, agent, id };
  Plan *heap;
  guint at = year->plans->len;

  g_array_append_val (year->plans, new);
  heap = (Plan *) (gpointer) year->plans->data;
  for (; at > 0 && earlier (&new, &heap[(at - 1) / 2]); at = (at - 1) / 2)
    heap[at] = heap[(at - 1) / 2];
  heap[at] = new;
}

static Plan
take_plan (Year *year)
{
  Plan *heap = (Plan *) (gpointer) year->plans->data;
  Plan first = heap[0];
  guint n = year->plans->len - 1;
  Plan last = heap[n];
  guint at = 0;

  g_array_set_size (year->plans, n);
  for (guint child = 1; child < n; child = 2 * at + 1)
    {
      if (child + 1 < n && earlier (&heap[child + 1], &heap[child]))
        child++;
      if (!earlier (&heap[child], &last))
        break;
      heap[at] = heap[child];
      at = child;
    }
  if (n > 0)
    heap[at] = last;
  return first;
}

/* Between nothing and twice the mean. */
static gint64
about (Year *year, gint64 mean)
{
  return 1 + dice_below (&year->dice, (guint) (2 * mean));
}

/* What people do about an event. */
static void
react (Year *year, const ModelEvent *event)
{
  guint agent = event->agent != NULL ? (guint) g_ascii_strtoull (event->agent + 1, NULL, 10) : 0;
  gboolean voice = event->channel == MODEL_CHANNEL_VOICE;

  if (event->type == MODEL_EVENT_REQUEST_QUEUED)
    plan (year, about (year, 3 * MINUTE), GIVE_UP, 0, event->interaction);
  else if (event->type == MODEL_EVENT_OFFER_CREATED)
    {
      if (dice_chance (&year->dice, 98))
        plan (year, about (year, 4 * SECOND), ANSWER, agent, event->offer);
      else if (dice_chance (&year->dice, 50))
        plan (year, about (year, 4 * SECOND), DECLINE, agent, event->offer);
    }
  else if (event->type == MODEL_EVENT_PARTICIPATION_JOINED)
    {
      year->n_answered++;
      plan (year, about (year, voice ? 4 * MINUTE : 8 * MINUTE), HANG_UP, agent,
            event->participation);
    }
  else if (event->type == MODEL_EVENT_WRAP_UP_STARTED)
    plan (year, about (year, 20 * SECOND), SUBMIT, agent, event->participation);
  else if (event->type == MODEL_EVENT_AGENT_STATE_CHANGED && event->state == MODEL_AGENT_IDLE)
    plan (year, about (year, MINUTE), BACK, agent, 0);
}

static void
take_events (Year *year)
{
  for (guint i = 0; i < year->events->len && year->broken == NULL; i++)
    {
      const ModelEvent *event = year->events->pdata[i];
      year->broken = year_judge_event (year->judge, event);
      if (!acd_core_apply (year->shadow, event, NULL))
        year->broken = "the second core refuses an event";
      react (year, event);
    }
  year->n_events += year->events->len;
  g_ptr_array_set_size (year->events, 0);
}

static gboolean
tell (Year *year, const AcdCommand *command)
{
  gboolean done = acd_core_handle (year->core, year->now, command, year->events, NULL);

  take_events (year);
  return done;
}

static void
connect_desk (Year *year, const char *agent)
{
  tell (year, &(AcdCommand){ .type = ACD_COMMAND_DESK_CONNECTED, .agent = agent });
  tell (year, &(AcdCommand){ .type = ACD_COMMAND_STATION_READY, .agent = agent });
  tell (year, &(AcdCommand){
                  .type = ACD_COMMAND_SET_STATE, .agent = agent, .state = MODEL_AGENT_AVAILABLE });
}

/* Three shifts of eight hours, the night's the smallest; two days of the week are free. */
static void
come (Year *year, guint agent)
{
  gint64 day = year->now / DAY;

  plan (year, DAY, COME, agent, 0);
  if ((day + agent) % 7 < 2)
    return;
  tell (year, &(AcdCommand){ .type = ACD_COMMAND_SIGN_IN,
                             .agent = year->names->pdata[agent],
                             .session = ++year->sessions });
  connect_desk (year, year->names->pdata[agent]);
  plan (year, 8 * HOUR - about (year, 10 * MINUTE), GO, agent, 0);
  if (dice_chance (&year->dice, 10))
    plan (year, about (year, 3 * HOUR), LOSE_DESK, agent, 0);
}

/* Home after the work in hand. */
static void
go (Year *year, guint agent)
{
  const char *name = year->names->pdata[agent];
  AcdAgentView view;

  if (!acd_core_agent_view (year->core, name, &view) || view.session == 0)
    return;
  tell (year, &(AcdCommand){ .type = ACD_COMMAND_SET_STATE,
                             .agent = name,
                             .state = MODEL_AGENT_IDLE,
                             .reason = "home" });
  if (!tell (year, &(AcdCommand){ .type = ACD_COMMAND_SIGN_OUT, .agent = name }))
    plan (year, 20 * SECOND, GO, agent, 0);
}

/* Those who are on their way home stay idle. */
static void
come_back (Year *year, guint agent)
{
  const char *name = year->names->pdata[agent];
  AcdAgentView view;

  if (acd_core_agent_view (year->core, name, &view) && view.session != 0 &&
      g_strcmp0 (view.reason, "home") != 0)
    tell (year, &(AcdCommand){
                    .type = ACD_COMMAND_SET_STATE, .agent = name, .state = MODEL_AGENT_AVAILABLE });
}

/* As many as the agents of the hour can take, and sometimes more. */
static void
arrive (Year *year)
{
  static const guint8 curve[24] = { 8,  6,  5,   5,  6,  12, 40, 60, 80, 95, 100, 100,
                                    95, 95, 100, 95, 85, 75, 65, 55, 45, 35, 20,  12 };
  guint queue = dice_below (&year->dice, 100) < 85
                    ? dice_below (&year->dice, VOICE)
                    : VOICE + dice_below (&year->dice, QUEUES - VOICE);
  gint64 peak = 460 * SECOND / agents; /* between two arrivals */
  guint now = curve[(year->now / HOUR) % 24];
  char entry[16];

  g_snprintf (entry, sizeof entry, "e%u", queue);
  tell (year, &(AcdCommand){ .type = ACD_COMMAND_ARRIVE,
                             .entry_point = entry,
                             .channel = queue < VOICE ? MODEL_CHANNEL_VOICE : MODEL_CHANNEL_WEBCHAT,
                             .leg = 1 });
  year->n_arrived++;
  plan (year, about (year, peak * 100 / now), ARRIVE, 0, 0);
}

static void
give_up (Year *year, ModelId interaction)
{
  AcdInteractionView view;

  if (acd_core_interaction_view (year->core, interaction, &view) && view.request != 0)
    tell (year, &(AcdCommand){ .type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = interaction });
}

static void
new_day (Year *year)
{
  g_autoptr (GBytes) live = acd_core_save (year->core);
  g_autoptr (GBytes) shadow = acd_core_save (year->shadow);

  if (year->broken == NULL && !g_bytes_equal (live, shadow))
    year->broken = "the journal makes another state";
  plan (year, DAY, NEW_DAY, 0, 0);
}

static void
restart (Year *year)
{
  tell (year, &(AcdCommand){ .type = ACD_COMMAND_RESTARTED, .duration = 5 * SECOND });
  for (guint i = 0; i < year->names->len; i++)
    plan (year, about (year, 10 * SECOND), RECONNECT, i, 0);
  plan (year, RESTART, RESTARTED, 0, 0);
}

static void
look (Year *year)
{
  if (year->broken == NULL)
    year->broken = year_judge_moment (year->judge, year->now);
  plan (year, 10 * MINUTE, LOOK, 0, 0);
}

static void
carry_out (Year *year, const Plan *next)
{
  const char *agent = year->names->pdata[next->agent];

  switch (next->doing)
    {
    case COME:
      come (year, next->agent);
      break;
    case GO:
      go (year, next->agent);
      break;
    case RECONNECT:
      connect_desk (year, agent);
      break;
    case LOSE_DESK:
      tell (year, &(AcdCommand){ .type = ACD_COMMAND_DESK_LOST, .agent = agent });
      plan (year, about (year, MINUTE), RECONNECT, next->agent, 0);
      break;
    case BACK:
      come_back (year, next->agent);
      break;
    case ARRIVE:
      arrive (year);
      break;
    case GIVE_UP:
      give_up (year, next->id);
      break;
    case ANSWER:
      tell (year, &(AcdCommand){ .type = ACD_COMMAND_OFFER_ACCEPT, .offer = next->id, .leg = 2 });
      break;
    case DECLINE:
      tell (year, &(AcdCommand){ .type = ACD_COMMAND_OFFER_DECLINE, .offer = next->id });
      break;
    case HANG_UP:
      tell (year, &(AcdCommand){ .type = ACD_COMMAND_STATION_HUNG_UP, .participation = next->id });
      break;
    case SUBMIT:
      tell (year, &(AcdCommand){ .type = ACD_COMMAND_WRAP_UP_SUBMIT,
                                 .agent = agent,
                                 .participation = next->id });
      break;
    case LOOK:
      look (year);
      break;
    case NEW_DAY:
      new_day (year);
      break;
    case RESTARTED:
      restart (year);
      break;
    }
}

/* Deadlines of the core come first, as they would in the daemon. */
static void
live (Year *year, gint64 until)
{
  while (year->broken == NULL && year->now < until)
    {
      const Plan *first = &g_array_index (year->plans, Plan, 0);
      gint64 deadline = acd_core_next_deadline (year->core);
      if (deadline <= first->at)
        {
          year->now = MAX (year->now, deadline);
          acd_core_advance (year->core, year->now, year->events);
          take_events (year);
        }
      else
        {
          Plan next = take_plan (year);
          year->now = next.at;
          carry_out (year, &next);
        }
    }
}

/* Each agent serves three queues of calls and one of chats. */
static void
add_agent (Year *year, GString *json, guint agent)
{
  guint first = dice_below (&year->dice, VOICE);
  guint chat = VOICE + dice_below (&year->dice, QUEUES - VOICE);

  g_string_append_printf (json, "%s{'id':'a%u','name':'Agent','queues':['q%u','q%u','q%u','q%u']}",
                          agent > 0 ? "," : "", agent, first, (first + 1) % VOICE,
                          (first + 5) % VOICE, chat);
  year_judge_may_serve (year->judge, agent, first);
  year_judge_may_serve (year->judge, agent, (first + 1) % VOICE);
  year_judge_may_serve (year->judge, agent, (first + 5) % VOICE);
  year_judge_may_serve (year->judge, agent, chat);
}

static ModelDefinitions *
define (Year *year)
{
  g_autoptr (GString) json =
      g_string_new ("{'reasons':[{'id':'home','names':{'en':'Home'}}],'queues':[");
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < QUEUES; i++)
    g_string_append_printf (json,
                            "%s{'id':'q%u','names':{'en':'Queue'},'channel':'%s','priority':%u,"
                            "'wrap_up':{'seconds':30}}",
                            i > 0 ? "," : "", i, i < VOICE ? "voice" : "webchat", i % 3);
  g_string_append (json, "],'entry_points':[");
  for (guint i = 0; i < QUEUES; i++)
    g_string_append_printf (json,
                            "%s{'id':'e%u','names':{'en':'Entry'},'channel':'%s',"
                            "'addresses':['%u'],'queue':'q%u'}",
                            i > 0 ? "," : "", i, i < VOICE ? "voice" : "webchat", i, i);
  g_string_append (json, "],'agents':[");
  for (guint i = 0; i < agents; i++)
    add_agent (year, json, i);
  g_string_append (json, "]}");
  g_strdelimit (json->str, "'", '"');
  node = base_json_parse (json->str, json->len, NULL, NULL);
  g_assert_nonnull (node);
  return model_definitions_from_json (json_node_get_object (node), problems);
}

static void
begin (Year *year)
{
  g_autoptr (ModelDefinitions) definitions = define (year);

  g_assert_nonnull (definitions);
  for (guint i = 0; i < agents; i++)
    g_ptr_array_add (year->names, g_strdup_printf ("a%u", i));
  tell (year, &(AcdCommand){ .type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions });
  for (guint i = 0; i < agents; i++)
    {
      static const gint64 shifts[] = { 6, 8, 9, 10, 12, 14 };
      gint64 start = i % 20 == 0 ? 22 : shifts[i % G_N_ELEMENTS (shifts)];
      plan (year, start * HOUR + about (year, 5 * MINUTE), COME, i, 0);
    }
  plan (year, 5 * HOUR, ARRIVE, 0, 0);
  plan (year, 10 * MINUTE, LOOK, 0, 0);
  plan (year, DAY, NEW_DAY, 0, 0);
  plan (year, RESTART + 11 * HOUR, RESTARTED, 0, 0);
}

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  Year year = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || agents < 1 || agents > 10000)
    return 2;
  year.core = acd_core_new (1, (guint64) seed);
  year.shadow = acd_core_new (1, (guint64) seed);
  year.judge = year_judge_new ((guint) agents, QUEUES, VOICE);
  year.dice.state = (guint64) seed;
  year.plans = g_array_new (FALSE, FALSE, sizeof (Plan));
  year.events = g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  year.names = g_ptr_array_new_with_free_func (g_free);
  begin (&year);
  live (&year, days * DAY);
  g_print ("{\"days\":%" G_GINT64_FORMAT ",\"agents\":%" G_GINT64_FORMAT
           ",\"arrived\":%" G_GUINT64_FORMAT ",\"answered\":%" G_GUINT64_FORMAT
           ",\"events\":%" G_GUINT64_FORMAT ",\"open\":%u,\"processor_seconds\":%.1f}\n",
           year.now / DAY, agents, year.n_arrived, year.n_answered, year.n_events,
           year_judge_open (year.judge), cpu_seconds ());
  if (year.broken != NULL)
    g_printerr ("broken on day %" G_GINT64_FORMAT " after %" G_GUINT64_FORMAT " events: %s\n",
                year.now / DAY, year.n_events, year.broken);
  acd_core_free (year.core);
  acd_core_free (year.shadow);
  year_judge_free (year.judge);
  g_array_unref (year.plans);
  g_ptr_array_unref (year.events);
  g_ptr_array_unref (year.names);
  return year.broken == NULL ? 0 : 1;
}
