/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of GuichetSession: those that go with the message being written in a chat, and the bytes of
 * those that came. What is added is copied to the local disk, sent at once by a key of its own, and
 * kept with the draft: a killed window, a broken link or a killed centre loses none of it. Main
 * loop. */
#pragma once

#include "client/attachment.h"
#include "client/session.h"

/* guichet_session_attach: adds it to the interaction's files. FALSE: it is refused before it is
 * read, and *reason is a code ("files_too_many", "file_empty", "too_large", "files_too_large") with
 * its *limit in bytes or 0. */
gboolean guichet_session_attach (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 const char *name,
                                 GBytes *bytes,
                                 const char **reason,
                                 gint64 *limit);
/* The same without bytes: whether a file of this size can be added. */
gboolean guichet_session_may_attach (GuichetSession *self,
                                     GuichetInteraction *interaction,
                                     gint64 size,
                                     const char **reason,
                                     gint64 *limit);
/* Of a failed one. */
void guichet_session_attach_again (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   GuichetAttachment *file);
void guichet_session_detach (GuichetSession *self,
                             GuichetInteraction *interaction,
                             GuichetAttachment *file);

/* guichet_session_fetch_file_async: the bytes of one that the centre has. */
void guichet_session_fetch_file_async (GuichetSession *self,
                                       GuichetAttachment *file,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *
guichet_session_fetch_file_finish (GuichetSession *self, GAsyncResult *result, GError **error);
