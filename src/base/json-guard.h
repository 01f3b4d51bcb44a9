/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard before json-glib, which overflows its stack on deep nesting and takes documents that
 * are not JSON: size, depth and strict RFC 8259 syntax, including UTF-8, numbers and trailing
 * garbage. Any thread, allocates nothing. */
#pragma once

#include <glib.h>

typedef struct
{
  gsize max_size;  /* bytes of the document */
  guint max_depth; /* arrays and objects within each other, at most 256 */
} BaseJsonLimits;

/* 1 MiB and 32 levels. */
extern const BaseJsonLimits base_json_default_limits;

/* base_json_guard: TRUE if data is one JSON document within limits (NULL: the default). Numbers
 * that neither a gint64 nor a finite double can hold, and escapes of lone surrogates, are refused
 * as syntax. */
gboolean
base_json_guard (const char *data, gsize length, const BaseJsonLimits *limits, GError **error);
