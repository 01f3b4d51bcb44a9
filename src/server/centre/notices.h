/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One agent's row of a notice, and what a desk is told of it. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

typedef struct
{
  char *id, *agent, *sender, *audience, *priority, *text;
  char *about; /* kind of what is out of service, its name is the text; NULL: somebody wrote it */
  gint64 at, over;
  gboolean read;
} AgentNotice;

void agent_notice_free (gpointer notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AgentNotice, agent_notice_free)

/* For store_query: appends each row to the GPtrArray. */
void agent_notice_on_row (StoreRow *row, gpointer array);

JsonObject *agent_notice_to_json (Centre *centre, const AgentNotice *notice);
/* The journal's row of what became of it; @by may be NULL. */
JsonObject *agent_notice_journal (const char *type, const char *by, const char *id);
/* What a desk is told: the whole notice, or that it is deleted. */
JsonObject *agent_notice_news (Centre *centre, const AgentNotice *notice, gboolean deleted);

G_END_DECLS
