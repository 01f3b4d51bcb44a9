/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the centre, for its own files. */
#pragma once

#include "server/centre/centre.h"
#include "server/channels/conversations.h"
#include "server/centre/figures.h"
#include "server/centre/outages.h"
#include "server/centre/sessions.h"
#include "server/centre/voice.h"

G_BEGIN_DECLS

/* A message for an agent's stream, waiting to be durable. */
typedef struct
{
  const char *agent; /* interned */
  gint64 seq;
  JsonObject *object;
} Notice;

/* What one command led to, from its events to the moment when they are durable. */
typedef struct
{
  Centre *centre;
  gint64 seq;
  GPtrArray *notices;  /* Notice */
  GPtrArray *requests; /* VoiceRequest, to the engine */
  GPtrArray *endings;  /* agent (interned), reason: streams that end */
  GArray *stages;      /* ConversationStage */
  GArray *waiters;     /* Waiter */
  CentreDoneFunc done;
  gpointer user_data;
} Turn;

struct _Centre
{
  Config *config;
  Store *store;
  Secrets *secrets;
  BaseClock *clock;
  CentreFatalFunc fatal;
  gpointer fatal_data;

  AcdCore *core;
  Hub *hub;
  Sessions *sessions;
  Colleagues *colleagues;
  Live *live;
  CannedReplies *canned;
  Clips *clips;
  Recordings *recordings;
  Directory *directory;
  Erased *erased;
  Forwarding *forwarding;
  Conversations *conversations;
  CentreVoice *voice;
  Outages *outages;
  GHashTable *parked_told; /* agents (interned) who were told of parked calls */
  GHashTable *records;     /* ModelId → Record */
  GHashTable *escalated;   /* set of Record */
  GHashTable *parts;       /* ModelId of a participation → its Record; keys are the Parts' own */
  char *id;
  gint64 seq;       /* the last given */
  gint64 state_seq; /* of the last core state that was stored */
  guint64 next_id;
  GQueue turns;      /* Turn, submitted and not durable */
  guint together;    /* how many want the next turns in one batch */
  StoreBatch *joint; /* theirs, so far; NULL: none */
  GPtrArray *joined; /* Turn */
  guint deadline_source;
  guint minute_source;
  QueueFigures *figures; /* NULL: nobody to tell yet */
  gboolean starting;     /* while the journal is read: nothing is shown */
  gboolean failed;

  /* During one command: */
  const AcdCommand *command;
  const CentreAside *aside;
};

/* commit.c */
void centre_take_events (Centre *self, GPtrArray *events, StoreBatch *batch, Turn *turn);
/* centre.c */
void centre_advance (Centre *self);
void centre_record_add (Centre *self, Record *record);
/* The record has a new part, or another status. */
void centre_record_index (Centre *self, Record *record);
void centre_record_remove (Centre *self, Record *record);
/* The turn's changes are in the store, or are not: shows it and takes it. */
void turn_durable (Turn *turn, const GError *error);
void turn_ending (Turn *turn, const char *agent, const char *reason);
/* publish.c */
void centre_publish_touch (Centre *self,
                           Record *record,
                           const char *cause,
                           StoreBatch *batch,
                           Turn *turn);
void centre_publish_fact (Centre *self,
                          Record *record,
                          const char *type,
                          JsonObject *journal,
                          JsonObject *notice,
                          StoreBatch *batch,
                          Turn *turn);
void centre_publish_announcement (Centre *self,
                                  const char *agent,
                                  const char *type,
                                  const char *by,
                                  JsonObject *journal,
                                  JsonObject *notice,
                                  StoreBatch *batch,
                                  Turn *turn);
void centre_publish (Centre *self, GPtrArray *events, StoreBatch *batch, Turn *turn);
void turn_notice (Turn *turn, const char *agent, gint64 seq, JsonObject *object);
/* start.c */
gboolean centre_start (Centre *self, GError **error);
/* together.c */
/* FALSE: it goes by itself. */
gboolean centre_together_take (Centre *self, Turn *turn, StoreBatch *batch);
/* timers.c */
void centre_arm (Centre *self);

G_END_DECLS
