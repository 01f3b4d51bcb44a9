/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the centre and its voice engine: events of the core become requests whose ids come from
 * the event, events of the engine become commands of the core. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/voice/engine.h"

G_BEGIN_DECLS

typedef struct _CentreVoice CentreVoice;

typedef void (*CentreVoiceDoneFunc) (VoiceCode code, gpointer user_data);

CentreVoice *centre_voice_new (void);
void centre_voice_free (CentreVoice *self);

/* The engine that serves from now on: its legs are looked for, then @ready. */
void centre_voice_attach (Centre *centre,
                          VoiceEngine *engine,
                          CentreReadyFunc ready,
                          gpointer user_data);
/* Every event of the engine goes here. */
void centre_voice_event (Centre *centre, VoiceEvent *event);
/* No new calls any more: 503. */
void centre_voice_close (Centre *centre);
guint centre_voice_n_legs (Centre *centre);

void centre_voice_submit (Centre *centre, VoiceRequest *request);
/* These come of a command of the agent, who is told when one fails. */
void
centre_voice_asked_by (Centre *centre, GPtrArray *requests, const char *agent, const char *key);
/* What an event of the core means to the engine is appended to @requests. */
void
centre_voice_act (Centre *centre, const ModelEvent *event, GPtrArray *events, GPtrArray *requests);
/* Who may register as this agent: at sign-in and after a start. */
VoiceRequest *centre_voice_station (Centre *centre, const Session *session);

/* Keys to the customer of this interaction; FALSE if it has no leg. */
gboolean centre_voice_dtmf (Centre *centre,
                            ModelId interaction,
                            const char *agent,
                            const char *digits,
                            CentreVoiceDoneFunc done,
                            gpointer user_data);

G_END_DECLS
