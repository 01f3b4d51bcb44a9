/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web chat: what customers reach over HTTP and WebSocket, on a listener of its own. Everybody there
 * is a stranger until a conversation's token proves the contrary, and even then is bounded in
 * size, rate and number. docs/webchat.md is its contract. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

typedef struct _Webchat Webchat;

Webchat *webchat_new (Centre *centre);
void webchat_free (Webchat *self);
/* As the configuration says; the URL in @url (free with g_free). */
gboolean webchat_listen (Webchat *self, char **url, GError **error);

G_END_DECLS
