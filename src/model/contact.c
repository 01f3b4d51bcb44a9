/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outside contacts and speed dials: the tables of their JSON form. Read-only data. */
#include "model/contact.h"

#include "base/latin.h"

#include <string.h>

static const ModelField contact_fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelContact, id), MODEL_FIELD_REQUIRED },
  { "name", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelContact, name), MODEL_FIELD_REQUIRED,
    .max = 128 },
  { "organisation", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelContact, organisation), .max = 128 },
  { "numbers", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelContact, numbers), MODEL_FIELD_REQUIRED,
    .max = MODEL_NUMBER_MAX },
  { NULL },
};
const ModelNoun model_contact_noun = { "contact", sizeof (ModelContact), contact_fields };

static const ModelField speed_dial_fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelSpeedDial, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelSpeedDial, names), MODEL_FIELD_REQUIRED,
    .max = 64 },
  { "number", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelSpeedDial, number), MODEL_FIELD_REQUIRED,
    .max = MODEL_NUMBER_MAX },
  { NULL },
};
const ModelNoun model_speed_dial_noun = { "speed dial", sizeof (ModelSpeedDial),
                                          speed_dial_fields };

gboolean
model_number_equal (const char *one, const char *other)
{
  g_autofree char *digits = base_digits (one);
  g_autofree char *others = base_digits (other);

  return digits != NULL && g_strcmp0 (digits, others) == 0;
}

gboolean
model_number_valid (const char *number)
{
  g_autofree char *digits = base_digits (number);

  return digits != NULL && strlen (digits) >= 2 && strlen (digits) <= 20;
}
