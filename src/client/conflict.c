/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetConflict: one table of fields; made by typing.c. Main loop. */
#include "client/conflict.h"

#include "client/fields/work.h"

struct _GuichetConflict
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetConflict, guichet_conflict, GUICHET_TYPE_RECORD)

static const GuichetField conflict_fields[N_CONFLICT_FIELDS] = {
  [CONFLICT_ID] = { "id", GUICHET_FIELD_STRING },
  [CONFLICT_INTERACTION] = { "interaction", GUICHET_FIELD_STRING },
  [CONFLICT_KIND] = { "kind", GUICHET_FIELD_STRING },
  [CONFLICT_KEY] = { "key", GUICHET_FIELD_STRING },
  [CONFLICT_MINE] = { "mine", GUICHET_FIELD_STRING },
  [CONFLICT_THEIRS] = { "theirs", GUICHET_FIELD_STRING },
  [CONFLICT_THEIRS_REVISION] = { "theirs-revision", GUICHET_FIELD_INT },
};

static void
guichet_conflict_class_init (GuichetConflictClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), conflict_fields, N_CONFLICT_FIELDS);
}

static void
guichet_conflict_init (GuichetConflict *self)
{
}

GUICHET_RECORD_STRING (GuichetConflict, guichet_conflict, interaction, CONFLICT_INTERACTION)
GUICHET_RECORD_STRING (GuichetConflict, guichet_conflict, kind, CONFLICT_KIND)
GUICHET_RECORD_STRING (GuichetConflict, guichet_conflict, key, CONFLICT_KEY)
GUICHET_RECORD_STRING (GuichetConflict, guichet_conflict, mine, CONFLICT_MINE)
GUICHET_RECORD_STRING (GuichetConflict, guichet_conflict, theirs, CONFLICT_THEIRS)
