/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the nodes of the engine over Asterisk. Any thread. */
#include "server/voice-nodes.h"

#include "server/config-group.h"
#include "server/config.h"

#include <string.h>

/* As the file has it, before it is a node. */
typedef struct
{
  char *url, *user, *password_file, *app, *ca, *sip, *sip_tls, *stations, *provision, *media,
      *requests, *share, *numbers, *sounds, *codecs, *context;
  guint max_calls;
} Group;

static const ConfigKey keys[] = {
  CONFIG_TEXT ("url", Group, url),
  CONFIG_TEXT ("user", Group, user),
  CONFIG_TEXT ("password_file", Group, password_file),
  CONFIG_TEXT ("application", Group, app),
  CONFIG_TEXT ("ca", Group, ca),
  CONFIG_TEXT ("sip", Group, sip),
  CONFIG_TEXT ("sip_tls", Group, sip_tls),
  CONFIG_TEXT ("stations", Group, stations),
  CONFIG_TEXT ("make_stations", Group, provision),
  CONFIG_TEXT ("media", Group, media),
  CONFIG_TEXT ("requests", Group, requests),
  CONFIG_TEXT ("numbers", Group, numbers),
  CONFIG_TEXT ("sounds", Group, sounds),
  CONFIG_TEXT ("share", Group, share),
  CONFIG_TEXT ("codecs", Group, codecs),
  CONFIG_TEXT ("context", Group, context),
  CONFIG_NUMBER ("max_calls", Group, max_calls, 1, 100000),
};

static gboolean
is_plain_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && g_str_equal (g_uri_get_scheme (uri), "http") &&
         !g_str_equal (host, "localhost") && !config_is_loopback (host);
}

static gboolean
check_address (const Group *self, const char *group, GError **error)
{
  g_autoptr (GUri) uri = self->url != NULL ? g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (!g_str_equal (g_uri_get_scheme (uri), "http") &&
       !g_str_equal (g_uri_get_scheme (uri), "https")))
    return config_refuse (error, group, "url",
                          "where its REST interface is, such as http://127.0.0.1:8088/ari");
  if (is_plain_host (self->url))
    return config_refuse (error, group, "url",
                          "plain HTTP is for loopback alone: the password would be readable; give "
                          "https:// and, for an authority of your own, ca");
  if (self->user == NULL || self->password_file == NULL)
    return config_refuse (error, group, self->user == NULL ? "user" : "password_file",
                          "needs user and password_file, as in ari.conf");

  return TRUE;
}

static gboolean
check_phones (const Group *self, const char *group, GError **error)
{
  g_autofree char *host = NULL;
  guint16 port;

  if (self->sip != NULL && !config_parse_address (self->sip, group, &host, &port, error))
    return FALSE;
  if (self->sip != NULL && !config_is_loopback (host) && self->sip_tls == NULL)
    return config_refuse (error, group, "sip",
                          "plain SIP of phones is for loopback alone; set sip_tls");
  if (self->sip_tls != NULL && strrchr (self->sip_tls, ':') == NULL)
    return config_refuse (error, group, "sip_tls", "HOST:PORT where phones register by TLS");
  if (self->stations != NULL && strstr (self->stations, "{user}") == NULL)
    return config_refuse (error, group, "stations", "{user} stands for the agent's name");
  if (self->numbers != NULL && strstr (self->numbers, "{number}") == NULL)
    return config_refuse (error, group, "numbers", "{number} stands for the number");
  if (self->provision != NULL && !g_str_equal (self->provision, "yes") &&
      !g_str_equal (self->provision, "no"))
    return config_refuse (error, group, "make_stations", "yes or no");
  if (self->media != NULL && !g_str_equal (self->media, "srtp") &&
      !g_str_equal (self->media, "rtp"))
    return config_refuse (error, group, "media", "srtp or rtp");
  if (self->share != NULL && (self->share[0] != '/' || strchr (self->share, '&') != NULL))
    return config_refuse (error, group, "share", "the absolute path of a folder");
  if (self->requests != NULL && !g_str_equal (self->requests, "websocket") &&
      !g_str_equal (self->requests, "http"))
    return config_refuse (error, group, "requests", "websocket or http");

  return TRUE;
}

static char *
read_password (const char *path, const char *group, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;

  if (!g_file_get_contents (path, &text, NULL, &why))
    {
      config_refuse (error, group, "password_file", why->message);
      return NULL;
    }
  g_strstrip (text);
  if (*text == '\0' || strlen (text) > 256 || strpbrk (text, "\r\n") != NULL)
    {
      config_refuse (error, group, "password_file", "one line with the password is needed");
      return NULL;
    }

  return g_steal_pointer (&text);
}

static char *
without_slash (const char *url)
{
  char *copy = g_strdup (url);

  while (g_str_has_suffix (copy, "/"))
    copy[strlen (copy) - 1] = '\0';

  return copy;
}

gboolean
voice_node_read (GPtrArray *nodes, GKeyFile *file, const char *group, GError **error)
{
  AsteriskNode *node = asterisk_node_new (group + strlen ("asterisk "));
  Group read = { 0 };
  gboolean good;

  g_ptr_array_add (nodes, node);
  good = config_group_read (&read, keys, G_N_ELEMENTS (keys), file, group, error) &&
         check_address (&read, group, error) && check_phones (&read, group, error);
  if (good)
    node->password = read_password (read.password_file, group, error);
  if (good && node->password != NULL)
    {
      node->url = without_slash (read.url);
      node->user = g_steal_pointer (&read.user);
      node->app = g_steal_pointer (&read.app);
      node->ca = g_steal_pointer (&read.ca);
      node->sip = g_steal_pointer (&read.sip);
      node->sip_tls = g_steal_pointer (&read.sip_tls);
      node->stations = g_steal_pointer (&read.stations);
      node->numbers = g_steal_pointer (&read.numbers);
      node->sounds = g_steal_pointer (&read.sounds);
      node->share = g_steal_pointer (&read.share);
      node->codecs = g_steal_pointer (&read.codecs);
      node->context = g_steal_pointer (&read.context);
      node->provision = g_strcmp0 (read.provision, "no") != 0;
      node->http = g_strcmp0 (read.requests, "http") == 0;
      /* Beyond loopback phones encrypt, unless somebody says otherwise. */
      node->srtp = read.media != NULL ? g_str_equal (read.media, "srtp") : node->sip_tls != NULL;
      node->max_calls = read.max_calls;
    }
  config_group_clear (&read, keys, G_N_ELEMENTS (keys));

  return node->password != NULL;
}

gboolean
voice_nodes_check (const GPtrArray *nodes, GError **error)
{
  guint homes = 0;

  if (nodes->len == 0)
    return config_refuse (error, "voice", "engine", "asterisk needs a group [asterisk NAME]");
  for (guint i = 0; i < nodes->len; i++)
    {
      const AsteriskNode *node = g_ptr_array_index (nodes, i);

      homes += node->sip != NULL || node->sip_tls != NULL;
    }
  if (homes != 1)
    return config_refuse (error, "voice", "engine",
                          "exactly one [asterisk NAME] says by sip or sip_tls where agents' phones "
                          "register");

  return TRUE;
}
