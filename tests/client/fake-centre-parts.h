/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the small centre is made of: fake-centre.c (its commands), fake-stream.c (its events). For
 * these two. */
#pragma once

#include "fake-centre.h"

#include "base/time-text.h"

#include <string.h>

#define EPOCH "e1"

typedef struct
{
  char *method;
  char *path_end;
  guint status; /* 0: as usual */
  char *body;
  gboolean lose;
  gboolean hold;
} Odd;

struct _FakeCentre
{
  SoupServer *server;
  SoupWebsocketConnection *stream;
  GPtrArray *events;  /* char *: text with %PREV% to be filled in */
  GArray *event_seqs; /* gint64 */
  GHashTable *desk;   /* member → JSON */
  GPtrArray *requests;
  GTlsCertificate *certificate; /* NULL: plain */
  GHashTable *keys;             /* key → answer */
  GQueue odds;
  GQueue held; /* SoupServerMessage *: carried out, not yet answered */
  char *url;
  guint port;
  GSocket *place; /* keeps the port while nobody listens */
  gint64 seq;
  gint64 sent; /* on the stream */
  gint64 oldest;
  gint64 revision;
  guint streams;
  guint snapshots;
  guint repeated;
  guint heartbeat_id;
  guint heartbeat_ms;
  gboolean sip;
  char *sip_more;
};

void fake_centre_on_early (SoupServer *server,
                           SoupServerMessage *message,
                           const char *path,
                           GHashTable *query,
                           gpointer user_data);
void fake_centre_on_stream (SoupServer *server,
                            SoupServerMessage *message,
                            const char *path,
                            SoupWebsocketConnection *stream,
                            gpointer user_data);
char *fake_centre_page (FakeCentre *self, GHashTable *query);
char *fake_centre_add_message (FakeCentre *self, const char *interaction, const char *body);
void fake_centre_now_text (char buffer[BASE_TIME_TEXT_SIZE]);
void fake_centre_answer (SoupServerMessage *message, guint status, const char *body);
