/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues: the tables of their JSON form. Pure functions. */
#include "model/queue.h"

#include <string.h>

static const ModelField wrap_up_fields[] = {
  { "seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelWrapUpRules, seconds), 0, 0, 3600, 0 },
  { "required", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelWrapUpRules, required), 0 },
  { "default_disposition", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelWrapUpRules, default_disposition),
    .refers = "dispositions" },
  { "extension", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelWrapUpRules, extension), 0, 0, 3600, 0 },
  { "extensions", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelWrapUpRules, extensions), 0, 0, 10, 1 },
  { NULL },
};
static const ModelNoun wrap_up_noun = { "wrap-up", sizeof (ModelWrapUpRules), wrap_up_fields };

#define OVERFLOW_NOUN(name, otherwise)                                                             \
  static const ModelField name##_fields[] = {                                                      \
    { "action", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelOverflow, action), .fallback = otherwise,  \
      .extra = model_overflow_action_names },                                                      \
    { "queue", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelOverflow, queue), .refers = "queues" },       \
    { "box", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelOverflow, box), .refers = "voicemail_boxes" },  \
    { "team", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelOverflow, team), .refers = "teams" },          \
    { NULL },                                                                                      \
  };                                                                                               \
  static const ModelNoun name##_noun = { "overflow", sizeof (ModelOverflow), name##_fields };

OVERFLOW_NOUN (rejecting, MODEL_OVERFLOW_REJECT)
OVERFLOW_NOUN (waiting, MODEL_OVERFLOW_WAIT)

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelQueue, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelQueue, names), MODEL_FIELD_REQUIRED },
  { "channel", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelQueue, channel),
    .extra = model_channel_names },
  { "selection", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelQueue, selection),
    .extra = model_selection_names },
  { "priority", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, priority), 0, -10, 10, 0 },
  { "requirements", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelQueue, requirements),
    MODEL_FIELD_OPTIONAL, .extra = &model_requirement_noun },
  { "ring_seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, ring_seconds),
    MODEL_FIELD_OPTIONAL, 0, 300, 0 },
  { "wrap_up", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelQueue, wrap_up), .extra = &wrap_up_noun },
  { "take", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelQueue, take), MODEL_FIELD_OPTIONAL },
  { "dial_out", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelQueue, dial_out), MODEL_FIELD_OPTIONAL },
  { "record", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelQueue, record), MODEL_FIELD_OPTIONAL,
    .extra = model_record_names },
  { "mask", MODEL_FIELD_ENUM, G_STRUCT_OFFSET (ModelQueue, mask), MODEL_FIELD_OPTIONAL,
    .extra = model_mask_names },
  { "caller_id", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelQueue, caller_id), MODEL_FIELD_OPTIONAL,
    .max = 32 },
  { "dispositions", MODEL_FIELD_IDS, G_STRUCT_OFFSET (ModelQueue, dispositions),
    .refers = "dispositions" },
  { "automatic_disposition", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelQueue, automatic_disposition),
    .refers = "dispositions" },
  { "service_level_seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, service_level_seconds),
    0, 1, 86400, 20 },
  { "max_waiting", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, max_waiting), 0, 0, 1000000, 0 },
  { "max_wait_seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, max_wait_seconds), 0, 0,
    2592000, 0 },
  { "silence_seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, silence_seconds), 0, 0, 86400,
    0 },
  { "silence_warning_seconds", MODEL_FIELD_INT,
    G_STRUCT_OFFSET (ModelQueue, silence_warning_seconds), 0, 0, 3600, 60 },
  { "hours", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelQueue, hours), MODEL_FIELD_OPTIONAL,
    .extra = &model_hours_noun },
  { "open_on_holidays", MODEL_FIELD_BOOL, G_STRUCT_OFFSET (ModelQueue, open_on_holidays) },
  { "when_closed", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelQueue, when_closed),
    .extra = &rejecting_noun },
  { "when_full", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelQueue, when_full),
    .extra = &rejecting_noun },
  { "when_unstaffed", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelQueue, when_unstaffed),
    .extra = &waiting_noun },
  { "when_waited_too_long", MODEL_FIELD_OBJECT, G_STRUCT_OFFSET (ModelQueue, when_waited_too_long),
    .extra = &rejecting_noun },
  { NULL },
};
const ModelNoun model_queue_noun = { "queue", sizeof (ModelQueue), fields };

gint32
model_queue_ring_seconds (const ModelQueue *queue)
{
  if (queue->ring_seconds > 0)
    return queue->ring_seconds;
  return queue->channel == MODEL_CHANNEL_VOICE ? 20 : 45;
}
