/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answers to hand-on.c's questions become, for request.c. Main loop. Inside this room. */
#pragma once

#include "client/session-private.h"

gboolean guichet_accepted_return (GTask *task, const BaseJson *root, GError **error);
