/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of canned replies share. Centre's thread. */
#pragma once

#include "server/api/call.h"
#include "server/centre/canned.h"

G_BEGIN_DECLS

/* The shelf that `scope` of the body names, if the agent may change it; NULL: answered. */
CannedShelf *api_canned_scope (ApiCall *call);
/* How many there may be. */
guint api_canned_max (const CannedShelf *shelf);
/* FALSE: answered. */
gboolean api_canned_may_change (ApiCall *call, gboolean is_public);
/* An empty text is as good as none. */
void api_canned_tidy (ModelCannedReply *reply);

G_END_DECLS
