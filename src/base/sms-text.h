/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a text travels as SMS (3GPP TS 23.038): in which alphabet, in how many segments. Pure; any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BASE_SMS_GSM7, /* 160 units in one segment, 153 in each of several */
  BASE_SMS_UCS2, /* 70 and 67 */
} BaseSmsAlphabet;

typedef struct
{
  BaseSmsAlphabet alphabet;
  guint segments; /* 0: nothing is written */
  guint left;     /* units that the last one still takes */
} BaseSms;

/* @text is valid UTF-8. */
BaseSms base_sms_measure (const char *text);

G_END_DECLS
