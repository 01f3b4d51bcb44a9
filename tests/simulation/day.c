/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a random day and judging it. */
#include "simulation/day.h"

#include "base/json.h"
#include "simulation/invariants.h"

#define START G_GINT64_CONSTANT (1772355600000)

Day *
day_new (guint64 seed)
{
  Day *day = g_new0 (Day, 1);

  day->dice.state = seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + 1;
  day->core = acd_core_new (1, seed);
  day->shadow = acd_core_new (1, seed);
  day->ledger = ledger_new ();
  day->now = START;
  day->events = g_ptr_array_new_with_free_func ((GDestroyNotify) model_event_unref);
  day->line = g_string_new (NULL);
  day->journal = g_checksum_new (G_CHECKSUM_SHA256);
  day->n_agents = 2 + dice_below (&day->dice, 12);
  day->n_queues = 1 + dice_below (&day->dice, 9);
  day->forces = seed % 10 == 3;
  return day;
}

void
day_free (Day *day)
{
  acd_core_free (day->core);
  acd_core_free (day->shadow);
  ledger_free (day->ledger);
  g_ptr_array_unref (day->events);
  g_string_free (day->line, TRUE);
  g_checksum_free (day->journal);
  g_free (day->broken);
  g_free (day);
}

void
day_say_broken (Day *day, char *what)
{
  if (day->broken == NULL)
    day->broken = what;
  else
    g_free (what);
}

static void
judge_event (Day *day, const ModelEvent *event)
{
  g_autoptr (GError) error = NULL;

  g_string_truncate (day->line, 0);
  model_event_write (event, day->line);
  g_string_append_c (day->line, '\n');
  g_checksum_update (day->journal, (const guchar *) day->line->str, (gssize) day->line->len);
  if (day->print)
    g_print ("%s", day->line->str);
  day->n_events++;
  day_say_broken (day, invariants_before (day->ledger, event));
  if (day->broken == NULL && day->also != NULL)
    day_say_broken (day, day->also (day->ledger, event));
  if (day->broken != NULL)
    return;
  ledger_take (day->ledger, event);
  day_say_broken (day, invariants_after (day->ledger, event));
  if (!acd_core_apply (day->shadow, event, &error))
    day_say_broken (day, g_strdup_printf ("the journal does not apply: %s", error->message));
}

static void
judge_events (Day *day)
{
  for (guint i = 0; i < day->events->len && day->broken == NULL; i++)
    judge_event (day, day->events->pdata[i]);
  g_ptr_array_set_size (day->events, 0);
}

/* Words that are no words of the model cannot be written. */
static gboolean
is_writable (const AcdCommand *command)
{
  return command->type < ACD_N_COMMANDS && (guint) command->channel < MODEL_N_CHANNELS &&
         (guint) command->state < MODEL_N_AGENT_STATES &&
         (guint) command->station < MODEL_N_STATIONS &&
         (guint) command->membership <= MODEL_MEMBERSHIP_PAUSED &&
         (guint) command->status <= MODEL_STATUS_ESCALATED &&
         (guint) command->sentiment <= MODEL_SENTIMENT_NEGATIVE;
}

gboolean
day_tell (Day *day, const AcdCommand *command)
{
  gboolean done;

  if (day->print && !is_writable (command))
    g_print ("# nonsense of type %d\n", command->type);
  else if (day->print)
    {
      g_autoptr (GString) line = g_string_new ("# ");
      acd_command_write (command, line);
      g_print ("%s\n", line->str);
    }
  done = acd_core_handle (day->core, day->now, command, day->events, NULL);
  day->n_commands++;
  day->n_refused += !done;
  if (!done && day->events->len > 0)
    day_say_broken (day, g_strdup ("a refused command emits events"));
  judge_events (day);
  return done;
}

static AcdCore *
reborn (Day *day, GBytes *saved)
{
  gsize length;
  const char *text = g_bytes_get_data (saved, &length);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  AcdCore *core = acd_core_load (json_node_get_object (node), &error);

  if (core == NULL)
    day_say_broken (day, g_strdup_printf ("a saved core does not load: %s", error->message));
  return core;
}

/* The journal alone must have made the same state, and a saved core must go on as this one would.
 */
static void
check_save (Day *day)
{
  g_autoptr (GBytes) live = acd_core_save (day->core);
  g_autoptr (GBytes) shadow = acd_core_save (day->shadow);
  AcdCore *core;

  if (!g_bytes_equal (live, shadow))
    day_say_broken (day, g_strdup ("the journal makes another state"));
  if (!day->reload || day->broken != NULL)
    return;
  core = reborn (day, live);
  if (core != NULL)
    {
      g_autoptr (GBytes) again = acd_core_save (core);
      if (!g_bytes_equal (live, again))
        day_say_broken (day, g_strdup ("a loaded core is another"));
      if (acd_core_next_deadline (core) != acd_core_next_deadline (day->core))
        day_say_broken (day, g_strdup ("a loaded core has another deadline"));
      acd_core_free (day->core);
      day->core = core;
    }
}

/* Mostly each deadline in its moment; now and then late, as a busy machine would. */
static void
pass_time (Day *day)
{
  static const guint spans[] = { 0, 1, 200, 1000, 3000, 20000 };
  gint64 until = day->now + dice_below (&day->dice, 1 + spans[dice_below (&day->dice, 6)]);
  gboolean late = dice_chance (&day->dice, 3);

  while (acd_core_next_deadline (day->core) <= until && day->broken == NULL)
    {
      day->now = late ? until : MAX (day->now, acd_core_next_deadline (day->core));
      acd_core_advance (day->core, day->now, day->events);
      judge_events (day);
    }
  day->now = until;
}

gboolean
day_run (Day *day, guint64 n_events)
{
  g_autoptr (ModelDefinitions) definitions =
      centre_random (&day->dice, day->n_agents, day->n_queues);

  day_tell (day,
            &(AcdCommand){ .type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions });
  while (day->n_events < n_events && day->broken == NULL)
    {
      pass_time (day);
      if (day->broken == NULL)
        day_choose (day);
      if (day->broken == NULL)
        day_say_broken (day, invariants_at_rest (day->ledger, day->now));
      if (day->broken == NULL && day->n_commands % 250 == 0)
        check_save (day);
    }
  if (day->broken == NULL)
    check_save (day);
  return day->broken == NULL;
}
