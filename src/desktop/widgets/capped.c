/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scrolled window asks its child how high it would be at its own width, not at the one that there
 * is, which is too much for what wraps, or too little. Main thread only.
 */

#include "desktop/widgets/capped.h"

#include "desktop/widgets/util.h"

struct _GuichetCapped
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *child; /* inside it */
  int height;
};

/* What scrolls is seen this high at least. */
#define LEAST 120

G_DEFINE_FINAL_TYPE (GuichetCapped, guichet_capped, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
guichet_capped_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
guichet_capped_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  GuichetCapped *self = GUICHET_CAPPED (widget);
  int most, least_inside, inside;

  gtk_widget_measure (self->scroller, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) /* however high: it scrolls */
    {
      gtk_widget_measure (self->child, orientation, -1, &least_inside, &inside, NULL, NULL);
      *natural = MAX (*natural, inside);
      return;
    }
  gtk_widget_measure (self->child, orientation, for_size, &least_inside, &inside, NULL, NULL);
  most = (int) ((self->height > 0 ? self->height : LEAST * 2) *
                MIN (guichet_text_scale (widget), 1.4));
  *minimum = MAX (*minimum, MIN (inside, most / 2));
  *natural = MAX (*minimum, self->height > 0 ? MIN (inside, most) : inside);
}

static void
guichet_capped_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (GUICHET_CAPPED (widget)->scroller,
                            &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
guichet_capped_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_capped_parent_class)->dispose (object);
}

static void
guichet_capped_class_init (GuichetCappedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_capped_dispose;
  widget_class->get_request_mode = guichet_capped_get_request_mode;
  widget_class->measure = guichet_capped_measure;
  widget_class->size_allocate = guichet_capped_size_allocate;
}

static void
guichet_capped_init (GuichetCapped *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
guichet_capped_new (GtkWidget *child, int height)
{
  GuichetCapped *self = g_object_new (GUICHET_TYPE_CAPPED, NULL);

  self->child = child;
  self->height = height;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), child);
  return GTK_WIDGET (self);
}
