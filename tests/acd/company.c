/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents in a call together, for tests. */
#include "acd/company.h"

static const char centre[] =
    "{'settings':{'digital_during_call':true},'reasons':[{'id':'lunch','names':{'en':'Lunch'}}],"
    "'skills':[{'id':'bg','names':{'en':'Bulgarian'}}],"
    "'teams':[{'id':'north','names':{'en':'North'}}],"
    "'queues':[{'id':'line','names':{'en':'Line'},'wrap_up':{'seconds':30}},"
    "{'id':'help','names':{'en':'Help'}},{'id':'aid','names':{'en':'Aid'}},"
    "{'id':'shut','names':{'en':'Shut'},'when_closed':{'action':'reject'}},"
    "{'id':'small','names':{'en':'Small'},'max_waiting':1,'when_full':{'action':'reject'}},"
    "{'id':'empty','names':{'en':'Empty'},'when_unstaffed':{'action':'reject'}},"
    "{'id':'chat','names':{'en':'Chat'},'channel':'webchat'}],"
    "'entry_points':[{'id':'line','names':{'en':'L'},'addresses':['1'],'queue':'line'},"
    "{'id':'small','names':{'en':'S'},'addresses':['2'],'queue':'small'},"
    "{'id':'help','names':{'en':'H'},'addresses':['3'],'queue':'help','priority':3},"
    "{'id':'chat','names':{'en':'C'},'channel':'webchat','addresses':['4'],'queue':'chat'}],"
    "'agents':[{'id':'ann','name':'Ann','queues':['line']},"
    "{'id':'bob','name':'Bob','queues':['help','small'],'team':'north',"
    "'skills':[{'skill':'bg','level':3}]},"
    "{'id':'cid','name':'Cid','slots':[{'channel':'voice','count':2}]},"
    "{'id':'dan','name':'Dan','queues':['chat']},{'id':'eve','name':'Eve'},{'id':'fay','name':'Fay'"
    "},"
    "{'id':'gus','name':'Gus'},{'id':'hal','name':'Hal'},"
    "{'id':'dora','name':'Dora','role':'supervisor','queues':['aid'],"
    "'slots':[{'channel':'voice','count':2}]}]}";

World *
company_new (ModelId *call)
{
  World *w = world_new (centre);

  world_ready (w, "ann");
  *call = world_arrive (w, "line");
  world_accept (w, "ann");
  world_ready (w, "bob");
  world_ready (w, "cid");
  world_ready (w, "dan");
  return w;
}

void
company_limit (World *w, guint most)
{
  g_autofree char *settings = g_strdup_printf ("{'settings':{'conference_max':%u,", most);
  g_autoptr (GString) text = g_string_new (centre);
  g_autoptr (ModelDefinitions) definitions = NULL;

  g_string_replace (text, "{'settings':{", settings, 1);
  definitions = world_definitions (text->str);
  world_must (w, DO (.type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions));
}

AcdParticipationView
company_part (World *w, const char *who, ModelId call)
{
  g_autoptr (GArray) parts = acd_core_agent_participations (w->core, who);
  AcdParticipationView none = { 0 };

  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, AcdParticipationView, i).interaction == call)
      return g_array_index (parts, AcdParticipationView, i);
  return none;
}

ModelId
company_id (World *w, const char *who, ModelId call)
{
  return company_part (w, who, call).participation;
}

void
company_expect (World *w, ModelId call, const char *who, char letter)
{
  AcdParticipationView part = company_part (w, who, call);
  char is = '-';

  if (part.participation != 0)
    is = part.work == MODEL_WORK_WRAP_UP ? 'w' : "pcj"[part.part];
  if (part.participation != 0 && part.work == MODEL_WORK_CONNECTED)
    is = g_ascii_toupper (is);
  if (is != letter)
    g_error ("%s is %c, not %c", who, is, letter);
}

void
company_stands (World *w, ModelId call, const char *letters)
{
  static const char *const who[] = { "ann", "bob", "cid", "dan" };

  for (guint i = 0; letters[i] != '\0'; i++)
    company_expect (w, call, who[i], letters[i]);
}

void
company_consult (World *w, ModelId call, const char *who)
{
  world_must (w, TO (CONSULT, "ann", call, .target = who));
  world_accept (w, who);
}

void
company_confer (World *w, ModelId call, const char *who)
{
  world_must (w, TO (CONSULT, "ann", call, .target = who, .on = TRUE));
  world_accept (w, who);
  world_advance (w, 1);
}

void
company_ended (World *w, ModelId call)
{
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT), ==, 1);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 3);
  company_stands (w, call, "w---");
}

const ModelEvent *
company_over (World *w)
{
  return world_event (w, MODEL_EVENT_REQUEST_ENDED, 0);
}
