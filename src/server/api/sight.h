/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of others' work an agent may read: notes and what was written. A supervisor everything, an
 * agent what he or she had a part in and, as the centre's `history` says, nothing else, that of the
 * own queues, or all. Centre's thread. */
#pragma once

#include "server/api/call.h"

G_BEGIN_DECLS

/* @queue: where it waited, or NULL. */
gboolean sight_of_interaction (ApiCall *call, const char *interaction, const char *queue);
gboolean sight_of_conversation (ApiCall *call, const char *conversation);

G_END_DECLS
