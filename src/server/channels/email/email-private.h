/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the channel e-mail. */
#pragma once

#include "server/api/limit.h"
#include "server/channels/email/email.h"
#include "server/channels/email/reader.h"
#include "server/channels/email/sender.h"

G_BEGIN_DECLS

#define EMAIL_TEXT_MAX        20000 /* characters */
#define EMAIL_ATTACHMENTS     10
#define EMAIL_ATTACHMENT_SIZE (10 * 1024 * 1024)
#define EMAIL_ALL_SIZE        (25 * 1024 * 1024)

/* One account and what became of it. Counted: what is on its way holds it. */
typedef struct
{
  int references;
  Email *email; /* NULL: closed */
  EmailAccount *account;
  EmailReader *reader;
  EmailSender *sender;
  const char *in;  /* NULL: reads; else why not: a static word */
  const char *out; /* NULL: sends, as far as is known; else why not */
  guint received, aside, sent;
} EmailBox;

struct _Email
{
  Centre *centre;
  Conversations *conversations;
  GPtrArray *boxes;  /* EmailBox */
  Limit *per_sender; /* mails of one address */
};

EmailBox *email_box_ref (EmailBox *box);
void email_box_unref (EmailBox *box);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmailBox, email_box_unref)
/* The account that has this address of ours, or NULL. */
EmailBox *email_box_of (Email *self, const char *ours);

/* email.c: what is wrong with it, or nothing, is another: agents are told what lasts. */
void email_box_look (EmailBox *box);

/* --- incoming.c --- */

/* A mail, or NULL for one that cannot be read: the box's reader is answered when it is durable. */
void email_take (EmailBox *box, Mail *mail, const EmailPosition *position);
/* As kept; 0, 0 if never. */
void email_position_load (EmailBox *box, EmailPosition *position);
void email_position_keep (EmailBox *box,
                          const EmailPosition *position,
                          CentreReadyFunc done,
                          gpointer user_data);

/* --- outgoing.c --- */

void email_send (gpointer self, Conversation *conversation, Message *message);
void email_on_sent (const EmailSent *sent, gpointer letter_data, gpointer user_data);
/* What an answer is about, if nobody says so. Free with g_free. */
char *email_subject (gpointer self, Conversation *conversation);

G_END_DECLS
