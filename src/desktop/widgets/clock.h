/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The centre's time in milliseconds: this computer's clock and the offset that the session
 * measured. */
gint64 guichet_clock_now (void);

/* Set by the application whenever the session measures anew. Main thread only. */
void guichet_clock_set_offset (gint64 milliseconds);
