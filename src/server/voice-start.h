/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in engine as the daemon's file wants it. */
#pragma once

#include "server/config.h"
#include "server/voice/builtin/builtin.h"

VoiceConfig *voice_config_from (const Config *config);
