/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where interactions of one channel wait, and the rules of its work. */
#pragma once

#include "model/fields.h"
#include "model/hours.h"
#include "model/names.h"
#include "model/recording.h"
#include "model/skill.h"
#include "model/words.h"

G_BEGIN_DECLS

typedef struct
{
  gint32 seconds;            /* 0 = none, unless a disposition is required */
  gboolean required;         /* a disposition is required */
  char *default_disposition; /* set when the time is over; needed where one is required */
  gint32 extension;          /* seconds that one extension adds, 0 = not allowed */
  gint32 extensions;         /* how often */
} ModelWrapUpRules;

/* What happens to a request that the queue cannot keep. */
typedef struct
{
  gint32 action; /* ModelOverflowAction */
  char *queue;   /* where it goes with action queue; with team: if that takes it not */
  char *box;     /* and with action voicemail */
  char *team;    /* and with action team: one that has a number */
} ModelOverflow;

/* What routing looks at of every contact comes first. */
typedef struct
{
  char *id;
  /* What the centre records of every contact as soon as it is answered; no agent changes it. */
  char *automatic_disposition;
  gint32 channel;   /* ModelChannel */
  gint32 selection; /* ModelSelection */
  gint32 priority;
  gint32 record;       /* ModelRecord */
  gint32 ring_seconds; /* until an offer is missed; 0 = the default of the channel */
  gint32 service_level_seconds;
  gint32 max_waiting;      /* 0 = no limit */
  gint32 max_wait_seconds; /* 0 = no limit */
  ModelWrapUpRules wrap_up;
  ModelNames names;
  GPtrArray *requirements; /* ModelRequirement */
  gboolean take;           /* agents may take what waits, whichever they choose */
  gboolean dial_out;       /* its agents may call customers in its name */
  gint32 mask;             /* ModelMask */
  char *caller_id;         /* the number that those see, NULL = the centre's */
  char **dispositions;     /* those that fit; NULL = all */
  /* Of live channels: how long the agent's word stands unanswered until the chat is closed, 0 = for
   * ever; and how long before that the customer is told. */
  gint32 silence_seconds;
  gint32 silence_warning_seconds;
  GPtrArray *hours;          /* ModelHours in the centre's time zone; none = always open */
  gboolean open_on_holidays; /* the hours hold on the centre's holidays too */
  ModelOverflow when_closed;
  ModelOverflow when_full;
  ModelOverflow when_unstaffed;
  ModelOverflow when_waited_too_long;
} ModelQueue;

extern const ModelNoun model_queue_noun;

/* Seconds until an offer of this queue is missed: 20 for calls, 45 for digital ones by default. */
gint32 model_queue_ring_seconds (const ModelQueue *queue);

G_END_DECLS
