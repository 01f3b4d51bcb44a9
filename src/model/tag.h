/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keyword; an interaction may carry several. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  ModelNames names;
} ModelTag;

extern const ModelNoun model_tag_noun;

G_END_DECLS
