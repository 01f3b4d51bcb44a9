/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Run-time ids and their text: the letter of the kind, then the number in base 32 without leading
 * zeros. Pure functions. */
#include "model/ids.h"

#include <string.h>

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

ModelId
model_id_make (guint16 node, guint64 counter)
{
  return ((ModelId) node << MODEL_ID_COUNTER_BITS) |
         (counter & ((G_GUINT64_CONSTANT (1) << MODEL_ID_COUNTER_BITS) - 1));
}

guint16
model_id_node (ModelId id)
{
  return (guint16) (id >> MODEL_ID_COUNTER_BITS);
}

guint64
model_id_counter (ModelId id)
{
  return id & ((G_GUINT64_CONSTANT (1) << MODEL_ID_COUNTER_BITS) - 1);
}

const char *
model_id_to_text (ModelIdKind kind, ModelId id, char *text)
{
  char reversed[MODEL_ID_TEXT_SIZE];
  int n = 0;

  do
    {
      reversed[n++] = digits[id & 31];
      id >>= 5;
    }
  while (id != 0);
  text[0] = (char) kind;
  for (int i = 0; i < n; i++)
    text[1 + i] = reversed[n - 1 - i];
  text[1 + n] = '\0';
  return text;
}

gboolean
model_id_from_text (ModelIdKind kind, const char *text, ModelId *id)
{
  ModelId value = 0;
  gsize length;

  if (text == NULL || text[0] != (char) kind)
    return FALSE;
  length = strlen (text + 1);
  if (length == 0 || length > 13 || text[1] == '0')
    return FALSE;
  for (const char *c = text + 1; *c != '\0'; c++)
    {
      const char *digit = strchr (digits, *c);
      if (digit == NULL || (value >> 59) != 0)
        return FALSE;
      value = (value << 5) | (guint64) (digit - digits);
    }
  *id = value;
  return TRUE;
}
