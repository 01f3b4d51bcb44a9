/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: what the centre must not forget. Changes are handed over as batches and written by the
 * store thread in group commits: each closes when the previous fsync has returned, so that many
 * batches share one. A batch is wholly written or not at all, and batches are written in their
 * order.
 *
 * What it can do is a vtable (StoreBackend): `sqlite.c` today, others later. Changes and questions
 * are numbered words with typed parameters, so that the SQL of a backend is one table.
 *
 * Threads: everything here is called on the centre's thread, and answers come in its main context;
 * but for what a reading asks on its own thread. */
#pragma once

#include "server/store/files.h"

G_BEGIN_DECLS

typedef struct _Store Store;
typedef struct _StoreBatch StoreBatch;
typedef struct _StoreRow StoreRow;
/* Who asks: the centre's thread, or a reading on its own. */
typedef struct _StoreReader StoreReader;
/* A reading from its beginning until it is done. */
typedef struct _StoreReading StoreReading;

typedef enum
{
  STORE_ERROR_UNUSABLE, /* the file cannot be opened or written */
  STORE_ERROR_NEWER,    /* made by a newer version */
  STORE_ERROR_DAMAGED,  /* no database, or a broken one */
  STORE_ERROR_BUSY,     /* another guichetd has it */
  STORE_ERROR_WRITE,    /* a commit failed */
  STORE_ERROR_READ,
  STORE_ERROR_STOPPED, /* a question was broken off: store_reading_stop, or its time is over */
} StoreError;

#define STORE_ERROR (store_error_quark ())
GQuark store_error_quark (void);

