/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A typed value as the centre takes it, and what the centre has instead. Stateless. Inside this
 * room. */
#pragma once

#include "client/row.h"

#include <json-glib/json-glib.h>

JsonObject *guichet_row_to_json (const GuichetRow *row);
/* Where it is PUT or, a message, POSTed. */
char *guichet_row_path (const GuichetRow *row);
const char *guichet_row_method (const GuichetRow *row);
/* The centre's newer value out of a 409: text, value, id or ids with its revision. */
char *guichet_row_read_current (JsonObject *problem, gint64 *revision);
