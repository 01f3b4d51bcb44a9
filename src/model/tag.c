/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags: the table of their JSON form. Read-only data. */
#include "model/tag.h"

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelTag, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelTag, names), MODEL_FIELD_REQUIRED },
  { NULL },
};
const ModelNoun model_tag_noun = { "tag", sizeof (ModelTag), fields };
