/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of others' work an agent may read: notes and what was written. A supervisor everything, an
 * agent what he or she had a part in and, as the centre's `history` says, nothing else, that of the
 * own queues, or all. Centre's thread; a Sight goes to any. */
#pragma once

#include "server/api/call.h"

G_BEGIN_DECLS

/* What an agent may read as things stand. */
typedef struct
{
  const char *agent;
  gboolean all;    /* but for what others write to each other, */
  gboolean all_im; /* and that too */
  char **queues;   /* those whose interactions she may; NULL: none for that */
} Sight;

Sight *sight_new (ApiCall *call);
void sight_free (Sight *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sight, sight_free)
/* On the thread of the reader. */
gboolean sight_sees_interaction (const Sight *self,
                                 StoreReader *reader,
                                 const char *interaction,
                                 const char *queue);

/* The same at once. @queue: where it waited, or NULL. */
gboolean sight_of_interaction (ApiCall *call, const char *interaction, const char *queue);
gboolean sight_of_conversation (ApiCall *call, const char *conversation);

G_END_DECLS
