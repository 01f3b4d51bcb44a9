/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The three panes of the desk in one row, or in a narrow window two with the side pane in the
 * middle's place (libadwaita 1.2 has no breakpoints). Main thread only.
 */

#include "desktop/desk/desk-layout.h"

#include "desktop/widgets/util.h"

/* At 96 dpi text; wider text moves the threshold with it. */
#define NARROW_BELOW 1100
#define LIST_WIDTH   290
#define SIDE_WIDTH   330
/* Of a window that has no room for what wide text wants. */
#define LIST_SHARE 0.36

struct _GuichetDeskLayout
{
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkWidget *middle;
  GtkWidget *side;
  gboolean has_side;
  gboolean narrow;
  gboolean show_side;
  int wanted; /* width of the middle, before the side */
  guint notify_id;
};

G_DEFINE_FINAL_TYPE (GuichetDeskLayout, guichet_desk_layout, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_NARROW,
  PROP_SHOW_SIDE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static int
minimum_of (GtkWidget *widget, int for_size, GtkOrientation orientation)
{
  int minimum = 0;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
guichet_desk_layout_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  GuichetDeskLayout *self = GUICHET_DESK_LAYOUT (widget);
  int list = minimum_of (self->list, -1, orientation);
  int middle = minimum_of (self->middle, -1, orientation);
  int side = minimum_of (self->side, -1, orientation);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = list + MAX (middle, side);
      *natural = MAX (*minimum, LIST_WIDTH + SIDE_WIDTH + middle);
    }
  else
    *minimum = *natural = MAX (list, MAX (middle, side));
}

static gboolean
notify_narrow (gpointer data)
{
  GuichetDeskLayout *self = data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

static void
place (GtkWidget *child, int x, int width, int height)
{
  GtkAllocation at = { x, 0, width, height };

  gtk_widget_size_allocate (child, &at, -1);
}

static void
guichet_desk_layout_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GuichetDeskLayout *self = GUICHET_DESK_LAYOUT (widget);
  double scale = guichet_text_scale (widget);
  int list = MAX ((int) MIN (LIST_WIDTH * scale, MAX (LIST_WIDTH, width * LIST_SHARE)),
                  minimum_of (self->list, -1, GTK_ORIENTATION_HORIZONTAL));
  int side = MAX (SIDE_WIDTH, minimum_of (self->side, -1, GTK_ORIENTATION_HORIZONTAL));
  int middle = minimum_of (self->middle, -1, GTK_ORIENTATION_HORIZONTAL);
  gboolean yields = width >= list + self->wanted && width < list + side + self->wanted;
  gboolean narrow = width < NARROW_BELOW * scale || width < list + side + middle || yields;
  gboolean both = !narrow && self->has_side;

  if (narrow != self->narrow)
    {
      /* Not from inside an allocation: who listens may want another one. */
      self->narrow = narrow;
      if (self->notify_id == 0)
        self->notify_id = g_idle_add (notify_narrow, self);
    }
  if (narrow && width < list + MAX (middle, side))
    list =
        MAX (width - MAX (middle, side), minimum_of (self->list, -1, GTK_ORIENTATION_HORIZONTAL));
  gtk_widget_set_child_visible (self->middle, !narrow || !self->show_side);
  gtk_widget_set_child_visible (self->side, both || (narrow && self->show_side));
  place (self->list, 0, list, height);
  if (!both)
    place (narrow && self->show_side ? self->side : self->middle, list, width - list, height);
  else
    {
      place (self->middle, list, width - list - side, height);
      place (self->side, width - side, side, height);
    }
}

static void
guichet_desk_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GuichetDeskLayout *self = GUICHET_DESK_LAYOUT (object);

  if (id == PROP_NARROW)
    g_value_set_boolean (value, self->narrow);
  else
    g_value_set_boolean (value, self->show_side);
}

static void
guichet_desk_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  guichet_desk_layout_set_show_side (GUICHET_DESK_LAYOUT (object), g_value_get_boolean (value));
}

static void
guichet_desk_layout_dispose (GObject *object)
{
  GuichetDeskLayout *self = GUICHET_DESK_LAYOUT (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_desk_layout_parent_class)->dispose (object);
}

static void
guichet_desk_layout_class_init (GuichetDeskLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_desk_layout_dispose;
  object_class->get_property = guichet_desk_layout_get_property;
  object_class->set_property = guichet_desk_layout_set_property;
  widget_class->measure = guichet_desk_layout_measure;
  widget_class->size_allocate = guichet_desk_layout_size_allocate;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_SIDE] =
      g_param_spec_boolean ("show-side", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
guichet_desk_layout_init (GuichetDeskLayout *self)
{
}

GtkWidget *
guichet_desk_layout_new (GtkWidget *list, GtkWidget *middle, GtkWidget *side)
{
  GuichetDeskLayout *self = g_object_new (GUICHET_TYPE_DESK_LAYOUT, NULL);

  self->list = list;
  self->middle = middle;
  self->side = side;
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  gtk_widget_set_parent (middle, GTK_WIDGET (self));
  gtk_widget_set_parent (side, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

gboolean
guichet_desk_layout_get_narrow (GuichetDeskLayout *self)
{
  return self->narrow;
}

void
guichet_desk_layout_set_show_side (GuichetDeskLayout *self, gboolean show)
{
  if (self->show_side == show)
    return;
  self->show_side = show;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_SIDE]);
}

void
guichet_desk_layout_set_has_side (GuichetDeskLayout *self, gboolean has)
{
  if (self->has_side == has)
    return;
  self->has_side = has;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
guichet_desk_layout_set_wanted (GuichetDeskLayout *self, int width)
{
  if (self->wanted == width)
    return;
  self->wanted = width;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
guichet_desk_layout_get_show_side (GuichetDeskLayout *self)
{
  return self->show_side;
}
