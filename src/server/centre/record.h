/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk shows of an open interaction beside the core's decisions: who is outside, what was
 * typed, how long it took. Made only from the journal's events and from the tables of people's
 * texts, so that it is the same after a restart. Centre's thread. */
#pragma once

#include "model/event.h"
#include "model/recording.h"

G_BEGIN_DECLS

typedef enum
{
  PART_ACTIVE,
  PART_HELD,
  PART_WRAP_UP,
  PART_ENDED,
  PART_DIALLING
} PartState;

typedef struct
{
  ModelId id;
  const char *agent;
  const char *queue;
  ModelPart part;
  ModelSupervision mode; /* of a supervising one, and to whom it listens */
  const char *watched;
  ModelId leg;
  PartState state;
  gboolean reached; /* not a call of the agent's own that nobody took */
  gboolean muted;
  gboolean rings_outside; /* while dialling: the agent is there, the other side is rung */
  gint64 joined;
  gint64 since;
  gint64 left;   /* 0: not yet */
  gint64 absent; /* since when the agent's desk is away; 0: it is there */
  gint64 held_total;
  gint64 talk; /* joined to left, ms */
  gint64 wrap_up_started;
  gint64 wrap_up_deadline; /* 0: none */
  gboolean extended;
  const char *disposition;
  gboolean disposition_by_system;
  gint32 disposition_revision;
  const char *left_reason;
  char *note;
  gint32 note_revision;
} Part;

/* An outside number in a call. */
typedef struct
{
  ModelId id;
  char *number; /* NULL once it is erased */
  ModelRequestKind kind;
  const char *by;
  const char *team;      /* whose number it is, or NULL */
  const char *forwarder; /* the agent whose number it is, NULL = one that was called */
  const char *queue;     /* in whose name it was rung */
  ModelPart part;
  PartState state;
  gboolean muted;
  gint64 joined; /* 0: never, or not yet */
  gint64 since;
  const char *reason; /* why it left */
} Party;

typedef struct
{
  char *value;    /* NULL where it is secure */
  GBytes *sealed; /* of secure ones */
  gint32 revision;
} RecordValue;

/* A colleague who is asked to come, or what became of the last question. */
typedef struct
{
  ModelId request; /* also of one that left no trace */
  ModelRequestKind kind;
  const char *by;
  const char *agent; /* or */
  const char *queue;
  const char *offered; /* to whom it is offered now, or NULL */
  gint64 since;        /* 0: none */
  gint64 until;
  ModelOutcome outcome; /* none while it stands */
  const char *reason;
} RecordAsk;

/* Whom an agent calls: one of them. Interned. */
typedef struct
{
  const char *target, *queue, *entry_point, *skill, *team;
} RecordAim;

typedef struct
{
  ModelRecording state;
  gint64 paused_at; /* with its extensions; 0: it is not */
  gint64 until;     /* when it resumes by itself */
} RecordRecording;

typedef struct
{
  ModelId id;
  char text[MODEL_ID_TEXT_SIZE];
  ModelChannel channel;
  ModelDirection direction;
  ModelOrigin origin;
  const char *entry_point;
  const char *language;
  const char *queue;        /* the last it waited in */
  const char *box;          /* where the caller leaves a message, or NULL */
  const char *from;         /* the agent who transferred it or invites to it, or NULL */
  const char *forwarded_by; /* the agent whose call it was, or NULL */
  const char *by;           /* of what is between agents: who began; else NULL */
  const char *to;           /* and with whom; NULL while a call has found nobody */
  RecordAim aim;            /* of such a call, until the own station answers */
  ModelId leg;
  gint64 created;
  char *number, *name, *called, *customer;
  GHashTable *values; /* variable id → RecordValue */
  GPtrArray *parts;   /* Part */
  GPtrArray *parties; /* Party */
  RecordAsk ask;
  char **tags;
  gint32 tags_revision;
  ModelSentiment sentiment;
  gint32 sentiment_revision;
  ModelStatus status;
  RecordRecording recording;
  gint64 customer_left_at;
  const char *customer_left_cause;
  const char *stuck; /* why what carries it does not do what it was asked for, or NULL */
} Record;

Record *record_new (const ModelEvent *created);
void record_free (Record *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Record, record_free)

/* Takes in an event that names this interaction. Texts come by the setters below. */
void record_apply (Record *self, const ModelEvent *event);

/* A call from colleague to colleague. */
gboolean record_is_internal (const Record *self);

/* Whether the event is one of a request or offer that asks a colleague to come. */
gboolean record_asks (const Record *self, const ModelEvent *event);

Part *record_part (Record *self, ModelId participation);
/* The agent's newest part that has not ended, or NULL. */
Part *record_part_of (Record *self, const char *agent);

/* That of the last agent who had charge, or NULL: by its rules the call is recorded. */
const ModelQueue *record_queue (const Record *self, const ModelDefinitions *definitions);

Party *record_party (const Record *self, ModelId id);
gboolean record_is_of_party (const ModelEvent *event);
void record_apply_party (Record *self, const ModelEvent *event);
void record_party_free (gpointer data);
void record_set_party_number (Record *self, ModelId id, const char *number);
/* Under which its number is stored among the values of the call; g_free. FALSE: it is none. */
char *record_party_key (ModelId id);
gboolean record_party_from_key (const char *key, ModelId *id);
/* Their numbers are erased. */
void record_forget_parties (Record *self);

void record_set_person (Record *self,
                        const char *number,
                        const char *name,
                        const char *called,
                        const char *customer);
void record_set_value (Record *self,
                       const char *variable,
                       const char *value,
                       GBytes *sealed,
                       gint32 revision);
void record_set_note (Record *self, ModelId participation, const char *text, gint32 revision);

G_END_DECLS
