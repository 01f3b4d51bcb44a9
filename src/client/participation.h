/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetParticipation: one agent's part in an interaction, or that of an outside number.
 * Read-only, notifying: id s, agent s, name s (the agent's), role s, state s ("active", "held",
 * "wrap_up", "ended", "dialling"), rings s (while dialling: "station", "customer"; else ""),
 * joined-at i, state-since i, held-total i (seconds), left-at i, absent-since i, muted b (nobody
 * hears this one), number s (of an outside number, which is no agent; else ""),
 * supervision s, supervised s (id), supervised-name s, wrap-up-started i,
 * wrap-up-deadline i (0: no limit), wrap-up-extendable b, wrap-up-extended b, disposition s (id;
 * typed last, else the centre's), disposition-set-by s, tags as (ids), note s, sentiment s
 * ("", "positive", "neutral", "negative"), note-saving b, disposition-saving b, tags-saving b,
 * sentiment-saving b (typed and not yet at the centre), note-problem s, disposition-problem s,
 * tags-problem s, sentiment-problem s: "" or why the centre will not take it: "conflict",
 * "too_large", "invalid", "not_found", "not_allowed"; what was typed stays */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_PARTICIPATION guichet_participation_get_type ()
G_DECLARE_FINAL_TYPE (GuichetParticipation,
                      guichet_participation,
                      GUICHET,
                      PARTICIPATION,
                      GuichetRecord)

const char *guichet_participation_get_id (GuichetParticipation *self);
const char *guichet_participation_get_agent (GuichetParticipation *self);
/* "" where the centre does not say it. */
const char *guichet_participation_get_name (GuichetParticipation *self);
const char *guichet_participation_get_role (GuichetParticipation *self);
const char *guichet_participation_get_rings (GuichetParticipation *self);
/* Of a supervising one: how ("listen", "whisper"…), and the agent whom it is about. */
const char *guichet_participation_get_supervision (GuichetParticipation *self);
const char *guichet_participation_get_supervised (GuichetParticipation *self);
const char *guichet_participation_get_supervised_name (GuichetParticipation *self);
const char *guichet_participation_get_state (GuichetParticipation *self);
gint64 guichet_participation_get_joined_at (GuichetParticipation *self);
gint64 guichet_participation_get_state_since (GuichetParticipation *self);
gint64 guichet_participation_get_held_total (GuichetParticipation *self);
gint64 guichet_participation_get_left_at (GuichetParticipation *self);
/* Since when the agent's desk is away, 0: it is there. */
gint64 guichet_participation_get_absent_since (GuichetParticipation *self);
gboolean guichet_participation_get_muted (GuichetParticipation *self);
/* Of an outside number: itself, and why it left. */
const char *guichet_participation_get_number (GuichetParticipation *self);
const char *guichet_participation_get_reason (GuichetParticipation *self);
gint64 guichet_participation_get_wrap_up_started (GuichetParticipation *self);
gint64 guichet_participation_get_wrap_up_deadline (GuichetParticipation *self);
gboolean guichet_participation_get_wrap_up_extendable (GuichetParticipation *self);
gboolean guichet_participation_get_wrap_up_extended (GuichetParticipation *self);
const char *guichet_participation_get_disposition (GuichetParticipation *self);
const char *guichet_participation_get_disposition_set_by (GuichetParticipation *self);
const char *const *guichet_participation_get_tags (GuichetParticipation *self);
const char *guichet_participation_get_note (GuichetParticipation *self);
const char *guichet_participation_get_sentiment (GuichetParticipation *self);
