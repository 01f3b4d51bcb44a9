/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The style of the desk. */
#pragma once

#include <gio/gio.h>

/* First thing in main (), before any thread. */
void guichet_style_prepare (void);

/* Opens the display; before libadwaita starts. */
void guichet_style_open_display (void);

/* The desk's own style, over that of libadwaita, in the light or the dark that the settings ask
 * for. */
void guichet_style_load (GSettings *settings);