/* Parameters: s text or NULL, i gint64, b GBytes or NULL. X (NAME, "parameters"). */
#define STORE_CHANGES(X)                                                                           \
  X (META_SET, "ss")              /* key, value */                                                 \
  X (JOURNAL_ADD, "iissss")       /* seq, at, type, interaction, agent, json */                    \
  X (JOURNAL_TRIM, "ii")          /* at before which, seq below which events are forgotten */      \
  X (CORE_STATE_ADD, "iib")       /* seq, at, state */                                             \
  X (CORE_STATE_TRIM, "i")        /* states below this seq are forgotten */                        \
  X (DEFINITIONS_ADD, "iis")      /* version, at, json */                                          \
  X (ANSWER_ADD, "sssisi")        /* agent, key, hash, status, body, at */                         \
  X (ANSWER_TRIM, "i")            /* at */                                                         \
  X (PASSWORD_SET, "ss")          /* agent, hash; clears failures */                               \
  X (PASSWORD_FAILED, "sii")      /* agent, failures, locked_until */                              \
  X (DIRECTORY_MARK_SET, "sssii") /* agent, kind, id, favourite since, used last */                \
  X (DIRECTORY_MARK_DROP, "sss")  /* agent, kind, id */                                            \
  X (DIRECTORY_DIAL_SET, "ssss")  /* agent, id, name, number */                                    \
  X (DIRECTORY_DIAL_DROP, "ss")   /* agent, id */                                                  \
  X (FORWARDING_SET, "ss")        /* agent, number */                                              \
  X (FORWARDING_DROP, "s")        /* agent */                                                      \
  X (VOICEMAIL_PIN_SET, "ss")     /* agent, hash */                                                \
  X (VOICEMAIL_PIN_DROP, "s")     /* agent */                                                      \
  /* id, agent, shortcut, category, name, texts, defined, revision, version, deleted */            \
  X (CANNED_SET, "sssssssiii")                                                                     \
  /* id, agent, label, tags, file, milliseconds, archived, deleted, revision, version, at */       \
  /* Recordings: id, interaction, at, box; id, how long in ms; id; interaction; before at, or put  \
   * away before at; of a box: id, 1: heard, when it was put away or 0 */                          \
  X (RECORDING_ADD, "ssis")                                                                        \
  X (RECORDING_END, "si")                                                                          \
  X (RECORDING_DROP, "s")                                                                          \
  X (RECORDING_ERASE, "s")                                                                         \
  X (VOICEMAIL_SET, "sii")                                                                         \
  X (RECORDING_TRIM, "ii")                                                                         \
  X (CLIP_SET, "sssssiiiiii")                                                                      \
  X (NOTICE_ADD, "ssissss")      /* agent, id, at, sender, audience, priority, text */             \
  X (NOTICE_READ, "ssi")         /* agent, id, 1: read, 0: not */                                  \
  X (NOTICE_DROP, "ss")          /* agent, id */                                                   \
  X (NOTICE_TRIM, "i")           /* at */                                                          \
  X (NOTICE_SAY, "ssisss")       /* agent, id, at, priority, name, kind; in place of the last */   \
  X (OUTAGE_OVER, "si")          /* id ('': all), at */                                            \
  X (SESSION_SET, "ssssi")       /* id, agent, token_hash, station, at; replaces the agent's */    \
  X (SESSION_END, "s")           /* id */                                                          \
  X (CUSTOMER_SET, "ssii")       /* id, name, revision, at */                                      \
  X (CUSTOMER_NUMBER_ADD, "ssi") /* number, customer, place */                                     \
  X (CUSTOMER_NUMBER_DROP, "ss") /* customer, number */                                            \
  X (CUSTOMER_ERASE, "s")        /* id */                                                          \
  X (ANSWER_ERASE, "s")          /* what the kept answers say of this id */                        \
  X (VALUE_TRIM, "i")            /* at: those of interactions that INTERACTION_TRIM drops */       \
  X (NOTE_TRIM, "i")             /* the same */                                                    \
  X (SCRUB, "")                  /* after the commit nothing of what it erased is in any file */   \
  X (INTERACTION_QUEUE, "ss")    /* id, queue */                                                   \
  X (INTERACTION_CUSTOMER, "ss") /* id, customer */                                                \
  X (INTERACTION_NAME, "ss")     /* id, name: who it is has become known */                        \
  X (INTERACTION_CLOSE, "si")    /* id, at */                                                      \
  X (INTERACTION_ERASE, "s")     /* id: number and name are forgotten */                           \
  X (INTERACTION_TRIM, "i")      /* closed ones made before at */                                  \
  X (INTERACTION_TAGS, "ssi")    /* id, JSON of ids, revision: of what has ended */                \
  X (HANDLED_ADD, "sis")         /* agent, ended, interaction */                                   \
  X (HANDLED_TRIM, "i")          /* at: those of interactions that INTERACTION_TRIM drops */       \
  X (VALUE_SET, "sssbi")         /* interaction, variable, value, sealed, revision */              \
  X (VALUE_ERASE, "s")           /* interaction */                                                 \
  X (NOTE_SET, "sssii")          /* participation, interaction, text, revision, at */              \
  X (NOTE_ERASE, "s")            /* interaction */                                                 \
  X (RECENT_SET, "ssissss")      /* id, agent, at, interaction, customer, number, json */          \
  X (RECENT_CUSTOMER, "ss")      /* interaction, customer */                                       \
  X (RECENT_ERASE, "ss")         /* id, json without the person */                                 \
  X (RECENT_TRIM, "i")           /* at */                                                          \
  /* id, channel, entry_point, address, interaction, at, ours, thread */                           \
  X (CONVERSATION_ADD, "sssssiss")                                                                 \
  X (CONVERSATION_WORK, "sss")      /* id, entry_point, interaction: work on it has begun anew */  \
  X (CONVERSATION_NUMBER, "siii")   /* id, last_number, at, hidden */                              \
  X (CONVERSATION_READ, "si")       /* id, read_number */                                          \
  X (CONVERSATION_AGENT_READ, "si") /* id, agent_read_number */                                    \
  X (CONVERSATION_ERASE, "s")       /* interaction: its address opens nothing any more */          \
  X (CONVERSATION_TRIM, "i")        /* at: those whose interactions are gone */                    \
  /* conversation, number, id, interaction, at, author, agent, text, state, client_key,            \
   * external_id, subject, private, hidden */                                                      \
  X (MESSAGE_ADD, "sississsssssii")                                                                \
  X (MESSAGE_DETAILS, "sis") /* conversation, number, JSON */                                      \
  X (MESSAGE_ATTEMPT, "sii") /* conversation, number, 1: it may have left; 0: it did not */        \
  X (MESSAGE_STATE, "sisss") /* conversation, number, state, reason, external_id or NULL */        \
  X (MESSAGE_ERASE, "s")     /* interaction: their texts */                                        \
  X (MESSAGE_TRIM, "i")      /* at: those of interactions that INTERACTION_TRIM drops */           \
  X (MESSAGE_PARTS, "sii")   /* conversation, number, how many of its parts have left */           \
  X (FETCH_ADD, "siiss")     /* conversation, message, place, interaction, url */                  \
  X (FETCH_DROP, "sii")      /* conversation, message, place */                                    \
  X (FETCH_ERASE, "s")       /* interaction */                                                     \
  X (FETCH_TRIM, "i")        /* at: those of interactions that INTERACTION_TRIM drops */           \
  /* id, conversation, interaction, at, owner, name, type, size, sha256 */                         \
  X (ATTACHMENT_ADD, "sssisssis")                                                                  \
  X (ATTACHMENT_TAKE, "sssii") /* id, conversation, interaction, message, place */                 \
  X (ATTACHMENT_ERASE, "s")    /* interaction */                                                   \
  X (ATTACHMENT_TRIM, "i")     /* at: those of interactions that INTERACTION_TRIM drops */         \
  X (ATTACHMENT_FORGET, "i")   /* at: those that no message took */                                \
  /* id, at, number, name, called, customer, channel, direction */                                 \
  X (INTERACTION_ADD, "sissssss")                                                                  \
  /* Customers beside their names and numbers. */                                                  \
  X (CUSTOMER_ADDRESS_DROP, "sss")  /* customer, channel, address: a typed one */                  \
  X (CUSTOMER_ADDRESS_ADD, "sssi")  /* channel, address, customer, place */                        \
  X (CUSTOMER_ADDRESS_LINK, "sss")  /* channel, address, customer: who writes from there */        \
  X (CUSTOMER_ADDRESS_UNLINK, "ss") /* channel, address */                                         \
  X (CUSTOMER_MERGE, "ssis")        /* customer, into, at, agent */                                \
  X (CUSTOMER_SEPARATE, "s")        /* customer */                                                 \
  X (CUSTOMER_WORDS, "ss")          /* customer, folded: what it is found by */                    \
  X (CUSTOMER_WORDS_TIDY, "")       /* of who was erased nothing is left in the index */           \
  X (SEARCH_TIDY, "")               /* the same of messages */                                     \
  X (SEARCH_TIDY_NOTES, "")         /* the same of notes */                                        \
  /* Who did what. */                                                                              \
  X (OPT_OUT_SET, "sssi") /* channel, ours, address, at */                                         \
  X (OPT_OUT_CLEAR, "sss")                                                                         \
  X (AUDIT_ADD, "issss") /* at, who, action, interaction, detail */

