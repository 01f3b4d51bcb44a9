/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that is stuck, and to close it by force. */
#pragma once

#include "client/session.h"

G_BEGIN_DECLS

/* Why what carries it does not do what it was asked for (a code); "": it does. */
const char *guichet_interaction_get_stuck (GuichetInteraction *self);
/* The own participation, or an agent's by a supervisor. Ends with guichet_session_command_finish.
 */
void guichet_force_close_async (GuichetSession *self,
                                const char *participation,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

G_END_DECLS
