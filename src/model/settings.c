/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of the centre: the table of their JSON form. Read-only data. */
#include "model/settings.h"

static const ModelField toasts_fields[] = {
  { "max", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelToasts, max), 0, 0, 10, 5 },
  { "seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelToasts, seconds), 0, 0, 300, 30 },
  { NULL },
};
static const ModelNoun toasts_noun = { "toasts", sizeof (ModelToasts), toasts_fields };

static const ModelField meeting_room_fields[] = {
  { "url", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelMeetingRoom, url), .max = 512 },
  { "texts", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelMeetingRoom, texts), .max = 512 },
  { NULL },
};
static const ModelNoun meeting_room_noun = { "meeting_room", sizeof (ModelMeetingRoom),
                                             meeting_room_fields };

#define SECONDS(name, least, most, otherwise)                                                      \
  {                                                                                                \
#name, MODEL_FIELD_INT, G_STRUCT_OFFSET(ModelSettings, name), 0, least, most, otherwise        \
  }
#define SWITCH(name, otherwise)                                                                    \
  {                                                                                                \
#name, MODEL_FIELD_BOOL, G_STRUCT_OFFSET(ModelSettings, name), .fallback = otherwise           \
  }

static const ModelField fields[] = {
  { "time_zone", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelSettings, time_zone), .max = 64 },
  { "holidays", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelSettings, holidays),
    MODEL_FIELD_OPTIONAL, .extra = &model_holiday_noun },
  { "languages", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelSettings, languages), .max = 8 },
  { "stop_words", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelSettings, stop_words),
    MODEL_FIELD_OPTIONAL, .max = 32 },
  { "start_words", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelSettings, start_words),
    MODEL_FIELD_OPTIONAL, .max = 32 },
  { "slots", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelSettings, slots), MODEL_FIELD_OPTIONAL,
    .extra = &model_slots_noun },
  SECONDS (boost_seconds, 0, 86400, 60),
  { "auto_accept", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelSettings, auto_accept),
    .extra = model_auto_accept_names },
  { "history", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelSettings, history),
    .extra = model_history_names },
  { "card_data", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelSettings, card_data),
    .extra = model_card_data_names },
  { "clips", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelSettings, clips), .extra = model_clips_names },
  SWITCH (card_data_notes, FALSE),
  SWITCH (auto_accept_digital, FALSE),
  SWITCH (confirm_end, FALSE),
  SWITCH (wipe_cache_at_sign_out, FALSE),
  SWITCH (digital_during_call, FALSE),
  SWITCH (voice_wrap_up_blocks, TRUE),
  SWITCH (ready_at_sign_in, TRUE),
  SWITCH (im_acceptance, FALSE),
  SWITCH (show_monitoring, FALSE),
  SWITCH (im_supervised, FALSE),
  SECONDS (im_seconds, 5, 86400, 300),
  SECONDS (dial_seconds, 5, 600, 60),
  SECONDS (desk_grace_seconds, 1, 600, 30),
  SECONDS (session_limit_seconds, 30, 86400, 300),
  SECONDS (chat_absence_seconds, 0, 3600, 120),
  SECONDS (work_absence_seconds, 0, 2592000, 14400),
  SECONDS (reopen_seconds, 0, 2592000, 86400),
  SECONDS (return_chat_seconds, 0, 3600, 60),
  SECONDS (return_work_seconds, 0, 2592000, 14400),
  SECONDS (reoffer_seconds, 0, 3600, 60),
  SECONDS (short_abandon_seconds, 0, 60, 5),
  SECONDS (personal_limit_seconds, 5, 86400, 120),
  SECONDS (personal_digital_limit_seconds, 5, 2592000, 14400),
  SECONDS (consult_limit_seconds, 5, 3600, 120),
  { "conference_max", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSettings, conference_max), 0, 3, 8,
    8 },
  SECONDS (numbers_alone_seconds, 2, 86400, 4),
  { "numbers_alone_notice", MODEL_FIELD_STRING,
    G_STRUCT_OFFSET (ModelSettings, numbers_alone_notice), MODEL_FIELD_OPTIONAL, .max = 100 },
  { "voicemail_number", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelSettings, voicemail_number),
    MODEL_FIELD_OPTIONAL, .max = 64 },
  { "park_first", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSettings, park_first), 0, 1, 60000, 701 },
  { "park_places", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSettings, park_places), 0, 0, 100, 10 },
  SECONDS (park_seconds, 10, 86400, 180),
  { "personal_fallback", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelSettings, personal_fallback),
    .refers = "queues" },
  { "tag_days", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSettings, tag_days), 0, 0, 365, 7 },
  { "visible_digits", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelSettings, visible_digits), 0, 0, 10,
    0 },
  { "directory_agents", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelSettings, directory_agents),
    .extra = model_directory_agents_names },
  SWITCH (directory_groups, TRUE),
  { "toasts", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelSettings, toasts), .extra = &toasts_noun },
  { "meeting_room", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelSettings, meeting_room),
    MODEL_FIELD_OPTIONAL, .extra = &meeting_room_noun },
  { "recording", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelSettings, recording),
    MODEL_FIELD_OPTIONAL, .extra = &model_recording_rules_noun },
  { NULL },
};
const ModelNoun model_settings_noun = { "settings", sizeof (ModelSettings), fields };
