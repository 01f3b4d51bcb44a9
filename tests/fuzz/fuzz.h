/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fuzz target is: one function that is given bytes and must neither crash nor break what it
 * asserts. `tools/fuzz` links it with libFuzzer; an ordinary build links it with short.c, which
 * goes over the corpus (corpus/NAME/) and mutations of it by NAME.dict with a fixed seed. */
#pragma once

#include <glib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The bytes as a C string without its zero bytes' sequel; free with g_free. */
static inline char *
fuzz_text (const guint8 *data, gsize size)
{
  return g_strndup ((const char *) data, size);
}

/* Takes a line from the front of the bytes, for targets with several arguments. Free with g_free.
 */
static inline char *
fuzz_line (const guint8 **data, gsize *size)
{
  const guint8 *end = *size > 0 ? memchr (*data, '\n', *size) : NULL;
  gsize length = end != NULL ? (gsize) (end - *data) : *size;
  char *line = g_strndup ((const char *) *data, length);

  *data += length + (end != NULL);
  *size -= length + (end != NULL);

  return line;
}
