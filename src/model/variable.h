/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The definition of a variable (CAD): what an interaction may carry and who sees it where. */
#pragma once

#include "model/fields.h"
#include "model/names.h"
#include "model/words.h"

G_BEGIN_DECLS

#define MODEL_VARIABLE_VALUE_MAX 256

typedef struct
{
  char *id;
  ModelNames names;
  gint32 type;    /* ModelVariableType */
  char **choices; /* the values of a choice */
  gboolean editable;
  gboolean secure;
  gint32 on_card; /* place on the offer card from 1, 0 = not there; never with secure */
  char *header;   /* the X-Guichet-* header of a trunk that fills it, or NULL */
} ModelVariable;

extern const ModelNoun model_variable_noun;

/* NULL if the value is one of this variable's type, else why not: length, number, date, datetime,
 * choice */
const char *model_variable_check (const ModelVariable *variable, const char *value);

G_END_DECLS
