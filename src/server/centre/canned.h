/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies of the centre and of its agents. Those that all agents have stay in memory; an
 * agent's own are read when they are needed, and stay while a change of them is on its way to the
 * disk, so that nobody ever decides by what is no longer true.
 *
 * New definitions decide of what they change: a reply that they define anew or otherwise than
 * before is as they say; one that they leave as it was stays as people have made it since.
 *
 * Centre's thread. */
#pragma once

#include "model/canned-reply.h"
#include "model/definitions.h"
#include "server/centre/centre.h"

G_BEGIN_DECLS

typedef struct
{
  ModelCannedReply *reply; /* with its id */
  char *folded;            /* its shortcut as it is compared, or NULL */
  char *defined;           /* its JSON in the definitions, or NULL */
  gint64 revision;
  gint64 version; /* the journal's number of its last change */
  gboolean deleted;
} CannedReply;

/* The replies of one owner. */
typedef struct
{
  char *agent;         /* "": public */
  GHashTable *replies; /* id → CannedReply; deleted ones too */
  guint pending;       /* changes that are not durable yet */
} CannedShelf;

#define CANNED_PUBLIC ""

CannedReplies *canned_new (Centre *centre);
void canned_free (CannedReplies *self);
gboolean canned_load (CannedReplies *self, GError **error);

/* The replies of this owner, valid until canned_done or the return to the main loop; NULL: the
 * store cannot be read. */
CannedShelf *canned_shelf (CannedReplies *self, const char *agent, GError **error);
/* Nobody uses it any more in this call. */
void canned_done (CannedReplies *self, CannedShelf *shelf);

/* Live ones. */
guint canned_count (const CannedShelf *shelf);
CannedReply *canned_find (const CannedShelf *shelf, const char *id);
/* By shortcut, in whatever case; but not @except. */
CannedReply *canned_at (const CannedShelf *shelf, const char *shortcut, const CannedReply *except);
/* By name, of those without shortcut. */
CannedReply *canned_named (const CannedShelf *shelf, const char *name);

/* One change: @known NULL adds one; @reply NULL deletes it. Takes @reply, whose id is given here.
 * @version is the number that the journal gives to what is committed next. */
CannedReply *canned_set (CannedShelf *shelf,
                         CannedReply *known,
                         ModelCannedReply *reply,
                         gint64 version,
                         StoreBatch *batch);
/* Commits the changes and tells those whom they concern; @changed of CannedReply. Takes the batch.
 */
void canned_commit (CannedReplies *self,
                    CannedShelf *shelf,
                    const char *by,
                    GPtrArray *changed,
                    StoreBatch *batch,
                    CentreReadyFunc done,
                    gpointer user_data);

/* With new definitions: what they change is committed with them. */
void canned_define (CannedReplies *self,
                    const ModelDefinitions *definitions,
                    gint64 version,
                    StoreBatch *batch);

/* REPLY of the agent API. */
JsonObject *canned_to_json (const CannedShelf *shelf, const CannedReply *reply);

G_END_DECLS
