/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request of the API from its arrival to its answer, which may come later. A handler ends every
 * call by exactly one answer: api_call_reply, a problem, or a command that answers by itself.
 * Centre's thread. */
#pragma once

#include "base/json.h"
#include "server/api/api.h"
#include "server/api/front.h"
#include "server/api/limit.h"
#include "server/channels/conversation.h"

G_BEGIN_DECLS

typedef struct _ApiCall ApiCall;

typedef void (*ApiHandler) (ApiCall *call);
/* Adds members to the answer of a command that was done. */
typedef void (*ApiFinish) (ApiCall *call, JsonObject *answer);
/* Adds to what is written with the events of a command. */
typedef void (*ApiPrepare) (ApiCall *call, StoreBatch *batch);
/* Adds the member `current` to a conflict. */
typedef void (*ApiConflict) (ApiCall *call, gint32 revision, JsonObject *problem);

/* One kind of what agents type (typed.c). */
typedef struct _ApiTyped ApiTyped;

typedef enum
{
  API_ROUTE_OPEN = 1 << 0,    /* without a token */
  API_ROUTE_COMMAND = 1 << 1, /* with an Idempotency-Key */
  API_ROUTE_ADMIN = 1 << 2,   /* on the Unix socket alone */
  API_ROUTE_FILE = 1 << 3,    /* the body is a file; the key is the file's own */
} ApiRouteFlags;

typedef struct
{
  const char *method;
  const char *path; /* "/v1/interactions/{id}/hold" */
  ApiHandler handler;
  guint flags;
} ApiRoute;

#define API_MAX_PARAMETERS 2

struct _ApiCall
{
  int references;
  Api *api;
  Centre *centre;
  SoupServerMessage *message;
  const ApiRoute *route;
  char *parameters[API_MAX_PARAMETERS];
  GHashTable *query;
  JsonNode *node; /* of the body */
  BaseJson body;
  char *peer;

  const char *agent; /* interned; who is signed in */
  Session *session;  /* valid only before the handler returns */
  char *key;         /* the Idempotency-Key */
  char *hash;        /* of method, path and body */

  ApiFinish finish;
  ApiPrepare prepare;
  ApiConflict conflict;
  const ApiTyped *typed; /* what the agent typed, or NULL */
  gpointer data;         /* the handler's, freed with data_free */
  GDestroyNotify data_free;

  guint status; /* of the answer that was made */
  char *answer;
  gboolean answered;
  gboolean secret; /* the answer is not for keeping: who repeats the key asks anew */
};

struct _Api
{
  Centre *centre;
  Front *front;
  GSocketService *admin_service;
  char *admin_path;
  guint heartbeat_source;
  Limit *strangers;
  Limit *agents;
  GHashTable *in_flight; /* "agent key" → ApiCall, with those that wait for it in `waiting` */
  GHashTable *waiting;   /* the same key → GPtrArray of ApiCall */
  GHashTable *streams;   /* set of ApiStream */
  GHashTable *customers; /* set of ids that are being written */
  GHashTable *tagging;   /* set of interactions whose tags are being written */
  GHashTable *sign_ins;  /* agent (interned) → which arrival the newest sign-in was */
  gsize sign_in_arrivals;
  char *sip, *sip_tls, *sip_ca;
  gint64 started; /* monotonic */
  gboolean closed;
};

extern const ApiRoute api_routes[];

ApiCall *api_call_ref (ApiCall *call);
void api_call_unref (ApiCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ApiCall, api_call_unref)

/* Takes the object. */
void api_call_reply (ApiCall *call, guint status, JsonObject *answer);
/* After all that the answer rests on is durable. Takes the object. */
void api_call_reply_durable (ApiCall *call, guint status, JsonObject *answer);
/* Takes the members of @more (or NULL). */
void api_call_problem (ApiCall *call,
                       guint status,
                       const char *code,
                       JsonObject *more,
                       const char *detail);
/* @field: JSON pointer into the body. */
void api_call_invalid (ApiCall *call, const char *field, gint64 limit, const char *detail);
/* @parameter: of the query. */
void
api_call_invalid_query (ApiCall *call, const char *parameter, gint64 limit, const char *detail);
/* The error of a typed getter (BASE_ERROR) as 400, 413 or 422. */
void api_call_bad_body (ApiCall *call, const GError *error);
void api_call_not_now (ApiCall *call, const char *reason);
void api_call_not_found (ApiCall *call);
void api_call_store_error (ApiCall *call, const GError *error);

/* Gives the command to the core and answers by what comes of it: {"seq","cursor"} and what
 * call->finish adds, kept for whoever repeats the key. */
void api_call_command (ApiCall *call, AcdCommand *command, const CentreAside *aside);
/* The same for a change of the store alone; takes batch and answer. */
void api_call_write (ApiCall *call, StoreBatch *batch, guint status, JsonObject *answer);
/* Adds the answer to the batch, under the call's key. */
void api_call_keep_answer (ApiCall *call, StoreBatch *batch, guint status, JsonObject *answer);

/* A CentreReadyFunc: sends the answer that was kept; takes a reference of the call. */
void api_call_kept (gpointer call);

/* reading.c: does @read with call->data on the store's reading thread, then answers. A connection
 * that was closed stops it. */
void api_call_read (ApiCall *call, StoreReadFunc read, ApiHandler answer);

const char *api_call_query (ApiCall *call, const char *name);
/* `before` (RFC 3339) and `limit` of a list; FALSE: answered. */
gboolean api_call_page (ApiCall *call, gint64 *before, gint64 *limit);
/* An object {"seq","cursor"} of now. */
JsonObject *api_call_mark (ApiCall *call);

/* take.c: an ApiFinish that names the agent's newest work. */
void api_call_newest_work (ApiCall *call, JsonObject *answer);
/* The open interaction in the first parameter in which the agent has a part or an offer; NULL:
 * answered with 404. */
Record *api_call_interaction (ApiCall *call);
/* The body says nothing; FALSE: answered. */
gboolean api_call_no_members (ApiCall *call);
/* A command on that interaction that needs no more than its name. */
void api_call_simple (ApiCall *call, AcdCommandType type);
/* The same by the participation in the first parameter, which must be the agent's. */
Record *api_call_part (ApiCall *call, Part **part);

/* routes.c */
const ApiRoute *api_route_find (const char *method,
                                const char *path,
                                gboolean admin,
                                char **parameters,
                                gboolean *known_path);
/* Its conversation, where the agent may write in it now; NULL: answered. */
Conversation *api_call_writable (ApiCall *call);
/* conversation.c: {"seq","cursor","message"} */
void api_call_reply_message (ApiCall *call, const Message *message);
/* attachment.c: FrontFileFunc */
FilesWrite *api_file_begins (SoupServerMessage *message, const char *path, gpointer user_data);
/* dispatch.c */
void api_dispatch (Api *api, SoupServerMessage *message, const char *path, GHashTable *query);
/* stream.c */
void api_stream_open (ApiCall *call);
void api_stream_tick (Api *api);
void api_stream_close_all (Api *api);

G_END_DECLS
