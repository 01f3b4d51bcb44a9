/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the daemon's key file. Unknown groups and keys are errors, so that a slip of the pen does
 * not silently mean a default. */
#include "server/config.h"

#include "server/channels/email/settings.h"
#include "server/channels/meta/account.h"
#include "server/channels/sms/gateway.h"
#include "server/config-group.h"
#include "server/voice-nodes.h"

G_DEFINE_QUARK (config - error - quark, config_error)

typedef enum
{
  KEY_TEXT,
  KEY_NUMBER,
  KEY_PORT
} KeyType;

typedef struct
{
  const char *group, *key;
  KeyType type;
  gsize offset;
  gint64 min, max;
} Key;

#define TEXT(group, key, member)                                                                   \
  {                                                                                                \
    group, key, KEY_TEXT, G_STRUCT_OFFSET (Config, member), 0, 0                                   \
  }
#define NUMBER(group, key, member, min, max)                                                       \
  {                                                                                                \
    group, key, KEY_NUMBER, G_STRUCT_OFFSET (Config, member), min, max                             \
  }
#define PORT(group, key, member)                                                                   \
  {                                                                                                \
    group, key, KEY_PORT, G_STRUCT_OFFSET (Config, member), 0, 65535                               \
  }

static const Key keys[] = {
  TEXT ("http", "tls_certificate", tls_certificate),
  TEXT ("http", "tls_key", tls_key),
  NUMBER ("http", "max_connections", max_connections, 1, 20000),
  NUMBER ("http", "requests_per_minute", requests_per_minute, 1, 100000),
  NUMBER ("http", "commands_per_second", commands_per_second, 1, 100000),
  PORT ("sip", "tls_port", sip_tls_port),
  TEXT ("sip", "tls_dir", sip_tls_dir),
  TEXT ("sip", "realm", realm),
  TEXT ("sip", "sounds", sounds),
  NUMBER ("sip", "max_calls", max_calls, 1, 100000),
  NUMBER ("sip", "max_registrations", max_registrations, 1, 100000),
  NUMBER ("sip", "media_timeout", media_timeout, 5, 3600),
  TEXT ("store", "key_file", key_file),
  NUMBER ("store", "journal_days", journal_days, 7, 3650),
  NUMBER ("store", "people_days", people_days, 1, 3650),
  TEXT ("webchat", "sites", webchat_sites),
  NUMBER ("webchat", "proxies", webchat_proxies, 0, 8),
  NUMBER ("webchat", "silence_seconds", webchat_silence, 1, 86400),
  NUMBER ("webchat", "conversations_per_minute", webchat_conversations, 1, 100000),
  NUMBER ("webchat", "messages_per_minute", webchat_messages, 1, 100000),
  NUMBER ("webchat", "megabytes_per_minute", webchat_megabytes, 1, 100000),
  TEXT ("attachments", "types", attachment_types),
  TEXT ("webhooks", "url", webhooks_url),
  NUMBER ("webhooks", "proxies", webhooks_proxies, 0, 8),
  NUMBER ("webhooks", "callbacks_per_minute", webhooks_requests, 1, 1000000),
  TEXT ("voice", "engine", voice_engine),
  NUMBER ("outages", "told_after_seconds", outage_seconds, 0, 3600),
  NUMBER ("demo", "alone_seconds", alone_seconds, 0, 86400),
};

static const char *const plain_groups[] = { "http",        "sip",      "store", "webchat",
                                            "attachments", "webhooks", "voice", "outages",
                                            "demo",        NULL };

gboolean
config_parse_address (const char *text, const char *key, char **host, guint16 *port, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *name = NULL;
  guint64 number;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &number, NULL))
    {
      g_set_error (error, CONFIG_ERROR, CONFIG_ERROR_INVALID,
                   "%s: \"%s\" is not HOST:PORT, such as 127.0.0.1:8080", key, text);
      return FALSE;
    }
  name = g_strndup (text, (gsize) (colon - text));
  if (name[0] == '[' && g_str_has_suffix (name, "]"))
    {
      name[strlen (name) - 1] = '\0';
      memmove (name, name + 1, strlen (name));
    }
  if (!g_hostname_is_ip_address (name))
    {
      g_set_error (error, CONFIG_ERROR, CONFIG_ERROR_INVALID, "%s: \"%s\" is not a numeric address",
                   key, name);
      return FALSE;
    }
  g_free (*host);
  *host = g_steal_pointer (&name);
  *port = (guint16) number;

  return TRUE;
}

