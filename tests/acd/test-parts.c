/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the core: state machines pair by pair, the tree and the map against plain ones,
 * commands and saved cores as JSON. */
#include "acd/machines.h"
#include "acd/world.h"

#include <json-glib/json-glib.h>

/* What the tables must hold, state by state: the step and where it leads; all else is refused. */
static void
walk (const BaseMachine *machine, const char *const *allowed)
{
  for (guint state = 0; state < machine->n_states; state++)
    for (guint step = 0; step < machine->n_events; step++)
      {
        const BaseTransition *found = base_machine_find (machine, state, step);
        g_autofree char *start =
            g_strdup_printf ("%s %s ", machine->state_names[state], machine->event_names[step]);
        const char *expected = NULL;
        for (guint i = 0; allowed[i] != NULL; i++)
          if (g_str_has_prefix (allowed[i], start))
            expected = allowed[i] + strlen (start);
        g_assert_cmpint (found != NULL, ==, expected != NULL);
        if (found != NULL)
          g_assert_cmpstr (machine->state_names[found->next], ==, expected);
      }
}

static void
test_agent_machine (void)
{
  static const char *const allowed[] = {
    "offline signed_in idle",
    "idle signed_out offline",
    "idle idle idle",
    "idle available available",
    "idle other idle",
    "available signed_out offline",
    "available idle idle",
    "available available available",
    "available other available",
    NULL,
  };

  walk (&acd_agent_machine, allowed);
}

static void
test_offer_machine (void)
{
  static const char *const allowed[] = {
    "created ringing ringing", "created accepted over",
    "created declined over",   "created missed over",
    "created withdrawn over",  "ringing accepted over",
    "ringing declined over",   "ringing missed over",
    "ringing withdrawn over",  NULL,
  };

  walk (&acd_offer_machine, allowed);
}

static void
test_participation_machine (void)
{
  static const char *const allowed[] = {
    "active held held",
    "active left left",
    "held resumed active",
    "held left left",
    "active absent active",
    "active present active",
    "active role active",
    "held role held",
    "active muted active",
    "active unmuted active",
    "held muted held",
    "held unmuted held",
    "left started wrap_up",
    "wrap_up extended wrap_up",
    "wrap_up ended over",
    "calling dialling dialling",
    "calling left over",
    "dialling connected active",
    "calling connected active",
    "dialling left over",
    NULL,
  };

  walk (&acd_part_machine, allowed);
}

static void
check_tree (const AcdTree *tree, GArray *keys)
{
  const AcdNode *node = tree->first;

  g_assert_cmpuint (tree->n, ==, keys->len);
  for (guint i = 0; i < keys->len; i++)
    {
      g_assert_nonnull (node);
      g_assert_cmpint (node->key, ==, g_array_index (keys, gint64, i));
      g_assert_true (acd_tree_next (node) != NULL || node == tree->last);
      node = acd_tree_next (node);
    }
  g_assert_null (node);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
test_tree (void)
{
  enum
  {
    N = 300
  };
  g_autofree AcdNode *nodes = g_new0 (AcdNode, N);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  AcdTree tree = { 0 };

  for (int round = 0; round < 5000; round++)
    {
      guint i = (guint) g_test_rand_int_range (0, N);
      gint64 key = g_test_rand_int_range (-50, 50);
      if (!acd_node_in_tree (&nodes[i]))
        {
          acd_tree_insert (&tree, &nodes[i], key, i);
          g_array_append_val (keys, key);
          g_array_sort (keys, compare_keys);
        }
      else
        {
          guint at = 0;
          while (g_array_index (keys, gint64, at) != nodes[i].key)
            at++;
          g_array_remove_index (keys, at);
          acd_tree_remove (&tree, &nodes[i]);
        }
      if (round % 50 == 0)
        check_tree (&tree, keys);
    }
}

static void
test_id_map (void)
{
  g_autoptr (GHashTable) plain = g_hash_table_new (g_direct_hash, g_direct_equal);
  AcdIdMap map = { 0 };

  for (int round = 0; round < 20000; round++)
    {
      ModelId id = (ModelId) g_test_rand_int_range (1, 3000);
      gpointer key = GUINT_TO_POINTER ((guint) id);
      if (g_hash_table_contains (plain, key))
        {
          g_assert_true (acd_id_map_lookup (&map, id) == key);
          acd_id_map_remove (&map, id);
          g_hash_table_remove (plain, key);
        }
      else
        {
          g_assert_null (acd_id_map_lookup (&map, id));
          acd_id_map_insert (&map, id, key);
          g_hash_table_add (plain, key);
        }
      g_assert_cmpuint (map.n, ==, g_hash_table_size (plain));
    }
  acd_id_map_clear (&map);
}

static void
test_command_json (void)
{
  char *list[] = { (char *) "a", (char *) "b", NULL };

  for (gint32 type = 0; type < ACD_N_COMMANDS; type++)
    {
      AcdCommand command = { .type = type,
                             .agent = "ann",
                             .value = "text \"quoted\"",
                             .tags = list,
                             .offer = 5,
                             .revision = 3,
                             .on = TRUE,
                             .membership = MODEL_MEMBERSHIP_PAUSED,
                             .language = "pt_BR" };
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GString) again = g_string_new (NULL);
      g_autoptr (GPtrArray) problems = model_problems_new ();
      g_autoptr (JsonNode) node = NULL;
      AcdCommand read;
      acd_command_write (&command, json);
      node = json_from_string (json->str, NULL);
      g_assert_true (acd_command_from_json (json_node_get_object (node), &read, problems));
      acd_command_write (&read, again);
      g_assert_cmpstr (json->str, ==, again->str);
      acd_command_clear (&read);
    }
}

