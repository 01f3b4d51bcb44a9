/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recording of a call in the core's state; a part of state.h, and as it is for the files of
 * this room alone. */
#pragma once

#include "acd/state.h"
#include "model/recording.h"

G_BEGIN_DECLS

/* There is one as long as there is any recording, or the customer is being told of it. */
typedef struct
{
  ModelId interaction;
  gint64 paused_at; /* the first of its extensions */
  gint64 deadline;  /* of the pause; 0 = none */
  AcdNode timer;
  guint8 state; /* ModelRecording */
} AcdRecording;

AcdRecording *acd_recording_of (const AcdCore *core, ModelId interaction);
gboolean acd_apply_recording (AcdCore *core, const ModelEvent *event, GError **error);
void acd_recording_shift (AcdCore *core, gint64 shift);
void acd_recording_free (gpointer recording);
/* The agent leads from now on: as the queue says. */
void acd_step_recording_joined (AcdCore *core, AcdPart *part);
/* Nobody is there any more who could be recorded. */
void acd_step_recording_over (AcdCore *core, AcdInteraction *interaction, const char *reason);
void acd_recording_due (AcdCore *core, AcdRecording *recording);

G_END_DECLS
