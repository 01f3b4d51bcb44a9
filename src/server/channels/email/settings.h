/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mailbox as the daemon's file describes it ([email NAME]). Immutable after reading. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A mailbox and the server that sends for it. */
typedef struct
{
  char *name;
  char *imap, *smtp; /* imaps://HOST:PORT or imap://…, smtps://… or smtp://… */
  char *user, *password_file;
  char *ca;     /* NULL: the system's authorities */
  char *folder; /* NULL: INBOX */
  GStrv addresses;
} EmailSettings;

/* One group of the file into the list. */
gboolean email_settings_read (GPtrArray *list, GKeyFile *file, const char *group, GError **error);
void email_settings_free (gpointer settings);

G_END_DECLS
