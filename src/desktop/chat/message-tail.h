/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The end of a list, as much of it as is wanted: a GListModel for views that build a row of all
 * they are given. What is written at the end comes with it; what is found before it does not. */
#define GUICHET_TYPE_MESSAGE_TAIL (guichet_message_tail_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMessageTail, guichet_message_tail, GUICHET, MESSAGE_TAIL, GObject)

GuichetMessageTail *guichet_message_tail_new (GType item_type);

/* The last ones of another list, or of none: one change of this one. No more than as many come at
 * once where nothing is, or where there is nothing before it. */
void guichet_message_tail_set_source (GuichetMessageTail *self, GListModel *source, guint at_once);
/* So many more of what comes before; FALSE: there is nothing. */
gboolean guichet_message_tail_grow (GuichetMessageTail *self, guint more);
/* Of the source, before the first one here. */
guint guichet_message_tail_get_hidden (GuichetMessageTail *self);