static void
test_damaged_save (void)
{
  static const char *const damaged[] = {
    "{}",
    "{'core':{},'definitions':[]}",
    "{'core':{'format':9,'node':1},'definitions':[]}",
    "{'core':{'format':1,'node':1,'agents':[{'id':'x'}]},'definitions':[{}]}",
    "{'core':{'format':1,'node':1,'queues':[{'id':'x'}]},'definitions':[{}]}",
    "{'core':{'format':1,'node':1,'requests':[{'id':'q1','interaction':'i1'}]},'definitions':[{}]}",
    "{'core':{'format':1,'node':1,'offers':[{'id':'o1','request':'q1'}]},'definitions':[{}]}",
    "{'core':{'format':1,'node':1,'parts':[{'id':'p1','interaction':'i1'}]},'definitions':[{}]}",
    "{'core':{'format':1,'node':1,'now':'x'},'definitions':[{}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup (damaged[i]), "'", '"');
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GError) error = NULL;
      g_assert_null (acd_core_load (json_node_get_object (node), &error));
      g_assert_error (error, ACD_ERROR, ACD_ERROR_INVALID);
    }
}

static void
test_odd_events (void)
{
  g_autoptr (AcdCore) core = acd_core_new (1, 1);
  g_autoptr (ModelDefinitions) definitions =
      world_definitions ("{'queues':[{'id':'q','names':{'en':'Q'}}],'agents':[{'id':'ann',"
                         "'name':'Ann','queues':['q']}]}");
  g_autoptr (ModelEvent) applied = model_event_new (MODEL_EVENT_DEFINITIONS_APPLIED, 5);

  applied->definitions = model_definitions_ref (definitions);
  g_assert_true (acd_core_apply (core, applied, NULL));
  /* No event that names nothing is taken, and none brings the core down. */
  for (int type = MODEL_EVENT_QUEUE_OPENED; type < MODEL_N_EVENTS; type++)
    {
      g_autoptr (ModelEvent) event = model_event_new ((ModelEventType) type, 6);
      g_autoptr (GError) error = NULL;
      g_assert_false (acd_core_apply (core, event, &error));
      g_assert_nonnull (error);
    }
  applied->at = 1;
  g_assert_false (acd_core_apply (core, applied, NULL));
}

/* What two things would be given is caught by the second of them, whatever they are. */
static void
test_ids (void)
{
  g_autoptr (World) world = world_new (world_centre);
  AcdCore *core = world->core;
  g_autoptr (ModelEvent) first = acd_event (core, MODEL_EVENT_INTERACTION_CREATED);
  g_autoptr (ModelEvent) again = model_event_new (MODEL_EVENT_INTERACTION_CREATED, world->now);
  g_autoptr (ModelEvent) other = model_event_new (MODEL_EVENT_PARTY_DIALLING, world->now);
  g_autoptr (GError) error = NULL;
  ModelId early, late;

  core->clock = world->now;
  core->events = world->events; /* a decision */
  early = acd_new_id (core);
  late = acd_new_id (core);
  g_assert_cmpuint (early, !=, late);
  first->at = world->now;
  first->interaction = late; /* in whatever order they are used */
  g_assert_true (acd_apply (core, first, NULL));
  again->interaction = early;
  g_assert_true (acd_apply (core, again, NULL));
  g_assert_cmpuint (core->given->len, ==, 0);
  other->interaction = late;
  other->by = g_intern_static_string ("ann");
  other->participation = early;
  g_assert_false (acd_apply (core, other, &error));
  g_assert_error (error, ACD_ERROR, ACD_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "participation");
  other->participation = acd_new_id (core);
  g_assert_true (acd_apply (core, other, NULL));
  core->events = NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/agent-machine", test_agent_machine);
  g_test_add_func ("/acd/offer-machine", test_offer_machine);
  g_test_add_func ("/acd/participation-machine", test_participation_machine);
  g_test_add_func ("/acd/ids", test_ids);
  g_test_add_func ("/acd/tree", test_tree);
  g_test_add_func ("/acd/id-map", test_id_map);
  g_test_add_func ("/acd/command-json", test_command_json);
  g_test_add_func ("/acd/damaged-save", test_damaged_save);
  g_test_add_func ("/acd/odd-events", test_odd_events);
  return g_test_run ();
}
