/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number or address that leads to a queue, and what it gives to those who come by it. */
#pragma once

#include "model/fields.h"
#include "model/names.h"
#include "model/skill.h"
#include "model/words.h"

G_BEGIN_DECLS

typedef struct
{
  char *variable;
  char *value;
} ModelVariableValue;

/* A question of the form before a chat. */
typedef struct
{
  char *variable;
  gboolean required;
} ModelChatField;

/* What a web chat shows before it begins. */
typedef struct
{
  ModelNames title;
  ModelNames greeting;
  char *color;       /* #rrggbb, or NULL */
  GPtrArray *fields; /* ModelChatField */
} ModelChat;

/* What routing looks at of every arrival comes first. */
typedef struct
{
  char *id;
  char *team; /* one that has a number: calls go there first; or NULL */
  char *language;
  gint32 channel; /* ModelChannel */
  gint32 priority;
  char *queue; /* may be NULL where there is a team */
  ModelNames names;
  char **addresses;
  GPtrArray *requirements; /* ModelRequirement, beside the queue's own */
  GPtrArray *variables;    /* ModelVariableValue */
  gboolean early_media;    /* queue without answering the call */
  ModelChat chat;          /* of the channel webchat */
} ModelEntryPoint;

extern const ModelNoun model_variable_value_noun;
extern const ModelNoun model_entry_point_noun;

G_END_DECLS
