/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the agent's own voicemail box is opened from other phones. Main loop. */
#pragma once

#include "base/json.h"
#include "client/session.h"

typedef struct
{
  char *number; /* that is called */
  char *key;    /* that is keyed for the box */
  gboolean set; /* there is a PIN */
} GuichetKeypad;

void guichet_keypad_free (GuichetKeypad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetKeypad, guichet_keypad_free)

/* guichet_keypad_ask_async: an error (not found) where it is not opened so. */
void guichet_keypad_ask_async (GuichetSession *session,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GuichetKeypad *
guichet_keypad_ask_finish (GuichetSession *session, GAsyncResult *result, GError **error);
/* Four to twelve digits; ends by guichet_session_command_finish. */
void guichet_keypad_set_pin_async (GuichetSession *session,
                                   const char *pin,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* What becomes of the answer. Inside this room. */
gboolean guichet_keypad_return (GTask *task, const BaseJson *root, GError **error);
