/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection to a mailbox, over libcurl, which brings TLS and the login. Blocking: for the
 * thread of its reader alone; another may only call imap_wake. */
#pragma once

#include "server/channels/email/imap-parse.h"

G_BEGIN_DECLS

typedef struct _Imap Imap;

/* Where and as whom; borrowed for the life of the connection. */
typedef struct
{
  const char *url; /* imaps://HOST:PORT, or imap:// with STARTTLS */
  const char *user;
  const char *password;
  const char *ca;     /* a file of authorities, or NULL: the system's */
  const char *folder; /* INBOX */
  gboolean plain;     /* TLS where it is offered alone: loopback */
} ImapPlace;

typedef struct
{
  guint32 validity; /* UIDVALIDITY */
  guint32 next;     /* UIDNEXT, or 0 */
} ImapFolder;

/* @wake: a descriptor that becomes readable when waiting must end. */
Imap *imap_open (const ImapPlace *place, int wake, ImapFolder *folder, GError **error);
void imap_close (Imap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Imap, imap_close)

/* The uids that match, in ascending order. @what: as in UID SEARCH. */
GArray *imap_search (Imap *self, const char *what, GError **error);
/* The mail with this uid; NULL without error if it is gone. Of a larger one than @max the first
 * @part bytes, and *@whole is FALSE. */
GBytes *
imap_fetch (Imap *self, guint32 uid, gsize max, gsize part, gboolean *whole, GError **error);
gboolean imap_mark_seen (Imap *self, guint32 uid, GError **error);
/* Until something new may be there, or @seconds have passed. */
gboolean imap_wait (Imap *self, guint seconds, GError **error);

G_END_DECLS
