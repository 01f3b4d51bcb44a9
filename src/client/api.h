/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetApi: one centre over HTTP: requests with the token, answers as JSON, problems as
 * GUICHET_CLIENT_ERROR; and the WebSocket. Knows nothing of what is said. Main loop. Inside this
 * room. */
#pragma once

#include "client/error.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#define GUICHET_TYPE_API guichet_api_get_type ()
G_DECLARE_FINAL_TYPE (GuichetApi, guichet_api, GUICHET, API, GObject)

GuichetApi *guichet_api_new (void);

/* guichet_api_set_url: BAD_ADDRESS unless https: or, to this machine, http:. */
gboolean guichet_api_set_url (GuichetApi *self, const char *url, GError **error);
const char *guichet_api_get_url (GuichetApi *self);

/* guichet_api_set_ca_file: trusts these authorities instead of the system's; for centres with their
 * own, and tests. */
gboolean guichet_api_set_ca_file (GuichetApi *self, const char *path, GError **error);

/* NULL forgets it. */
void guichet_api_set_token (GuichetApi *self, const char *token);
const char *guichet_api_get_token (GuichetApi *self);

/* guichet_api_send_async: body and key (Idempotency-Key) may be NULL; body is read at once. With a
 * key, a request whose answer got lost is sent once more with the same key before it fails with
 * UNCERTAIN. */
void guichet_api_send_async (GuichetApi *self,
                             const char *method,
                             const char *path,
                             JsonObject *body,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* finish: the answer's object ({} if it had none). On an error that the centre worded, *problem
 * (may be NULL) gets its whole object, else NULL. */
JsonObject *guichet_api_send_finish (GuichetApi *self,
                                     GAsyncResult *result,
                                     JsonObject **problem,
                                     GError **error);

/* Of 0 to 1. */
typedef void (*GuichetApiProgress) (double part, gpointer user_data);

typedef struct
{
  const char *name;
  const char *key;
  GBytes *bytes;
  GuichetApiProgress progress; /* or NULL; not after the answer */
  gpointer progress_data;
} GuichetApiFile;

/* guichet_api_upload_async: a file as the whole body; ends by guichet_api_send_finish. */
void guichet_api_upload_async (GuichetApi *self,
                               const char *path,
                               const GuichetApiFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* guichet_api_fetch_async: the bytes at path. */
void guichet_api_fetch_async (GuichetApi *self,
                              const char *path,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GBytes *guichet_api_fetch_finish (GuichetApi *self, GAsyncResult *result, GError **error);

/* guichet_api_connect_async: the WebSocket at path. */
void guichet_api_connect_async (GuichetApi *self,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* finish: *gone: the cursor is too old (410). SIGNED_OUT: the token is void. */
SoupWebsocketConnection *
guichet_api_connect_finish (GuichetApi *self, GAsyncResult *result, gboolean *gone, GError **error);

/* guichet_api_is_transport_error: the centre said nothing: try again later. */
gboolean guichet_api_is_transport_error (const GError *error);
