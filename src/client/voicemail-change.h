/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with messages in boxes; the commands end by guichet_session_command_finish. Main
 * loop. */
#pragma once

#include "client/session.h"
#include "client/voicemail.h"

/* GuichetVoicemail, newest first; the session's signal "voicemail" (GuichetVoicemail) tells of one
 * that has just come. */
GListModel *guichet_session_get_voicemails (GuichetSession *self);

/* guichet_session_mark_voicemail_async: one that was deleted comes back so. */
void guichet_session_mark_voicemail_async (GuichetSession *self,
                                           GuichetVoicemail *voicemail,
                                           gboolean heard,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void guichet_session_delete_voicemail_async (GuichetSession *self,
                                             GuichetVoicemail *voicemail,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/* guichet_session_hear_voicemail_async: the bytes, Opus in Ogg. */
void guichet_session_hear_voicemail_async (GuichetSession *self,
                                           GuichetVoicemail *voicemail,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GBytes *
guichet_session_hear_voicemail_finish (GuichetSession *self, GAsyncResult *result, GError **error);
/* guichet_session_call_voicemail_async: who left it. */
void guichet_session_call_voicemail_async (GuichetSession *self,
                                           GuichetVoicemail *voicemail,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
