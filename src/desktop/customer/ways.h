/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/customer.h"

#include <gtk/gtk.h>

/* The channels in which a customer has addresses; the first is the telephone. Ends with NULL. */
const char *const *guichet_ways_channels (void);
/* What an address of this channel is called. */
const char *guichet_ways_word (const char *channel);

/* Name, numbers and addresses in one line. name NULL: without it. Pairs: channel, address. */
char *guichet_ways_line (const char *name, const char *const *ways);

/* A list in rows: icon, channel and address. */
GtkWidget *guichet_ways_list_new (const char *name);
void guichet_ways_list_fill (GtkListBox *list, const char *const *ways);
