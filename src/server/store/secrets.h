/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets of the centre: one key in a file outside the data directory seals secure values and makes
 * the SIP passwords of sessions; agents' passwords are kept as argon2id. Any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Secrets Secrets;

/* Reads the key, or makes one (mode 0600) where @create. */
Secrets *secrets_open (const char *key_file, gboolean create, GError **error);
void secrets_free (Secrets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Secrets, secrets_free)

/* @context binds the sealed value to its place, so that it opens nowhere else. */
GBytes *secrets_seal (Secrets *self, const char *value, const char *context);
/* NULL if it was not sealed here for this place. */
char *secrets_open_sealed (Secrets *self, GBytes *sealed, const char *context);

/* The same text for the same key and purpose, unguessable without the key. */
char *secrets_derive (Secrets *self, const char *purpose);

/* SHA-256 in hex, of a token that is itself random. */
char *secrets_hash_token (const char *token);

/* Slow on purpose: call password functions on a worker. */
char *password_hash (const char *password);
gboolean password_verify (const char *hash, const char *password);

G_END_DECLS
