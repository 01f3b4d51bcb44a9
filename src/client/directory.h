/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetDirectory: what the centre finds in its directory, as a list of GuichetTarget, however
 * long: what is looked at is fetched, page by page. While a question is under way the answer of the
 * one before stands; what changes at the centre changes in the same records. Main loop. */
#pragma once

#include "client/session.h"

#define GUICHET_TYPE_DIRECTORY guichet_directory_get_type ()
G_DECLARE_FINAL_TYPE (GuichetDirectory, guichet_directory, GUICHET, DIRECTORY, GObject)

GuichetDirectory *guichet_directory_new (GuichetSession *session);

/* @kinds: joined by commas, "" all. @interaction: whose actions are asked for, or NULL. @forward:
 * the agent whose own calls would go there, or NULL. Emits "answered" (the problem, a GError or
 * NULL) for each question that was not followed by another. */
void guichet_directory_ask (GuichetDirectory *self,
                            const char *text,
                            const char *kinds,
                            GuichetInteraction *interaction,
                            const char *forward);
/* The same question again: something may have changed. */
void guichet_directory_again (GuichetDirectory *self);
/* Nobody looks any more; what was found is forgotten. */
void guichet_directory_stop (GuichetDirectory *self);
gboolean guichet_directory_is_asking (GuichetDirectory *self);

/* Commands; finish: guichet_session_command_finish. */
void guichet_directory_set_favourite_async (GuichetSession *session,
                                            GuichetTarget *target,
                                            gboolean on,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* An own speed dial; @dial NULL adds one. */
void guichet_directory_set_dial_async (GuichetSession *session,
                                       GuichetTarget *dial,
                                       const char *name,
                                       const char *number,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void guichet_directory_drop_dial_async (GuichetSession *session,
                                        GuichetTarget *dial,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Calls an agent, or the next free one of a queue, team, skill or entry point. */
void guichet_directory_call_colleague_async (GuichetSession *session,
                                             GuichetTarget *target,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/* Calls a number in the name of the queue; NULL: of the first that may. */
void guichet_directory_call_async (GuichetSession *session,
                                   const char *number,
                                   const char *queue,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
