/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetParticipation: one table of fields; filled by apply.c. Main loop. */
#include "client/participation.h"

#include "client/fields/work.h"

struct _GuichetParticipation
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetParticipation, guichet_participation, GUICHET_TYPE_RECORD)

static const GuichetField participation_fields[N_PARTICIPATION_FIELDS] = {
  [PARTICIPATION_ID] = { "id", GUICHET_FIELD_STRING },
  [PARTICIPATION_AGENT] = { "agent", GUICHET_FIELD_STRING },
  [PARTICIPATION_NAME] = { "name", GUICHET_FIELD_STRING },
  [PARTICIPATION_ROLE] = { "role", GUICHET_FIELD_STRING },
  [PARTICIPATION_STATE] = { "state", GUICHET_FIELD_STRING },
  [PARTICIPATION_RINGS] = { "rings", GUICHET_FIELD_STRING },
  [PARTICIPATION_SUPERVISION] = { "supervision", GUICHET_FIELD_STRING },
  [PARTICIPATION_SUPERVISED] = { "supervised", GUICHET_FIELD_STRING },
  [PARTICIPATION_SUPERVISED_NAME] = { "supervised-name", GUICHET_FIELD_STRING },
  [PARTICIPATION_JOINED_AT] = { "joined-at", GUICHET_FIELD_INT },
  [PARTICIPATION_STATE_SINCE] = { "state-since", GUICHET_FIELD_INT },
  [PARTICIPATION_HELD_TOTAL] = { "held-total", GUICHET_FIELD_INT },
  [PARTICIPATION_LEFT_AT] = { "left-at", GUICHET_FIELD_INT },
  [PARTICIPATION_ABSENT_SINCE] = { "absent-since", GUICHET_FIELD_INT },
  [PARTICIPATION_MUTED] = { "muted", GUICHET_FIELD_BOOL },
  [PARTICIPATION_NUMBER] = { "number", GUICHET_FIELD_STRING },
  [PARTICIPATION_REASON] = { "reason", GUICHET_FIELD_STRING },
  [PARTICIPATION_WRAP_UP_STARTED] = { "wrap-up-started", GUICHET_FIELD_INT },
  [PARTICIPATION_WRAP_UP_DEADLINE] = { "wrap-up-deadline", GUICHET_FIELD_INT },
  [PARTICIPATION_WRAP_UP_EXTENDABLE] = { "wrap-up-extendable", GUICHET_FIELD_BOOL },
  [PARTICIPATION_WRAP_UP_EXTENDED] = { "wrap-up-extended", GUICHET_FIELD_BOOL },
  [PARTICIPATION_DISPOSITION] = { "disposition", GUICHET_FIELD_STRING },
  [PARTICIPATION_DISPOSITION_SET_BY] = { "disposition-set-by", GUICHET_FIELD_STRING },
  [PARTICIPATION_TAGS] = { "tags", GUICHET_FIELD_STRV },
  [PARTICIPATION_NOTE] = { "note", GUICHET_FIELD_STRING },
  [PARTICIPATION_SENTIMENT] = { "sentiment", GUICHET_FIELD_STRING },
  [PARTICIPATION_DISPOSITION_REVISION] = { "disposition-revision", GUICHET_FIELD_INT },
  [PARTICIPATION_TAGS_REVISION] = { "tags-revision", GUICHET_FIELD_INT },
  [PARTICIPATION_NOTE_REVISION] = { "note-revision", GUICHET_FIELD_INT },
  [PARTICIPATION_SENTIMENT_REVISION] = { "sentiment-revision", GUICHET_FIELD_INT },
  [PARTICIPATION_DISPOSITION_SAVING] = { "disposition-saving", GUICHET_FIELD_BOOL },
  [PARTICIPATION_TAGS_SAVING] = { "tags-saving", GUICHET_FIELD_BOOL },
  [PARTICIPATION_NOTE_SAVING] = { "note-saving", GUICHET_FIELD_BOOL },
  [PARTICIPATION_SENTIMENT_SAVING] = { "sentiment-saving", GUICHET_FIELD_BOOL },
  [PARTICIPATION_DISPOSITION_PROBLEM] = { "disposition-problem", GUICHET_FIELD_STRING },
  [PARTICIPATION_TAGS_PROBLEM] = { "tags-problem", GUICHET_FIELD_STRING },
  [PARTICIPATION_NOTE_PROBLEM] = { "note-problem", GUICHET_FIELD_STRING },
  [PARTICIPATION_SENTIMENT_PROBLEM] = { "sentiment-problem", GUICHET_FIELD_STRING },
};

