/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What the header has room for. */
typedef struct
{
  gboolean snug;  /* the views' names below their icons */
  gboolean tight; /* no views */
  int needs[2];   /* its width with the names beside the icons, and below them */
} GuichetHeaderRoom;

/* For a window of this width; the views show what was said before. TRUE: it is another now. */
gboolean
guichet_header_room_fit (GuichetHeaderRoom *self, GtkWidget *header, GtkWidget *views, int width);
