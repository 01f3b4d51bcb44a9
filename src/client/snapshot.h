/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: what the centre says of the desk into its lists, and the parts of it that events
 * bring, too. FALSE or NULL with a BASE_ERROR. Inside this room. */
#pragma once

#include "client/session-private.h"

gboolean
guichet_session_apply_snapshot (GuichetSession *self, const BaseJson *desk, GError **error);

gboolean guichet_session_apply_parked (GuichetSession *self, const BaseJson *root, GError **error);
gboolean guichet_session_apply_agent (GuichetSession *self, const BaseJson *agent, GError **error);
gboolean guichet_session_apply_state (GuichetSession *self, const BaseJson *state, GError **error);
gboolean
guichet_session_apply_memberships (GuichetSession *self, const BaseJson *root, GError **error);

/* The centre's id and name: member "centre" of a session or a snapshot, if it is there. */
gboolean guichet_session_apply_centre (GuichetSession *self, const BaseJson *root, GError **error);

/* One entry of recent work into the list: the record. */
GuichetRecord *
guichet_session_apply_recent (GuichetSession *self, const BaseJson *json, GError **error);
/* made: may be NULL. */
gboolean guichet_session_apply_recents (GuichetSession *self,
                                        const BaseJson *array,
                                        GPtrArray *made,
                                        GError **error);

/* Which interaction an offer leads to, for the join. */
void guichet_session_remember_offer (GuichetSession *self, const BaseJson *offer);

/* What an earlier window kept, to have something to show before the centre answers. */
char *guichet_session_make_kept (const BaseJson *desk);
void guichet_session_apply_definitions (GuichetSession *self, const BaseJson *desk);

/* Takes the offer off the list and says how it ended. */
void guichet_session_end_offer (GuichetSession *self,
                                GuichetOffer *offer,
                                const char *outcome,
                                const char *reason);
