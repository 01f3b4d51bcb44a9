/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetColleague: one table of fields; filled by colleagues.c. Main loop. */
#include "client/colleague.h"

#include "client/fields/people.h"

struct _GuichetColleague
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetColleague, guichet_colleague, GUICHET_TYPE_RECORD)

static const GuichetField colleague_fields[N_COLLEAGUE_FIELDS] = {
  [COLLEAGUE_ID] = { "id", GUICHET_FIELD_STRING },
  [COLLEAGUE_NAME] = { "name", GUICHET_FIELD_STRING },
  [COLLEAGUE_TEAM] = { "team", GUICHET_FIELD_STRING },
  [COLLEAGUE_TEAM_NAME] = { "team-name", GUICHET_FIELD_STRING },
  [COLLEAGUE_PRESENCE] = { "presence", GUICHET_FIELD_STRING },
  [COLLEAGUE_REASON] = { "reason", GUICHET_FIELD_STRING },
  [COLLEAGUE_SINCE] = { "since", GUICHET_FIELD_INT },
};

static void
guichet_colleague_class_init (GuichetColleagueClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), colleague_fields, N_COLLEAGUE_FIELDS);
}

static void
guichet_colleague_init (GuichetColleague *self)
{
}

GUICHET_RECORD_STRING (GuichetColleague, guichet_colleague, id, COLLEAGUE_ID)
GUICHET_RECORD_STRING (GuichetColleague, guichet_colleague, name, COLLEAGUE_NAME)
GUICHET_RECORD_STRING (GuichetColleague, guichet_colleague, team, COLLEAGUE_TEAM)
GUICHET_RECORD_STRING (GuichetColleague, guichet_colleague, team_name, COLLEAGUE_TEAM_NAME)
GUICHET_RECORD_STRING (GuichetColleague, guichet_colleague, presence, COLLEAGUE_PRESENCE)
GUICHET_RECORD_STRING (GuichetColleague, guichet_colleague, reason, COLLEAGUE_REASON)
GUICHET_RECORD_INT (GuichetColleague, guichet_colleague, since, COLLEAGUE_SINCE)
