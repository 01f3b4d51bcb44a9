/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail that somebody sent, as far as the centre is interested in it. Immutable once parsed, so
 * that the thread that fetched it can hand it on. Pure; any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MAIL_ERROR (mail_error_quark ())
GQuark mail_error_quark (void);
typedef enum
{
  MAIL_ERROR_EMPTY,
  MAIL_ERROR_HEADERS, /* too many or too long */
  MAIL_ERROR_SENDER,  /* nobody to answer to */
} MailError;

typedef enum
{
  MAIL_PERSON,
  MAIL_ANSWER, /* a machine answered: out of office */
  MAIL_BULK,   /* a list, an advertisement, a machine's notice */
  MAIL_BOUNCE, /* a mail of ours was not delivered, or is late */
} MailKind;

/* What is read at most; the rest is left out and counted. */
typedef struct
{
  gsize text;        /* characters */
  guint attachments; /* how many */
  gsize attachment;  /* bytes of one */
  gsize all;         /* bytes of all */
} MailLimits;

typedef struct
{
  char *name;
  char *type;
  GBytes *content;
} MailAttachment;

typedef struct
{
  int references_count;
  char *from;             /* in small letters */
  char *name;             /* of the sender, or NULL */
  char *answer_to;        /* where an answer goes: Reply-To, or the sender; in small letters */
  GPtrArray *to;          /* char *: all that it was addressed to, in small letters */
  char *subject;          /* "" if none */
  char *id;               /* without < >; of a mail without one the hash of its bytes */
  GPtrArray *references;  /* char *: the ids that it follows on, the nearest last */
  char *text;             /* lines that quote begin with ">" */
  gboolean cut;           /* there was more text */
  GPtrArray *attachments; /* MailAttachment */
  guint left_out;         /* attachments that are not here */
  MailKind kind;
  char *bounced; /* MAIL_BOUNCE: the id of our mail, or NULL */
  gboolean bounced_for_good;
} Mail;

/* @whole FALSE: the bytes are only the beginning of a mail, whose attachments are all left out. */
Mail *mail_parse (GBytes *bytes, gboolean whole, const MailLimits *limits, GError **error);
Mail *mail_ref (Mail *self);
void mail_unref (Mail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mail, mail_unref)

G_END_DECLS
