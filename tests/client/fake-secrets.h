/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Secret Service on a private bus, as far as libsecret asks for it: plain sessions, one unlocked
 * collection, items that are made, found, read and deleted. Main loop. */
#pragma once

#include <gio/gio.h>

typedef struct _FakeSecrets FakeSecrets;

FakeSecrets *fake_secrets_new (const char *bus_address);
void fake_secrets_free (FakeSecrets *self);

/* As libsecret stores one, with these two attributes. */
void fake_secrets_keep (FakeSecrets *self, const char *centre, const char *agent, const char *text);
guint fake_secrets_count (FakeSecrets *self);
/* The newest secret with this attribute, or NULL. */
const char *fake_secrets_find (FakeSecrets *self, const char *attribute, const char *value);
