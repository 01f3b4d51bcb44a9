/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom agents may call or bring in who is not of the centre: the outside contacts of its address
 * book, and the numbers that stand ready to be called by one press. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

#define MODEL_CONTACTS_MAX    100000
#define MODEL_SPEED_DIALS_MAX 200
#define MODEL_NUMBER_MAX      32 /* characters, as written */

typedef struct
{
  char *id;
  char *name;
  char *organisation; /* or NULL */
  char **numbers;     /* the first is called */
} ModelContact;

typedef struct
{
  char *id;
  ModelNames names;
  char *number;
} ModelSpeedDial;

extern const ModelNoun model_contact_noun;
extern const ModelNoun model_speed_dial_noun;

/* Digits that can be dialled, and what people write between them. */
gboolean model_number_valid (const char *number);
/* Whether the same is dialled. */
gboolean model_number_equal (const char *one, const char *other);

G_END_DECLS
