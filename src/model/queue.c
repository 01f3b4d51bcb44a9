/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues: the tables of their JSON form, and their opening hours. Pure functions. */
#include "model/queue.h"

#include <string.h>

static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };

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
    { NULL },                                                                                      \
  };                                                                                               \
  static const ModelNoun name##_noun = { "overflow", sizeof (ModelOverflow), name##_fields };

OVERFLOW_NOUN (rejecting, MODEL_OVERFLOW_REJECT)
OVERFLOW_NOUN (waiting, MODEL_OVERFLOW_WAIT)

static const ModelField hours_fields[] = {
  { "days", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelHours, days), MODEL_FIELD_REQUIRED,
    .max = 3 },
  { "from", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelHours, from), MODEL_FIELD_REQUIRED,
    .max = 5 },
  { "until", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelHours, until), MODEL_FIELD_REQUIRED,
    .max = 5 },
  { NULL },
};
static const ModelNoun hours_noun = { "hours", sizeof (ModelHours), hours_fields };

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
  { "dispositions", MODEL_FIELD_IDS, G_STRUCT_OFFSET (ModelQueue, dispositions),
    .refers = "dispositions" },
  { "automatic_disposition", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelQueue, automatic_disposition),
    .refers = "dispositions" },
  { "service_level_seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, service_level_seconds),
    0, 1, 86400, 20 },
  { "max_waiting", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, max_waiting), 0, 0, 1000000, 0 },
  { "max_wait_seconds", MODEL_FIELD_INT, G_STRUCT_OFFSET (ModelQueue, max_wait_seconds), 0, 0,
    2592000, 0 },
  { "hours", MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET (ModelQueue, hours), MODEL_FIELD_OPTIONAL,
    .extra = &hours_noun },
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

/* The minute of the day, or -1. */
static int
minute_of (const char *text)
{
  int hour, minute;

  if (text == NULL || strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) ||
      !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return -1;
  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  return minute > 59 || hour * 60 + minute > 24 * 60 ? -1 : hour * 60 + minute;
}

gboolean
model_hours_valid (const ModelHours *hours)
{
  for (char **day = hours->days; day != NULL && *day != NULL; day++)
    if (model_enum_from_text (days, *day) < 0)
      return FALSE;
  return minute_of (hours->from) >= 0 && minute_of (hours->until) > minute_of (hours->from);
}

gboolean
model_queue_open_at (const ModelQueue *queue, int day, int minute)
{
  if (queue->hours == NULL || queue->hours->len == 0)
    return TRUE;
  g_return_val_if_fail (day >= 1 && day <= 7, FALSE);
  for (guint i = 0; i < queue->hours->len; i++)
    {
      const ModelHours *hours = queue->hours->pdata[i];
      if (g_strv_contains ((const char *const *) hours->days, days[day - 1]) &&
          minute >= minute_of (hours->from) && minute < minute_of (hours->until))
        return TRUE;
    }
  return FALSE;
}
