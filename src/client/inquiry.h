/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a part of the session asks the centre, and again until the answer was taken. Main loop.
 * Inside this room. */
#pragma once

#include "client/session-private.h"

typedef struct _GuichetInquiry GuichetInquiry;

/* It is due: asks, or does without. */
typedef void (*GuichetInquiryDueFunc) (gpointer owner);

/* FALSE: the answer is of no use, and the question is due again later. */
typedef gboolean (*GuichetInquiryTakeFunc) (gpointer owner, const BaseJson *answer, GError **error);

/* The owner lives as long as the session; @failure, a literal, is the log's name of a question in
 * vain. */
GuichetInquiry *guichet_inquiry_new (GuichetSession *session,
                                     GuichetInquiryDueFunc due,
                                     GuichetInquiryTakeFunc take,
                                     const char *failure,
                                     gpointer owner);
void guichet_inquiry_free (GuichetInquiry *self);

/* GETs it; whatever was asked before is no longer waited for. */
void guichet_inquiry_ask (GuichetInquiry *self, const char *path);

/* Due in so many milliseconds, unless it is due already. */
void guichet_inquiry_later (GuichetInquiry *self, guint ms);

void guichet_inquiry_stop (GuichetInquiry *self);

/* Asked, or due. */
gboolean guichet_inquiry_is_open (const GuichetInquiry *self);
