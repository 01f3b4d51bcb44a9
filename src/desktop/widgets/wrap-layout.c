/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of widgets that goes on below (libadwaita has its own from 1.7 only; a flow box stops at
 * what cannot have the focus). Main thread only.
 */

#include "desktop/widgets/wrap-layout.h"

#define SPACING 6

struct _GuichetWrapLayout
{
  GtkLayoutManager parent_instance;

  gboolean even;
};

G_DEFINE_FINAL_TYPE (GuichetWrapLayout, guichet_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_0,
  PROP_EVEN,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* Of a line that is being filled. */
typedef struct
{
  int x, y, height;
  int width;  /* of all */
  int column; /* of each, where all are even; else 0 */
} Line;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

#define FOR_EACH_SHOWN(child, widget)                                                              \
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); (child) != NULL;       \
       (child) = next_shown (gtk_widget_get_next_sibling (child)))

static void
widths (GtkWidget *widget, int *minimum, int *widest, int *all)
{
  *minimum = *widest = *all = 0;
  FOR_EACH_SHOWN (child, widget)
  {
    int least, natural;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
    *minimum = MAX (*minimum, least);
    *widest = MAX (*widest, natural);
    *all += natural + (*all > 0 ? SPACING : 0);
  }
}

static Line
line_of (GuichetWrapLayout *self, GtkWidget *widget, int width)
{
  Line line = { .width = width };
  int minimum, widest, all, columns, n = 0;

  if (!self->even)
    return line;
  widths (widget, &minimum, &widest, &all);
  FOR_EACH_SHOWN (child, widget)
  n++;
  columns = CLAMP ((width + SPACING) / MAX (widest + SPACING, 1), 1, MAX (n, 1));
  line.column = MAX ((width - (columns - 1) * SPACING) / columns, 1);
  return line;
}

/* Where the next child stands; all on one line are as high as the highest so far. */
static GtkAllocation
add (Line *line, GtkWidget *child)
{
  GtkAllocation at;
  int minimum, natural, height;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  at.width = MAX (MIN (line->column > 0 ? line->column : natural, line->width), minimum);
  if (line->x > 0 && line->x + at.width > line->width)
    {
      line->x = 0;
      line->y += line->height + SPACING;
      line->height = 0;
    }
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, at.width, NULL, &height, NULL, NULL);
  line->height = MAX (line->height, height);
  at.x = line->x;
  at.y = line->y;
  at.height = height;
  line->x += at.width + SPACING;
  return at;
}

static GtkSizeRequestMode
guichet_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
guichet_wrap_layout_measure (GtkLayoutManager *manager,
                             GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  GuichetWrapLayout *self = GUICHET_WRAP_LAYOUT (manager);
  int least, widest, all;
  Line line;

  widths (widget, &least, &widest, &all);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = all;
      return;
    }
  line = line_of (self, widget, for_size >= 0 ? for_size : all);
  FOR_EACH_SHOWN (child, widget)
  add (&line, child);
  *minimum = *natural = line.y + line.height;
}

static void
guichet_wrap_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget *widget,
                              int width,
                              int height,
                              int baseline)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Line line = line_of (GUICHET_WRAP_LAYOUT (manager), widget, width);

  FOR_EACH_SHOWN (child, widget)
  {
    GtkAllocation at = add (&line, child);

    if (rtl)
      at.x = width - at.x - at.width;
    gtk_widget_size_allocate (child, &at, -1);
  }
}

static void
guichet_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GuichetWrapLayout *self = GUICHET_WRAP_LAYOUT (object);

  if (self->even == g_value_get_boolean (value))
    return;
  self->even = g_value_get_boolean (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
guichet_wrap_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, GUICHET_WRAP_LAYOUT (object)->even);
}

static void
guichet_wrap_layout_class_init (GuichetWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = guichet_wrap_layout_set_property;
  G_OBJECT_CLASS (klass)->get_property = guichet_wrap_layout_get_property;
  layout_class->get_request_mode = guichet_wrap_layout_get_request_mode;
  layout_class->measure = guichet_wrap_layout_measure;
  layout_class->allocate = guichet_wrap_layout_allocate;
  props[PROP_EVEN] =
      g_param_spec_boolean ("even", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
guichet_wrap_layout_init (GuichetWrapLayout *self)
{
}

GtkLayoutManager *
guichet_wrap_layout_new (gboolean even)
{
  return g_object_new (GUICHET_TYPE_WRAP_LAYOUT, "even", even, NULL);
}