static void
guichet_participation_class_init (GuichetParticipationClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), participation_fields,
                                N_PARTICIPATION_FIELDS);
}

static void
guichet_participation_init (GuichetParticipation *self)
{
}

GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, id, PARTICIPATION_ID)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, agent, PARTICIPATION_AGENT)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, name, PARTICIPATION_NAME)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, role, PARTICIPATION_ROLE)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, state, PARTICIPATION_STATE)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, rings, PARTICIPATION_RINGS)
GUICHET_RECORD_INT (GuichetParticipation, guichet_participation, joined_at, PARTICIPATION_JOINED_AT)
GUICHET_RECORD_INT (GuichetParticipation,
                    guichet_participation,
                    state_since,
                    PARTICIPATION_STATE_SINCE)
GUICHET_RECORD_INT (GuichetParticipation,
                    guichet_participation,
                    held_total,
                    PARTICIPATION_HELD_TOTAL)
GUICHET_RECORD_INT (GuichetParticipation,
                    guichet_participation,
                    absent_since,
                    PARTICIPATION_ABSENT_SINCE)
GUICHET_RECORD_BOOL (GuichetParticipation, guichet_participation, muted, PARTICIPATION_MUTED)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, number, PARTICIPATION_NUMBER)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, reason, PARTICIPATION_REASON)
GUICHET_RECORD_INT (GuichetParticipation, guichet_participation, left_at, PARTICIPATION_LEFT_AT)
GUICHET_RECORD_INT (GuichetParticipation,
                    guichet_participation,
                    wrap_up_started,
                    PARTICIPATION_WRAP_UP_STARTED)
GUICHET_RECORD_INT (GuichetParticipation,
                    guichet_participation,
                    wrap_up_deadline,
                    PARTICIPATION_WRAP_UP_DEADLINE)
GUICHET_RECORD_BOOL (GuichetParticipation,
                     guichet_participation,
                     wrap_up_extendable,
                     PARTICIPATION_WRAP_UP_EXTENDABLE)
GUICHET_RECORD_BOOL (GuichetParticipation,
                     guichet_participation,
                     wrap_up_extended,
                     PARTICIPATION_WRAP_UP_EXTENDED)
GUICHET_RECORD_STRING (GuichetParticipation,
                       guichet_participation,
                       disposition,
                       PARTICIPATION_DISPOSITION)
GUICHET_RECORD_STRING (GuichetParticipation,
                       guichet_participation,
                       disposition_set_by,
                       PARTICIPATION_DISPOSITION_SET_BY)
GUICHET_RECORD_STRV (GuichetParticipation, guichet_participation, tags, PARTICIPATION_TAGS)
GUICHET_RECORD_STRING (GuichetParticipation, guichet_participation, note, PARTICIPATION_NOTE)
GUICHET_RECORD_STRING (GuichetParticipation,
                       guichet_participation,
                       sentiment,
                       PARTICIPATION_SENTIMENT)

GUICHET_RECORD_STRING (GuichetParticipation,
                       guichet_participation,
                       supervision,
                       PARTICIPATION_SUPERVISION)
GUICHET_RECORD_STRING (GuichetParticipation,
                       guichet_participation,
                       supervised,
                       PARTICIPATION_SUPERVISED)
GUICHET_RECORD_STRING (GuichetParticipation,
                       guichet_participation,
                       supervised_name,
                       PARTICIPATION_SUPERVISED_NAME)
