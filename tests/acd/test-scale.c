/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What concerns one agent or one customer must not cost more where there are more of them: every
 * command about them is timed, in processor time, in a centre of 100 agents and 10 queues and in
 * one of a hundred times as many. Caches may make it several times dearer; a walk over all agents,
 * queues or customers anywhere on its way would make it dozens of times dearer. */
#include "acd/core.h"
#include "acd/view.h"

#include <json-glib/json-glib.h>

#include <time.h>

#define ROUNDS  5
#define TURNS   200
#define DEARER  6
#define WAITING 10 /* customers in each queue, for the agents who are at lunch */

typedef enum
{
  SIGN_OUT,
  SIGN_IN,
  DESK,
  STATION,
  AVAILABLE,
  OFFER,
  DECLINE,
  IDLE,
  BACK,
  ACCEPT,
  HOLD,
  NOTE,
  END,
  WRAP_UP,
  MEMBERSHIP,
  DESK_LOST,
  STATION_LOST,
  ARRIVE,
  ABANDON,
  QUEUE,
  MISSED,
  N_STEPS
} Step;

static const char *const step_names[] = {
  "sign out", "sign in", "desk connected", "station ready", "available",    "next deadline",
  "decline",  "idle",    "back",           "accept",        "hold",         "note",
  "end",      "wrap-up", "membership",     "desk lost",     "station lost", "arrive",
  "abandon",  "queue",   "missed",
};

typedef struct
{
  AcdCore *core;
  GPtrArray *events;
  gint64 now;
  guint n_queues;
  guint agent; /* whose turn it is */
  ModelId offer;
  ModelId part;
  ModelId interaction;
  char agent_id[16];
  char queue_id[16];
  char entry_id[16];
} Centre;

static ModelDefinitions *
define (guint agents, guint queues)
{
  g_autoptr (GString) json = g_string_new ("{'queues':[");
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < queues; i++)
    g_string_append_printf (json, "%s{'id':'q%u','names':{'en':'Q'},'wrap_up':{'seconds':30}}",
                            i > 0 ? "," : "", i);
  g_string_append (json, "],'entry_points':[");
  for (guint i = 0; i < queues; i++)
    g_string_append_printf (json,
                            "%s{'id':'e%u','names':{'en':'E'},'addresses':['%u'],'queue':'q%u'}",
                            i > 0 ? "," : "", i, i, i);
  g_string_append (json, "],'reasons':[{'id':'lunch','names':{'en':'L'}}],'agents':[");
  for (guint i = 0; i < agents; i++)
    g_string_append_printf (json, "%s{'id':'a%u','name':'A','queues':['q%u','q%u','q%u','q%u']}",
                            i > 0 ? "," : "", i, i % queues, (i + 1) % queues, (i + 2) % queues,
                            (i + 3) % queues);
  g_string_append (json, "]}");
  g_strdelimit (json->str, "'", '"');
  node = json_from_string (json->str, NULL);
  return model_definitions_from_json (json_node_get_object (node), problems);
}

static void
tell (Centre *centre, AcdCommand command)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (centre->events, 0);
  acd_core_handle (centre->core, centre->now, &command, centre->events, &error);
  g_assert_no_error (error);
}

static const ModelEvent *
event_of (const Centre *centre, ModelEventType type)
{
  for (guint i = 0; i < centre->events->len; i++)
    if (((ModelEvent *) centre->events->pdata[i])->type == (gint32) type)
      return centre->events->pdata[i];
  g_test_message ("expected %s", model_event_type_to_text (type));
  g_assert_not_reached ();
}

static void
choose_agent (Centre *centre, guint agent)
{
  centre->agent = agent;
  g_snprintf (centre->agent_id, sizeof centre->agent_id, "a%u", agent);
  g_snprintf (centre->queue_id, sizeof centre->queue_id, "q%u", agent % centre->n_queues);
  g_snprintf (centre->entry_id, sizeof centre->entry_id, "e%u", agent % centre->n_queues);
}

