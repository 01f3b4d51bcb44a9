/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

/* What is said below the field about this text: that a card's number stands in it, how much is
 * left, until when, or how it is sent. @wrong: it cannot be sent so. */
char *guichet_composer_hint (GuichetSession *session,
                             GuichetInteraction *interaction,
                             const char *text,
                             gboolean private,
                             gboolean *wrong);
