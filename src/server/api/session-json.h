/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session as the API shows it, and a station as it is given. */
#pragma once

#include "server/api/call.h"

/* {"session","agent","sip",…}; with the SIP password where @secrets. */
JsonObject *session_to_json (Api *api, const Session *session, gboolean secrets);
gboolean
session_read_station (const BaseJson *json, ModelStation *station, char **address, GError **error);
/* Its station is reached by number or fixed address. */