static void
take_offer (Centre *centre)
{
  centre->offer = event_of (centre, MODEL_EVENT_OFFER_CREATED)->offer;
}

static void
about_agent (Centre *centre, AcdCommandType type)
{
  tell (centre, (AcdCommand){ .type = (gint32) type, .agent = centre->agent_id, .session = 1 });
}

static void
about_part (Centre *centre, AcdCommandType type)
{
  tell (centre, (AcdCommand){ .type = (gint32) type,
                              .agent = centre->agent_id,
                              .participation = centre->part,
                              .value = "x" });
}

static void
set_state (Centre *centre, ModelAgentState state, const char *reason)
{
  tell (centre, (AcdCommand){ .type = ACD_COMMAND_SET_STATE,
                              .agent = centre->agent_id,
                              .state = (gint32) state,
                              .reason = reason });
  if (state == MODEL_AGENT_AVAILABLE)
    take_offer (centre);
}

static void
session_step (Centre *centre, Step what)
{
  if (what == SIGN_OUT)
    about_agent (centre, ACD_COMMAND_SIGN_OUT);
  else if (what == SIGN_IN)
    about_agent (centre, ACD_COMMAND_SIGN_IN);
  else if (what == DESK_LOST)
    about_agent (centre, ACD_COMMAND_DESK_LOST);
  else if (what == STATION_LOST)
    about_agent (centre, ACD_COMMAND_STATION_LOST);
  if (what == DESK || what == DESK_LOST)
    about_agent (centre, ACD_COMMAND_DESK_CONNECTED);
  else if (what == STATION || what == STATION_LOST)
    about_agent (centre, ACD_COMMAND_STATION_READY);
}

static void
state_step (Centre *centre, Step what)
{
  if (what == AVAILABLE || what == BACK)
    set_state (centre, MODEL_AGENT_AVAILABLE, NULL);
  else if (what == IDLE)
    set_state (centre, MODEL_AGENT_IDLE, "lunch");
  else
    for (int ready = 0; ready < 2; ready++)
      tell (centre,
            (AcdCommand){ .type = ACD_COMMAND_SET_MEMBERSHIP,
                          .agent = centre->agent_id,
                          .membership = ready ? MODEL_MEMBERSHIP_READY : MODEL_MEMBERSHIP_OUT });
}

static void
offer_step (Centre *centre, Step what)
{
  if (what == OFFER)
    tell (centre, (AcdCommand){ .type = ACD_COMMAND_OFFER_RINGING, .offer = centre->offer });
  else if (what == DECLINE)
    tell (centre, (AcdCommand){ .type = ACD_COMMAND_OFFER_DECLINE, .offer = centre->offer });
  else if (what == ACCEPT)
    {
      tell (centre,
            (AcdCommand){ .type = ACD_COMMAND_OFFER_ACCEPT, .offer = centre->offer, .leg = 2 });
      centre->part = event_of (centre, MODEL_EVENT_PARTICIPATION_JOINED)->participation;
    }
  else
    {
      centre->now = acd_core_next_deadline (centre->core);
      g_ptr_array_set_size (centre->events, 0);
      acd_core_advance (centre->core, centre->now, centre->events);
    }
}

static void
work_step (Centre *centre, Step what)
{
  if (what == HOLD)
    {
      about_part (centre, ACD_COMMAND_HOLD);
      about_part (centre, ACD_COMMAND_RESUME);
    }
  else if (what == NOTE)
    about_part (centre, ACD_COMMAND_SET_NOTE);
  else if (what == END)
    about_part (centre, ACD_COMMAND_END);
  else
    about_part (centre, ACD_COMMAND_WRAP_UP_SUBMIT);
}

static void
customer_step (Centre *centre, Step what)
{
  if (what == ARRIVE)
    {
      tell (centre,
            (AcdCommand){ .type = ACD_COMMAND_ARRIVE, .entry_point = centre->entry_id, .leg = 1 });
      centre->interaction = event_of (centre, MODEL_EVENT_INTERACTION_CREATED)->interaction;
    }
  else if (what == ABANDON)
    tell (centre,
          (AcdCommand){ .type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = centre->interaction });
  else
    for (int on = 0; on < 2; on++)
      tell (centre, (AcdCommand){
                        .type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = centre->queue_id, .on = on });
}

