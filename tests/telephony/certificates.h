/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate authority for the length of a test, made with the openssl program. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new directory with cafile.pem and, when @name is not NULL, agent.pem: a certificate for @name
 * (a DNS name or a numeric address) signed by the authority that lives in @ca_dir (made at need).
 * The caller removes it with certificates_remove. */
char *certificates_make (const char *ca_dir, const char *name);
void certificates_remove (char *dir);

G_END_DECLS
