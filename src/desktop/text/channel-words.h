/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of an agent's channels on which nothing comes. */
#pragma once

#include "client/channel-state.h"
#include "client/session.h"

/* "Web chat · Idle · Lunch · set by Dora". */
char *guichet_channel_words (GuichetSession *session, GuichetChannelState *channel);
