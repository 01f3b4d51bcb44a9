/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends mails of one account, one after the other, in a thread of its own. What became of each
 * arrives in the main loop; everything here is for the centre's thread. */
#pragma once

#include "server/channels/email/account.h"

G_BEGIN_DECLS

typedef enum
{
  EMAIL_SENT,    /* the server took it over */
  EMAIL_REFUSED, /* it did not and will not */
  EMAIL_DELAYED, /* not now */
  EMAIL_UNKNOWN, /* the connection ended where only the server knows */
} EmailOutcome;

typedef struct
{
  char *from; /* of the envelope */
  char *to;
  GBytes *mail; /* with CR LF */
} EmailLetter;

typedef struct
{
  EmailOutcome outcome;
  const char *reason;  /* a code of the model, of REFUSED; static */
  const char *trouble; /* a word for status and log, of DELAYED and UNKNOWN; static */
  long reply;          /* the server's last, or 0 */
} EmailSent;

typedef void (*EmailSentFunc) (const EmailSent *sent, gpointer letter_data, gpointer user_data);

typedef struct _EmailSender EmailSender;

EmailSender *email_sender_new (EmailAccount *account, EmailSentFunc func, gpointer user_data);
/* Takes the letter. */
void email_sender_send (EmailSender *self, EmailLetter *letter, gpointer letter_data);
/* Ends the thread; what is under way has no outcome. Nothing is reported after that. */
void email_sender_free (EmailSender *self);

void email_letter_free (EmailLetter *letter);

G_END_DECLS
