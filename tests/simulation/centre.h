/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random centres, small and odd, and the dice they are made with. */
#pragma once

#include "model/definitions.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} Dice;

guint64 dice_roll (Dice *dice);
/* 0 to n - 1. */
guint dice_below (Dice *dice, guint n);
/* TRUE in so many of a hundred. */
gboolean dice_chance (Dice *dice, guint percent);

/* At most this many of each; ids are a0.., q0.., e0.., skills k0.., reasons lunch and meeting,
 * dispositions none, sold and lost, tags t0 and t1, variables v0 (editable) and v1. */
ModelDefinitions *centre_random (Dice *dice, guint agents, guint queues);

/* The channel of the centre's queue and entry point of this number: every other is of calls. */
const char *centre_channel (guint i);

G_END_DECLS
