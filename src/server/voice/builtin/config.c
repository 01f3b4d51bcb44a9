/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in engine's configuration: filled by the daemon, then the engine's. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/builtin.h"

#include <string.h>

VoiceTrunk *
voice_trunk_new (const char *name)
{
  VoiceTrunk *trunk = g_new0 (VoiceTrunk, 1);

  trunk->name = g_strdup (name);

  return trunk;
}

void
voice_trunk_free (VoiceTrunk *trunk)
{
  if (trunk == NULL)
    return;

  if (trunk->password != NULL)
    explicit_bzero (trunk->password, strlen (trunk->password));
  g_free (trunk->password);
  g_free (trunk->user);
  g_free (trunk->name);
  g_strfreev (trunk->addresses);
  g_free (trunk->proxy);
  g_clear_pointer (&trunk->variables, g_hash_table_unref);
  g_free (trunk->media);
  g_free (trunk);
}

VoiceConfig *
voice_config_new (void)
{
  VoiceConfig *config = g_new0 (VoiceConfig, 1);

  config->host = g_strdup ("127.0.0.1");
  config->realm = g_strdup ("guichet");
  config->leg_prefix = g_strdup ("leg-");
  config->trunks = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_trunk_free);

  return config;
}

void
voice_config_free (VoiceConfig *config)
{
  if (config == NULL)
    return;

  g_free (config->host);
  g_free (config->tls_dir);
  g_free (config->realm);
  g_free (config->sounds);
  g_free (config->leg_prefix);
  g_ptr_array_unref (config->trunks);
  g_free (config);
}