/* The agent's life in an order in which each step is possible; all others are idle. */
static void
step (Centre *centre, Step what)
{
  static void (*const steps[N_STEPS]) (Centre *, Step) = {
    [SIGN_OUT] = session_step,
    [SIGN_IN] = session_step,
    [DESK] = session_step,
    [STATION] = session_step,
    [AVAILABLE] = state_step,
    [OFFER] = offer_step,
    [DECLINE] = offer_step,
    [IDLE] = state_step,
    [BACK] = state_step,
    [ACCEPT] = offer_step,
    [HOLD] = work_step,
    [NOTE] = work_step,
    [END] = work_step,
    [WRAP_UP] = work_step,
    [MEMBERSHIP] = state_step,
    [DESK_LOST] = session_step,
    [STATION_LOST] = session_step,
    [ARRIVE] = customer_step,
    [ABANDON] = customer_step,
    [QUEUE] = customer_step,
    [MISSED] = offer_step,
  };

  steps[what](centre, what);
}

/* One more customer for the one whom the agent took. */
static const Step life[] = {
  SIGN_OUT, SIGN_IN, DESK,    STATION,    AVAILABLE, OFFER,        DECLINE, BACK,
  MISSED,   BACK,    ACCEPT,  HOLD,       NOTE,      IDLE,         END,     WRAP_UP,
  ARRIVE,   ARRIVE,  ABANDON, MEMBERSHIP, DESK_LOST, STATION_LOST, QUEUE,
};

static gint64
cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
open_centre (Centre *centre, guint agents, guint queues)
{
  g_autoptr (ModelDefinitions) definitions = define (agents, queues);

  *centre = (Centre){ .core = acd_core_new (1, 1), .now = 1000, .n_queues = queues };
  centre->events = g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  tell (centre, (AcdCommand){ .type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions });
  for (guint i = 0; i < agents; i++)
    {
      choose_agent (centre, i);
      step (centre, SIGN_IN);
      step (centre, DESK);
      step (centre, STATION);
    }
  for (guint i = 0; i < queues * WAITING; i++)
    {
      choose_agent (centre, i % queues);
      step (centre, ARRIVE);
    }
}

/* The cheapest of some rounds, so that other work on the machine does not count. */
static void
measure (guint agents, guint queues, gint64 *cheapest)
{
  Centre centre;

  open_centre (&centre, agents, queues);
  for (int i = 0; i < N_STEPS; i++)
    cheapest[i] = G_MAXINT64;
  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 spent[N_STEPS] = { 0 };
      for (guint turn = 0; turn < TURNS; turn++)
        {
          choose_agent (&centre, (round * TURNS + turn) * 7919 % agents);
          centre.now += 100000; /* whom the agent declined may come again */
          for (guint i = 0; i < G_N_ELEMENTS (life); i++)
            {
              gint64 start = cpu_ns ();
              step (&centre, life[i]);
              spent[life[i]] += cpu_ns () - start;
            }
        }
      for (int i = 0; i < N_STEPS; i++)
        cheapest[i] = MIN (cheapest[i], spent[i] / TURNS);
    }
  g_ptr_array_unref (centre.events);
  acd_core_free (centre.core);
}

static void
test_no_walks (void)
{
  gint64 few[N_STEPS], many[N_STEPS];

  measure (100, 100, few);
  measure (10000, 10000, many);
  for (int i = 0; i < N_STEPS; i++)
    {
      g_test_message ("%s: %" G_GINT64_FORMAT " ns, with a hundred times as many %" G_GINT64_FORMAT,
                      step_names[i], few[i], many[i]);
      g_assert_cmpint (many[i], <, DEARER * few[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/scale/no-walks", test_no_walks);
  return g_test_run ();
}
