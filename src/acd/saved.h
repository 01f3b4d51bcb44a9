/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core's state as plain records with tables for their JSON form; save.c fills them, load.c
 * reads them. What can be computed (indexes, timers, counts) is not in them. */
#pragma once

#include "acd/state.h"
#include "model/fields.h"
#include "model/recording.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  gint32 definitions; /* which of the saved definitions, 0 = those in force */
  gboolean open;
} AcdSavedQueue;

typedef struct
{
  const char *queue;
  const char *reason;
  gint32 membership;
} AcdSavedPlace;

typedef struct
{
  gint32 channel;
  const char *reason;
  const char *by;
  gint64 since;
} AcdSavedOut;

typedef struct
{
  ModelId request;
  gint64 until;
} AcdSavedExclusion;

typedef struct
{
  const char *id;
  gint32 definitions;
  ModelId session;
  const char *reason;
  const char *next_reason;
  const char *team;
  gint64 since;
  gint64 idle_since;
  gint64 desk_lost_at;
  gint64 station_lost_at;
  GPtrArray *places;
  GPtrArray *exclusions;
  GPtrArray *out;
  gint32 state;
  gint32 next_state;
  gint32 station;
  gboolean station_ready;
  gboolean desk_connected;
  gboolean auto_accept;
  gboolean sign_out_pending;
  gint32 forward;
  gint32 forward_to;
  const char *forward_target;
} AcdSavedAgent;

typedef struct
{
  const char *variable;
  gint32 revision;
} AcdSavedRevision;

typedef struct
{
  ModelId id;
  ModelId leg;
  const char *entry_point;
  const char *language;
  gint64 created;
  GPtrArray *revisions;
  gint32 channel;
  gint32 direction;
  gint32 origin;
  gboolean customer_present;
  gboolean answered;
  gint32 status;
  gint32 tags_revision;
  gint32 sentiment_revision;
  gboolean voicemail;
  gboolean stuck;
} AcdSavedInteraction;

typedef struct
{
  const char *skill;
  const char *team; /* instead of a skill */
  gint32 level;
  gint64 until;
} AcdSavedNeed;

typedef struct
{
  ModelId id;
  ModelId interaction;
  const char *queue;
  const char *owner;
  const char *back;
  const char *giver; /* instead of back */
  GPtrArray *needs;
  gint32 kind;
  gint32 place;
  gint32 priority;
  gint64 queued_at;
  gint64 entered_at;
  gint64 rank;
  gint64 wait_deadline;
} AcdSavedRequest;

typedef struct
{
  ModelId id;
  ModelId request;
  const char *agent;
  gint64 created;
  gint64 deadline;
  gboolean ringing;
  gboolean auto_accept;
} AcdSavedOffer;

typedef struct
{
  ModelId id;
  ModelId leg;
  ModelId interaction;
  const char *agent;
  const char *queue;
  const char *disposition;
  gint64 joined;
  gint64 since;
  gint64 held_total;
  gint64 queued_at;
  gint64 deadline;
  gint32 priority;
  gint32 disposition_revision;
  gint32 note_revision;
  gint32 tags_revision; /* as it was kept before the interaction had it */
  gint32 extensions;
  gint32 part;
  gint32 state;
  gboolean disposition_automatic;
  gboolean muted;
  const char *watched;
  gint32 mode;
} AcdSavedPart;

typedef struct
{
  ModelId id;
  ModelId leg;
  ModelId interaction;
  const char *by;
  const char *forwarder;
  const char *team;
  const char *queue;
  gint64 queued_at;
  gint64 joined;
  gint64 since;
  gint64 held_total;
  gint64 deadline;
  gint32 priority;
  gint32 part;
  gint32 state;
  gboolean muted;
} AcdSavedParty;

typedef struct
{
  ModelId interaction;
  char **by;
} AcdSavedForwards;

typedef struct
{
  ModelId interaction;
  gint64 paused_at;
  gint64 deadline;
  gint32 state;
} AcdSavedRecording;

typedef struct
{
  gint32 format;
  gint32 node;
  gint64 seed;
  gint64 counter;
  gint64 now;
  GPtrArray *queues;
  GPtrArray *agents;
  GPtrArray *interactions;
  GPtrArray *requests;
  GPtrArray *offers;
  GPtrArray *parts;
  GPtrArray *parties;
  GPtrArray *recordings;
  GPtrArray *forwards;
} AcdSaved;

#define ACD_SAVED_FORMAT 1

extern const ModelNoun acd_saved_noun;

G_END_DECLS
