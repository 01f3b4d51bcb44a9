/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Which kinds of the directory are looked for: everything, people, groups, numbers. Emits
 * "changed". */
#define GUICHET_TYPE_KIND_FILTER (guichet_kind_filter_get_type ())
G_DECLARE_FINAL_TYPE (GuichetKindFilter, guichet_kind_filter, GUICHET, KIND_FILTER, GtkWidget)

GtkWidget *guichet_kind_filter_new (void);
/* As guichet_directory_ask () takes them. */
const char *guichet_kind_filter_get (GuichetKindFilter *self);
/* Everything again, without a word. */
void guichet_kind_filter_reset (GuichetKindFilter *self);
