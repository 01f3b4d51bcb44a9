/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mailbox of ours and the server that sends for it, as the daemon's file describes them.
 * Immutable and counted: the threads of its reader and its sender hold it too. */
#pragma once

#include "server/channels/email/settings.h"

G_BEGIN_DECLS

typedef struct
{
  int references;
  char *name;
  char *imap; /* URLs */
  char *smtp;
  char *user;
  char *password;
  char *ca; /* NULL: the system's */
  char *folder;
  GStrv addresses;                 /* ours, in small letters; the first is the main one */
  gboolean imap_plain, smtp_plain; /* TLS only where it is offered: loopback */
} EmailAccount;

/* Reads the file with the password. */
EmailAccount *email_account_new (const EmailSettings *config, GError **error);
EmailAccount *email_account_ref (EmailAccount *self);
void email_account_unref (EmailAccount *self);
gboolean email_account_has (const EmailAccount *self, const char *address);

G_END_DECLS
