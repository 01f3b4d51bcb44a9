/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small centre for tests. */
#include "acd/world.h"

#include "base/json.h"

const char world_centre[] =
    "{'settings':{'personal_fallback':'plain','boost_seconds':60,'auto_accept':'agent'},"
    "'skills':[{'id':'bg','names':{'en':'Bulgarian'}}],"
    "'reasons':[{'id':'lunch','names':{'en':'Lunch'}},"
    "{'id':'meeting','names':{'en':'Meeting'},'for_idle':false}],"
    "'dispositions':[{'id':'none','names':{'en':'None'}},{'id':'sold','names':{'en':'Sold'}}],"
    "'tags':[{'id':'vip','names':{'en':'VIP'}}],"
    "'variables':[{'id':'case','names':{'en':'Case'},'editable':true,'type':'number'},"
    "{'id':'fixed','names':{'en':'Fixed'}}],"
    "'queues':[{'id':'plain','names':{'en':'Plain'}},"
    "{'id':'wrap','names':{'en':'Wrap'},'wrap_up':{'seconds':30,'required':true,"
    "'default_disposition':'none','extension':60,'extensions':1}},"
    "{'id':'skilled','names':{'en':'Skilled'},'selection':'most_skilled',"
    "'requirements':[{'skill':'bg','least_level':5,'relaxed_after':40}]},"
    "{'id':'small','names':{'en':'Small'},'max_waiting':1,'max_wait_seconds':30,"
    "'when_full':{'action':'queue','queue':'plain'},'when_unstaffed':{'action':'reject'}},"
    "{'id':'known','names':{'en':'Known'},'automatic_disposition':'sold',"
    "'wrap_up':{'seconds':30,'required':true}},"
    "{'id':'chat','names':{'en':'Chat'},'channel':'webchat'},"
    "{'id':'sms','names':{'en':'SMS'},'channel':'sms','wrap_up':{'seconds':30}}],"
    "'entry_points':[{'id':'plain','names':{'en':'P'},'addresses':['1'],'queue':'plain'},"
    "{'id':'urgent','names':{'en':'U'},'addresses':['2'],'queue':'plain','priority':2},"
    "{'id':'wrap','names':{'en':'W'},'addresses':['3'],'queue':'wrap'},"
    "{'id':'skilled','names':{'en':'S'},'addresses':['4'],'queue':'skilled'},"
    "{'id':'small','names':{'en':'S'},'addresses':['5'],'queue':'small'},"
    "{'id':'known','names':{'en':'K'},'addresses':['7'],'queue':'known'},"
    "{'id':'chat','names':{'en':'C'},'channel':'webchat','addresses':['6'],'queue':'chat'},"
    "{'id':'sms','names':{'en':'T'},'channel':'sms','addresses':['8'],'queue':'sms'}],"
    "'agents':[{'id':'ann','name':'Ann','queues':['plain','wrap','skilled','known','chat','sms'],"
    "'skills':[{'skill':'bg','level':6}]},"
    "{'id':'bob','name':'Bob','queues':['plain','wrap','skilled'],"
    "'skills':[{'skill':'bg','level':9}]},"
    "{'id':'cid','name':'Cid','queues':['plain','skilled'],'slots':[{'channel':'voice','count':2}]}"
    ","
    "{'id':'eve','name':'Eve','queues':['chat','sms'],"
    "'slots':[{'channel':'webchat','count':1}]},"
    "{'id':'dora','name':'Dora','role':'supervisor'}]}";

