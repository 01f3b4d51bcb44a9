/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the daemon's file to the engine's configuration. */
#include "server/voice-start.h"

#include "base/ids.h"
#include "server/voice/asterisk/asterisk.h"
#include "server/voice/builtin/builtin.h"

static VoiceTrunk *
trunk_from (const ConfigTrunk *from)
{
  VoiceTrunk *trunk = voice_trunk_new (from->name);
  GHashTableIter iter;
  gpointer header, variable;

  trunk->addresses = g_strdupv (from->addresses);
  trunk->user = g_strdup (from->user);
  trunk->password = g_strdup (from->password);
  trunk->proxy = g_strdup (from->proxy);
  trunk->media = g_strdup (from->media);
  trunk->unwatched = from->unwatched;
  if (from->variables == NULL)
    return trunk;
  trunk->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, from->variables);
  while (g_hash_table_iter_next (&iter, &header, &variable))
    g_hash_table_insert (trunk->variables, g_strdup (header), g_strdup (variable));

  return trunk;
}

static VoiceConfig *
builtin_from (const Config *from)
{
  VoiceConfig *config = voice_config_new ();
  g_autofree char *token = base_token_new (6);

  g_free (config->host);
  config->host = g_strdup (from->sip_host);
  config->port = from->sip_port;
  config->tls_port = from->sip_tls_port;
  config->tls_dir = g_strdup (from->sip_tls_dir);
  g_free (config->realm);
  config->realm = g_strdup (from->realm);
  config->sounds = g_strdup (from->sounds);
  g_free (config->leg_prefix);
  config->leg_prefix = g_strconcat ("l", token, ".", NULL);
  config->max_calls = from->max_calls;
  config->max_registrations = from->max_registrations;
  config->media_timeout = from->media_timeout;
  if (config->trunks == NULL)
    config->trunks = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_trunk_free);
  for (guint i = 0; i < from->trunks->len; i++)
    g_ptr_array_add (config->trunks, trunk_from (g_ptr_array_index (from->trunks, i)));

  return config;
}

static AsteriskConfig *
asterisk_from (Config *from)
{
  AsteriskConfig *config = asterisk_config_new ();

  g_ptr_array_unref (config->nodes);
  config->nodes = g_ptr_array_ref (from->nodes);
  config->realm = g_strdup (from->realm);
  config->media_timeout = from->media_timeout;
  for (guint i = 0; i < from->trunks->len; i++)
    {
      const ConfigTrunk *trunk = g_ptr_array_index (from->trunks, i);

      if (trunk->variables != NULL)
        g_hash_table_insert (config->trunks, g_strdup (trunk->name),
                             g_hash_table_ref (trunk->variables));
    }

  return config;
}

VoiceEngine *
voice_engine_from (Config *config, VoiceEventFunc on_event, gpointer user_data)
{
  if (g_strcmp0 (config->voice_engine, "asterisk") == 0)
    return voice_asterisk_new (asterisk_from (config), NULL, on_event, user_data);

  return voice_builtin_new (builtin_from (config), NULL, on_event, user_data);
}

char *
voice_ca_from (const Config *config)
{
  for (guint i = 0; i < config->nodes->len; i++)
    {
      const AsteriskNode *node = g_ptr_array_index (config->nodes, i);

      if (node->sip_tls != NULL)
        return g_strdup (node->ca);
    }

  return config->sip_tls_dir != NULL ? g_build_filename (config->sip_tls_dir, "cafile.pem", NULL)
                                     : NULL;
}
