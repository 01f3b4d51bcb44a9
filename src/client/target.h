/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetTarget: one of the directory: somebody or something to call, to ask, to give work or to
 * write to. Read-only, notifying: kind s ("agent", "queue", "team", "skill", "entry_point",
 * "speed_dial", "contact", "number"; "" not known yet), id s, name s, team-name s, organisation s,
 * numbers as, channel s (of a queue), presence s and reason s and since i (of an agent, as a
 * GuichetColleague's), waiting i (of a queue), free i and of i (of a group), own b (a speed dial of
 * the agent's), favourite b, used i (when last, 0 not lately), and of each action, call s, im s,
 * consult s, conference s, transfer s, voicemail s (to its box s), forward s (own calls
 * go there): "allowed", the code of what is in the way, "" not at all; others o (a GListModel of
 * GuichetTargets of kind "number", of a contact: its numbers beside the first; or NULL) */
#pragma once

#include "client/record.h"

#include <gio/gio.h>

#define GUICHET_TYPE_TARGET guichet_target_get_type ()
G_DECLARE_FINAL_TYPE (GuichetTarget, guichet_target, GUICHET, TARGET, GuichetRecord)

const char *guichet_target_get_kind (GuichetTarget *self);
const char *guichet_target_get_id (GuichetTarget *self);
const char *guichet_target_get_name (GuichetTarget *self);
const char *guichet_target_get_team_name (GuichetTarget *self);
const char *guichet_target_get_organisation (GuichetTarget *self);
const char *const *guichet_target_get_numbers (GuichetTarget *self);
/* The first, or "". */
const char *guichet_target_get_number (GuichetTarget *self);
const char *guichet_target_get_channel (GuichetTarget *self);
const char *guichet_target_get_presence (GuichetTarget *self);
const char *guichet_target_get_reason (GuichetTarget *self);
gint64 guichet_target_get_since (GuichetTarget *self);
gint64 guichet_target_get_waiting (GuichetTarget *self);
gint64 guichet_target_get_free (GuichetTarget *self);
gint64 guichet_target_get_of (GuichetTarget *self);
gboolean guichet_target_get_own (GuichetTarget *self);
gboolean guichet_target_get_favourite (GuichetTarget *self);
gint64 guichet_target_get_used (GuichetTarget *self);
/* Of the voicemail, "": none. */
const char *guichet_target_get_box (GuichetTarget *self);
/* The code of why a call that is transferred there is asked for a message, "": it is not. */
const char *guichet_target_get_to_voicemail (GuichetTarget *self);
/* "call", "im", "consult", "conference", "transfer", "voicemail", "forward". */
const char *guichet_target_get_action (GuichetTarget *self, const char *action);
gboolean guichet_target_allows (GuichetTarget *self, const char *action);
GListModel *guichet_target_get_others (GuichetTarget *self);
/* By which of its numbers this can be done: the first, else the first other one that allows it;
 * itself if none does. Belongs to self. */
GuichetTarget *guichet_target_for (GuichetTarget *self, const char *action);
