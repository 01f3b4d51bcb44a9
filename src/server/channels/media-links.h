/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links to files of ours for services that fetch what they carry: nobody guesses one, each is good
 * for a time and for one file, and nothing is stored of it. On the listener for callbacks. Centre's
 * thread. */
#pragma once

#include "server/channels/conversation.h"
#include "server/channels/webhooks.h"

G_BEGIN_DECLS

typedef struct _MediaLinks MediaLinks;

/* @webhooks outlives it. */
MediaLinks *media_links_new (Centre *centre, Webhooks *webhooks);
void media_links_free (MediaLinks *self);
/* Good for so long from now. Free with g_free. */
char *media_links_make (MediaLinks *self, const Attachment *file, guint seconds);

G_END_DECLS
