/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"
#include "client/voicemail.h"

/* Words of what callers left. All strings are free with g_free. */

/* In which box, and who called. */
char *guichet_voicemail_words (GuichetVoicemail *voicemail);

/* How many are new, box by box: a line for each, "" if none; and how many altogether. */
char *guichet_voicemail_counts (GuichetSession *session, guint *n);
