/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A box for what callers say when nobody takes the call: of an agent, or of all who serve a queue
 * or are of a team. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  ModelNames names;
  char *agent; /* one of these three: whose it is */
  char *queue;
  char *team;
  char *greeting;  /* the sound that callers hear first, or NULL: the tone alone */
  gint32 seconds;  /* of the longest message */
  gint32 least;    /* s: what is shorter is not kept */
  char *key, *pin; /* by keypad: its number, and the hash of its PIN; or NULL */
} ModelVoicemailBox;

extern const ModelNoun model_voicemail_box_noun;

G_END_DECLS
