/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of queues, told to who serves them. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

typedef struct _QueueFigures QueueFigures;

QueueFigures *queue_figures_new (Centre *centre);
void queue_figures_free (QueueFigures *self);
