/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays what was typed and is not yet at the centre over what the centre says. Main loop. Inside
 * this room. */
#pragma once

#include "client/outbox.h"
#include "client/record.h"

void
guichet_overlay_variable (GuichetRecord *variable, const char *interaction, GuichetOutbox *outbox);
void guichet_overlay_participation (GuichetRecord *participation, GuichetOutbox *outbox);
