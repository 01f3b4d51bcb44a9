/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules between the nouns of a centre, beside what each noun's own fields say. */
#pragma once

#include "model/definitions.h"

G_BEGIN_DECLS

extern const ModelNoun model_definitions_noun;

/* Adds every problem it finds. */
void model_definitions_check (const ModelDefinitions *definitions, GPtrArray *problems);
gconstpointer model_definitions_find (const ModelDefinitions *d, const char *list, const char *id);

G_END_DECLS
