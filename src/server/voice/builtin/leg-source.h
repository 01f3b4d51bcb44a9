/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GStreamer source that gives what the mixer put into an outlet, a buffer a tick. */
#pragma once

#include "server/voice/builtin/outlet.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* Floating; holds the outlet, from which nobody else may take meanwhile. */
GstElement *leg_source_new (Outlet *outlet, GstCaps *caps, GstClockTime tick_time);

G_END_DECLS
