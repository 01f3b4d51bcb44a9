/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule of registration. A conversation outweighs all but sleep: its registration keeps the way
 * to the centre. */
#include "phone/readiness.h"

const char *
phone_readiness_obstacle (const PhoneFacts *facts)
{
  if (!facts->account)
    return "no_account";
  if (facts->suspending)
    return "suspending";
  if (facts->talking)
    return NULL;
  if (!facts->lease)
    return "no_session";
  if (!facts->settled)
    return "";
  if (!facts->microphone)
    return "no_microphone";
  return facts->speaker ? NULL : "no_speaker";
}
