/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of taking in events of work, for apply*.c alone. */
#pragma once

#include "acd/state.h"

G_BEGIN_DECLS

gboolean acd_apply_request (AcdCore *core, const ModelEvent *event, GError **error);
gboolean acd_apply_offer (AcdCore *core, const ModelEvent *event, GError **error);
gboolean acd_apply_part (AcdCore *core, const ModelEvent *event, GError **error);
/* Whoever came to listen is not asked by a queue to what he or she is in. */
void acd_apply_listens (AcdCore *core, const AcdPart *part);

G_END_DECLS
