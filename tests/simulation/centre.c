/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random centres as JSON, read like any other. */
#include "simulation/centre.h"

#include "base/json.h"

#include <string.h>

guint64
dice_roll (Dice *dice)
{
  guint64 z = (dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint
dice_below (Dice *dice, guint n)
{
  return (guint) (dice_roll (dice) % n);
}

gboolean
dice_chance (Dice *dice, guint percent)
{
  return dice_below (dice, 100) < percent;
}

static const char *
yes (Dice *dice, guint percent)
{
  return dice_chance (dice, percent) ? "true" : "false";
}

static void
add_settings (GString *json, Dice *dice, guint queues)
{
  static const char *const modes[] = { "off", "on", "agent" };
  static const char *const records[] = { "always", "on_demand", "never" };

  g_string_append_printf (
      json,
      "'settings':{'boost_seconds':%u,'auto_accept':'%s','auto_accept_digital':%s,'digital_during_"
      "call':%s,"
      "'voice_wrap_up_blocks':%s,'ready_at_sign_in':%s,'im_acceptance':%s,'reoffer_seconds':%u,"
      "'personal_limit_seconds':%u,'chat_absence_seconds':%u,'work_absence_seconds':%u,"
      "'personal_digital_limit_seconds':%u,'return_chat_seconds':%u,'return_work_seconds':%u,"
      "'consult_limit_seconds':%u,'dial_seconds':%u,"
      "'slots':[{'channel':'webchat','count':%u%s},{'channel':'sms','count':%u%s},"
      "{'channel':'email','count':%u}]",
      dice_below (dice, 4) * 30, modes[dice_below (dice, 3)], queues % 4 == 3 ? "true" : "false",
      yes (dice, 20), yes (dice, 80), yes (dice, 80), yes (dice, 60), dice_below (dice, 3) * 30,
      20 + dice_below (dice, 100), dice_below (dice, 60), dice_below (dice, 300),
      20 + dice_below (dice, 300), dice_below (dice, 60), dice_below (dice, 300),
      5 + dice_below (dice, 60), 5 + dice_below (dice, 60), 1 + dice_below (dice, 12),
      queues % 3 == 0 ? ",'auto':1" : "", 1 + dice_below (dice, 6),
      queues % 5 == 4 ? ",'auto':0" : "", 1 + dice_below (dice, 3));
  /* No dice: what is recorded changes nothing of the rest of the day. */
  g_string_append_printf (
      json, ",'numbers_alone_seconds':%u,'park_seconds':%u,'park_places':%u,'conference_max':%u",
      2 + 3 * (queues % 5), 10 + 20 * (queues % 4), queues % 3 * 2, 8 - queues % 6);
  g_string_append_printf (json,
                          ",'recording':{'record':'%s','internal':'always','pause_seconds':%u,"
                          "'pause_limit_seconds':%u,'may_pause':%s%s}",
                          records[queues % 3], 5 + queues, 20 + 3 * queues,
                          queues % 7 ? "true" : "false", queues % 2 ? ",'notice':'told'" : "");
  if (dice_chance (dice, 60))
    g_string_append (json, ",'personal_fallback':'q0'");
  g_string_append (json, "}");
}

static void
add_requirements (GString *json, Dice *dice)
{
  g_string_append (json, "'requirements':[");
  for (guint skill = 0, n = 0; skill < 3; skill++)
    {
      if (!dice_chance (dice, 20))
        continue;
      g_string_append_printf (json, "%s{'skill':'k%u','least_level':%u,'relaxed_after':%u}",
                              n++ > 0 ? "," : "", skill, 1 + dice_below (dice, 8),
                              dice_chance (dice, 60) ? 5 + dice_below (dice, 40) : 0);
    }
  g_string_append (json, "]");
}

const char *
centre_channel (guint i)
{
  static const char *const channels[] = { "voice", "webchat", "voice", "sms", "voice", "email" };

  return channels[i % G_N_ELEMENTS (channels)];
}

/* The number of another queue of the same channel, or its own. */
static guint
another (guint self, guint queues)
{
  for (guint step = 1; step < queues; step++)
    if (g_str_equal (centre_channel ((self + step) % queues), centre_channel (self)))
      return (self + step) % queues;
  return self;
}

static void
add_overflow (GString *json, Dice *dice, const char *when, guint self, guint queues)
{
  guint to = another (self, queues);
  guint choice = dice_below (dice, 3);

  g_string_append_printf (json, ",'%s':", when);
  if (choice == 0 || (choice == 1 && to == self))
    g_string_append (json, "{'action':'wait'}");
  else if (choice == 1)
    g_string_append_printf (json, "{'action':'queue','queue':'q%u'}", to);
  else if (self % 4 == 2)
    g_string_append (json, "{'action':'voicemail','box':'everybody'}");
  else if (g_str_equal (centre_channel (self), "voice") && queues % 4 == 1 && to != self)
    g_string_append_printf (json, "{'action':'team','team':'far','queue':'q%u'}", to);
  else if (g_str_equal (centre_channel (self), "voice") && queues % 3 != 0)
    g_string_append (json, "{'action':'team','team':'far'}");
  else
    g_string_append (json, "{'action':'reject'}");
}

static void
add_queue (GString *json, Dice *dice, guint i, guint queues)
{
  gboolean required = dice_chance (dice, 40);
  gboolean automatic = dice_chance (dice, 20);

  g_string_append_printf (json,
                          "%s{'id':'q%u','names':{'en':'Queue'},'channel':'%s','selection':'%s',"
                          "'priority':%d,'ring_seconds':%u,'service_level_seconds':%u,",
                          i > 0 ? "," : "", i, centre_channel (i),
                          dice_chance (dice, 40) ? "most_skilled" : "longest_idle",
                          (int) dice_below (dice, 3) - 1, 15 + dice_below (dice, 20),
                          1 + dice_below (dice, 30));
  add_requirements (json, dice);
  if (!g_str_equal (centre_channel (i), "voice") && dice_chance (dice, 70))
    g_string_append (json, ",'take':true");
  if (dice_chance (dice, 60))
    g_string_append (json, ",'dial_out':true");
  if (automatic)
    g_string_append (json, ",'automatic_disposition':'lost'");
  g_string_append_printf (
      json, ",'wrap_up':{'seconds':%u,'required':%s,'extension':%u,'extensions':%u%s}",
      required || dice_chance (dice, 50) ? 5 + dice_below (dice, 30) : 0,
      required ? "true" : "false", dice_below (dice, 2) * 20, dice_below (dice, 3),
      !automatic && (required || dice_chance (dice, 30)) ? ",'default_disposition':'none'" : "");
  g_string_append_printf (json, ",'max_waiting':%u,'max_wait_seconds':%u",
                          dice_chance (dice, 30) ? 2 + dice_below (dice, 6) : 0,
                          dice_chance (dice, 50) ? 10 + dice_below (dice, 100) : 0);
  add_overflow (json, dice, "when_closed", i, queues);
  add_overflow (json, dice, "when_full", i, queues);
  add_overflow (json, dice, "when_unstaffed", i, queues);
  add_overflow (json, dice, "when_waited_too_long", i, queues);
  g_string_append (json, "}");
}

static void
add_entry (GString *json, Dice *dice, guint i)
{
  g_string_append_printf (json,
                          "%s{'id':'e%u','names':{'en':'Entry'},'channel':'%s','addresses':['%u'],"
                          "'queue':'q%u',%s'priority':%d,",
                          i > 0 ? "," : "", i, centre_channel (i), 100 + i, i,
                          i % 6 == 4 ? "'team':'far'," : "", (int) dice_below (dice, 4) - 1);
  add_requirements (json, dice);
  g_string_append (json, "}");
}

static void
add_agent (GString *json, Dice *dice, guint i, guint queues, gboolean first)
{
  g_string_append_printf (json,
                          "%s{'id':'a%u','name':'Agent','role':'%s','team':'t%u',%s%s'skills':[",
                          first ? "" : ",", i, i == 0 ? "supervisor" : "agent", i % 2,
                          i % 3 == 0 ? "'teams':['t0','t1']," : "",
                          i % 5 == 4   ? "'internal_calls':false,'forwarding':'none',"
                          : i % 5 == 3 ? "'forwarding':'inside',"
                                       : "");
  for (guint skill = 0, n = 0; skill < 3; skill++)
    if (dice_chance (dice, 70))
      g_string_append_printf (json, "%s{'skill':'k%u','level':%u}", n++ > 0 ? "," : "", skill,
                              1 + dice_below (dice, 10));
  g_string_append (json, "],'queues':[");
  for (guint queue = 0, n = 0; queue < queues; queue++)
    if (dice_chance (dice, 70))
      g_string_append_printf (json, "%s'q%u'", n++ > 0 ? "," : "", queue);
  if (dice_chance (dice, 30))
    g_string_append_printf (json, "],'personal_fallback':'q%u','slots'", dice_below (dice, queues));
  else
    g_string_append (json, "],'slots'");
  g_string_append_printf (json, ":[{'channel':'voice','count':%u}]}",
                          dice_chance (dice, 35) ? 2 : 1);
}

static ModelDefinitions *
read_centre (GString *json)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  ModelDefinitions *definitions;

  g_strdelimit (json->str, "'", '"');
  node = base_json_parse (json->str, json->len, NULL, &error);
  g_assert_no_error (error);
  definitions = model_definitions_from_json (json_node_get_object (node), problems);
  if (definitions == NULL)
    g_error ("the random centre has a problem at %s: %s",
             ((ModelProblem *) problems->pdata[0])->path,
             ((ModelProblem *) problems->pdata[0])->message);
  return definitions;
}

ModelDefinitions *
centre_random (Dice *dice, guint agents, guint queues)
{
  g_autoptr (GString) json = g_string_new ("{");
  gboolean first = TRUE;

  add_settings (json, dice, queues);
  g_string_append (json,
                   ",'teams':[{'id':'t0','names':{'en':'Team'}},{'id':'t1','names':{'en':'Team'}},"
                   "{'id':'far','names':{'en':'Far'},'number':'0800','calls':2}],"
                   "'skills':[{'id':'k0','names':{'en':'K'}},{'id':'k1','names':{'en':'K'}},"
                   "{'id':'k2','names':{'en':'K'}}],"
                   "'reasons':[{'id':'lunch','names':{'en':'Lunch'}},"
                   "{'id':'meeting','names':{'en':'Meeting'}}],"
                   "'dispositions':[{'id':'none','names':{'en':'None'}},"
                   "{'id':'sold','names':{'en':'Sold'}},{'id':'lost','names':{'en':'Lost'}}],"
                   "'tags':[{'id':'t0','names':{'en':'T'}},{'id':'t1','names':{'en':'T'}}],"
                   "'variables':[{'id':'v0','names':{'en':'V'},'editable':true},"
                   "{'id':'v1','names':{'en':'V'}}],"
                   "'voicemail_boxes':[{'id':'everybody','names':{'en':'B'},'team':'t0'},"
                   "{'id':'own','names':{'en':'B'},'agent':'a0'}],'queues':[");
  for (guint i = 0; i < queues; i++)
    add_queue (json, dice, i, queues);
  g_string_append (json, "],'entry_points':[");
  for (guint i = 0; i < queues; i++)
    add_entry (json, dice, i);
  g_string_append (json, "],'agents':[");
  for (guint i = 0; i < agents; i++)
    if (i == 0 || dice_chance (dice, 90))
      {
        add_agent (json, dice, i, queues, first);
        first = FALSE;
      }
  g_string_append (json, "]}");
  return read_centre (json);
}
