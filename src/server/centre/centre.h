/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The centre: turns wishes of people and facts of machines into commands of the core, makes the
 * core's events durable, and only then shows them (streams, answers) and acts on them (voice).
 *
 * Everything here is called on the centre's thread, the one whose main context the store answers.
 */
#pragma once

#include "acd/view.h"
#include "base/clock.h"
#include "server/centre/hub.h"
#include "server/centre/record.h"
#include "server/centre/sessions.h"
#include "server/config.h"
#include "server/store/secrets.h"
#include "server/store/store.h"

G_BEGIN_DECLS

typedef struct _Centre Centre;
typedef struct _Colleagues Colleagues;
typedef struct _Live Live;
typedef struct _CannedReplies CannedReplies;
typedef struct _Clips Clips;
typedef struct _Recordings Recordings;
typedef struct _Directory Directory;
typedef struct _Erased Erased;
typedef struct _Forwarding Forwarding;
typedef struct _Conversations Conversations;
typedef struct _Conversation Conversation;

typedef struct
{
  gint64 seq;          /* of the last event there was when the command was done */
  const GError *error; /* ACD_ERROR: refused; the message is a code. NULL: done and durable */
  gint32 revision;     /* the current one after ACD_ERROR_CONFLICT */
} CentreResult;

/* Called while the command's events are put together and before they are written: adds to what is
 * committed with them. Not called for a refused command. */
typedef void (*CentrePrepareFunc) (Centre *centre,
                                   gint64 seq,
                                   StoreBatch *batch,
                                   gpointer user_data);
/* Called once, when the events are durable or the command was refused. */
typedef void (*CentreDoneFunc) (Centre *centre, const CentreResult *result, gpointer user_data);
typedef void (*CentreReadyFunc) (gpointer user_data);
typedef void (*CentreFatalFunc) (const GError *error, gpointer user_data);

/* What a command brings along that the core does not keep. All may be NULL. */
typedef struct
{
  const char *number, *name, *called, *customer; /* ARRIVE; the number also of SET_FORWARDING */
  GHashTable *values;                            /* ARRIVE, CALL: variable → value */
  const char *voice_leg;                         /* ARRIVE: the engine's name of the leg */
  Conversation *conversation;                    /* ARRIVE: what is written on */
  const char *key; /* of an agent's command: command.failed names it */
} CentreAside;

/* Reads the store and brings the core up to date; NULL if that cannot be. */
Centre *centre_new (Config *config,
                    Store *store,
                    Secrets *secrets,
                    BaseClock *clock,
                    CentreFatalFunc fatal,
                    gpointer user_data,
                    GError **error);
void centre_free (Centre *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Centre, centre_free)

void centre_command (Centre *self,
                     const AcdCommand *command,
                     const CentreAside *aside,
                     CentrePrepareFunc prepare,
                     CentreDoneFunc done,
                     gpointer user_data);
/* All that is written from the first to the last of them is durable together or not at all. They
 * nest; nothing may wait in between. */
void centre_together_begin (Centre *self);
void centre_together_end (Centre *self);

/* A change of the store alone. Takes the batch. */
void centre_write (Centre *self, StoreBatch *batch, CentreReadyFunc done, gpointer user_data);
/* When all that happened so far is durable; perhaps at once. */
void centre_after_durable (Centre *self, CentreReadyFunc func, gpointer user_data);

/* Something about this open interaction outside the core has changed (its customer): its agents
 * get it anew with this cause when the batch is durable. */
void centre_touch (Centre *self,
                   Record *record,
                   const char *cause,
                   StoreBatch *batch,
                   CentreReadyFunc done,
                   gpointer user_data);

/* Something that is no event of the core happened in this open interaction: a row of the journal,
 * and a message for its agents when the batch is durable. Takes batch and objects; @notice may be
 * NULL. */
void centre_fact (Centre *self,
                  Record *record,
                  const char *type,
                  JsonObject *journal,
                  JsonObject *notice,
                  StoreBatch *batch,
                  CentreReadyFunc done,
                  gpointer user_data);
/* A row of the journal beside others of the batch; @record NULL: of none. Takes the object. */
void centre_journal (Centre *self,
                     const Record *record,
                     const char *type,
                     JsonObject *journal,
                     StoreBatch *batch);
/* The same of an interaction that is no longer open; @by did it. */
void centre_journal_past (Centre *self,
                          const char *interaction,
                          const char *by,
                          const char *type,
                          JsonObject *journal,
                          StoreBatch *batch);
/* Something that concerns no interaction: a row of the journal, and a message for this agent, or
 * for all who are signed in (NULL), when the batch is durable. @by did it. Takes batch and objects.
 */
void centre_announce (Centre *self,
                      const char *agent,
                      const char *type,
                      const char *by,
                      JsonObject *journal,
                      JsonObject *notice,
                      StoreBatch *batch,
                      CentreReadyFunc done,
                      gpointer user_data);
/* Not stored: to the agents of this open interaction who listen now, but for @except (or NULL).
 * Takes the object. */
void centre_whisper (Centre *self, Record *record, const char *except, JsonObject *notice);

Sessions *centre_sessions (Centre *self);
CannedReplies *centre_canned (Centre *self);
Clips *centre_clips (Centre *self);
Recordings *centre_recordings (Centre *self);
Directory *centre_directory (Centre *self);
Erased *centre_erased (Centre *self);
Conversations *centre_conversations (Centre *self);
Colleagues *centre_colleagues (Centre *self);
Live *centre_live (Centre *self);
/* Stores the core's whole state, so that the next start is quick. */
void centre_store_state (Centre *self);
/* Opens and closes queues by their hours, now: after new definitions. */
void centre_check_hours (Centre *self);

AcdCore *centre_core (Centre *self);
Hub *centre_hub (Centre *self);
Store *centre_store (Centre *self);
Secrets *centre_secrets (Centre *self);
const Config *centre_config (Centre *self);
gint64 centre_now (Centre *self);
gint64 centre_seq (Centre *self);
/* NULL before the first `apply`. */
const ModelDefinitions *centre_definitions (Centre *self);
const char *centre_id (Centre *self);
Record *centre_record (Centre *self, ModelId interaction);
/* The open interaction of a participation, or NULL. */
Record *centre_record_of_part (Centre *self, ModelId participation);
/* Record that supervisors are to look at, in no order; free the array. */
GPtrArray *centre_escalated (Centre *self);
void centre_each_record (Centre *self,
                         void (*each) (Record *record, gpointer user_data),
                         gpointer user_data);
ModelId centre_new_id (Centre *self);

G_END_DECLS
