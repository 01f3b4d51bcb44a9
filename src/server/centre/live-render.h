/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of what supervisors see, as JSON. The caller owns what is returned. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/centre/levels.h"

G_BEGIN_DECLS

/* What changes of a queue. */
typedef struct
{
  AcdQueueView view;
  guint free;
  Level level;
  gboolean level_known;
} LiveQueue;

JsonObject *live_render_agent (Centre *centre, const ModelAgent *agent);
JsonObject *live_render_queue (const ModelQueue *queue, const LiveQueue *now);

G_END_DECLS
