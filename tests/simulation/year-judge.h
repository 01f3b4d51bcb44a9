/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A judge who keeps up with a year: the invariants that can be told from each event and a few
 * numbers for each agent and each piece of work, with none of the core's code. */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

typedef struct _YearJudge YearJudge;

/* Agents are a0, a1, ...; the first `voice` of the queues q0, q1, ... take calls, the others chats.
 */
YearJudge *year_judge_new (guint agents, guint queues, guint voice);
void year_judge_free (YearJudge *judge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YearJudge, year_judge_free)

/* Which queues an agent serves. */
void year_judge_may_serve (YearJudge *judge, guint agent, guint queue);
/* NULL, or what is wrong with the event. */
const char *year_judge_event (YearJudge *judge, const ModelEvent *event);
/* NULL, or what is wrong at this moment: looks at everybody. */
const char *year_judge_moment (YearJudge *judge, gint64 now);
/* Pieces of work that are open. */
guint year_judge_open (const YearJudge *judge);

G_END_DECLS
