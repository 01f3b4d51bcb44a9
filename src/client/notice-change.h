/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with notices; the commands end by guichet_session_command_finish. Main loop. */
#pragma once

#include "client/notice.h"
#include "client/session.h"

/* GuichetNotice, newest first; the session's signal "notice" (GuichetNotice) tells of one that has
 * just come. */
GListModel *guichet_session_get_notices (GuichetSession *self);
guint guichet_session_count_unread_notices (GuichetSession *self);

void guichet_session_read_notice_async (GuichetSession *self,
                                        GuichetNotice *notice,
                                        gboolean read,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void guichet_session_delete_notice_async (GuichetSession *self,
                                          GuichetNotice *notice,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
/* guichet_session_send_notice_async: of supervisors: to an agent, or a team, or (both NULL) all. */
void guichet_session_send_notice_async (GuichetSession *self,
                                        const char *agent,
                                        const char *team,
                                        const char *priority,
                                        const char *text,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
