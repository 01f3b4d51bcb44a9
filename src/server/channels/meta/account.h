/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Facebook page or an Instagram account as the daemon's file describes it ([meta NAME]).
 * Immutable after reading. */
#pragma once

#include "model/words.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *id;           /* of the page or account: the address of its entry point */
  char *kind;         /* "facebook", "instagram" */
  char *token;        /* with which messages are sent */
  char *app_secret;   /* with which callbacks are signed */
  char *verify_token; /* that Meta shows once, when the callback is set up */
  char *url;          /* of the Graph API, with its version */
  guint window;       /* seconds in which a customer can be answered */
  char *page;         /* of an Instagram account: its Facebook page, to which files go */
  GStrv file_hosts;   /* from which customers' files are fetched, as of net_guard_allows */
  char *loopback;     /* "yes": from this machine too */
  char *profiles;     /* "no": customers' names are not asked for */
} MetaAccount;

/* One group of the file into the list. */
gboolean meta_account_read (GPtrArray *accounts, GKeyFile *file, const char *group, GError **error);
void meta_account_free (gpointer account);
ModelChannel meta_account_channel (const MetaAccount *self);

G_END_DECLS