gboolean
config_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static void
trunk_free (gpointer data)
{
  ConfigTrunk *trunk = data;

  g_free (trunk->name);
  g_strfreev (trunk->addresses);
  g_free (trunk->user);
  g_free (trunk->password);
  g_free (trunk->proxy);
  g_free (trunk->media);
  g_clear_pointer (&trunk->variables, g_hash_table_unref);
  g_free (trunk);
}

static gboolean
read_trunk_key (ConfigTrunk *trunk,
                GKeyFile *file,
                const char *group,
                const char *key,
                GError **error)
{
  g_autofree char *value = g_key_file_get_string (file, group, key, error);

  if (value == NULL)
    return FALSE;
  if (g_str_equal (key, "addresses"))
    trunk->addresses = g_key_file_get_string_list (file, group, key, NULL, NULL);
  else if (g_str_equal (key, "user"))
    trunk->user = g_steal_pointer (&value);
  else if (g_str_equal (key, "password"))
    trunk->password = g_steal_pointer (&value);
  else if (g_str_equal (key, "proxy"))
    trunk->proxy = g_steal_pointer (&value);
  else if (g_str_equal (key, "media"))
    trunk->media = g_steal_pointer (&value);
  else if (g_str_equal (key, "watched"))
    {
      g_autoptr (GError) bad = NULL;

      trunk->unwatched = !g_key_file_get_boolean (file, group, key, &bad);
      if (bad != NULL)
        return config_refuse (error, group, key, "true or false");
    }
  else if (g_ascii_strncasecmp (key, "X-Guichet-", 10) == 0)
    {
      if (trunk->variables == NULL)
        trunk->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (trunk->variables, g_strdup (key), g_steal_pointer (&value));
    }
  else
    return config_refuse (error, group, key, "unknown key");

  return TRUE;
}

static gboolean
read_trunk (Config *config, GKeyFile *file, const char *group, GError **error)
{
  ConfigTrunk *trunk = g_new0 (ConfigTrunk, 1);
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, error);

  trunk->name = g_strdup (group + strlen ("trunk "));
  g_ptr_array_add (config->trunks, trunk);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!read_trunk_key (trunk, file, group, names[i], error))
      return FALSE;
  return names != NULL;
}

static gboolean
read_key (Config *config, GKeyFile *file, const char *group, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const Key *key = &keys[i];
      gpointer member = G_STRUCT_MEMBER_P (config, key->offset);
      g_autofree char *value = NULL;
      gint64 number = 0;

      if (!g_str_equal (key->group, group) || !g_str_equal (key->key, name))
        continue;
      value = g_key_file_get_string (file, group, name, error);
      if (value == NULL)
        return FALSE;
      if (key->type != KEY_TEXT &&
          !g_ascii_string_to_signed (value, 10, key->min, key->max, &number, NULL))
        return config_refuse (error, group, name, "not a number in range");
      if (key->type == KEY_NUMBER)
        *(guint *) member = (guint) number;
      else if (key->type == KEY_PORT)
        *(guint16 *) member = (guint16) number;
      else
        {
          g_free (*(char **) member);
          *(char **) member = g_steal_pointer (&value);
        }
      return TRUE;
    }

  return config_refuse (error, group, name, "unknown key");
}