ModelDefinitions *
world_definitions (const char *json)
{
  g_autofree char *text = g_strdup (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (JsonNode) node = NULL;
  ModelDefinitions *definitions;

  node = base_json_parse (g_strdelimit (text, "'", '"'), strlen (text), NULL, &error);
  g_assert_no_error (error);
  definitions = model_definitions_from_json (json_node_get_object (node), problems);
  for (guint i = 0; i < problems->len; i++)
    {
      ModelProblem *problem = problems->pdata[i];
      g_test_message ("%s: %s: %s", problem->path, problem->code, problem->message);
    }
  g_assert_nonnull (definitions);
  return definitions;
}

World *
world_new (const char *json)
{
  World *world = g_new0 (World, 1);
  g_autoptr (ModelDefinitions) definitions = world_definitions (json);

  world->core = acd_core_new (1, 42);
  world->now = WORLD_START;
  world->events = g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  world->all = g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  world->journal = g_string_new (NULL);
  world_must (world, DO (.type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions));
  return world;
}

void
world_free (World *world)
{
  acd_core_free (world->core);
  g_ptr_array_unref (world->events);
  g_ptr_array_unref (world->all);
  g_string_free (world->journal, TRUE);
  g_free (world);
}

static void
record (World *world)
{
  for (guint i = 0; i < world->events->len; i++)
    {
      g_ptr_array_add (world->all, model_event_ref (world->events->pdata[i]));
      model_event_write (world->events->pdata[i], world->journal);
      g_string_append_c (world->journal, '\n');
    }
}

gboolean
world_do (World *world, const AcdCommand *command, GError **error)
{
  gboolean done;

  g_ptr_array_set_size (world->events, 0);
  done = acd_core_handle (world->core, world->now, command, world->events, error);
  record (world);
  return done;
}

void
world_must (World *world, const AcdCommand *command)
{
  g_autoptr (GError) error = NULL;

  world_do (world, command, &error);
  g_assert_no_error (error);
}

void
world_refused (World *world, const AcdCommand *command, AcdError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (world_do (world, command, &error));
  g_assert_error (error, ACD_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (world->events->len, ==, 0);
}

/* Deadline by deadline, as a daemon would; the events of all of them are kept. */
void
world_advance (World *world, double seconds)
{
  gint64 until = world->now + (gint64) (seconds * 1000);

  g_ptr_array_set_size (world->events, 0);
  while (acd_core_next_deadline (world->core) <= until)
    {
      world->now = MAX (world->now, acd_core_next_deadline (world->core));
      acd_core_advance (world->core, world->now, world->events);
    }
  world->now = until;
  record (world);
}

const ModelEvent *
world_event (const World *world, ModelEventType type, guint nth)
{
  for (guint i = 0; i < world->events->len; i++)
    {
      const ModelEvent *event = world->events->pdata[i];
      if (event->type == (gint32) type && nth-- == 0)
        return event;
    }
  return NULL;
}

guint
world_count (const World *world, ModelEventType type)
{
  guint n = 0;

  while (world_event (world, type, n) != NULL)
    n++;
  return n;
}

void
world_ready (World *world, const char *agent)
{
  ModelId session = ++world->last_session;

  world_must (world, DO (.type = ACD_COMMAND_SIGN_IN, .agent = agent, .session = session));
  world_must (world, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = agent, .session = session));
  world_must (world, DO (.type = ACD_COMMAND_STATION_READY, .agent = agent));
  world_must (world,
              DO (.type = ACD_COMMAND_SET_STATE, .agent = agent, .state = MODEL_AGENT_AVAILABLE));
}

ModelId
world_arrive (World *world, const char *entry_point)
{
  const ModelEntryPoint *entry =
      model_definitions_entry_point (acd_core_definitions (world->core), entry_point);

  world_must (world, DO (.type = ACD_COMMAND_ARRIVE, .entry_point = entry_point,
                         .channel = entry->channel, .leg = 7));
  return world_event (world, MODEL_EVENT_INTERACTION_CREATED, 0)->interaction;
}

ModelId
world_offer_of (const World *world, const char *agent)
{
  g_autoptr (GArray) offers = acd_core_agent_offers (world->core, agent);

  return offers->len > 0 ? g_array_index (offers, AcdOfferView, 0).offer : 0;
}

void
world_accept (World *world, const char *agent)
{
  world_must (world, DO (.type = ACD_COMMAND_OFFER_ACCEPT, .offer = world_offer_of (world, agent)));
}

AcdAgentView
world_agent (const World *world, const char *agent)
{
  AcdAgentView view;

  g_assert_true (acd_core_agent_view (world->core, agent, &view));
  return view;
}
