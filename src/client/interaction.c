/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetInteraction: one table of fields; filled by apply.c, its call by join.c. Main loop. */
#include "client/interaction.h"

#include "client/fields/work.h"

struct _GuichetInteraction
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetInteraction, guichet_interaction, GUICHET_TYPE_RECORD)

static const GuichetField interaction_fields[N_INTERACTION_FIELDS] = {
  [INTERACTION_ID] = { "id", GUICHET_FIELD_STRING },
  [INTERACTION_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [INTERACTION_DIRECTION] = { "direction", GUICHET_FIELD_STRING },
  [INTERACTION_ORIGIN] = { "origin", GUICHET_FIELD_STRING },
  [INTERACTION_QUEUE] = { "queue", GUICHET_FIELD_STRING },
  [INTERACTION_QUEUE_NAME] = { "queue-name", GUICHET_FIELD_STRING },
  [INTERACTION_CALLED] = { "called", GUICHET_FIELD_STRING },
  [INTERACTION_LANGUAGE] = { "language", GUICHET_FIELD_STRING },
  [INTERACTION_CREATED_AT] = { "created-at", GUICHET_FIELD_INT },
  [INTERACTION_STATUS] = { "status", GUICHET_FIELD_STRING },
  [INTERACTION_CUSTOMER_NUMBER] = { "customer-number", GUICHET_FIELD_STRING },
  [INTERACTION_CUSTOMER_NAME] = { "customer-name", GUICHET_FIELD_STRING },
  [INTERACTION_CUSTOMER] = { "customer", GUICHET_FIELD_STRING },
  [INTERACTION_COLLEAGUE] = { "colleague", GUICHET_FIELD_STRING },
  [INTERACTION_CUSTOMER_LEFT_AT] = { "customer-left-at", GUICHET_FIELD_INT },
  [INTERACTION_CUSTOMER_LEFT_CAUSE] = { "customer-left-cause", GUICHET_FIELD_STRING },
  [INTERACTION_PARTICIPATIONS] = { "participations", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [INTERACTION_PARTIES] = { "parties", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [INTERACTION_MINE] = { "mine", GUICHET_FIELD_OBJECT, guichet_participation_get_type },
  [INTERACTION_PHASE] = { "phase", GUICHET_FIELD_STRING },
  [INTERACTION_PHASE_SINCE] = { "phase-since", GUICHET_FIELD_INT },
  [INTERACTION_VARIABLES] = { "variables", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [INTERACTION_FROM_NAME] = { "from-name", GUICHET_FIELD_STRING },
  [INTERACTION_FORWARDED_BY] = { "forwarded-by", GUICHET_FIELD_STRING },
  [INTERACTION_CONSULT_STATE] = { "consult-state", GUICHET_FIELD_STRING },
  [INTERACTION_CONSULT_KIND] = { "consult-kind", GUICHET_FIELD_STRING },
  [INTERACTION_CONSULT_AGENT] = { "consult-agent", GUICHET_FIELD_STRING },
  [INTERACTION_CONSULT_NAME] = { "consult-name", GUICHET_FIELD_STRING },
  [INTERACTION_CONSULT_REASON] = { "consult-reason", GUICHET_FIELD_STRING },
  [INTERACTION_CONSULT_SINCE] = { "consult-since", GUICHET_FIELD_INT },
  [INTERACTION_CALL] = { "call", GUICHET_FIELD_OBJECT, guichet_call_get_type },
  [INTERACTION_CAUSE] = { "cause", GUICHET_FIELD_STRING },
  [INTERACTION_CONVERSATION] = { "conversation", GUICHET_FIELD_STRING },
  [INTERACTION_LAST_NUMBER] = { "last-number", GUICHET_FIELD_INT },
  [INTERACTION_READ_NUMBER] = { "read-number", GUICHET_FIELD_INT },
  [INTERACTION_OWN_READ] = { "own-read", GUICHET_FIELD_INT },
  [INTERACTION_TEXT_LIMIT] = { "text-limit", GUICHET_FIELD_INT },
  [INTERACTION_SEGMENTS] = { "segments", GUICHET_FIELD_INT },
  [INTERACTION_REFUSAL] = { "refusal", GUICHET_FIELD_STRING },
  [INTERACTION_UNTIL] = { "until", GUICHET_FIELD_INT },
  [INTERACTION_WAITING_SINCE] = { "waiting-since", GUICHET_FIELD_INT },
  [INTERACTION_MESSAGES] = { "messages", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [INTERACTION_MORE] = { "more", GUICHET_FIELD_BOOL },
  [INTERACTION_LOADING] = { "loading", GUICHET_FIELD_BOOL },
  [INTERACTION_UNREAD] = { "unread", GUICHET_FIELD_INT },
  [INTERACTION_FIRST_UNREAD] = { "first-unread", GUICHET_FIELD_INT },
  [INTERACTION_CUSTOMER_TYPING] = { "customer-typing", GUICHET_FIELD_BOOL },
  [INTERACTION_DRAFT] = { "draft", GUICHET_FIELD_STRING },
  [INTERACTION_PRIVATE_DRAFT] = { "private-draft", GUICHET_FIELD_STRING },
  [INTERACTION_SUBJECT] = { "subject", GUICHET_FIELD_STRING },
  [INTERACTION_SUBJECT_DRAFT] = { "subject-draft", GUICHET_FIELD_STRING },
  [INTERACTION_FILES] = { "files", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [INTERACTION_FILES_MAX] = { "files-max", GUICHET_FIELD_INT },
  [INTERACTION_FILE_LIMIT] = { "file-limit", GUICHET_FIELD_INT },
  [INTERACTION_FILES_LIMIT] = { "files-limit", GUICHET_FIELD_INT },
  [INTERACTION_PLAYING] = { "playing", GUICHET_FIELD_STRING },
  [INTERACTION_PLAYING_AT] = { "playing-at", GUICHET_FIELD_INT },
  [INTERACTION_PLAYING_UNTIL] = { "playing-until", GUICHET_FIELD_INT },
  [INTERACTION_PLAYING_HANGS_UP] = { "playing-hangs-up", GUICHET_FIELD_BOOL },
  [INTERACTION_MEETING_URL] = { "meeting-url", GUICHET_FIELD_STRING },
  [INTERACTION_MEETING_TEXT] = { "meeting-text", GUICHET_FIELD_STRING },
  [INTERACTION_RECORDING_STATE] = { "recording-state", GUICHET_FIELD_STRING },
  [INTERACTION_RECORDING_RULE] = { "recording-rule", GUICHET_FIELD_STRING },
  [INTERACTION_RECORDING_UNTIL] = { "recording-until", GUICHET_FIELD_INT },
  [INTERACTION_RECORDING_MAY_PAUSE] = { "recording-may-pause", GUICHET_FIELD_BOOL },
  [INTERACTION_STUCK] = { "stuck", GUICHET_FIELD_STRING },
  [INTERACTION_RECORDING_MAY_EXTEND] = { "recording-may-extend", GUICHET_FIELD_BOOL },
};

static void
guichet_interaction_class_init (GuichetInteractionClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), interaction_fields,
                                N_INTERACTION_FIELDS);
}

static void
guichet_interaction_init (GuichetInteraction *self)
{
}

GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, id, INTERACTION_ID)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, channel, INTERACTION_CHANNEL)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, direction, INTERACTION_DIRECTION)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, origin, INTERACTION_ORIGIN)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, queue, INTERACTION_QUEUE)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, queue_name, INTERACTION_QUEUE_NAME)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, called, INTERACTION_CALLED)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, language, INTERACTION_LANGUAGE)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, created_at, INTERACTION_CREATED_AT)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, status, INTERACTION_STATUS)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       customer_number,
                       INTERACTION_CUSTOMER_NUMBER)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       customer_name,
                       INTERACTION_CUSTOMER_NAME)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, customer, INTERACTION_CUSTOMER)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, colleague, INTERACTION_COLLEAGUE)
