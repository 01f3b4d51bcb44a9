/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a customer's message only points to: noted on disk with the message, fetched after
 * it, and put to it as they come; what cannot be had is said of the message, which stands anyway.
 * A restart goes on where the crash was. Centre's thread. */
#pragma once

#include "server/channels/conversations.h"

G_BEGIN_DECLS

#define FETCHING_FILES_MAX 10 /* of one message */

typedef struct _Fetching Fetching;

Fetching *fetching_new (Conversations *conversations, Centre *centre);
void fetching_free (Fetching *self);
/* What storing @message takes, which points to these addresses. */
void fetching_note (const Message *message, const char *const *urls, StoreBatch *batch);
/* It is durable. */
void fetching_begin (Fetching *self, const char *conversation, gint64 number);
/* Those that were noted before the daemon ended. */
void fetching_resume (Fetching *self);

G_END_DECLS
