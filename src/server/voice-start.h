/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The voice engine as the daemon's file wants it. */
#pragma once

#include "server/config.h"
#include "server/voice/engine.h"

/* Takes what it needs of @config, also the nodes. */
VoiceEngine *voice_engine_from (Config *config, VoiceEventFunc on_event, gpointer user_data);

/* The file of authorities that phones trust, or NULL. Free with g_free. */
char *voice_ca_from (const Config *config);
