/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips in calls. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/centre/clips.h"

G_BEGIN_DECLS

/* ACCEPTED, or why this agent can play nothing there now. */
ModelCode centre_voice_may_play (Centre *centre, Record *record, const char *agent);
/* In the place of what is played there now. Takes the batch, which it is told with. */
void centre_voice_play (Centre *centre,
                        Record *record,
                        const char *agent,
                        const Clip *clip,
                        gboolean hang_up,
                        StoreBatch *batch,
                        CentreReadyFunc done,
                        gpointer user_data);
/* FALSE: nothing is played. */
gboolean centre_voice_play_stop (Centre *centre, Record *record);
/* What an event of the core means to what is played is appended to @requests. */
void centre_voice_play_act (Centre *centre, const ModelEvent *event, GPtrArray *requests);
/* The member `playing` of an interaction. */
void centre_voice_render_play (Centre *centre, const Record *record, JsonObject *object);

G_END_DECLS
