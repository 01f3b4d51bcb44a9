/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page of the centre's web chat does: sends the form, keeps the stream, sends messages until
 * each is acknowledged. A lost link comes back by itself. Over the public face alone
 * (docs/webchat.md). Lives on the main context. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _DemoChatLink DemoChatLink;

typedef struct
{
  const char *page; /* "http://127.0.0.1:8080/chat/web" */
  const char *name;
  const char *language;
  const char *subject; /* or NULL */
  JsonObject *bot;     /* what a bot of the site said before, or NULL */
} DemoChatForm;

typedef struct
{
  /* @state: waiting, talking or ended; @detail: who talks, or why it has ended. */
  void (*state) (const char *state, const char *detail, gpointer user_data);
  /* Of an agent or of the centre. */
  void (*said) (gint64 number, const char *author, const char *text, gpointer user_data);
  void (*typing) (gboolean on, gpointer user_data);
  void (*read) (gint64 number, gpointer user_data);
  void (*acknowledged) (gint64 number, gpointer user_data);
  /* Refused for good, with the reason; the last that is told. */
  void (*broken) (const char *why, gpointer user_data);
} DemoChatEvents;

DemoChatLink *
demo_chat_link_new (const DemoChatForm *form, const DemoChatEvents *events, gpointer user_data);
void demo_chat_link_free (DemoChatLink *link); /* never from one of its events */

void demo_chat_link_write (DemoChatLink *link, const char *text);
void demo_chat_link_typing (DemoChatLink *link, gboolean on);
void demo_chat_link_read (DemoChatLink *link, gint64 number);
void demo_chat_link_end (DemoChatLink *link);

G_END_DECLS
