/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts by queue. What the journal holds up to the start and what happened since are never the
 * same rows, so that they add up in any order. Centre's thread. */
#include "server/centre/levels.h"

#include "base/log.h"
#include "model/hours.h"

#define ROWS 2000 /* of the journal in one piece */

struct _Levels
{
  Centre *centre;
  GHashTable *queues; /* id (interned) → Level */
  gint64 day;         /* when it began */
  gint64 started;     /* the journal's last number before anything was noted; -1: nothing yet */
  gint64 next;        /* number up to which the journal was read */
  gboolean wanted;
  gboolean known;
  guint source;
};

Levels *
levels_new (Centre *centre)
{
  Levels *self = g_new0 (Levels, 1);

  self->centre = centre;
  self->started = -1;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  return self;
}

void
levels_free (Levels *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_unref (self->queues);
  g_free (self);
}

static gint64
day_of (Centre *centre, gint64 now)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const char *name = definitions != NULL ? definitions->settings.time_zone : NULL;
  g_autoptr (GTimeZone) zone = name != NULL ? model_hours_zone (name) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) begin = NULL;

  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  local = g_date_time_to_timezone (utc, zone);
  begin = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                           g_date_time_get_day_of_month (local), 0, 0, 0);

  return begin != NULL ? g_date_time_to_unix (begin) * 1000 : now;
}

/* Of another day nothing was known to begin with, and all of it is. */
static void
turn_page (Levels *self)
{
  gint64 day = day_of (self->centre, centre_now (self->centre));

  if (day == self->day)
    return;
  if (self->day != 0)
    {
      g_hash_table_remove_all (self->queues);
      self->known = TRUE;
      g_clear_handle_id (&self->source, g_source_remove);
    }
  self->day = day;
}

static Level *
level_of (Levels *self, const char *queue)
{
  const char *id = g_intern_string (queue);
  Level *level = g_hash_table_lookup (self->queues, id);

  if (level == NULL)
    {
      level = g_new0 (Level, 1);
      g_hash_table_insert (self->queues, (gpointer) id, level);
    }

  return level;
}

static void
note (Level *level, const ModelEvent *event, gint64 at_once)
{
  switch ((guint) event->outcome)
    {
    case MODEL_OUTCOME_ANSWERED:
      level->answered++;
      level->in_time += event->service_level != FALSE;
      break;
    case MODEL_OUTCOME_ABANDONED:
    case MODEL_OUTCOME_ABANDONED_RINGING:
      level->abandoned += event->duration > at_once;
      break;
    case MODEL_OUTCOME_TIMED_OUT:
      level->timed_out++;
      break;
    default:
      break;
    }
}

static gint64
at_once (Levels *self)
{
  return 1000 * (gint64) centre_definitions (self->centre)->settings.short_abandon_seconds;
}

void
levels_note (Levels *self, const ModelEvent *event)
{
  if (self->started < 0)
    self->started = event->seq - 1;
  if (event->type != MODEL_EVENT_REQUEST_ENDED || event->queue == NULL ||
      (event->kind != MODEL_REQUEST_NEW && event->kind != MODEL_REQUEST_TRANSFER))
    return;
  turn_page (self);
  note (level_of (self, event->queue), event, at_once (self));
}

/* --- the journal ------------------------------------------------------------------------------ */

static void
on_served (StoreRow *row, gpointer user_data)
{
  Level *level = level_of (user_data, store_row_text (row, 0));

  level->answered += (guint) store_row_int (row, 1);
  level->in_time += (guint) store_row_int (row, 2);
  level->abandoned += (guint) store_row_int (row, 3);
  level->timed_out += (guint) store_row_int (row, 4);
}

static gboolean
on_piece (gpointer user_data)
{
  Levels *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 until = MIN (self->next + ROWS, self->started);

  if (!store_query (centre_store (self->centre), &error, on_served, self, STORE_GET_JOURNAL_SERVED,
                    self->next, until, at_once (self)))
    {
      base_log_failure (BASE_LOG_WARNING, "centre", "levels_not_read", error);
      self->source = 0;
      return G_SOURCE_REMOVE;
    }
  self->next = until;
  if (until < self->started)
    return G_SOURCE_CONTINUE;
  self->known = TRUE;
  self->source = 0;

  return G_SOURCE_REMOVE;
}

static void
on_first (StoreRow *row, gpointer user_data)
{
  *(gint64 *) user_data = store_row_int (row, 0);
}

static void
begin (Levels *self)
{
  gint64 first = G_MAXINT64;

  if (self->started < 0)
    self->started = centre_seq (self->centre);
  store_query (centre_store (self->centre), NULL, on_first, &first, STORE_GET_JOURNAL_SINCE,
               self->day);
  self->next = MIN (first, self->started + 1) - 1;
  self->source = g_idle_add (on_piece, self);
}

gboolean
levels_of (Levels *self, const char *queue, Level *level)
{
  const Level *known;

  turn_page (self);
  if (!self->wanted && !self->known)
    begin (self);
  self->wanted = TRUE;
  known = g_hash_table_lookup (self->queues, queue);
  *level = known != NULL ? *known : (Level){ 0 };

  return self->known;
}
