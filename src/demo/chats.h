/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody who writes in the web chat: by themselves, one after another with pauses, or as they
 * are told. Lives on the main context. */
#pragma once

#include "demo/chat.h"

G_BEGIN_DECLS

typedef struct _DemoChats DemoChats;

/* @page NULL: this centre has no chat. @at_once: chats by themselves at the same time. */
DemoChats *demo_chats_new (GPtrArray *people,
                           const char *page,
                           guint at_once,
                           DemoChatTold on_event,
                           gpointer user_data);
void demo_chats_free (DemoChats *chats);

/* From now on customers write by themselves. */
void demo_chats_start (DemoChats *chats);

/* One chat as told; @errand->page is filled in. FALSE: there is no chat, or nothing to say. */
gboolean demo_chats_begin (DemoChats *chats, const DemoChatErrand *errand);
DemoChat *demo_chats_find (DemoChats *chats, guint chat);
/* How many chats go on, and whether one of them is this person's. */
guint demo_chats_count (DemoChats *chats);
gboolean demo_chats_has (DemoChats *chats, const DemoPerson *person);

G_END_DECLS
