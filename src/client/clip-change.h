/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with clips: found, saved, deleted, heard, played in calls. Main loop. */
#pragma once

#include "client/clip.h"
#include "client/session.h"

/* guichet_session_get_clips: GuichetClip, by label. */
GListModel *guichet_session_get_clips (GuichetSession *self);

/* guichet_session_search_clips: every word in label or tags, case and accents aside; those whose
 * label begins so first. Archived ones or the others; of GuichetClip. */
GPtrArray *
guichet_session_search_clips (GuichetSession *self, const char *query, gboolean archived);

/* guichet_session_may_change_clips: of_centre: those that all have. reason (may be NULL): a code.
 */
gboolean
guichet_session_may_change_clips (GuichetSession *self, gboolean of_centre, const char **reason);

typedef struct
{
  const char *label;
  const char *const *tags;
  gboolean of_centre; /* of a new one */
  gboolean archived;
  GBytes *sound; /* Opus in Ogg; NULL: as it is */
} GuichetClipWish;

/* guichet_session_save_clip_async: id NULL adds one; revision as last seen, or of its deletion. */
void guichet_session_save_clip_async (GuichetSession *self,
                                      const char *id,
                                      gint64 revision,
                                      const GuichetClipWish *wish,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
guichet_session_save_clip_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* finish: the revision of the deletion, with which it is brought back; 0: error. */
void guichet_session_delete_clip_async (GuichetSession *self,
                                        GuichetClip *clip,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gint64
guichet_session_delete_clip_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* Its bytes: Opus in Ogg. */
void guichet_session_hear_clip_async (GuichetSession *self,
                                      GuichetClip *clip,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GBytes *
guichet_session_hear_clip_finish (GuichetSession *self, GAsyncResult *result, GError **error);

/* In a call; these end by guichet_session_command_finish. */
void guichet_session_play_clip_async (GuichetSession *self,
                                      GuichetInteraction *interaction,
                                      GuichetClip *clip,
                                      gboolean hang_up,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void guichet_session_stop_clip_async (GuichetSession *self,
                                      GuichetInteraction *interaction,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
