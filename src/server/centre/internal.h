/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls from colleague to colleague: whom they are to, and who is at the other end for each of the
 * two. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/centre/record.h"

G_BEGIN_DECLS

/* The caller stands in the customer's place for who is called. */
void internal_begin (Centre *centre, Record *record);
/* For the core, as the caller's station is there. */
void internal_aim (const Record *record, AcdCommand *command);
/* The other one's name and own number for @agent, or NULL: nobody has come yet. */
const char *internal_name_for (Centre *centre, const Record *record, const char *agent);
const char *internal_number_for (Centre *centre, const Record *record, const char *agent);

G_END_DECLS
