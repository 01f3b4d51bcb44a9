/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places what is being worked on. Two chats have columns of the same width; where there is no room
 * for both the one that is being worked on is there alone. Main thread only.
 */

#include "desktop/desk/work-layout.h"

#include "desktop/widgets/util.h"

/* Of one of two chats, at 96 dpi text. */
#define COLUMN_WIDTH 360

struct _GuichetWorkLayout
{
  GtkWidget parent_instance;

  GtkWidget *call;
  GtkWidget *below;
  GtkWidget *chats[GUICHET_WORK_COLUMNS];
  guint n_chats;
  guint current;
  gboolean two;  /* wanted */
  gboolean both; /* there is room */
  guint notify_id;
};

G_DEFINE_FINAL_TYPE (GuichetWorkLayout, guichet_work_layout, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BOTH,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  gtk_widget_measure (widget, orientation, for_size, minimum, natural, NULL, NULL);
}

static int
minimum_width (GtkWidget *widget)
{
  int minimum, natural;

  measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
  return minimum;
}

static gboolean
shows_call (GuichetWorkLayout *self)
{
  return gtk_widget_get_visible (self->call);
}

/* Of the widest of those that are shown. */
static int
column_width (GuichetWorkLayout *self)
{
  int widest = (int) (COLUMN_WIDTH * guichet_text_scale (GTK_WIDGET (self)));

  for (guint i = 0; i < self->n_chats; i++)
    widest = MAX (widest, minimum_width (self->chats[i]));
  return widest;
}

static GtkWidget *
top_of (GuichetWorkLayout *self)
{
  return shows_call (self) ? self->call : self->chats[self->current];
}

static GtkSizeRequestMode
guichet_work_layout_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* One column must do: two are for those who have the room. */
static void
guichet_work_layout_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  GuichetWorkLayout *self = GUICHET_WORK_LAYOUT (widget);
  int width = orientation == GTK_ORIENTATION_VERTICAL && for_size > 0 && self->both
                  ? for_size / GUICHET_WORK_COLUMNS
                  : for_size;
  int below_minimum, below_natural;

  measure (top_of (self), orientation, width, minimum, natural);
  measure (self->below, orientation, width, &below_minimum, &below_natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, below_minimum);
      *natural = MAX (*natural, below_natural);
      return;
    }
  *minimum += below_minimum;
  *natural += below_natural;
}

static gboolean
notify_both (gpointer data)
{
  GuichetWorkLayout *self = data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BOTH]);
  return G_SOURCE_REMOVE;
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation at = { x, y, width, height };

  gtk_widget_size_allocate (child, &at, -1);
}

/* The rest below the call; below a chat as much as is wanted, while the chat keeps what it needs.
 */
static int
height_below (GuichetWorkLayout *self, int width, int height)
{
  int top_minimum, top_natural, minimum, natural;

  if (!gtk_widget_get_visible (self->below))
    return 0;
  measure (top_of (self), GTK_ORIENTATION_VERTICAL, width, &top_minimum, &top_natural);
  measure (self->below, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural);
  if (shows_call (self))
    return MAX (height - top_natural, minimum);
  return MAX (MIN (natural, height - top_minimum), minimum);
}

static void
guichet_work_layout_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GuichetWorkLayout *self = GUICHET_WORK_LAYOUT (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean both = !shows_call (self) && self->two && width >= guichet_work_layout_get_wanted (self);
  int column = both ? width / GUICHET_WORK_COLUMNS : width;
  int below, left = 0;

  if (both != self->both)
    {
      /* Not from inside an allocation. */
      self->both = both;
      if (self->notify_id == 0)
        self->notify_id = g_idle_add (notify_both, self);
    }
  below = height_below (self, column, height);
  if (shows_call (self))
    place (self->call, 0, 0, width, height - below);
  for (guint i = 0; i < self->n_chats && !shows_call (self); i++)
    {
      gboolean shown = both || i == self->current;
      guint at = rtl ? GUICHET_WORK_COLUMNS - 1 - i : i;
      int x = both ? (int) at * column : 0;

      gtk_widget_set_child_visible (self->chats[i], shown);
      if (!shown)
        continue;
      place (self->chats[i], x, 0, column, height - (i == self->current ? below : 0));
      if (i == self->current)
        left = x;
    }
  if (gtk_widget_get_visible (self->below))
    place (self->below, left, height - below, column, below);
}

static void
guichet_work_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, GUICHET_WORK_LAYOUT (object)->both);
}

static void
guichet_work_layout_dispose (GObject *object)
{
  GuichetWorkLayout *self = GUICHET_WORK_LAYOUT (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  self->n_chats = 0;
  G_OBJECT_CLASS (guichet_work_layout_parent_class)->dispose (object);
}

static void
guichet_work_layout_class_init (GuichetWorkLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_work_layout_dispose;
  object_class->get_property = guichet_work_layout_get_property;
  widget_class->get_request_mode = guichet_work_layout_get_request_mode;
  widget_class->measure = guichet_work_layout_measure;
  widget_class->size_allocate = guichet_work_layout_size_allocate;
  props[PROP_BOTH] =
      g_param_spec_boolean ("both", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
guichet_work_layout_init (GuichetWorkLayout *self)
{
}

GtkWidget *
guichet_work_layout_new (GtkWidget *call, GtkWidget *below)
{
  GuichetWorkLayout *self = g_object_new (GUICHET_TYPE_WORK_LAYOUT, NULL);

  self->call = call;
  self->below = below;
  gtk_widget_set_parent (call, GTK_WIDGET (self));
  gtk_widget_set_parent (below, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
guichet_work_layout_add_chat (GuichetWorkLayout *self, GtkWidget *chat)
{
  g_return_if_fail (self->n_chats < GUICHET_WORK_COLUMNS);

  self->chats[self->n_chats++] = chat;
  /* Before what is noted, in the order of reading. */
  gtk_widget_insert_before (chat, GTK_WIDGET (self), self->below);
}

void
guichet_work_layout_show_call (GuichetWorkLayout *self)
{
  gtk_widget_set_visible (self->call, TRUE);
  for (guint i = 0; i < self->n_chats; i++)
    gtk_widget_set_visible (self->chats[i], FALSE);
  self->two = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
guichet_work_layout_show_chat (GuichetWorkLayout *self, guint column, gboolean two)
{
  g_return_if_fail (column < self->n_chats);

  gtk_widget_set_visible (self->call, FALSE);
  self->current = column;
  self->two = two && self->n_chats == GUICHET_WORK_COLUMNS;
  for (guint i = 0; i < self->n_chats; i++)
    gtk_widget_set_visible (self->chats[i], self->two || i == column);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
guichet_work_layout_get_both (GuichetWorkLayout *self)
{
  return self->both;
}

int
guichet_work_layout_get_wanted (GuichetWorkLayout *self)
{
  return column_width (self) * GUICHET_WORK_COLUMNS;
}
