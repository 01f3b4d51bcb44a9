/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong in the definitions of teams that have a number, and where they are named. */
#include "base/json.h"
#include "model/definitions.h"

#include <string.h>

static void
test_numbered_teams (void)
{
  static const char *const expected[] = {
    "teams[1].calls missing",
    "teams[2].number missing",
    "teams[3].number repeated",
    "teams[4].number syntax",
    "teams[5].calls range",
    "queues[0].when_closed.team contradiction",
    "queues[0].when_full.team unknown_id",
    "queues[0].when_unstaffed.team contradiction",
    "queues[1].when_closed.action contradiction",
    "queues[1].when_full.queue contradiction",
    "entry_points[0].queue missing",
    "entry_points[1].team contradiction",
    "entry_points[2].team contradiction",
    "agents[0].team contradiction",
    "agents[0].teams[1] contradiction",
  };
  g_autofree char *centre = g_strdup (
      "{'teams':[{'id':'far','names':{'en':'F'},'number':'+33 1 23','calls':2},"
      "{'id':'a','names':{'en':'A'},'number':'12'},{'id':'b','names':{'en':'B'},'calls':2},"
      "{'id':'c','names':{'en':'C'},'number':'+33123','calls':1},"
      "{'id':'d','names':{'en':'D'},'number':'x','calls':1},"
      "{'id':'e','names':{'en':'E'},'number':'99','calls':10001},"
      "{'id':'home','names':{'en':'H'}}],"
      "'queues':[{'id':'q','names':{'en':'Q'},'when_closed':{'action':'team'},"
      "'when_full':{'action':'team','team':'zzz'},'when_unstaffed':{'action':'team','team':'home'}}"
      ","
      "{'id':'w','names':{'en':'W'},'channel':'webchat',"
      "'when_closed':{'action':'team','team':'far'},'when_full':{'action':'reject','queue':'w'}}],"
      "'entry_points':[{'id':'e','names':{'en':'E'},'addresses':['1']},"
      "{'id':'f','names':{'en':'F'},'addresses':['2'],'team':'home'},"
      "{'id':'g','names':{'en':'G'},'channel':'webchat','addresses':['g'],'team':'far'}],"
      "'agents':[{'id':'ann','name':'Ann','team':'far','teams':['home','far']}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_strdelimit (centre, "'", '"');
  node = base_json_parse (centre, strlen (centre), NULL, &error);
  g_assert_no_error (error);
  g_assert_null (model_definitions_from_json (json_node_get_object (node), problems));
  for (guint i = 0; i < problems->len; i++)
    {
      const ModelProblem *problem = problems->pdata[i];
      g_hash_table_add (seen, g_strdup_printf ("%s %s", problem->path, problem->code));
    }
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (!g_hash_table_contains (seen, expected[i]))
      g_error ("not reported: %s", expected[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/numbered-teams", test_numbered_teams);
  return g_test_run ();
}
