/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A queue as a supervisor sees one: who waits and for how long, who could answer, and how many were
 * answered in time today. Main thread only.
 */

#include "desktop/supervision/queue-row.h"

#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetQueueRow
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *which;
  GtkLabel *figures;
  GuichetTimerLabel *timer;

  GuichetLiveQueue *queue;
  gulong handler;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetQueueRow, guichet_queue_row, GTK_TYPE_WIDGET)

static char *
level_of (GuichetLiveQueue *queue)
{
  gint64 all = guichet_live_queue_get_of_today (queue);
  gint64 in_time = guichet_live_queue_get_in_time (queue);

  if (all < 0)
    return NULL;
  if (all == 0)
    return g_strdup (_ ("nobody today"));
  /* Translators: how many customers of a queue were answered in time today, "80 % in time today (4
   * of 5)" */
  return g_strdup_printf (_ ("%d %% in time today (%d of %d)"), (int) (100 * in_time / all),
                          (int) in_time, (int) all);
}

/* "3 waiting · 2 of 5 free · 80 % in time today (4 of 5)". */
static char *
figures_of (GuichetLiveQueue *queue)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  int waiting = (int) guichet_live_queue_get_waiting (queue);
  char *level = level_of (queue);

  if (!guichet_live_queue_get_open (queue))
    g_ptr_array_add (parts, g_strdup (_ ("closed")));
  g_ptr_array_add (
      parts, waiting > 0 ? g_strdup_printf (ngettext ("%d waiting", "%d waiting", (gulong) waiting),
                                            waiting)
                         : g_strdup (_ ("nobody waits")));
  /* Translators: agents who could take one now, of those who are in the queue */
  g_ptr_array_add (parts, g_strdup_printf (_ ("%d of %d agents free"),
                                           (int) guichet_live_queue_get_free (queue),
                                           (int) guichet_live_queue_get_staffed (queue)));
  if (level != NULL)
    g_ptr_array_add (parts, level);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static gboolean
refresh (gpointer data)
{
  GuichetQueueRow *self = data;
  const char *name = guichet_live_queue_get_name (self->queue);
  g_autofree char *figures = figures_of (self->queue);
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), name, figures);
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  self->refresh_id = 0;
  gtk_image_set_from_icon_name (
      self->icon, guichet_words_channel_icon (guichet_live_queue_get_channel (self->queue)));
  gtk_label_set_text (self->which, name);
  gtk_label_set_text (self->figures, figures);
  guichet_timer_label_set_kind (self->timer, GUICHET_TIMER_WAITING);
  guichet_timer_label_set_caption (self->timer, _ ("Longest wait"));
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP,
                                   guichet_live_queue_get_longest_since (self->queue));
  if (item != NULL)
    guichet_accessible_name (item, spoken);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetQueueRow *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

void
guichet_queue_row_set_queue (GuichetQueueRow *self, GuichetLiveQueue *queue)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->queue != NULL)
    g_clear_signal_handler (&self->handler, self->queue);
  g_set_object (&self->queue, queue);
  if (queue == NULL)
    return;
  self->handler = g_signal_connect_swapped (queue, "notify", G_CALLBACK (on_changed), self);
  refresh (self);
}

static void
guichet_queue_row_dispose (GObject *object)
{
  GuichetQueueRow *self = GUICHET_QUEUE_ROW (object);

  guichet_queue_row_set_queue (self, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_queue_row_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetQueueRow, name)

static void
guichet_queue_row_class_init (GuichetQueueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_queue_row_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/supervision/queue-row.ui");
  BIND (icon);
  BIND (which);
  BIND (figures);
  BIND (timer);
}

static void
guichet_queue_row_init (GuichetQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_queue_row_new (void)
{
  return g_object_new (GUICHET_TYPE_QUEUE_ROW, NULL);
}
