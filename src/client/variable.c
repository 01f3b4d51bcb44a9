/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetVariable: one table of fields. Main loop. */
#include "client/variable.h"

#include "client/fields/work.h"

struct _GuichetVariable
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetVariable, guichet_variable, GUICHET_TYPE_RECORD)

static const GuichetField variable_fields[N_VARIABLE_FIELDS] = {
  [VARIABLE_ID] = { "id", GUICHET_FIELD_STRING },
  [VARIABLE_NAME] = { "name", GUICHET_FIELD_STRING },
  [VARIABLE_KIND] = { "kind", GUICHET_FIELD_STRING },
  [VARIABLE_CHOICES] = { "choices", GUICHET_FIELD_STRV },
  [VARIABLE_VALUE] = { "value", GUICHET_FIELD_STRING },
  [VARIABLE_HAS_VALUE] = { "has-value", GUICHET_FIELD_BOOL },
  [VARIABLE_SECURE] = { "secure", GUICHET_FIELD_BOOL },
  [VARIABLE_EDITABLE] = { "editable", GUICHET_FIELD_BOOL },
  [VARIABLE_SAVING] = { "saving", GUICHET_FIELD_BOOL },
  [VARIABLE_REVISION] = { "revision", GUICHET_FIELD_INT },
  [VARIABLE_PROBLEM] = { "problem", GUICHET_FIELD_STRING },
};

static void
guichet_variable_class_init (GuichetVariableClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), variable_fields, N_VARIABLE_FIELDS);
}

static void
guichet_variable_init (GuichetVariable *self)
{
}

GUICHET_RECORD_STRING (GuichetVariable, guichet_variable, id, VARIABLE_ID)
GUICHET_RECORD_STRING (GuichetVariable, guichet_variable, name, VARIABLE_NAME)
GUICHET_RECORD_STRING (GuichetVariable, guichet_variable, kind, VARIABLE_KIND)
GUICHET_RECORD_STRV (GuichetVariable, guichet_variable, choices, VARIABLE_CHOICES)
GUICHET_RECORD_STRING (GuichetVariable, guichet_variable, value, VARIABLE_VALUE)
GUICHET_RECORD_BOOL (GuichetVariable, guichet_variable, secure, VARIABLE_SECURE)
GUICHET_RECORD_BOOL (GuichetVariable, guichet_variable, editable, VARIABLE_EDITABLE)
GUICHET_RECORD_BOOL (GuichetVariable, guichet_variable, saving, VARIABLE_SAVING)
