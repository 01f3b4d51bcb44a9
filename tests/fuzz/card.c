/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: card numbers in what people write. Nothing but numbers is changed, and masking the
 * masked changes nothing. */
#include "fuzz.h"

#include "base/card-data.h"

#define MASKED_SIZE (strlen (BASE_CARD_MASK) + 4)

static gsize
digits_of (const char *text)
{
  gsize n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    n += g_unichar_isdigit (g_utf8_get_char (at)) ? 1 : 0;

  return n;
}

/* Its parts between the masks stand in the text, in this order. */
static void
check_rest (const char *text, const char *masked)
{
  g_auto (GStrv) parts = g_strsplit (masked, BASE_CARD_MASK, -1);
  const char *at = text;

  g_assert_true (g_str_has_prefix (text, parts[0]));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = parts[i] + (i > 0 ? 4 : 0);

      at = strstr (at, part);
      g_assert_nonnull (at);
      at += strlen (part);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autofree char *masked = base_card_mask (text);
  g_autofree char *again = masked != NULL ? base_card_mask (masked) : NULL;

  g_assert_null (again);
  g_assert_cmpint (base_card_found (text), ==, masked != NULL);
  if (masked == NULL)
    return 0;
  g_assert_true (g_utf8_validate (masked, -1, NULL));
  g_assert_true (strstr (masked, BASE_CARD_MASK) != NULL);
  g_assert_cmpuint (digits_of (masked), <=, digits_of (text) - 9);
  g_assert_cmpuint (strlen (masked), <=, strlen (text) + strlen (text) / 13 * MASKED_SIZE);
  if (strstr (text, "•") == NULL)
    check_rest (text, masked);

  return 0;
}
