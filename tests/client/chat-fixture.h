/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chat at the small centre, as the tests of chats share it. */
#pragma once

#include "client/chat.h"
#include "fixture.h"

#define N(list) g_list_model_get_n_items (list)

char *chat_json (gint64 last, gint64 read, const char *phase);
char *message_json (gint64 number, const char *author, const char *text);
/* That many messages of the customer are at the centre. */
void put_messages (Fixture *self, gint64 n);
void set_chat (Fixture *self, gint64 last, gint64 read);
GuichetInteraction *the_chat (Fixture *self);
GuichetInteraction *begin (Fixture *self, gint64 n);
GuichetMessage *nth (GuichetInteraction *chat, guint position);
guint count (GuichetInteraction *chat);
void assert_whole (GuichetInteraction *chat, gint64 first, gint64 last);
gboolean is_state (GuichetInteraction *chat, guint position, const char *state);
void added (Fixture *self, gint64 number, const char *author, const char *text);
void changed (Fixture *self, gint64 number, const char *text, const char *state);