GUICHET_RECORD_INT (GuichetInteraction,
                    guichet_interaction,
                    customer_left_at,
                    INTERACTION_CUSTOMER_LEFT_AT)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       customer_left_cause,
                       INTERACTION_CUSTOMER_LEFT_CAUSE)
GUICHET_RECORD_OBJECT (GuichetInteraction,
                       guichet_interaction,
                       participations,
                       INTERACTION_PARTICIPATIONS,
                       GListModel)
GUICHET_RECORD_OBJECT (GuichetInteraction,
                       guichet_interaction,
                       parties,
                       INTERACTION_PARTIES,
                       GListModel)
GUICHET_RECORD_OBJECT (GuichetInteraction,
                       guichet_interaction,
                       mine,
                       INTERACTION_MINE,
                       GuichetParticipation)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, phase, INTERACTION_PHASE)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, phase_since, INTERACTION_PHASE_SINCE)
GUICHET_RECORD_OBJECT (GuichetInteraction,
                       guichet_interaction,
                       variables,
                       INTERACTION_VARIABLES,
                       GListModel)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, from_name, INTERACTION_FROM_NAME)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       forwarded_by,
                       INTERACTION_FORWARDED_BY)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       consult_state,
                       INTERACTION_CONSULT_STATE)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       consult_kind,
                       INTERACTION_CONSULT_KIND)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       consult_agent,
                       INTERACTION_CONSULT_AGENT)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       consult_name,
                       INTERACTION_CONSULT_NAME)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       consult_reason,
                       INTERACTION_CONSULT_REASON)