static gboolean
read_listen (Config *config, GKeyFile *file, const char *group, GError **error)
{
  g_autofree char *value = g_key_file_get_string (file, group, "listen", error);

  if (value == NULL)
    return FALSE;
  if (g_str_equal (group, "http"))
    return config_parse_address (value, "[http] listen", &config->http_host, &config->http_port,
                                 error);
  if (g_str_equal (group, "webchat"))
    return config_parse_address (value, "[webchat] listen", &config->webchat_host,
                                 &config->webchat_port, error);

  if (g_str_equal (group, "webhooks"))
    return config_parse_address (value, "[webhooks] listen", &config->webhooks_host,
                                 &config->webhooks_port, error);

  return config_parse_address (value, "[sip] listen", &config->sip_host, &config->sip_port, error);
}

static gboolean
read_group (Config *config, GKeyFile *file, const char *group, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (g_str_has_prefix (group, "trunk "))
    return read_trunk (config, file, group, error);
  if (g_str_has_prefix (group, "asterisk "))
    return voice_node_read (config->nodes, file, group, error);
  if (g_str_has_prefix (group, "sms "))
    return sms_gateway_read (config->gateways, file, group, error);
  if (g_str_has_prefix (group, "email "))
    return email_settings_read (config->emails, file, group, error);
  if (g_str_has_prefix (group, "meta "))
    return meta_account_read (config->accounts, file, group, error);
  if (!g_strv_contains (plain_groups, group))
    return config_refuse (error, group, "", "unknown group");
  names = g_key_file_get_keys (file, group, NULL, error);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      gboolean listen = g_str_equal (names[i], "listen") &&
                        (g_str_equal (group, "http") || g_str_equal (group, "sip") ||
                         g_str_equal (group, "webchat") || g_str_equal (group, "webhooks"));

      if (!(listen ? read_listen (config, file, group, error)
                   : read_key (config, file, group, names[i], error)))
        return FALSE;
    }

  return names != NULL;
}

Config *
config_load (const char *path, GError **error)
{
  g_autoptr (Config) config = g_new0 (Config, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  config->http_host = g_strdup ("127.0.0.1");
  config->http_port = 8480;
  config->sip_host = g_strdup ("127.0.0.1");
  config->sip_port = 5060;
  config->realm = g_strdup ("guichet");
  config->max_connections = 12000;
  config->requests_per_minute = 600;
  config->commands_per_second = 50;
  config->journal_days = 30;
  config->people_days = 365;
  config->outage_seconds = 10;
  config->alone_seconds = 5 * 60;
  config->webchat_silence = 2 * 60;
  config->webchat_conversations = 10;
  config->webchat_messages = 60;
  config->webchat_megabytes = 70;
  config->webhooks_requests = 6000;
  config->accounts = g_ptr_array_new_with_free_func (meta_account_free);
  config->gateways = g_ptr_array_new_with_free_func (sms_gateway_free);
  config->emails = g_ptr_array_new_with_free_func (email_settings_free);
  config->trunks = g_ptr_array_new_with_free_func (trunk_free);
  config->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) asterisk_node_free);
  if (path == NULL)
    return g_steal_pointer (&config);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!read_group (config, file, groups[i], error))
      {
        g_prefix_error (error, "%s: ", path);
        return NULL;
      }

  return g_steal_pointer (&config);
}

static gboolean
has_tls_files (const char *directory)
{
  g_autofree char *agent = g_build_filename (directory, "agent.pem", NULL);
  g_autofree char *ca = g_build_filename (directory, "cafile.pem", NULL);

  return g_file_test (agent, G_FILE_TEST_EXISTS) && g_file_test (ca, G_FILE_TEST_EXISTS);
}

