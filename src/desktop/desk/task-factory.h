/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Shows pieces of work, offers and headings, each in a GuichetTaskRow. */
GtkListItemFactory *guichet_task_factory_new (void);
