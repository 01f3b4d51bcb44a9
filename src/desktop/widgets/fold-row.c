/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line, or two where one has no room: in large text, long languages and small windows. Owns its
 * children. Main thread only.
 */

#include "desktop/widgets/fold-row.h"

#include "desktop/widgets/util.h"

#define SPACING 8

struct _GuichetFoldRow
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetFoldRow, guichet_fold_row, GTK_TYPE_WIDGET)

typedef struct
{
  GtkWidget *lead, *trail;
  int lead_width, trail_width;
  gboolean folded;
  gboolean alone; /* the first is hidden */
} Lines;

static gboolean
expands (GtkWidget *child)
{
  return gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

static void
measure_width (GtkWidget *child, int *minimum, int *natural)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

/* How the children share a width; -1: as much as they like. */
static Lines
lines_at (GtkWidget *row, int width)
{
  Lines lines = { .lead = gtk_widget_get_first_child (row),
                  .trail = gtk_widget_get_last_child (row) };
  int lead_min, lead_nat, trail_min, trail_nat;

  measure_width (lines.lead, &lead_min, &lead_nat);
  measure_width (lines.trail, &trail_min, &trail_nat);
  if (width < 0)
    width = lead_nat + SPACING + trail_nat;
  lines.alone = !gtk_widget_get_visible (lines.lead);
  lines.folded = !lines.alone && lead_min + SPACING + trail_min > width;
  if (lines.folded || lines.alone)
    {
      lines.lead_width = lines.alone ? 0 : MAX (width, lead_min);
      lines.trail_width = MAX (width, trail_min);
      return lines;
    }
  width -= SPACING;
  if (expands (lines.lead) && expands (lines.trail))
    lines.lead_width = CLAMP (width / 2, lead_min, width - trail_min);
  else if (expands (lines.lead))
    lines.lead_width = width - MIN (trail_nat, width - lead_min);
  else
    lines.lead_width = MIN (lead_nat, width - trail_min);
  lines.trail_width = width - lines.lead_width;
  return lines;
}

static int
height_of (GtkWidget *child, int width, gboolean natural)
{
  int minimum, wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &wanted, NULL, NULL);
  return natural ? wanted : minimum;
}

static int
height_at (const Lines *lines, gboolean natural)
{
  int lead = lines->alone ? 0 : height_of (lines->lead, lines->lead_width, natural);
  int trail = height_of (lines->trail, lines->trail_width, natural);

  return lines->folded ? lead + SPACING + trail : MAX (lead, trail);
}

static GtkSizeRequestMode
guichet_fold_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
guichet_fold_row_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  Lines lines = lines_at (widget, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1);
  int lead_min, lead_nat, trail_min, trail_nat;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = height_at (&lines, FALSE);
      *natural = height_at (&lines, TRUE);
      return;
    }
  measure_width (lines.lead, &lead_min, &lead_nat);
  measure_width (lines.trail, &trail_min, &trail_nat);
  *minimum = MAX (lead_min, trail_min);
  *natural = lines.alone ? trail_nat : lead_nat + SPACING + trail_nat;
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation at = { x, y, width, height };

  gtk_widget_size_allocate (child, &at, -1);
}

static void
guichet_fold_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Lines lines = lines_at (widget, width);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int top;

  if (lines.alone)
    {
      place (lines.trail, 0, 0, width, height);
      return;
    }
  if (!lines.folded)
    {
      place (lines.lead, rtl ? width - lines.lead_width : 0, 0, lines.lead_width, height);
      place (lines.trail, rtl ? 0 : width - lines.trail_width, 0, lines.trail_width, height);
      return;
    }
  top = MAX (height - SPACING - height_of (lines.trail, lines.trail_width, TRUE),
             height_of (lines.lead, lines.lead_width, FALSE));
  place (lines.lead, 0, 0, lines.lead_width, top);
  place (lines.trail, 0, top + SPACING, lines.trail_width, MAX (height - top - SPACING, 0));
}

static void
guichet_fold_row_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_fold_row_parent_class)->dispose (object);
}

static void
guichet_fold_row_class_init (GuichetFoldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_fold_row_dispose;
  widget_class->get_request_mode = guichet_fold_row_get_request_mode;
  widget_class->measure = guichet_fold_row_measure;
  widget_class->size_allocate = guichet_fold_row_size_allocate;
}

static void
guichet_fold_row_init (GuichetFoldRow *self)
{
}
