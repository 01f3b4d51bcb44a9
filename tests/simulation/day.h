/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A random day of a random centre: a core is told plausible and nasty things, its journal goes into
 * the ledger and into a second core, and the invariants are checked after every event. */
#pragma once

#include "acd/core.h"
#include "simulation/centre.h"
#include "simulation/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  Dice dice;
  AcdCore *core;
  AcdCore *shadow; /* fed with the journal alone */
  Ledger *ledger;
  gint64 now;
  GPtrArray *events;
  GString *line;
  GChecksum *journal;
  guint64 n_events;
  guint64 n_commands;
  guint64 n_refused;
  ModelId sessions;
  guint n_agents;
  guint n_queues;
  gboolean forces; /* what is stuck is closed by force; not on the days that faults.py names */
  gboolean print;  /* the journal, as it comes */
  gboolean reload; /* go on with a core that was saved and loaded, again and again */
  char *(*also) (Ledger *ledger, const ModelEvent *event); /* one more judge of each event */
  char *broken; /* the first broken invariant, NULL = none */
} Day;

Day *day_new (guint64 seed);
void day_free (Day *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Day, day_free)

/* Until so many events or a broken invariant; FALSE if broken. */
gboolean day_run (Day *day, guint64 n_events);
/* One command at the present time; FALSE if it was refused. */
gboolean day_tell (Day *day, const AcdCommand *command);
/* Remembers the first thing that is broken; takes the text. */
void day_say_broken (Day *day, char *what);
/* A random command. */
void day_choose (Day *day);

/* Commands that came later are not among the nonsense, which would make every noted day another;
 * they have some of their own. */
#define NONSENSE (ACD_COMMAND_SET_CHANNEL + 2)

#define NAME_SIZE 16
gpointer day_any (Day *day, GPtrArray *list);
const char *day_any_team (Day *day);

/* --- several in one interaction (day-company.c) --- */
void day_ask_colleague (Day *day);
void day_ask_outside (Day *day);
void day_call_colleague (Day *day);
void day_handle_company (Day *day);
void day_turn_to (Day *day);
void day_answer_outside (Day *day);

/* An agent, or a supervisor for one, wants nothing of a channel, or something again; a call goes to
 * a team that has a number. */
void day_turn_channel (Day *day);

/* --- parked calls (day-park.c) --- */
void day_park (Day *day);
void day_fetch (Day *day);

/* --- what is stuck (day-force.c) --- */
void day_force (Day *day);

/* --- calls that go elsewhere (day-forward.c) --- */
void day_forward (Day *day);

G_END_DECLS
