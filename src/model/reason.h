/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A named reason to be idle or to pause a queue. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  ModelNames names;
  gboolean for_idle;
  gboolean for_pause;
} ModelReason;

extern const ModelNoun model_reason_noun;

G_END_DECLS
