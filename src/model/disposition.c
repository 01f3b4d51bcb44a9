/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dispositions: the table of their JSON form. Read-only data. */
#include "model/disposition.h"

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelDisposition, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelDisposition, names), MODEL_FIELD_REQUIRED,
    .max = 128 },
  { NULL },
};
const ModelNoun model_disposition_noun = { "disposition", sizeof (ModelDisposition), fields };
