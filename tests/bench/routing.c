/* SPDX-License-Identifier: GPL-3.0-or-later */
/* routing: how many routing decisions a second the core makes with few and with many agents, and
 * the same work through a floor: the same number of events allocated and freed and a sorted queue
 * of the same length kept with GLib, without any routing. Prints JSON.
 *
 * A decision is an arrival (which agent, or none) or an agent who becomes free (which request). The
 * centre is full: all agents talk, requests wait; each turn ends a call, which frees an agent, who
 * is offered the first in rank of all the queues, answers, and a new customer arrives: two
 * decisions, three commands, nine events, with few agents and with many. What the program needs for
 * asking, such as the names of the entry points, is made before the clock starts. */
#include "acd/view.h"

#include <json-glib/json-glib.h>
#include <time.h>

typedef struct
{
  AcdCore *core;
  GPtrArray *events;
  gint64 now;
  guint n_agents;
  guint n_queues;
  GArray *parts;      /* ModelId, one per agent */
  char (*entries)[8]; /* names of the entry points, as close together as what has just come in */
  guint64 n_events;
  guint64 n_decisions;
} Bench;

static guint64 random_state = 1;

static guint
random_below (guint n)
{
  random_state = random_state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
  return (guint) ((random_state >> 33) % n);
}

/* Every agent has 10 of the queues and 3 skills; every third queue asks for one. */
static ModelDefinitions *
define (guint n_agents, guint n_queues)
{
  g_autoptr (GString) json =
      g_string_new ("{\"skills\":[{\"id\":\"k0\",\"names\":{\"en\":\"K\"}},{\"id\":\"k1\","
                    "\"names\":{\"en\":\"K\"}},"
                    "{\"id\":\"k2\",\"names\":{\"en\":\"K\"}}],\"queues\":[");
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < n_queues; i++)
    {
      g_string_append_printf (json, "%s{\"id\":\"q%u\",\"names\":{\"en\":\"Q\"},\"priority\":%u",
                              i > 0 ? "," : "", i, random_below (3));
      if (i % 3 == 0)
        g_string_append_printf (json, ",\"requirements\":[{\"skill\":\"k%u\",\"least_level\":3}]",
                                random_below (3));
      g_string_append_c (json, '}');
    }
  g_string_append (json, "],\"entry_points\":[");
  for (guint i = 0; i < n_queues; i++)
    g_string_append_printf (json,
                            "%s{\"id\":\"e%u\",\"names\":{\"en\":\"E\"},\"addresses\":[\"%u\"],"
                            "\"queue\":\"q%u\"}",
                            i > 0 ? "," : "", i, i, i);
  g_string_append (json, "],\"agents\":[");
  for (guint i = 0; i < n_agents; i++)
    {
      guint first = random_below (n_queues);
      g_string_append_printf (
          json,
          "%s{\"id\":\"a%u\",\"name\":\"A\",\"skills\":[{\"skill\":\"k0\",\"level\":%u},"
          "{\"skill\":\"k1\",\"level\":%u},{\"skill\":\"k2\",\"level\":%u}],\"queues\":[",
          i > 0 ? "," : "", i, 1 + random_below (10), 1 + random_below (10), 1 + random_below (10));
      for (guint j = 0; j < MIN (10, n_queues); j++)
        g_string_append_printf (json, "%s\"q%u\"", j > 0 ? "," : "", (first + j) % n_queues);
      g_string_append (json, "]}");
    }
  g_string_append (json, "]}");
  node = json_from_string (json->str, NULL);
  return model_definitions_from_json (json_node_get_object (node), problems);
}

static void
tell (Bench *bench, const AcdCommand *command)
{
  g_autoptr (GError) error = NULL;

  bench->n_events += bench->events->len;
  g_ptr_array_set_size (bench->events, 0);
  if (!acd_core_handle (bench->core, bench->now, command, bench->events, &error))
    g_error ("%s is refused: %s", acd_command_type_to_text ((AcdCommandType) command->type),
             error->message);
}

/* The processor's time, since others may be at work on this machine. */
static gint64
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static const ModelEvent *
find (Bench *bench, ModelEventType type)
{
  for (guint i = bench->events->len; i > 0; i--)
    if (((ModelEvent *) bench->events->pdata[i - 1])->type == (gint32) type)
      return bench->events->pdata[i - 1];
  return NULL;
}

static void
arrive (Bench *bench)
{
  const char *entry = bench->entries[random_below (bench->n_queues)];

  tell (bench, &(AcdCommand){ .type = ACD_COMMAND_ARRIVE, .entry_point = entry, .leg = 1 });
  bench->n_decisions++;
}

static void
sign_in (Bench *bench, guint i)
{
  char name[16];

  g_snprintf (name, sizeof name, "a%u", i);
  tell (bench, &(AcdCommand){ .type = ACD_COMMAND_SIGN_IN, .agent = name, .session = i + 1 });
  tell (bench, &(AcdCommand){ .type = ACD_COMMAND_DESK_CONNECTED, .agent = name });
  tell (bench, &(AcdCommand){ .type = ACD_COMMAND_STATION_READY, .agent = name });
  tell (bench, &(AcdCommand){
                   .type = ACD_COMMAND_SET_STATE, .agent = name, .state = MODEL_AGENT_AVAILABLE });
}

