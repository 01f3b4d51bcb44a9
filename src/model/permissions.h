/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: the core refuses by this and the desktop greys and hides by it, so that the two
 * never differ. Pure functions, any thread. */
#pragma once

#include "model/codes.h"
#include "model/words.h"

G_BEGIN_DECLS

typedef enum
{
  MODEL_ACTION_ANSWER,
  MODEL_ACTION_DECLINE,
  MODEL_ACTION_HOLD,
  MODEL_ACTION_RESUME,
  MODEL_ACTION_END,
  MODEL_ACTION_MUTE,
  MODEL_ACTION_DTMF,
  MODEL_ACTION_VARIABLES,
  MODEL_ACTION_NOTES,
  MODEL_ACTION_DISPOSITION,
  MODEL_ACTION_TAGS,
  MODEL_ACTION_WRAP_UP_SUBMIT,
  MODEL_ACTION_WRAP_UP_EXTEND,
  MODEL_ACTION_WRAP_UP_END, /* early; a supervisor may do it for an agent */
  MODEL_ACTION_UNASSIGN,
  MODEL_ACTION_TRANSFER,
} ModelAction;
#define MODEL_N_ACTIONS (MODEL_ACTION_TRANSFER + 1)

/* What the piece of work is to this agent. */
typedef enum
{
  MODEL_WORK_OFFERED,
  MODEL_WORK_OFFERED_AUTO, /* answered by itself */
  MODEL_WORK_CONNECTED,
  MODEL_WORK_HELD,
  MODEL_WORK_WRAP_UP,
  MODEL_WORK_CLOSED,
} ModelWork;
#define MODEL_N_WORKS (MODEL_WORK_CLOSED + 1)

typedef enum
{
  MODEL_HIDDEN,
  MODEL_GREYED,
  MODEL_ALLOWED
} ModelVerdict;

typedef struct
{
  ModelVerdict verdict;
  ModelCode reason; /* of greyed and hidden */
} ModelPermission;

typedef struct
{
  ModelRole role;
  gboolean own; /* the actor's own work, not that of an agent */
  ModelPart part;
  ModelWork work;
  ModelChannel channel;
  ModelStation station;
} ModelPermissionCase;

ModelPermission model_permission (ModelAction action, const ModelPermissionCase *situation);
extern const char *const model_action_names[];

G_END_DECLS
