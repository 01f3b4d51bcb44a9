/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetTarget: one table of fields; filled by hand-on.c. Main loop. */
#include "client/target.h"

#include "client/fields.h"

struct _GuichetTarget
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetTarget, guichet_target, GUICHET_TYPE_RECORD)

static const GuichetField target_fields[N_TARGET_FIELDS] = {
  [TARGET_KIND] = { "kind", GUICHET_FIELD_STRING },
  [TARGET_ID] = { "id", GUICHET_FIELD_STRING },
  [TARGET_NAME] = { "name", GUICHET_FIELD_STRING },
  [TARGET_TEAM_NAME] = { "team-name", GUICHET_FIELD_STRING },
  [TARGET_PRESENCE] = { "presence", GUICHET_FIELD_STRING },
  [TARGET_REASON] = { "reason", GUICHET_FIELD_STRING },
  [TARGET_WAITING] = { "waiting", GUICHET_FIELD_INT },
  [TARGET_PROBLEM] = { "problem", GUICHET_FIELD_STRING },
};

static void
guichet_target_class_init (GuichetTargetClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), target_fields, N_TARGET_FIELDS);
}

static void
guichet_target_init (GuichetTarget *self)
{
}

GUICHET_RECORD_STRING (GuichetTarget, guichet_target, kind, TARGET_KIND)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, id, TARGET_ID)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, name, TARGET_NAME)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, team_name, TARGET_TEAM_NAME)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, presence, TARGET_PRESENCE)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, reason, TARGET_REASON)
GUICHET_RECORD_INT (GuichetTarget, guichet_target, waiting, TARGET_WAITING)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, problem, TARGET_PROBLEM)
