/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

/* Whether it is with a colleague. */
gboolean guichet_im_is (GuichetInteraction *interaction);
/* How it ended. */
char *guichet_im_ended (GuichetInteraction *interaction);
/* Of an offer of a colleague's that ended without having been taken: why. */
char *guichet_im_not_taken (const char *who, const char *outcome);
