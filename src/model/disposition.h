/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One outcome of an interaction, as the agent or the system records it. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  ModelNames names; /* at most 128 characters each */
} ModelDisposition;

extern const ModelNoun model_disposition_noun;

G_END_DECLS
