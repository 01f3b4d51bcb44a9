/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One web chat of one customer: fills in the form, waits in line, writes, reads, answers what the
 * agent writes, asks whether anybody is there, ends it or is ended. Lives on the main context from
 * its beginning to its end, and tells what happens by events. */
#pragma once

#include "demo/chat-state.h"
#include "demo/people.h"

G_BEGIN_DECLS

typedef struct _DemoChat DemoChat;

/* What one writes for. Copied but for @person. */
typedef struct
{
  const DemoPerson *person; /* one with a talk */
  const char *page;         /* "http://127.0.0.1:8080/chat/web" */
  guint patience;           /* seconds in line, or for an answer; 0: for ever */
  gboolean quiet;           /* writes when told only */
} DemoChatErrand;

/* @event is a word; @key with @value may say more. After "ended" the chat is freed. */
typedef void (*DemoChatTold) (DemoChat *chat,
                              const char *event,
                              const char *key,
                              const char *value,
                              gpointer user_data);

DemoChat *
demo_chat_new (guint id, const DemoChatErrand *errand, DemoChatTold on_event, gpointer user_data);
void demo_chat_free (DemoChat *chat); /* before its end */

guint demo_chat_get_id (DemoChat *chat);
const DemoPerson *demo_chat_get_person (DemoChat *chat);

void demo_chat_write (DemoChat *chat, const char *text);
void demo_chat_typing (DemoChat *chat, gboolean on);
void demo_chat_read (DemoChat *chat); /* all that is there */
void demo_chat_end (DemoChat *chat);

G_END_DECLS
