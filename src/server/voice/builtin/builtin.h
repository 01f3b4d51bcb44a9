/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in voice engine: SIP by sofia-sip, media by GStreamer, a registrar for the agents'
 * phones and a mixer, all in this process on its own voice thread. */
#pragma once

#include "server/voice/engine.h"

G_BEGIN_DECLS

/* What tests/bench/mixer_calls.py showed two cores to carry without a late tick of the engine's
 * own, beside the load itself and much other work: 40 calls of two legs. */
#define VOICE_DEFAULT_MAX_CALLS         40
#define VOICE_DEFAULT_MAX_REGISTRATIONS 200
/* A phone that is gone is known after three times this. */
#define VOICE_DEFAULT_WATCH_MS 4000
#define VOICE_TRUNK_WATCH_MS   20000
/* Of one source that is neither a trunk nor a registered phone; each is remembered for 32 s. */
#define VOICE_DEFAULT_STRANGER_RATE 20

/* A declared peer that brings and takes outside calls. Requests from anybody else get 403. */
typedef struct
{
  char *name;
  GStrv addresses;       /* numeric addresses or nets ("192.0.2.0/24") its requests may come from */
  char *user, *password; /* digest: for what it sends us when it has no addresses, and towards it */
  char *proxy;           /* "sip:192.0.2.7:5060": where outside numbers go; NULL: incoming only */
  GHashTable *variables; /* header name ("X-Guichet-Account") → variable name; NULL: none */
  char *media;           /* "rtp", "srtp" or "srtp-required"; NULL: rtp */
  gboolean unwatched;    /* it is not asked by OPTIONS whether it is there */
} VoiceTrunk;

typedef struct
{
  char *host;     /* numeric address to listen on; default 127.0.0.1 */
  guint port;     /* UDP and TCP; 0: a free one */
  guint tls_port; /* with tls_dir; 0: a free one */
  char *tls_dir;  /* directory with agent.pem (key and certificate) and cafile.pem; NULL: no TLS */
  char *realm;    /* digest realm; default "guichet" */
  GPtrArray *trunks; /* VoiceTrunk* */
  char *sounds;      /* directory of NAME.wav; NULL: none */
  char *leg_prefix;  /* incoming legs are called prefix + counter; must differ with every start */
  guint max_calls;   /* legs that come in; as many more may go out. 0: VOICE_DEFAULT_MAX_CALLS */
  guint max_registrations; /* 0: VOICE_DEFAULT_MAX_REGISTRATIONS */
  guint stranger_rate;     /* requests a second that one stranger may send; 0: default */
  guint watch_ms;      /* registered phones and trunks are asked so often whether they are there; 0:
                          defaults */
  guint media_timeout; /* seconds without RTP until media is lost; 0: 30 */
} VoiceConfig;

VoiceConfig *voice_config_new (void);
void voice_config_free (VoiceConfig *config);
VoiceTrunk *voice_trunk_new (const char *name);
void voice_trunk_free (VoiceTrunk *trunk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VoiceConfig, voice_config_free)

/* Takes @config. Events arrive in @context (NULL: the thread's default). */
VoiceEngine *voice_builtin_new (VoiceConfig *config,
                                GMainContext *context,
                                VoiceEventFunc on_event,
                                gpointer user_data);

G_END_DECLS
