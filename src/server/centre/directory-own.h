/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents have of the directory for themselves: favourites, whom they turned to last, and speed
 * dials of their own. Read from the store when first asked for, then kept. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/centre/directory-index.h"

G_BEGIN_DECLS

#define DIRECTORY_RECENT_MAX     20
#define DIRECTORY_FAVOURITES_MAX 100
#define DIRECTORY_DIALS_MAX      50

typedef struct
{
  DirectoryKind kind;
  char *id;
  gint64 favourite; /* since when, 0: it is none */
  gint64 used;      /* when last, 0: not of the recent ones */
} DirectoryMark;

typedef struct
{
  char *id, *name, *number;
} DirectoryDial;

typedef struct
{
  GPtrArray *marks; /* DirectoryMark */
  GPtrArray *dials; /* DirectoryDial, as they were made */
} DirectoryOwn;

typedef struct _DirectoryOwns DirectoryOwns;

DirectoryOwns *directory_owns_new (Centre *centre);
void directory_owns_free (DirectoryOwns *self);

/* NULL: the store cannot be read. */
DirectoryOwn *directory_own (DirectoryOwns *self, const char *agent, GError **error);
const DirectoryMark *
directory_own_mark (const DirectoryOwn *own, DirectoryKind kind, const char *id);
DirectoryDial *directory_own_dial (const DirectoryOwn *own, const char *id);

/* FALSE: there are too many. */
gboolean directory_own_set_favourite (DirectoryOwn *own,
                                      const char *agent,
                                      DirectoryKind kind,
                                      const char *id,
                                      gint64 since,
                                      StoreBatch *batch);
/* The agent turns to it now; the oldest of many is forgotten. */
void directory_own_use (DirectoryOwn *own,
                        const char *agent,
                        DirectoryKind kind,
                        const char *id,
                        gint64 now,
                        StoreBatch *batch);
/* @dial NULL adds one; NULL is returned where there are too many. */
DirectoryDial *directory_own_set_dial (DirectoryOwn *own,
                                       const char *agent,
                                       DirectoryDial *dial,
                                       const char *name,
                                       const char *number,
                                       StoreBatch *batch);
void directory_own_drop_dial (DirectoryOwn *own,
                              const char *agent,
                              DirectoryDial *dial,
                              StoreBatch *batch);

G_END_DECLS
