/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The centre's clockwork: the core's next deadline, opening hours by the minute, and what is
 * kept for how long. Centre's thread. */

#include "server/centre/centre-private.h"
#include "server/centre/recordings.h"

#include "base/json.h"
#include "base/log.h"
#include "base/time-text.h"
#include "server/centre/render.h"

#define DAY         (24 * 60 * 60 * 1000LL)
#define STATE_EVERY 20000 /* events between two stored core states */

static gboolean
on_deadline (gpointer user_data)
{
  Centre *self = user_data;

  self->deadline_source = 0;
  centre_advance (self);

  return G_SOURCE_REMOVE;
}

/* --- opening hours ---------------------------------------------------------------------------- */

static void
open_or_close (Centre *self, const ModelQueue *queue, GPtrArray *holidays, GTimeZone *zone)
{
  AcdQueueView view;
  AcdCommand command = { .type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = queue->id };

  command.on = model_hours_open (queue->hours, queue->open_on_holidays ? NULL : holidays, zone,
                                 centre_now (self));
  if (acd_core_queue_view (self->core, queue->id, &view) && view.open != command.on)
    centre_command (self, &command, NULL, NULL, NULL, NULL);
}

static void
check_hours (Centre *self)
{
  const ModelDefinitions *definitions = centre_definitions (self);
  g_autoptr (GTimeZone) zone = NULL;

  if (definitions == NULL)
    return;
  if (definitions->settings.time_zone != NULL)
    zone = model_hours_zone (definitions->settings.time_zone);
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  for (guint i = 0; i < definitions->queues->len; i++)
    open_or_close (self, g_ptr_array_index (definitions->queues, i), definitions->settings.holidays,
                   zone);
}

/* --- what is kept ----------------------------------------------------------------------------- */

void
centre_store_state (Centre *self)
{
  g_autoptr (GBytes) state = acd_core_save (self->core);
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_CORE_STATE_ADD, self->seq, centre_now (self), state);
  store_batch_add (batch, STORE_CORE_STATE_TRIM, self->state_seq);
  self->state_seq = self->seq;
  centre_write (self, batch, NULL, NULL);
}

/* Not longer than what the interactions say. */
static gint64
recording_days (Centre *self)
{
  const ModelDefinitions *definitions = centre_definitions (self);
  gint64 days = definitions != NULL ? definitions->settings.recording.days : 0;

  return days > 0 ? MIN (days, self->config->people_days) : self->config->people_days;
}

static void
forget_old (Centre *self)
{
  gint64 now = centre_now (self);
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_ANSWER_TRIM, now - 7 * DAY);
  store_batch_add (batch, STORE_JOURNAL_TRIM, now - self->config->journal_days * DAY,
                   self->state_seq);
  store_batch_add (batch, STORE_NOTICE_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_RECENT_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_VALUE_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_NOTE_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_ATTACHMENT_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_FETCH_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_MESSAGE_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_HANDLED_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_INTERACTION_TRIM, now - self->config->people_days * DAY);
  store_batch_add (batch, STORE_CONVERSATION_TRIM, now - self->config->people_days * DAY);
  centre_write (self, batch, NULL, NULL);
  recordings_forget (self->recordings, now - recording_days (self) * DAY, now - DAY);
}

static gboolean on_minute (gpointer user_data);

/* At the full minute, when hours begin and end; sooner, since a timeout stands still while the
 * machine is suspended. */
static void
arm_minute (Centre *self)
{
  gint64 wait = 60000 - centre_now (self) % 60000;

  self->minute_source = g_timeout_add ((guint) MIN (wait, 20000), on_minute, self);
}

static gboolean
on_minute (gpointer user_data)
{
  Centre *self = user_data;
  static guint minutes;

  arm_minute (self);
  check_hours (self);
  if (self->seq - self->state_seq >= STATE_EVERY)
    centre_store_state (self);
  if (minutes++ % 360 == 0)
    forget_old (self);

  return G_SOURCE_REMOVE;
}

void
centre_check_hours (Centre *self)
{
  check_hours (self);
}

void
centre_arm (Centre *self)
{
  gint64 deadline = acd_core_next_deadline (self->core);
  gint64 wait;

  g_clear_handle_id (&self->deadline_source, g_source_remove);
  if (self->minute_source == 0)
    arm_minute (self);
  if (self->figures == NULL)
    self->figures = queue_figures_new (self);
  if (deadline == G_MAXINT64)
    return;
  wait = CLAMP (deadline - centre_now (self), 0, 60 * 60 * 1000);
  self->deadline_source = g_timeout_add ((guint) wait, on_deadline, self);
}
