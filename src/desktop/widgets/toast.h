/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A sentence at the foot of a window, with a button if there is something to click. It can be
 * dismissed at any time: it goes as soon as it has come. */
AdwToast *
guichet_toast_add (AdwToastOverlay *overlay, const char *text, const char *button, guint seconds);
