/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token of a session in the Secret Service, so that a new window finds it. Without a Secret
 * Service nothing is kept, and nobody is told: one signs in again. Main loop. Inside this room. */
#pragma once

#include <gio/gio.h>

void guichet_token_keep (const char *url, const char *agent, const char *token);
void guichet_token_forget (const char *url, const char *agent);

void guichet_token_find_async (const char *url,
                               const char *agent,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* finish: NULL without an error being set: none. Free with secret_password_free. */
char *guichet_token_find_finish (GAsyncResult *result);
