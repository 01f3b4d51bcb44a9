/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a message came, and what may become of it. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* X (NAME, "text") */
#define MESSAGE_STATES(X)                                                                          \
  X (RECEIVED, "received") /* the customer's own */                                                \
  X (PENDING, "pending")                                                                           \
  X (SENT, "sent")                                                                                 \
  X (DELIVERED, "delivered")                                                                       \
  X (READ, "read")                                                                                 \
  X (FAILED, "failed")                                                                             \
  X (HANDED_OVER, "handed_over") /* said to or by a bot before the conversation */

typedef enum
{
#define MESSAGE_STATE_ENUM(NAME, text) MESSAGE_##NAME,
  MESSAGE_STATES (MESSAGE_STATE_ENUM)
#undef MESSAGE_STATE_ENUM
      MESSAGE_N_STATES
} MessageState;

typedef enum
{
  MESSAGE_EVENT_LEFT, /* the next on the way has taken it */
  MESSAGE_EVENT_DELIVERED,
  MESSAGE_EVENT_READ,
  MESSAGE_EVENT_FAILED,
  MESSAGE_EVENT_RETRIED,
  MESSAGE_N_EVENTS
} MessageEvent;

/* Interned, as in the store and the API. */
const char *message_state_to_text (MessageState state);
gboolean message_state_from_text (const char *text, MessageState *state);

/* FALSE: nothing comes of it, @state is as it was. */
gboolean message_state_apply (MessageState *state, MessageEvent event);

G_END_DECLS
