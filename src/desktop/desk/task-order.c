/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In what order the task list shows its work, and when what arrives takes its place in it. Main
 * thread only.
 */

#include "desktop/desk/task-order.h"

#include "client/session.h"

#include <math.h>

#define REST_MS 1500 /* the pointer has stood for so long: it is not on its way to a row */

struct _GuichetTaskHold
{
  GObject parent_instance;

  GHashTable *waiting;
  GtkCustomFilter *filter;
  double x, y;
  guint rest_id; /* the pointer moves over the list */
};

G_DEFINE_FINAL_TYPE (GuichetTaskHold, guichet_task_hold, G_TYPE_OBJECT)

static int
group_of (const char *channel)
{
  static const struct
  {
    const char *channel;
    int group;
  } groups[] = { { "voice", 0 }, { "facebook", 2 }, { "instagram", 2 }, { "email", 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].channel, channel))
      return groups[i].group;
  return 1;
}

static const char *
channel_of (gpointer item)
{
  return GUICHET_IS_OFFER (item) ? guichet_offer_get_channel (item)
                                 : guichet_interaction_get_channel (item);
}

/* Since when the agent has it before them. */
static gint64
since (gpointer item)
{
  GuichetParticipation *mine;

  if (GUICHET_IS_OFFER (item))
    return guichet_offer_get_created_at (item);
  mine = guichet_interaction_get_mine (item);
  return mine != NULL ? guichet_participation_get_joined_at (mine)
                      : guichet_interaction_get_created_at (item);
}

int
guichet_task_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  gpointer one = (gpointer) a, other = (gpointer) b;
  int groups = group_of (channel_of (one)) - group_of (channel_of (other));
  gint64 at = since (one), than = since (other);

  if (groups != 0)
    return groups;
  return at > than ? -1 : at < than;
}

/* --- what waits ------------------------------------------------------------------------------- */

static void
changed (GuichetTaskHold *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_LESS_STRICT);
}

static gboolean
on_rest (gpointer data)
{
  GuichetTaskHold *self = data;

  self->rest_id = 0;
  if (g_hash_table_size (self->waiting) > 0)
    {
      g_hash_table_remove_all (self->waiting);
      changed (self);
    }
  return G_SOURCE_REMOVE;
}

/* The toolkit also tells of a pointer that stands, when what is under it changes. */
static void
on_motion (GuichetTaskHold *self, double x, double y)
{
  if (fabs (x - self->x) < 1 && fabs (y - self->y) < 1)
    return;
  self->x = x;
  self->y = y;
  g_clear_handle_id (&self->rest_id, g_source_remove);
  /* Behind what was moved meanwhile and not told yet. */
  self->rest_id = g_timeout_add_full (G_PRIORITY_LOW, REST_MS, on_rest, self, NULL);
}

static void
on_leave (GuichetTaskHold *self)
{
  g_clear_handle_id (&self->rest_id, g_source_remove);
  on_rest (self);
}

static void
on_items (GListModel *items, guint position, guint removed, guint added, GuichetTaskHold *self)
{
  for (guint i = position; self->rest_id != 0 && removed == 0 && i < position + added; i++)
    g_hash_table_add (self->waiting, g_list_model_get_item (items, i));
}

static gboolean
is_shown (gpointer item, gpointer self)
{
  return !g_hash_table_contains (GUICHET_TASK_HOLD (self)->waiting, item);
}

static void
guichet_task_hold_dispose (GObject *object)
{
  GuichetTaskHold *self = GUICHET_TASK_HOLD (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_hash_table_remove_all (self->waiting);
  gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  G_OBJECT_CLASS (guichet_task_hold_parent_class)->dispose (object);
}

static void
guichet_task_hold_finalize (GObject *object)
{
  GuichetTaskHold *self = GUICHET_TASK_HOLD (object);

  g_hash_table_unref (self->waiting);
  g_object_unref (self->filter);
  G_OBJECT_CLASS (guichet_task_hold_parent_class)->finalize (object);
}

static void
guichet_task_hold_class_init (GuichetTaskHoldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_task_hold_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_task_hold_finalize;
}

static void
guichet_task_hold_init (GuichetTaskHold *self)
{
  self->waiting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
}

GuichetTaskHold *
guichet_task_hold_new (void)
{
  return g_object_new (GUICHET_TYPE_TASK_HOLD, NULL);
}

GListModel *
guichet_task_hold_add (GuichetTaskHold *self, GListModel *items)
{
  /* Before the filter asks. */
  g_signal_connect_object (items, "items-changed", G_CALLBACK (on_items), self, 0);
  return G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (items), g_object_ref (GTK_FILTER (self->filter))));
}

void
guichet_task_hold_watch (GuichetTaskHold *self, GtkWidget *place)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_leave), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (place, motion);
}

void
guichet_task_hold_let (GuichetTaskHold *self, gpointer item)
{
  if (g_hash_table_remove (self->waiting, item))
    changed (self);
}
