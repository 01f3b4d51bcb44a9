/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registrar for the agents' phones: who may register is told by the centre, session by session;
 * an agent has one contact; registration is readiness. */
#pragma once

#include "server/voice/message.h"
#include "telephony/ua.h"

G_BEGIN_DECLS

typedef struct _Registrar Registrar;

typedef void (*RegistrarChanged) (const char *agent,
                                  gboolean ready,
                                  VoiceRegistrationReason reason,
                                  gpointer user_data);

/* Where an agent's phone is. Strings are the registrar's, valid until its next call. */
typedef struct
{
  const char *uri;  /* its contact */
  const char *flow; /* the route that reaches it over the connection that it registered with */
  TelTransport transport;
} RegistrarContact;

/* Its timers run in the thread-default main context of its caller. */
Registrar *
registrar_new (const char *realm, guint max_contacts, RegistrarChanged changed, gpointer user_data);
/* From now on asks registered phones every so many ms whether they are there, until it is told to
 * stop, which must be before the user agent is closed. */
void registrar_start_watch (Registrar *self, TelUa *ua, guint every_ms);
void registrar_stop_watch (Registrar *self);
void registrar_free (Registrar *self); /* says nothing of those still registered */

/* New credentials; an earlier registration of this agent ends (removed). @ha1 or @password. FALSE:
 * another agent has that user. */
gboolean registrar_set_station (Registrar *self,
                                const char *agent,
                                const char *user,
                                const char *ha1,
                                const char *password);
gboolean registrar_remove_station (Registrar *self, const char *agent); /* FALSE: none */

/* Answers a REGISTER. */
void registrar_handle (Registrar *self, TelRequest *request);

gboolean registrar_find (Registrar *self, const char *agent, RegistrarContact *contact);

/* The agent whose registered flow this is; NULL: nobody's. */
const char *
registrar_agent_at (Registrar *self, const char *address, guint port, TelTransport transport);

/* Whether the agent's password proves the request; @answered: it was asked for it or refused. */
gboolean
registrar_proves (Registrar *self, const char *agent, TelRequest *request, gboolean *answered);

/* Its phone turned out to be gone. */
void registrar_lose (Registrar *self, const char *agent);

GStrv registrar_list (Registrar *self); /* agents that are registered */

G_END_DECLS