/* They go into a header of every page. */
static gboolean
sites_are_good (const char *sites)
{
  g_auto (GStrv) list = g_strsplit (sites, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0' && !g_str_equal (sites, "*") &&
        ((!g_str_has_prefix (list[i], "https://") && !g_str_has_prefix (list[i], "http://")) ||
         strspn (strchr (list[i], '/') + 2,
                 "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                 "0123456789.-:*[]") != strlen (strchr (list[i], '/') + 2)))
      return FALSE;

  return TRUE;
}

/* What a trunk needs depends on who takes its calls: Asterisk knows its own by itself. */
static gboolean
check_voice (const Config *config, GError **error)
{
  gboolean asterisk = g_strcmp0 (config->voice_engine, "asterisk") == 0;

  if (config->voice_engine != NULL && !asterisk && !g_str_equal (config->voice_engine, "builtin"))
    return config_refuse (error, "voice", "engine", "builtin or asterisk");
  if (asterisk)
    return voice_nodes_check (config->nodes, error);
  if (config->nodes->len > 0)
    return config_refuse (error, "voice", "engine",
                          "there is an [asterisk NAME], but the engine is not asterisk");
  for (guint i = 0; i < config->trunks->len; i++)
    {
      const ConfigTrunk *trunk = g_ptr_array_index (config->trunks, i);
      g_autofree char *group = g_strconcat ("trunk ", trunk->name, NULL);

      if (trunk->addresses == NULL && trunk->user == NULL)
        return config_refuse (error, group, "addresses", "needs addresses, or user and password");
    }

  return TRUE;
}

gboolean
config_check (const Config *config, GError **error)
{
  if (!check_voice (config, error))
    return FALSE;
  if ((config->tls_certificate == NULL) != (config->tls_key == NULL))
    return config_refuse (error, "http", "tls_key", "tls_certificate and tls_key belong together");
  if (config->tls_certificate == NULL && !config_is_loopback (config->http_host))
    return config_refuse (
        error, "http", "listen",
        "plain HTTP is for loopback alone; set tls_certificate and tls_key, or put a "
        "reverse proxy in front");
  if (config->webchat_host != NULL && !config_is_loopback (config->webchat_host))
    return config_refuse (
        error, "webchat", "listen",
        "it speaks plain HTTP and so listens on loopback alone; a reverse proxy in front "
        "brings TLS");
  if (config->webhooks_host != NULL && !config_is_loopback (config->webhooks_host))
    return config_refuse (
        error, "webhooks", "listen",
        "it speaks plain HTTP and so listens on loopback alone; a reverse proxy in "
        "front brings TLS");
  if (config->webhooks_host == NULL && config->gateways->len + config->accounts->len > 0)
    return config_refuse (error, "webhooks", "listen",
                          "gateways of SMS and Meta have to call back");
  if (config->webchat_sites != NULL && !sites_are_good (config->webchat_sites))
    return config_refuse (error, "webchat", "sites",
                          "origins such as https://shop.example, with blanks between them, or *");
  if (config->sip_tls_dir == NULL && !config_is_loopback (config->sip_host))
    return config_refuse (
        error, "sip", "listen",
        "plain SIP of phones is for loopback alone; set tls_dir to a directory with "
        "agent.pem (key and certificate) and cafile.pem");
  if (config->sip_tls_dir == NULL && config->sip_tls_port != 0)
    return config_refuse (error, "sip", "tls_port", "needs tls_dir");
  if (config->sip_tls_dir != NULL && !has_tls_files (config->sip_tls_dir))
    return config_refuse (error, "sip", "tls_dir",
                          "there must be agent.pem (key and certificate) and cafile.pem in it");

  return TRUE;
}

void
config_free (Config *config)
{
  g_free (config->http_host);
  g_free (config->tls_certificate);
  g_free (config->tls_key);
  g_free (config->sip_host);
  g_free (config->sip_tls_dir);
  g_free (config->realm);
  g_free (config->sounds);
  g_free (config->key_file);
  g_free (config->webchat_host);
  g_free (config->webchat_sites);
  g_free (config->attachment_types);
  g_free (config->webhooks_host);
  g_free (config->webhooks_url);
  g_clear_pointer (&config->accounts, g_ptr_array_unref);
  g_clear_pointer (&config->gateways, g_ptr_array_unref);
  g_clear_pointer (&config->emails, g_ptr_array_unref);
  g_clear_pointer (&config->trunks, g_ptr_array_unref);
  g_clear_pointer (&config->nodes, g_ptr_array_unref);
  g_free (config->voice_engine);
  g_free (config);
}
