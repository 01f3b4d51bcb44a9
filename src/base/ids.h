/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random tokens and ids that nobody can guess, and the check of ids that come from outside. */
#pragma once

#include <glib.h>

/* base_random_bytes: fills buffer from the kernel's generator; never fails, never returns weak
 * bytes. */
void base_random_bytes (void *buffer, gsize length);

/* base_token_new: n_bytes of randomness as base64url without padding (16 bytes give 22 characters).
 * Free with g_free. */
char *base_token_new (gsize n_bytes);

/* base_id_is_valid: 1 to max_length of A-Z a-z 0-9 . _ - : , the only characters that ids may have.
 */
gboolean base_id_is_valid (const char *id, gsize max_length);

/* base_secret_equal: compares in constant time for equal lengths. NULL equals nothing. */
gboolean base_secret_equal (const char *a, const char *b);
