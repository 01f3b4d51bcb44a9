/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Ends the process, everything of its own freed, without the destructors of libraries: threads of
 * theirs that live as long as the process (D-Bus, sound, media) would find their ground gone. */
G_NORETURN void base_leave (int status);
