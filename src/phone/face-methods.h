/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The D-Bus methods by name, but for those that concern the caller itself (WatchLevels). */
#pragma once

#include "phone/phone.h"

/* Does it. The result, a tuple, or NULL for none, is floating; FALSE with PHONE_ERROR. */
gboolean phone_face_call (Phone *phone,
                          const char *name,
                          GVariant *arguments,
                          GVariant **result,
                          GError **error);
