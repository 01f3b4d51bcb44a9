/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons to be idle or to pause: the table of their JSON form. Read-only data. */
#include "model/reason.h"

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelReason, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelReason, names), MODEL_FIELD_REQUIRED },
  { "for_idle", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelReason, for_idle), 0, .fallback = TRUE },
  { "for_pause", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelReason, for_pause), 0, .fallback = TRUE },
  { NULL },
};
const ModelNoun model_reason_noun = { "reason", sizeof (ModelReason), fields };
