/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the header's views get by with the width that there is. They ask for none of their own, or no
 * window could become narrower; what they need is measured while they are seen. Main thread only.
 */

#include "desktop/header/header-room.h"

#include "desktop/widgets/util.h"

/* At 100 % text: below these a window looks crowded, whatever the language needs. */
#define SNUG_BELOW  1200
#define TIGHT_BELOW 1000

static int
width_of (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

gboolean
guichet_header_room_fit (GuichetHeaderRoom *self, GtkWidget *header, GtkWidget *views, int width)
{
  double scale = guichet_text_scale (header);
  gboolean snug, tight;

  if (!self->tight)
    self->needs[self->snug ? 1 : 0] = width_of (header) + width_of (views);
  snug = width < MAX ((int) (SNUG_BELOW * scale), self->needs[0]);
  tight = width < MAX ((int) (TIGHT_BELOW * scale), self->needs[1]);
  if (snug == self->snug && tight == self->tight)
    return FALSE;
  self->snug = snug;
  self->tight = tight;
  return TRUE;
}
