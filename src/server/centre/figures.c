/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of queues on their way to desks, once a second: each queue's are made into text when they
 * change, and joined for the agents who may serve it. A quarter of the agents at a time, so that
 * nobody else waits for thousands of messages. Centre's thread. */
#include "server/centre/figures.h"

#include "base/json.h"
#include "base/time-text.h"
#include "server/centre/centre-private.h"
#include "server/centre/render.h"

#define PARTS      4
#define EVERY_MS   250
#define NO_FIGURES ((AcdQueueView){ .longest_since = -1 })

typedef struct
{
  AcdQueueView view;
  char *text;
  gint64 round; /* in which it changed last */
} Figures;

struct _QueueFigures
{
  Centre *centre;
  GHashTable *queues; /* id → Figures */
  gint64 version;     /* of the definitions that they are of */
  gint64 round;
  guint source;
};

static void
figures_free (gpointer data)
{
  Figures *figures = data;

  g_free (figures->text);
  g_free (figures);
}

static gboolean
is_same (const AcdQueueView *a, const AcdQueueView *b)
{
  return a->open == b->open && a->waiting == b->waiting && a->longest_since == b->longest_since &&
         a->staffed == b->staffed && a->ready == b->ready && a->moves == b->moves;
}

static void
look_at (QueueFigures *self, const ModelQueue *queue)
{
  Figures *figures = g_hash_table_lookup (self->queues, queue->id);
  AcdQueueView view = { .longest_since = G_MAXINT64 };
  JsonObject *object;

  if (figures == NULL)
    {
      figures = g_new0 (Figures, 1);
      figures->view = NO_FIGURES;
      g_hash_table_insert (self->queues, g_strdup (queue->id), figures);
    }
  acd_core_queue_view (self->centre->core, queue->id, &view);
  /* Of calls the figures are all that desks show; of the rest there are lists that move with it. */
  if (queue->channel == MODEL_CHANNEL_VOICE)
    view.moves = 0;
  if (is_same (&view, &figures->view))
    return;
  object = render_queue_figures (self->centre, queue->id);
  figures->view = view;
  figures->round = self->round;
  g_free (figures->text);
  figures->text = base_json_to_text (object);
  json_object_unref (object);
}

/* The last round in which one of these queues changed. */
static gint64
newest_of (QueueFigures *self, const ModelAgent *agent)
{
  gint64 newest = 0;

  for (guint i = 0; agent->queues[i] != NULL; i++)
    {
      const Figures *figures = g_hash_table_lookup (self->queues, agent->queues[i]);

      newest = figures != NULL ? MAX (newest, figures->round) : newest;
    }

  return newest;
}

static char *
message_of (QueueFigures *self, const ModelAgent *agent)
{
  GString *text = g_string_new ("{\"type\":\"queue.figures\",\"queues\":[");
  const char *between = "";
  char time[BASE_TIME_TEXT_SIZE];

  for (guint i = 0; agent->queues[i] != NULL; i++)
    {
      const Figures *figures = g_hash_table_lookup (self->queues, agent->queues[i]);

      if (figures == NULL)
        continue;
      g_string_append_printf (text, "%s%s", between, figures->text);
      between = ",";
    }
  g_string_append_printf (text, "],\"at\":\"%s\"}",
                          base_time_write (centre_now (self->centre), time));

  return g_string_free (text, FALSE);
}

static void
tell (Session *session, gpointer user_data)
{
  QueueFigures *self = user_data;
  const ModelAgent *agent;
  g_autofree char *text = NULL;
  gint64 newest;

  if ((gint64) (session->number % PARTS) != self->round % PARTS)
    return;
  agent = model_definitions_agent (centre_definitions (self->centre), session->agent);
  if (agent == NULL || agent->queues == NULL ||
      !hub_has_listener (self->centre->hub, session->agent))
    return;
  newest = newest_of (self, agent);
  if (newest <= session->figures)
    return;
  session->figures = newest;
  text = message_of (self, agent);
  hub_tell_text (self->centre->hub, session->agent, text);
}

static gboolean
on_round (gpointer user_data)
{
  QueueFigures *self = user_data;
  const ModelDefinitions *definitions = centre_definitions (self->centre);

  if (definitions == NULL)
    return G_SOURCE_CONTINUE;
  self->round++;
  if (definitions->version != self->version)
    g_hash_table_remove_all (self->queues);
  self->version = definitions->version;
  for (guint i = 0; i < definitions->queues->len; i++)
    look_at (self, g_ptr_array_index (definitions->queues, i));
  sessions_each (self->centre->sessions, tell, self);

  return G_SOURCE_CONTINUE;
}

QueueFigures *
queue_figures_new (Centre *centre)
{
  QueueFigures *self = g_new0 (QueueFigures, 1);

  self->centre = centre;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, figures_free);
  self->source = g_timeout_add (EVERY_MS, on_round, self);

  return self;
}

void
queue_figures_free (QueueFigures *self)
{
  g_source_remove (self->source);
  g_hash_table_unref (self->queues);
  g_free (self);
}