/* What can be asked: parameters, then the columns of each row. */
#define STORE_QUERIES(X)                                                                           \
  X (META, "s")           /* key: value */                                                         \
  X (CORE_STATE, "")      /* the newest: seq, at, state */                                         \
  X (JOURNAL_AFTER, "ii") /* seq, limit: seq, at, json */                                          \
  X (JOURNAL_LAST, "")    /* seq, at */                                                            \
  X (JOURNAL_OF, "si")    /* interaction, limit: seq, at, type, json */                            \
  X (JOURNAL_SINCE, "i")  /* at: the first seq since then */                                       \
  /* above seq, up to seq, abandoned before so many ms: of each queue's customers who came new or  \
   * by a transfer, queue, answered, of them in time, abandoned later, waited too long */          \
  X (JOURNAL_SERVED, "iii")                                                                        \
  X (DEFINITIONS, "") /* the newest: version, json */                                              \
  X (ANSWER, "ss")    /* agent, key: hash, status, body */                                         \
  X (PASSWORD, "s")   /* agent: hash, failures, locked_until */                                    \
  /* agent: id, shortcut, category, name, texts, defined, revision, version, deleted */            \
  X (DIRECTORY_MARKS, "s") /* agent: kind, id, favourite, used */                                  \
  X (DIRECTORY_DIALS, "s") /* agent: id, name, number; in the order in which they are shown */     \
  X (FORWARDINGS, "")      /* agent, number */                                                     \
  X (VOICEMAIL_PIN, "s")   /* agent: hash */                                                       \
  X (CANNED, "s")                                                                                  \
  X (RECORDING, "si")         /* id, in boxes too: interaction */                                  \
  X (RECORDINGS_OF, "si")     /* interaction, in boxes too: id, at, ms; oldest first */            \
  X (RECORDED, "iii")         /* before at, from, limit: as in HISTORY, newest first */            \
  X (HANDLED_BY, "s")         /* interaction: agent */                                             \
  X (RECORDINGS_BEFORE, "ii") /* at; or put away before at: id */                                  \
  /* box, limit: id, at, ms, heard, interaction, number, name, customer, box, deleted; newest      \
   * first */                                                                                      \
  X (VOICEMAILS, "si")                                                                             \
  X (VOICEMAIL, "s")            /* id: the same */                                                 \
  X (VOICEMAIL_OF, "s")         /* interaction: the same */                                        \
  X (VOICEMAIL_COUNT, "s")      /* box: how many, of them not heard */                             \
  X (RECORDINGS_UNFINISHED, "") /* id, at, interaction */                                          \
  /* agent, limit: id, at, sender, audience, priority, text, read, about, over, agent; newest      \
   * first */                                                                                      \
  X (NOTICES, "si")                                                                                \
  X (NOTICE, "ss") /* agent, id: the same */                                                       \
  X (OUTAGE, "s")  /* id: the same, of all who have it while it is out of service */               \
  /* the same as in CLIP_SET */                                                                    \
  X (CLIPS, "")                                                                                    \
  X (SESSIONS, "")               /* id, agent, token_hash, station, at */                          \
  X (INTERACTIONS_OPEN, "")      /* id, at, number, name, called, customer */                      \
  X (INTERACTIONS_OF, "s")       /* customer: id */                                                \
  X (INTERACTION, "s")           /* id: at, number, name, called, customer */                      \
  X (VALUES, "s")                /* interaction: variable, value, sealed, revision */              \
  X (NOTES, "s")                 /* interaction: participation, text, revision */                  \
  X (RECENT_OF_AGENT, "sii")     /* agent, before, limit: at, json, number, customer */            \
  X (RECENT_CALLER, "ss")        /* interaction, agent: number, customer */                        \
  X (RECENT_OF_INTERACTION, "s") /* interaction: id, json */                                       \
  X (HAD_PART, "ss")             /* interaction, agent: 1 if the agent has or had a part in it */  \
  /* channel, address, ours, thread: id, entry_point, interaction, last, read, agent_read_number,  \
   * address, channel, ours, thread, hidden */                                                     \
  X (CONVERSATION_AT, "ssss")                                                                      \
  X (CONVERSATION_OF, "s")    /* interaction, of any time: the same */                             \
  X (CONVERSATION, "s")       /* id: the same as of an interaction */                              \
  X (CONVERSATION_PART, "ss") /* id, agent: 1 if the agent has or had a part in it */              \
  X (ENDED_BY, "s")         /* interaction: the reason why its customer left, or it was closed */  \
  X (UNANSWERED_SINCE, "s") /* conversation: at of the newest work's first that none answered */   \
  X (ANY_WORD, "s")         /* conversation: number of one of either side for the other, if any */ \
  X (HEARD_AT, "s")         /* conversation: at of the customer's last */                          \
  X (MESSAGES_UNTIL, "si")  /* conversation, at: ours that left until then, oldest first */        \
  X (LAST_AGENT, "s")       /* interaction: agent, at: who joined it last */                       \
  /* conversation, above number, below number, limit: number, id, interaction, at, author, agent,  \
   * text, state, reason, client_key, external_id, subject, attempted, attachments (JSON),         \
   * details, private, hidden, parts; oldest first, in the second newest first */                  \
  X (MESSAGES_AFTER, "siii")                                                                       \
  X (MESSAGES_BEFORE, "siii")                                                                      \
  /* Those of the customer's side: conversation, above this of its numbers, limit; conversation,   \
   * below this of ours, limit */                                                                  \
  X (PUBLIC_AFTER, "sii")                                                                          \
  X (PUBLIC_BEFORE, "sii")                                                                         \
  X (PUBLIC_UNTIL, "si")        /* conversation, number: how many there are up to it */            \
  X (SUBJECT_OF, "s")           /* conversation: subject of the newest that has one */             \
  X (NUMBER_OF_PUBLIC, "si")    /* conversation, number of the customer's side: ours */            \
  X (MESSAGE_BY_KEY, "sss")     /* conversation, author, client_key: the same */                   \
  X (MESSAGES_OF, "s")          /* interaction: the same, oldest first */                          \
  X (MESSAGES_PENDING, "s")     /* conversation: the same */                                       \
  X (MESSAGES_EXTERNAL, "ss")   /* channel, external_id: conversation, number */                   \
  X (CONVERSATIONS_PENDING, "") /* with pending messages: id */                                    \
  X (OPT_OUT, "sss")            /* channel, ours, address: at, if so */                            \
  X (ATTACHMENT, "s")           /* id: conversation, message, owner, name, type, size, sha256 */   \
  X (ATTACHMENTS_OF, "s")       /* interaction: id */                                              \
  X (FETCHES, "")               /* messages with files to fetch: conversation, number */           \
  X (FETCHES_OF, "si")          /* conversation, number: place, url; in order */                   \
  X (AUDIT_OF, "s")             /* interaction: at, who, action, detail */                         \
  X (ERASED, "i")               /* at: at, interaction or NULL, customer or NULL */                \
  /* A customer that was merged stands for the one it was merged into; lists are of all that are   \
   * one with it. */                                                                               \
  X (CUSTOMER, "s")              /* id: name, revision, id of the one it stands for */             \
  X (CUSTOMER_MEMBERS, "s")      /* id: it and those that were merged into it */                   \
  X (CUSTOMER_NUMBERS, "s")      /* customer: number, whose */                                     \
  X (CUSTOMER_ADDRESSES, "s")    /* customer: channel, address, whose; those that were typed */    \
  X (CUSTOMER_MERGED, "si")      /* customer, since: id, name, at of what was merged into it */    \
  X (CUSTOMERS_BY_NUMBER, "s")   /* number: id */                                                  \
  X (CUSTOMERS_BY_ADDRESS, "ss") /* channel, address: id, typed; the linked one first */           \
  X (CUSTOMERS_WITH, "si")       /* trigrams, limit: id, folded */                                 \
  X (CUSTOMERS_UNFOLDED, "i")    /* limit: id of those without words to find them by */            \
  /* customer, before, channel or NULL, limit: id, at, channel, direction, queue, ended, number,   \
   * name, customer, called; newest first */                                                       \
  X (HISTORY, "sisi")                                                                              \
  X (PARTS_OF, "s")            /* interaction: id, agent, at, json of its rows in recent */        \
  X (TALK_OF, "s")             /* interaction: conversation, first and last number, messages */    \
  X (CONVERSATION_QUEUES, "s") /* id: the queues of its interactions */                            \
  /* words, below which document, limit: document, text, conversation or NULL, number,             \
   * interaction, at, author, agent, channel, queue, number, name, customer; newest first */       \
  X (MESSAGES_WITH, "sii")                                                                         \
  X (NOTES_WITH, "sii")                                                                            \
  /* Views. Of an agent, of a queue: who, (before ended, id), limit: id, ended; newest first. */   \
  X (HANDLED, "sisi")                                                                              \
  X (ENDED_IN_QUEUE, "sisi")                                                                       \
  /* The same of those with a tag: tag, who. */                                                    \
  X (HANDLED_TAGGED, "ssisi")                                                                      \
  X (ENDED_TAGGED, "ssisi")                                                                        \
  X (ENTRY, "s")        /* interaction: as in HISTORY, tags (JSON), tags_revision */               \
  X (LAST_LINE, "s")    /* interaction: author, text, at */                                        \
  X (HANDLED_PART, "s") /* participation: agent, interaction, ended, tags, tags_revision */