GUICHET_RECORD_INT (GuichetInteraction,
                    guichet_interaction,
                    consult_since,
                    INTERACTION_CONSULT_SINCE)
GUICHET_RECORD_OBJECT (GuichetInteraction, guichet_interaction, call, INTERACTION_CALL, GuichetCall)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, cause, INTERACTION_CAUSE)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       conversation,
                       INTERACTION_CONVERSATION)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, read_number, INTERACTION_READ_NUMBER)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, text_limit, INTERACTION_TEXT_LIMIT)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, segments, INTERACTION_SEGMENTS)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, refusal, INTERACTION_REFUSAL)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, until, INTERACTION_UNTIL)
GUICHET_RECORD_INT (GuichetInteraction,
                    guichet_interaction,
                    waiting_since,
                    INTERACTION_WAITING_SINCE)
GUICHET_RECORD_OBJECT (GuichetInteraction,
                       guichet_interaction,
                       messages,
                       INTERACTION_MESSAGES,
                       GListModel)
GUICHET_RECORD_BOOL (GuichetInteraction, guichet_interaction, more, INTERACTION_MORE)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, unread, INTERACTION_UNREAD)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, first_unread, INTERACTION_FIRST_UNREAD)
GUICHET_RECORD_BOOL (GuichetInteraction,
                     guichet_interaction,
                     customer_typing,
                     INTERACTION_CUSTOMER_TYPING)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, draft, INTERACTION_DRAFT)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       private_draft,
                       INTERACTION_PRIVATE_DRAFT)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, subject, INTERACTION_SUBJECT)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       subject_draft,
                       INTERACTION_SUBJECT_DRAFT)
GUICHET_RECORD_BOOL (GuichetInteraction, guichet_interaction, loading, INTERACTION_LOADING)
GUICHET_RECORD_OBJECT (GuichetInteraction,
                       guichet_interaction,
                       files,
                       INTERACTION_FILES,
                       GListModel)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, files_max, INTERACTION_FILES_MAX)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, file_limit, INTERACTION_FILE_LIMIT)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, files_limit, INTERACTION_FILES_LIMIT)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       meeting_url,
                       INTERACTION_MEETING_URL)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       meeting_text,
                       INTERACTION_MEETING_TEXT)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, playing, INTERACTION_PLAYING)
GUICHET_RECORD_INT (GuichetInteraction, guichet_interaction, playing_at, INTERACTION_PLAYING_AT)
GUICHET_RECORD_INT (GuichetInteraction,
                    guichet_interaction,
                    playing_until,
                    INTERACTION_PLAYING_UNTIL)
GUICHET_RECORD_BOOL (GuichetInteraction,
                     guichet_interaction,
                     playing_hangs_up,
                     INTERACTION_PLAYING_HANGS_UP)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       recording_state,
                       INTERACTION_RECORDING_STATE)
GUICHET_RECORD_STRING (GuichetInteraction,
                       guichet_interaction,
                       recording_rule,
                       INTERACTION_RECORDING_RULE)
GUICHET_RECORD_INT (GuichetInteraction,
                    guichet_interaction,
                    recording_until,
                    INTERACTION_RECORDING_UNTIL)
GUICHET_RECORD_BOOL (GuichetInteraction,
                     guichet_interaction,
                     recording_may_pause,
                     INTERACTION_RECORDING_MAY_PAUSE)
GUICHET_RECORD_BOOL (GuichetInteraction,
                     guichet_interaction,
                     recording_may_extend,
                     INTERACTION_RECORDING_MAY_EXTEND)
GUICHET_RECORD_STRING (GuichetInteraction, guichet_interaction, stuck, INTERACTION_STUCK)
