/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page's stream, for the file that opens it and the file that serves it. Centre's thread. */
#pragma once

#include "server/channels/webchat/webchat-private.h"

G_BEGIN_DECLS

#define WEBCHAT_CLOSE_RATE 4429

typedef struct
{
  int references;
  Webchat *webchat;
  SoupWebsocketConnection *connection;
  GuardStream *guard;
  Conversation *conversation; /* NULL: has none, and is closed at once */
  char *source;
  gint64 since;
  gint64 sent;        /* number of the last message that it knows */
  guint silent_beats; /* heartbeats since the page said anything */
  gint64 beat;
  guint heard_count;
  guint64 handed;  /* bytes given to libsoup, with those before the upgrade */
  guint64 allowed; /* bytes that it may be behind */
  gboolean ended;
} Stream;

void webchat_stream_unref (Stream *self);
/* Into the table; its end takes the first reference. */
void webchat_stream_add (Stream *self);
/* Tells the state, all that the page has missed, and from then on what is new. */
void webchat_stream_start (Stream *self);
void webchat_stream_close (Stream *self, gushort code, const char *why);

G_END_DECLS
