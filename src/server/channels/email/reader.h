/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a mailbox from front to back in a thread of its own and hands over one mail after the
 * other, the next only after it was told what became of the one before. Nothing is marked as read
 * before that. What it reports arrives in the main loop; everything here is for the centre's
 * thread. */
#pragma once

#include "server/channels/email/account.h"
#include "server/channels/email/mail.h"

G_BEGIN_DECLS

/* How far the mailbox was read; 0, 0: never. */
typedef struct
{
  guint32 validity;
  guint32 uid;
  gint64 at; /* when, in seconds since 1970 */
} EmailPosition;

typedef enum
{
  EMAIL_VERDICT_TAKEN, /* it is durable: marked as read */
  EMAIL_VERDICT_ASIDE, /* left as it is for people */
  EMAIL_VERDICT_LATER, /* again in a while */
} EmailVerdict;

typedef struct
{
  /* The mailbox is being read; or not, for this reason (a word for status and log). */
  void (*up) (gpointer user_data);
  void (*down) (const char *reason, gpointer user_data);
  /* A mail, or NULL for one that cannot be read. Answered by email_reader_answer. @position is how
   * far the mailbox is read with it; of an unknown one (0) nothing is to be kept. */
  void (*mail) (Mail *mail, const EmailPosition *position, gpointer user_data);
  /* The mailbox is read to here: to be kept. */
  void (*read_to) (const EmailPosition *position, gpointer user_data);
} EmailReaderFuncs;

typedef struct _EmailReader EmailReader;

EmailReader *email_reader_new (EmailAccount *account,
                               const EmailPosition *position,
                               const MailLimits *limits,
                               const EmailReaderFuncs *funcs,
                               gpointer user_data);
void email_reader_answer (EmailReader *self, EmailVerdict verdict);
/* Ends the thread; nothing is reported after that. */
void email_reader_free (EmailReader *self);

G_END_DECLS
