/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents write to each other. Such an interaction has a colleague (an agent's id), whose name
 * stands in the customer's place; it has ended when the customer has left. Main loop. */
#pragma once

#include "client/message.h"
#include "client/session.h"

/* Whether the other side wrote it: the customer, or the colleague. */
gboolean guichet_message_is_theirs (GuichetMessage *message, GuichetInteraction *interaction);

/* What goes on with this colleague, or NULL; the session's. */
GuichetInteraction *guichet_session_find_im (GuichetSession *self, const char *colleague);

/* What is typed to a colleague with whom nothing goes on: kept as it is typed, over the window's
 * end, until the centre has it. "": nothing; the text is the session's until other words are kept.
 */
void
guichet_session_keep_first_words (GuichetSession *self, const char *colleague, const char *text);
const char *guichet_session_get_first_words (GuichetSession *self, const char *colleague);

/* Begins to write to a colleague, or goes on. The same words sent again after a lost answer arrive
 * once. Finish: guichet_session_command_finish. */
void guichet_session_write_to_async (GuichetSession *self,
                                     const char *colleague,
                                     const char *text,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
