/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answers to directory.c's questions become, for request.c. Main loop. Inside this room.
 */
#pragma once

#include "client/session-private.h"

/* A GPtrArray of GuichetTarget; how many there are of them in all is the task's "total". */
gboolean guichet_directory_return (GTask *task, const BaseJson *root, GError **error);
