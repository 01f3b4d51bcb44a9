/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daemon's own file: addresses, TLS, trunks, limits, where the key is. Never the centre's
 * definitions. docs/administration.md describes every key. Immutable after reading. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONFIG_ERROR (config_error_quark ())
GQuark config_error_quark (void);
typedef enum
{
  CONFIG_ERROR_INVALID
} ConfigError;

typedef struct
{
  char *name;
  GStrv addresses;
  char *user, *password, *proxy, *media;
  GHashTable *variables; /* header → variable, or NULL */
  gboolean unwatched;
} ConfigTrunk;

typedef struct
{
  char *http_host;
  guint16 http_port;
  char *tls_certificate, *tls_key;
  char *sip_host;
  guint16 sip_port;
  guint16 sip_tls_port;
  char *sip_tls_dir;
  char *realm;
  char *sounds;
  guint max_calls;
  guint max_registrations;
  guint media_timeout;
  guint max_connections;
  guint outage_seconds;      /* for which something is out of service until agents are told */
  guint requests_per_minute; /* of one address that is not signed in: sign-ins, refusals */
  guint commands_per_second; /* of one agent */
  char *key_file;            /* NULL: beside the data directory */
  guint journal_days;
  guint people_days;       /* recent calls, notes and values of closed interactions */
  gboolean loopback_trunk; /* --demo */
  guint alone_seconds;     /* --demo: ends when nobody was there for so long; 0: never */
  char *webchat_host;      /* NULL: no web chat */
  guint16 webchat_port;
  char *webchat_sites;         /* which pages may show it in a frame: origins, or * */
  guint webchat_proxies;       /* how many stand in front and name the source */
  guint webchat_silence;       /* seconds until a customer without connection counts as gone */
  guint webchat_conversations; /* of one source a minute */
  guint webchat_messages;      /* of one conversation a minute */
  guint webchat_megabytes;     /* of files, of one source a minute */
  char *attachment_types;      /* NULL: the usual ones */
  char *webhooks_host;         /* NULL: nobody is listened to who calls back */
  guint16 webhooks_port;
  char *webhooks_url;      /* where services reach it; NULL: where it listens */
  guint webhooks_proxies;  /* as of web chat */
  guint webhooks_requests; /* of one source a minute */
  GPtrArray *gateways;     /* SmsGateway */
  GPtrArray *emails;       /* EmailSettings */
  GPtrArray *accounts;     /* MetaAccount */
  GPtrArray *trunks;       /* ConfigTrunk */
  char *voice_engine;      /* builtin or asterisk; NULL: builtin */
  GPtrArray *nodes;        /* AsteriskNode */
} Config;

/* The defaults, for no file (NULL). */
Config *config_load (const char *path, GError **error);
void config_free (Config *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Config, config_free)

/* "HOST:PORT", "[::1]:0"; @key names it in the error. */
gboolean config_parse_address (const char *text,
                               const char *key,
                               char **host,
                               guint16 *port,
                               GError **error);
/* Refuses what must not be: plain HTTP to the outside. */
gboolean config_check (const Config *config, GError **error);
gboolean config_is_loopback (const char *host);

G_END_DECLS