static gboolean
accept_offer (Bench *bench, ModelId *part)
{
  const ModelEvent *offer = find (bench, MODEL_EVENT_OFFER_CREATED);

  if (offer == NULL)
    return FALSE;
  tell (bench, &(AcdCommand){ .type = ACD_COMMAND_OFFER_ACCEPT, .offer = offer->offer, .leg = 2 });
  *part = find (bench, MODEL_EVENT_PARTICIPATION_JOINED)->participation;
  return TRUE;
}

static void
fill (Bench *bench, guint waiting)
{
  for (guint i = 0; i < waiting; i++)
    {
      bench->now += 1;
      arrive (bench);
    }
  for (guint i = 0; i < bench->n_agents; i++)
    {
      ModelId part;
      sign_in (bench, i);
      if (accept_offer (bench, &part))
        g_array_append_val (bench->parts, part);
    }
}

/* One turn: an agent's call ends, the next is offered and answered, a customer arrives. */
static void
turn (Bench *bench)
{
  guint at = random_below (bench->parts->len);
  ModelId *part = &g_array_index (bench->parts, ModelId, at);

  bench->now += 1;
  tell (bench, &(AcdCommand){ .type = ACD_COMMAND_STATION_HUNG_UP, .participation = *part });
  bench->n_decisions++;
  if (!accept_offer (bench, part))
    g_array_remove_index_fast (bench->parts, at);
  arrive (bench);
}

typedef struct
{
  double decisions;   /* a second */
  double events;      /* a second */
  double per_turn;    /* ns */
  double agent_bytes; /* signed in and on a call */
} Result;

static Result
measure (guint n_agents, guint n_queues, guint waiting, guint turns)
{
  g_autoptr (ModelDefinitions) definitions = define (n_agents, n_queues);
  Bench bench = { .n_agents = n_agents, .n_queues = n_queues, .now = 1000 };
  Result result = { 0 };
  gint64 start, spent;

  bench.core = acd_core_new (1, 1);
  bench.events = g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  bench.parts = g_array_new (FALSE, FALSE, sizeof (ModelId));
  bench.entries = g_malloc_n (n_queues, sizeof *bench.entries);
  for (guint i = 0; i < n_queues; i++)
    g_snprintf (bench.entries[i], sizeof bench.entries[i], "e%u", i);
  tell (&bench, &(AcdCommand){ .type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions });
  for (guint i = 0; i < n_queues; i++)
    arrive (&bench);
  fill (&bench, waiting + n_agents);
  result.agent_bytes = (double) acd_core_agent_memory (bench.core) / n_agents;
  for (guint i = 0; i < turns / 10; i++)
    turn (&bench);
  bench.n_events = bench.n_decisions = 0;
  start = cpu_time ();
  for (guint i = 0; i < turns; i++)
    turn (&bench);
  spent = cpu_time () - start;
  result.decisions = (double) bench.n_decisions * 1e6 / (double) spent;
  result.events = (double) bench.n_events * 1e6 / (double) spent;
  result.per_turn = (double) spent * 1e3 / turns;
  g_array_unref (bench.parts);
  g_free (bench.entries);
  g_ptr_array_unref (bench.events);
  acd_core_free (bench.core);
  return result;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return GPOINTER_TO_UINT (a) < GPOINTER_TO_UINT (b) ? -1
                                                     : GPOINTER_TO_UINT (a) > GPOINTER_TO_UINT (b);
}

/* The floor: for each decision one look into a sorted queue, one out and one in, and the events of
 * a turn made and freed. */
static double
measure_floor (guint waiting, guint turns)
{
  g_autoptr (GSequence) queue = g_sequence_new (NULL);
  gint64 start, spent;
  guint next = 0;

  for (guint i = 0; i < waiting; i++)
    g_sequence_insert_sorted (queue, GUINT_TO_POINTER (++next), compare, NULL);
  start = cpu_time ();
  for (guint i = 0; i < turns; i++)
    {
      g_sequence_remove (g_sequence_get_begin_iter (queue));
      g_sequence_insert_sorted (queue, GUINT_TO_POINTER (++next), compare, NULL);
      for (int j = 0; j < 9; j++)
        model_event_unref (model_event_new (MODEL_EVENT_OFFER_CREATED, 0));
    }
  spent = cpu_time () - start;
  return 2.0 * turns * 1e6 / (double) spent;
}

int
main (int argc, char **argv)
{
  guint turns = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 300000;
  Result few[2], many[2];
  double floor;

  /* A-B-B-A */
  few[0] = measure (100, 10, 1000, turns);
  many[0] = measure (10000, 1000, 100000, turns);
  floor = measure_floor (100000, turns);
  many[1] = measure (10000, 1000, 100000, turns);
  few[1] = measure (100, 10, 1000, turns);
  g_print ("{\"few\":{\"agents\":100,\"queues\":10,\"waiting\":1000,\"decisions_per_second\":%.0f,"
           "\"events_per_second\":%.0f},\n"
           " \"many\":{\"agents\":10000,\"queues\":1000,\"waiting\":100000,\"decisions_per_"
           "second\":%.0f,"
           "\"events_per_second\":%.0f,\"bytes_per_agent\":%.0f},\n"
           " \"ratio\":%.2f,\"floor_decisions_per_second\":%.0f}\n",
           (few[0].decisions + few[1].decisions) / 2, (few[0].events + few[1].events) / 2,
           (many[0].decisions + many[1].decisions) / 2, (many[0].events + many[1].events) / 2,
           many[0].agent_bytes,
           (many[0].per_turn + many[1].per_turn) / (few[0].per_turn + few[1].per_turn), floor);
  return 0;
}
