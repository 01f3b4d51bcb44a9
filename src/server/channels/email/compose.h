/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail of ours as it goes out. Pure; any thread. */
#pragma once

#include "server/channels/email/mail.h"

G_BEGIN_DECLS

/* All is borrowed; those marked may be NULL. */
typedef struct
{
  const char *from;
  const char *from_name; /* NULL */
  const char *to;
  const char *to_name; /* NULL */
  const char *subject;
  const char *id;        /* without < > */
  GPtrArray *references; /* char *, the nearest last */
  const char *text;
  const char *quoted;      /* NULL: what it answers */
  const char *quoted_name; /* NULL: who wrote that */
  gint64 quoted_at;        /* ms */
  gint64 at;               /* ms */
  GPtrArray *attachments;  /* NULL; MailAttachment */
} EmailDraft;

/* With CR LF and all in ASCII. */
GBytes *email_compose (const EmailDraft *draft);
/* "Re: " before the subject, once. */
char *email_answer_subject (const char *subject);

G_END_DECLS
