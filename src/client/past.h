/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetRecent of a customer's history and of what a search found. Main loop. Inside this room. */
#pragma once

#include "client/apply.h"

gboolean guichet_apply_past (GuichetRecord *record,
                             const BaseJson *json,
                             const GuichetContext *context,
                             GError **error);
/* A row of a view. */
gboolean guichet_apply_viewed (GuichetRecord *record,
                               const BaseJson *json,
                               const GuichetContext *context,
                               GError **error);
gboolean guichet_apply_found (GuichetRecord *record,
                              const BaseJson *json,
                              const GuichetContext *context,
                              GError **error);
