/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory of the centre: its index, made anew on a thread of its own with new definitions;
 * what agents keep for themselves; how many of a group are free; and who is to be told that what
 * was shown of it is another now. Centre's thread. */
#pragma once

#include "model/event.h"
#include "server/centre/directory-own.h"

G_BEGIN_DECLS

/* The members of a group who are signed in, and those of them who could take a call now. */
typedef struct
{
  guint free, of;
} DirectoryCount;

Directory *directory_new (Centre *centre);
void directory_free (Directory *self);

/* Calls back when the index is that of the definitions in force: perhaps at once; never, where the
 * centre ends before. */
typedef void (*DirectoryReadyFunc) (gpointer user_data);
void directory_when_ready (Directory *self,
                           DirectoryReadyFunc ready,
                           gpointer user_data,
                           GDestroyNotify dispose);
/* NULL before it was ready once. */
const DirectoryIndex *directory_index (Directory *self);
DirectoryOwns *directory_owns (Directory *self);

/* Of queues, teams and skills. */
DirectoryCount directory_count (Directory *self, const DirectoryEntry *entry);

/* The agent is shown these agents (interned ids), and counts of groups, or not. When something of
 * it has changed, the agent's stream says so, once, until it is shown anew. Takes the set. */
void directory_watch (Directory *self, const char *agent, GHashTable *shown, gboolean groups);
void directory_mark (Directory *self, const ModelEvent *event);
/* What the agent keeps of it is another. */
void directory_tell (Directory *self, const char *agent);

G_END_DECLS
