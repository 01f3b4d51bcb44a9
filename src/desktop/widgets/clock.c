/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The time that timers show. The centre's clock decides, so that a computer whose clock is wrong
 * shows right timers. Main thread only.
 */

#include "desktop/widgets/clock.h"

static gint64 offset;

gint64
guichet_clock_now (void)
{
  return g_get_real_time () / 1000 + offset;
}

void
guichet_clock_set_offset (gint64 milliseconds)
{
  offset = milliseconds;
}