#define STORE_ENUM_CHANGE(NAME, parameters) STORE_##NAME,
#define STORE_ENUM_QUERY(NAME, parameters)  STORE_GET_##NAME,
typedef enum
{
  STORE_CHANGES (STORE_ENUM_CHANGE) STORE_N_CHANGES
} StoreChange;
typedef enum
{
  STORE_QUERIES (STORE_ENUM_QUERY) STORE_N_QUERIES
} StoreQuery;

/* @error is NULL when the batch is durable. */
typedef void (*StoreDoneFunc) (const GError *error, gpointer user_data);
typedef void (*StoreRowFunc) (StoreRow *row, gpointer user_data);

/* Opens the store in the directory, made or migrated as needed, and starts its thread. */
Store *store_open (const char *directory, GError **error);
/* Waits for what was submitted. */
void store_close (Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Store, store_close)

StoreBatch *store_batch_new (void);
void store_batch_free (StoreBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreBatch, store_batch_free)
gboolean store_batch_is_empty (const StoreBatch *batch);
/* Adds a change; the arguments as its parameters say: const char *, gint64, GBytes *. Copies. */
void store_batch_add (StoreBatch *batch, StoreChange change, ...);
/* Moves the changes of another batch to the end of this one. */
void store_batch_take (StoreBatch *batch, StoreBatch *other);

