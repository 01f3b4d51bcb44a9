/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The service level of each queue today: of those who came into it, how many were answered in time.
 * A day is one of the centre's time zone. What was before the start is read from the journal, a
 * little at a time, when somebody first wants to know. Centre's thread. */
#pragma once

#include "model/event.h"
#include "server/centre/centre.h"

G_BEGIN_DECLS

typedef struct _Levels Levels;

typedef struct
{
  guint answered;
  guint in_time;   /* of those */
  guint abandoned; /* but for those who left at once */
  guint timed_out;
} Level;

Levels *levels_new (Centre *centre);
void levels_free (Levels *self);

void levels_note (Levels *self, const ModelEvent *event);
/* FALSE: it is still being read. */
gboolean levels_of (Levels *self, const char *queue, Level *level);

G_END_DECLS
