/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/attachment.h"
#include "client/message.h"

#include <glib.h>

/* Why a file is not taken: a code of the centre or of the way to it, with its limit in bytes or 0.
 * Free with g_free. */
char *guichet_file_problem (const char *reason, gint64 limit);
/* "1.2 MB", or what goes on with one that is not at the centre. Free with g_free. */
char *guichet_file_state (GuichetAttachment *file);
const char *guichet_file_icon (GuichetAttachment *file);
/* One that can be looked at in the conversation. */
gboolean guichet_file_is_picture (GuichetAttachment *file);

/* What of a message's files is still on its way, or could not be had; NULL: nothing. Free it. */
char *guichet_file_missing (GuichetMessage *message);
