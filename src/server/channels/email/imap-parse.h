/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an IMAP server says (RFC 9051, and 3501), as far as a mailbox that is read from front to
 * back needs it. Pure; any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IMAP_ERROR (imap_error_quark ())
GQuark imap_error_quark (void);
typedef enum
{
  IMAP_ERROR_SYNTAX,   /* the server says what no server says */
  IMAP_ERROR_SIZE,     /* more than was asked for */
  IMAP_ERROR_REFUSED,  /* NO or BAD */
  IMAP_ERROR_CLOSED,   /* the connection is gone */
  IMAP_ERROR_DEADLINE, /* silent for too long */
  IMAP_ERROR_STOPPED,  /* we were told to end */
  IMAP_ERROR_LOGIN,    /* name or password */
  IMAP_ERROR_TLS,      /* not encrypted, or not by the server that we mean */
} ImapErrorCode;

/* One response: its text with every literal taken out, and the last literal. */
typedef struct
{
  char *line;
  GBytes *literal; /* NULL */
} ImapResponse;

void imap_response_free (ImapResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImapResponse, imap_response_free)

/* The first response in @buffer, taken out of it; NULL without error if it is not whole yet. */
ImapResponse *imap_response_take (GByteArray *buffer, gsize literal_max, GError **error);

/* Whether it is the answer to the command with this tag. */
gboolean imap_response_is_answer (const ImapResponse *self, const char *tag);
/* It is OK; else the error says what it is. */
gboolean imap_response_is_ok (const ImapResponse *self, const char *tag, GError **error);
gboolean imap_response_is_continuation (const ImapResponse *self);
/* "* 12 EXISTS" */
gboolean imap_response_number (const ImapResponse *self, const char *word, guint32 *number);
/* "* OK [UIDVALIDITY 3]" */
gboolean imap_response_code (const ImapResponse *self, const char *code, guint32 *number);
/* "* SEARCH 3 4 5": adds to @uids (guint32), at most @max in all. */
void imap_response_search (const ImapResponse *self, GArray *uids, guint max);
/* "* 12 FETCH (UID 3 RFC822.SIZE 4711 BODY[] …)": those asked for are 0 or NULL if it does not say
 * them. The caller owns *@body. */
gboolean imap_response_fetch (const ImapResponse *self, guint32 *uid, guint32 *size, GBytes **body);

G_END_DECLS
