/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a batch: its changes with their values, for the store and its backends. */
#pragma once

#include "server/store/backend.h"

#include <stdarg.h>

G_BEGIN_DECLS

struct _StoreBatch
{
  GArray *ops; /* StoreOp */
};

/* Reads arguments as the parameters say; free with store_values_free. */
StoreValue *store_values_new (const char *parameters, va_list arguments);
void store_values_free (StoreValue *values, guint n_values);

extern const char *const store_query_parameters[];

G_END_DECLS
