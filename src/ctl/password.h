/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for a password. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* On a terminal asked for twice without echo, otherwise one line of standard input. NULL with
 * CTL_ERROR_INPUT. Clear it before freeing. */
char *ctl_password_read (GError **error);

G_END_DECLS