/* Takes the batch. @done may be NULL. */
void store_submit (Store *store, StoreBatch *batch, StoreDoneFunc done, gpointer user_data);

/* Asks at once, of what is durable. @each is called for every row. */
gboolean store_query (Store *store,
                      GError **error,
                      StoreRowFunc each,
                      gpointer user_data,
                      StoreQuery query,
                      ...);

/* The same for who has a reader. */
gboolean store_reader_query (StoreReader *reader,
                             GError **error,
                             StoreRowFunc each,
                             gpointer user_data,
                             StoreQuery query,
                             ...);
/* The centre's thread's. */
StoreReader *store_reader (Store *store);

/* Questions that may take long, one reading after the other on a thread of its own with a
 * connection of its own, that sees all that was acknowledged before the reading was begun. It has
 * 100 ms of processor time; what it asks then fails with STORE_ERROR_STOPPED, and what it found
 * until then stands. @read is called on that thread and keeps off everything but @user_data and the
 * reader; then @done on the centre's thread, unless the store was closed; @dispose in any case,
 * there. */
typedef void (*StoreReadFunc) (StoreReader *reader, gpointer user_data);
typedef void (*StoreReadDoneFunc) (gpointer user_data);
StoreReading *store_read (Store *store,
                          StoreReadFunc read,
                          StoreReadDoneFunc done,
                          gpointer user_data,
                          GDestroyNotify dispose);
/* Nobody waits for it any more; @done comes all the same, soon. */
void store_reading_stop (StoreReading *reading);
/* In @read: whether it was broken off, so that there may be more than was found. */
gboolean store_reader_stopped (StoreReader *reader);

/* The files beside it. */
Files *store_files (Store *store);
/* Those of clips, and of recordings. */
Files *store_clips (Store *store);
Files *store_recordings (Store *store);

/* The time of the journal's last event, 0 without one: the clock must not begin before. */
gint64 store_last_time (Store *store);

const char *store_row_text (StoreRow *row, int column);
gint64 store_row_int (StoreRow *row, int column);
GBytes *store_row_bytes (StoreRow *row, int column);

/* For tests: called on the store thread around every group commit with "before_commit",
 * "after_commit". Set before store_open. */
extern void (*store_hook) (const char *point);
/* The same: called on the reading thread with "before_read", where FALSE means that its time is
 * over already, and after it with "whole" or "stopped". */
extern gboolean (*store_read_hook) (const char *point);

G_END_DECLS
