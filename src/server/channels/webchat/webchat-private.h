/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the web chat, for its own files. */
#pragma once

#include "server/api/front.h"
#include "server/api/limit.h"
#include "server/channels/conversations.h"
#include "server/channels/webchat/form.h"
#include "server/channels/webchat/webchat.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WEBCHAT_FILES_MAX 10                          /* of a message */
#define WEBCHAT_FILE_MAX  ((gint64) 35 * 1024 * 1024) /* all of a message, and so each */

struct _Webchat
{
  Centre *centre;
  Conversations *conversations;
  Front *front;
  char *policy;           /* Content-Security-Policy of the page */
  Limit *requests;        /* of a source */
  Limit *beginnings;      /* of a source */
  Limit *bytes;           /* of a source, on streams */
  Limit *messages;        /* of a conversation */
  Limit *files;           /* bytes of files, of a source */
  GHashTable *assets;     /* file → Asset, as they were asked for */
  GHashTable *streams;    /* set of Stream */
  GHashTable *per_source; /* source → how many streams (pointer) */
  guint beat_source;
};

/* request.c */
void webchat_on_request (SoupServer *server,
                         SoupServerMessage *message,
                         const char *path,
                         GHashTable *query,
                         gpointer user_data);
/* Takes the object. */
void webchat_reply (SoupServerMessage *message, guint status, JsonObject *answer);
/* @field, @reason may be NULL. */
void webchat_problem (SoupServerMessage *message,
                      guint status,
                      const char *code,
                      const char *field,
                      const char *reason);
/* FALSE: answered with 429. */
gboolean webchat_may (Webchat *self, SoupServerMessage *message, Limit *limit, const char *source);
/* The name that an agent has for customers. */
const char *webchat_agent_name (Webchat *self, const char *agent);

/* @type NULL: no body. */
void webchat_answer (SoupServerMessage *message,
                     guint status,
                     const char *type,
                     const char *data,
                     gsize length);

/* asset.c */
GHashTable *webchat_assets_new (void);
/* A file of the page, 404 if there is none; 304 for who has it, packed for who takes that. */
void webchat_asset_send (Webchat *self, SoupServerMessage *message, const char *file);

/* create.c */
void
webchat_create (Webchat *self, SoupServerMessage *message, const char *name, const char *source);

/* files.c */
/* Whose token the request brings, or NULL. */
Conversation *webchat_conversation (Webchat *self, SoupServerMessage *message);
/* FrontFileFunc */
FilesWrite *webchat_file_begins (SoupServerMessage *message, const char *path, gpointer user_data);
void webchat_file_add (Webchat *self, SoupServerMessage *message);
void webchat_file_send (Webchat *self, SoupServerMessage *message, const char *id);

/* stream.c */
extern const Channel webchat_channel;
/* Channel.limits */
void webchat_limits (gpointer self, Conversation *conversation, ChannelLimits *limits);
void webchat_stream_open (Webchat *self,
                          SoupServerMessage *message,
                          GHashTable *query,
                          const char *source);
void webchat_streams_tick (Webchat *self);
void webchat_streams_close (Webchat *self);

G_END_DECLS
