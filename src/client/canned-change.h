/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents do with canned replies: find, add, change, delete, import. Main loop. */
#pragma once

#include "client/canned-reply.h"
#include "client/session.h"
#include "model/canned-reply.h"

/* guichet_session_search_replies: at most limit of them, best first: by shortcut, then name, then
 * text, without regard to case and accents. An empty query: all, in their order. category NULL: of
 * all categories. A new GPtrArray of GuichetCannedReply. */
GPtrArray *guichet_session_search_replies (GuichetSession *self,
                                           const char *query,
                                           const char *category,
                                           guint limit);
GuichetCannedReply *guichet_session_find_reply (GuichetSession *self, const char *id);

/* guichet_session_may_change_replies: TRUE, or FALSE and why. */
gboolean
guichet_session_may_change_replies (GuichetSession *self, gboolean is_public, const char **reason);

/* guichet_session_save_reply_async: id NULL adds one. revision: what the change is based on; one
 * that was deleted comes back by that of its deletion. CONFLICT: it was changed meanwhile, and the
 * list has the newer one (or none, if it was deleted). finish: a new reference. */
void guichet_session_save_reply_async (GuichetSession *self,
                                       const char *id,
                                       gboolean is_public,
                                       gint64 revision,
                                       const ModelCannedReply *what,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GuichetCannedReply *
guichet_session_save_reply_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* finish: the revision of its deletion, 0 on error. */
void guichet_session_delete_reply_async (GuichetSession *self,
                                         GuichetCannedReply *reply,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gint64
guichet_session_delete_reply_finish (GuichetSession *self, GAsyncResult *result, GError **error);

typedef struct
{
  gint64 added, changed, unchanged;
} GuichetImported;

/* guichet_session_import_replies_async: of ModelCannedReply; many are sent in several commands, one
 * after the other. finish: what was done before an error, too. */
void guichet_session_import_replies_async (GuichetSession *self,
                                           gboolean is_public,
                                           GPtrArray *replies,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean guichet_session_import_replies_finish (GuichetSession *self,
                                                GAsyncResult *result,
                                                GuichetImported *imported,
                                                GError **error);

/* guichet_canned_reply_to_model: for files and editing. Free with model_canned_reply_free. */
ModelCannedReply *guichet_canned_reply_to_model (GuichetCannedReply *self);
