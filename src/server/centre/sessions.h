/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is signed in: one session for each agent, found by its token. Only hashes of tokens are kept.
 * The SIP password of a session is derived from the centre's key, so that a phone that was
 * registered before a restart is known after it without a password being stored. Centre's thread.
 */
#pragma once

#include "model/ids.h"
#include "model/words.h"
#include "server/store/secrets.h"
#include "server/store/store.h"

G_BEGIN_DECLS

typedef struct _Sessions Sessions;

typedef struct
{
  char *id;
  ModelId number; /* the core's name of it */
  char *agent;
  char *token_hash;
  ModelStation station;
  char *address; /* of a desk phone or an outside number, else NULL */
  gint64 at;
  gint64 figures;     /* round of those of its queues that were told last; 0: none on this stream */
  char *phone_reason; /* what the phone said last of itself, or NULL */
} Session;

Sessions *sessions_new (Secrets *secrets);
void sessions_free (Sessions *self);
gboolean sessions_load (Sessions *self, Store *store, GError **error);

Session *session_new (ModelId number,
                      const char *agent,
                      const char *token,
                      ModelStation station,
                      const char *address,
                      gint64 at);
void session_free (Session *session);
void session_store (const Session *session, StoreBatch *batch);
/* It has a number or address of its own and registers nowhere. */
gboolean session_has_fixed_station (const Session *session);
gboolean station_is_fixed (ModelStation station, const char *address);
char *session_sip_password (Sessions *self, const Session *session);

/* Takes the session, replacing the agent's. */
void sessions_set (Sessions *self, Session *session);
void sessions_remove (Sessions *self, const char *agent);
Session *sessions_by_agent (Sessions *self, const char *agent);
Session *sessions_by_token (Sessions *self, const char *token);
void sessions_each (Sessions *self,
                    void (*each) (Session *session, gpointer user_data),
                    gpointer user_data);

G_END_DECLS
