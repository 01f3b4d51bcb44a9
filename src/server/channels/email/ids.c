/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our Message-IDs. */
#include "server/channels/email/ids.h"

#include <sodium.h>
#include <string.h>

#define MARK_SIZE 24

static char *
mark_of (Secrets *secrets, const char *message)
{
  g_autofree char *purpose = g_strconcat ("email ", message, NULL);
  g_autofree char *derived = secrets_derive (secrets, purpose);
  char *mark = g_compute_checksum_for_string (G_CHECKSUM_SHA256, derived, -1);

  mark[MARK_SIZE] = '\0';

  return mark;
}

char *
email_id_new (Secrets *secrets, const char *message, const char *ours)
{
  g_autofree char *mark = mark_of (secrets, message);
  const char *at = strrchr (ours, '@');
  g_autofree char *domain = g_hostname_to_ascii (at != NULL ? at + 1 : ours);

  return g_strdup_printf ("%s.%s@%s", message, mark, domain != NULL ? domain : "localhost");
}

char *
email_id_read (Secrets *secrets, const char *id)
{
  const char *at = strchr (id, '@');
  const char *dot = at != NULL ? g_strrstr_len (id, at - id, ".") : NULL;
  g_autofree char *message = NULL;
  g_autofree char *mark = NULL;

  if (dot == NULL || *id != 'm' || at - dot - 1 != MARK_SIZE || dot - id > 60)
    return NULL;
  message = g_strndup (id, (gsize) (dot - id));
  mark = mark_of (secrets, message);

  return sodium_memcmp (mark, dot + 1, MARK_SIZE) == 0 ? g_steal_pointer (&message) : NULL;
}
