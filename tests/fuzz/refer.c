/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: the Refer-To of a REFER, with its Replaces. */
#include "fuzz.h"

#include "telephony/refer.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (TelRefer) refer = { 0 };

  if (!tel_refer_read (text, &refer))
    {
      g_assert_null (refer.uri);
      return 0;
    }
  g_assert_nonnull (refer.uri);
  g_assert_true ((refer.call_id != NULL) == (refer.to_tag != NULL));
  g_assert_true ((refer.call_id != NULL) == (refer.from_tag != NULL));
  for (const char *at = refer.call_id; at != NULL && *at != '\0'; at++)
    g_assert_true (g_ascii_isprint (*at));
  return 0;
}
