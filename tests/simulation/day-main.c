/* SPDX-License-Identifier: GPL-3.0-or-later */
/* day: random days of random centres. Without --seed it runs many; a seed that fails is printed
 * with the command that replays it and its journal. */
#include "simulation/day.h"
#include "simulation/invariants.h"

static gint64 seed = -1;
static gint64 first = 1;
static gint64 days = 50;
static gint64 events = 20000;
static gboolean replay = FALSE;
static gboolean twice = FALSE;

static const GOptionEntry entries[] = {
  { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "Only this day", "N" },
  { "first", 'f', 0, G_OPTION_ARG_INT64, &first, "The seed of the first day", "N" },
  { "days", 'd', 0, G_OPTION_ARG_INT64, &days, "How many days", "N" },
  { "events", 'e', 0, G_OPTION_ARG_INT64, &events, "Events in a day", "N" },
  { "replay", 'r', 0, G_OPTION_ARG_NONE, &replay, "Print commands and journal", NULL },
  { "twice", 't', 0, G_OPTION_ARG_NONE, &twice,
    "Run each day again with cores that are saved and loaded, and compare the journals", NULL },
  G_OPTION_ENTRY_NULL,
};

/* The journal's checksum, or NULL if the day broke. */
static char *
run (gint64 number, gboolean reload, guint64 *n)
{
  g_autoptr (Day) day = day_new ((guint64) number);

  day->print = replay;
  day->reload = reload;
  if (!day_run (day, (guint64) events))
    {
      g_printerr ("seed %" G_GINT64_FORMAT " breaks after %" G_GUINT64_FORMAT " events: %s\n"
                  "replay: build/tests/simulation/day --seed %" G_GINT64_FORMAT
                  " --events %" G_GINT64_FORMAT " --replay\n",
                  number, day->n_events, day->broken, number, events);
      return NULL;
    }
  *n += day->n_events;
  return g_strdup (g_checksum_get_string (day->journal));
}

static gboolean
run_day (gint64 number, guint64 *n)
{
  g_autofree char *journal = run (number, FALSE, n);
  g_autofree char *again = NULL;

  if (journal == NULL || !twice)
    return journal != NULL;
  again = run (number, TRUE, n);
  if (again != NULL && g_str_equal (journal, again))
    return TRUE;
  g_printerr ("seed %" G_GINT64_FORMAT ": the same day has another journal\n", number);
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint64 n = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (seed >= 0)
    return run_day (seed, &n) ? 0 : 1;
  for (gint64 number = first; number < first + days; number++)
    if (!run_day (number, &n))
      return 1;
  g_print ("%" G_GINT64_FORMAT " days, %" G_GUINT64_FORMAT
           " events, %u invariants after each, none broken\n",
           days, n, invariants_count ());
  return 0;
}
