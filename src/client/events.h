/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: one event of the stream into its lists. Inside this room. */
#pragma once

#include "client/session-private.h"

typedef enum
{
  GUICHET_EVENT_TAKEN,
  GUICHET_EVENT_WANTS_SNAPSHOT,
  GUICHET_EVENT_ENDS_SESSION,
} GuichetEventResult;

GuichetEventResult guichet_session_apply_event (GuichetSession *self, JsonObject *event);
