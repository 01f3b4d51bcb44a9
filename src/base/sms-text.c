/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments of SMS: a character of the extension table takes two units, one beyond the basic plane
 * two of UCS-2, and neither is torn between two segments. Pure. */
#include "base/sms-text.h"

static const char basic[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                            "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static const char extension[] = "\f^{}\\[~]|€";

/* Units of the GSM alphabet; 0: it has no such character. */
static guint
gsm_units (gunichar c)
{
  if (g_utf8_strchr (basic, -1, c) != NULL)
    return 1;

  return g_utf8_strchr (extension, -1, c) != NULL ? 2 : 0;
}

static guint
ucs_units (gunichar c)
{
  return c > 0xffff ? 2 : 1;
}

static BaseSms
fill (const char *text, BaseSmsAlphabet alphabet, guint single, guint each)
{
  BaseSms sms = { alphabet, 0, single };
  guint total = 0, used = 0, full = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      guint units = alphabet == BASE_SMS_GSM7 ? gsm_units (c) : ucs_units (c);

      total += units;
      if (used + units > each)
        {
          full++;
          used = 0;
        }
      used += units;
    }
  if (total == 0)
    return sms;
  sms.segments = total <= single ? 1 : full + 1;
  sms.left = total <= single ? single - total : each - used;

  return sms;
}

BaseSms
base_sms_measure (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (gsm_units (g_utf8_get_char (at)) == 0)
      return fill (text, BASE_SMS_UCS2, 70, 67);

  return fill (text, BASE_SMS_GSM7, 160, 153);
}
