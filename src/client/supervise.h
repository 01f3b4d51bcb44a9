/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a supervisor does about agents and their calls. Each ends with
 * guichet_session_command_finish. */
#pragma once

#include "client/session.h"

/* channel "": all; reason "": none */
void guichet_supervise_state_async (GuichetSession *self,
                                    const char *agent,
                                    const char *channel,
                                    const char *state,
                                    const char *reason,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* queue "": all */
void guichet_supervise_queue_async (GuichetSession *self,
                                    const char *agent,
                                    const char *queue,
                                    const char *state,
                                    const char *reason,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Where the agent's own calls go; as guichet_session_set_forwarding_async. */
void guichet_supervise_forwarding_async (GuichetSession *self,
                                         const char *agent,
                                         const char *when,
                                         const char *to,
                                         const char *target,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* now: without waiting for the work in hand. */
void guichet_supervise_sign_out_async (GuichetSession *self,
                                       const char *agent,
                                       gboolean now,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void guichet_supervise_wrap_up_async (GuichetSession *self,
                                      const char *participation,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* action: as of one's own recording; participation: the agent's. */
void guichet_supervise_record_async (GuichetSession *self,
                                     const char *participation,
                                     const char *action,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* mode: "listen", "whisper", "barge", "take_over"; participation: the agent's. */
void guichet_supervise_call_async (GuichetSession *self,
                                   const char *participation,
                                   const char *mode,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void guichet_supervise_leave_async (GuichetSession *self,
                                    const char *interaction,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Work that is stuck: the own participation, or an agent's. */
void guichet_force_close_async (GuichetSession *self,
                                const char *participation,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
