/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The voice engine over Asterisk's REST interface: one connection to each node, on which events
 * come and requests go. Asterisk carries SIP and sound; calls live on when this engine stops. All
 * of it runs on the centre's thread, which it never blocks. */
#pragma once

#include "server/voice/engine.h"

G_BEGIN_DECLS

/* One Asterisk. Texts are those of [asterisk NAME] in the daemon's file. */
typedef struct
{
  char *name;
  char *url;           /* "http://127.0.0.1:8088/ari" */
  char *user;          /* of ari.conf */
  char *password;      /* read from password_file */
  char *app;           /* the name in Stasis (); NULL: guichet */
  char *ca;            /* file of authorities for https; NULL: the system's */
  char *sip, *sip_tls; /* HOST:PORT where agents' phones register; NULL: not here */
  char *stations;      /* how an agent's station is called, with {user}; NULL: PJSIP/{user} */
  char *numbers;       /* how an outside number is called, with {number}; NULL: not from here */
  char *sounds;        /* before the names of prompts; NULL: guichet/ */
  char *share;         /* folder that both see, for files that it shall play; NULL: none */
  char *codecs;        /* of stations that are made here */
  char *context;       /* where a station's own calls end up */
  gboolean provision;  /* stations are made in Asterisk as agents sign in */
  gboolean http;       /* asked over HTTP even if it takes requests on the WebSocket */
  gboolean srtp;       /* stations that are made here must encrypt */
  guint max_calls;     /* that come in; 0: ASTERISK_DEFAULT_MAX_CALLS */
} AsteriskNode;

#define ASTERISK_DEFAULT_MAX_CALLS 300

typedef struct
{
  GPtrArray *nodes;    /* AsteriskNode* */
  GHashTable *trunks;  /* name of an endpoint → GHashTable of header → variable */
  char *realm;         /* of a station's digest if only its hash is known */
  guint media_timeout; /* seconds without sound until a station counts as lost; 0: 30 */
} AsteriskConfig;

AsteriskNode *asterisk_node_new (const char *name);
void asterisk_node_free (AsteriskNode *node);
AsteriskConfig *asterisk_config_new (void);
void asterisk_config_free (AsteriskConfig *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AsteriskConfig, asterisk_config_free)

/* Takes @config. Events arrive in @context, which must be the one that this thread runs. */
VoiceEngine *voice_asterisk_new (AsteriskConfig *config,
                                 GMainContext *context,
                                 VoiceEventFunc on_event,
                                 gpointer user_data);

G_END_DECLS
