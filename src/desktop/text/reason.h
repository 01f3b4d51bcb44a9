/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

/* Why somebody is idle or paused, in a few words: a reason of the centre by its name, one of the
 * machinery by its label. Transfer full. */
char *guichet_reason_words (GuichetSession *session, const char *reason);
