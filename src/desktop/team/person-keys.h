/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/* Search and order of people by their names: what both need of a name is made once and kept with
 * the object of the person, as long as the name is the same. */

/* Whether each word of the search, folded, is in some part of the name. NULL or "" finds all. */
gboolean guichet_person_matches (GObject *person, const char *name, const char *folded);

/* As the language orders names. */
int guichet_person_compare (GObject *a, const char *name_of_a, GObject *b, const char *name_of_b);
