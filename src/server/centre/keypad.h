/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which PINs boxes of voicemail open from phones. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

/* The hash of what opens the box: chosen by whose it is, else that of the definitions; NULL:
 * nothing does. Free it. */
char *keypad_pin (Centre *centre, const ModelVoicemailBox *box);
/* The agent's own PIN from now on; hash NULL: none, so that the one of the definitions holds. */
void
keypad_set (Centre *centre, const char *agent, const char *hash, const char *by, StoreBatch *batch);

G_END_DECLS
