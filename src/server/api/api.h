/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The agent API over HTTP and WebSocket, and the administrator's over a Unix socket: guards,
 * routes, answers. docs/protocol.md is its contract. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/centre/number.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _Api Api;

#define API_NOTE_MAX     4000
#define API_VALUE_MAX    256
#define API_NAME_MAX     128
#define API_NUMBER_MAX   NUMBER_MAX
#define API_PASSWORD_MAX 256

Api *api_new (Centre *centre);
void api_free (Api *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Api, api_free)

/* Listens for agents as the configuration says; the URL in @url (free with g_free). */
gboolean api_listen (Api *self, const Config *config, char **url, GError **error);
/* Listens for the administrator at this path. */
gboolean api_listen_admin (Api *self, const char *path, GError **error);

/* Where phones register: "HOST:PORT", and for TLS or NULL; then the authorities (PEM) to trust for
 * that, or NULL for those of the phone's system. */
void api_set_sip (Api *self, const char *address, const char *tls, const char *ca);
/* Refuses sign-ins (503) and closes the streams. */
void api_close (Api *self);

G_END_DECLS
