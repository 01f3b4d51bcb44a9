/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetParked: a parked call that this agent may fetch. Read-only, notifying: id s (of its
 * interaction), place i, by s (an agent), by-name s, queue-name s, fetched-by s (an agent, or ""),
 * since i, until i, customer-number s, customer-name s, customer s. */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_PARKED guichet_parked_get_type ()
G_DECLARE_FINAL_TYPE (GuichetParked, guichet_parked, GUICHET, PARKED, GuichetRecord)

const char *guichet_parked_get_id (GuichetParked *self);
gint64 guichet_parked_get_place (GuichetParked *self);
const char *guichet_parked_get_by (GuichetParked *self);
const char *guichet_parked_get_by_name (GuichetParked *self);
const char *guichet_parked_get_queue_name (GuichetParked *self);
const char *guichet_parked_get_fetched_by (GuichetParked *self);
gint64 guichet_parked_get_since (GuichetParked *self);
gint64 guichet_parked_get_until (GuichetParked *self);
const char *guichet_parked_get_customer_number (GuichetParked *self);
const char *guichet_parked_get_customer_name (GuichetParked *self);
