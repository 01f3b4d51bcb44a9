/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/canned-reply.h"
#include "client/session.h"

#include <gtk/gtk.h>

/* One reply with all its fields and languages; what is wrong is said in words, and nothing typed is
 * lost by a refusal. Signal "done": saved, or given up. */
#define GUICHET_TYPE_REPLY_EDITOR (guichet_reply_editor_get_type ())
G_DECLARE_FINAL_TYPE (GuichetReplyEditor, guichet_reply_editor, GUICHET, REPLY_EDITOR, GtkWidget)

GtkWidget *guichet_reply_editor_new (GuichetSession *session);
/* reply NULL: a new one. One that may not be changed is only shown. */
void guichet_reply_editor_set (GuichetReplyEditor *self, GuichetCannedReply *reply);
