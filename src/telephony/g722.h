/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GStreamer elements "telg722enc" and "telg722dec" over libspandsp (LGPL 2.1), because none of the
 * free plugin sets has G.722. 16 kHz mono; one byte for two samples; the RTP clock is 8000. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Registers both elements; any number of times. */
void tel_g722_register (void);

G_END_DECLS
