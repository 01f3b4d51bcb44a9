/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recording of calls: its rules, its states, and who may do what with it. The core refuses by
 * this and the desktop greys and hides by it. Pure functions, any thread. */
#pragma once

#include "model/fields.h"
#include "model/permissions.h"

G_BEGIN_DECLS

/* Whether calls are recorded; a queue may leave it to the centre. */
typedef enum
{
  MODEL_RECORD_AS_CENTRE,
  MODEL_RECORD_NEVER,
  MODEL_RECORD_ON_DEMAND,
  MODEL_RECORD_ALWAYS,
} ModelRecord;

/* What stands in a recording where it was paused; a queue may leave it to the centre. */
typedef enum
{
  MODEL_MASK_AS_CENTRE,
  MODEL_MASK_CUT,   /* nothing: what was said before and after follow each other */
  MODEL_MASK_NOISE, /* low noise, as long as the pause was */
} ModelMask;

typedef enum
{
  MODEL_RECORDING_OFF,
  MODEL_RECORDING_STARTING, /* the customer is being told */
  MODEL_RECORDING_ON,
  MODEL_RECORDING_PAUSED,
} ModelRecording;

extern const char *const model_record_names[];
extern const char *const model_mask_names[];
extern const char *const model_recording_names[];
const char *model_recording_to_text (ModelRecording state);
/* MODEL_RECORDING_OFF if the text is unknown. */
ModelRecording model_recording_from_text (const char *text);
/* Of a queue, resolved: MODEL_RECORD_NEVER if the text is unknown. */
ModelRecord model_record_from_text (const char *text);

typedef struct
{
  gint32 record;              /* ModelRecord: of the queues that leave it to the centre */
  gint32 internal;            /* ModelRecord: of calls between colleagues */
  gint32 pause_seconds;       /* then it resumes by itself; also what one extension gives */
  gint32 pause_limit_seconds; /* of a pause with its extensions */
  gint32 mask;                /* ModelMask: of the queues that leave it to the centre */
  gboolean may_pause;
  gboolean agents_hear; /* those of their own calls */
  gint32 days;          /* until recordings are forgotten; 0 = as long as the interactions */
  char *notice;         /* the sound that tells the customer, or NULL */
} ModelRecordingRules;

extern const ModelNoun model_recording_rules_noun;

typedef enum
{
  MODEL_RECORDING_START,
  MODEL_RECORDING_PAUSE,
  MODEL_RECORDING_RESUME,
  MODEL_RECORDING_EXTEND,
  MODEL_RECORDING_STOP,
} ModelRecordingAction;
#define MODEL_N_RECORDING_ACTIONS 5
extern const char *const model_recording_action_names[];

typedef struct
{
  ModelRecord record; /* of the queue, resolved: never AS_CENTRE */
  ModelRecording state;
  gboolean own;
  gboolean talks; /* the customer is there and the agent has joined */
  ModelPart part;
  gboolean may_pause;
  gboolean may_extend; /* the limit of the pause is not reached */
} ModelRecordingCase;

ModelPermission
model_permission_to_record (ModelRecordingAction action, const ModelRecordingCase *situation);
/* What holds for a queue that says this. */
ModelRecord model_record_resolve (ModelRecord of_queue, const ModelRecordingRules *rules);

/* Whether noise stands for the pauses of a queue that says this. */
gboolean model_mask_is_noise (ModelMask of_queue, const ModelRecordingRules *rules);

G_END_DECLS
