/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration of the engine over Asterisk: making and freeing. */
#include "server/voice/asterisk/asterisk.h"

AsteriskNode *
asterisk_node_new (const char *name)
{
  AsteriskNode *self = g_new0 (AsteriskNode, 1);

  self->name = g_strdup (name);
  self->provision = TRUE;

  return self;
}

void
asterisk_node_free (AsteriskNode *self)
{
  char **const texts[] = { &self->name,     &self->url,    &self->user,   &self->password,
                           &self->app,      &self->ca,     &self->sip,    &self->sip_tls,
                           &self->stations, &self->sounds, &self->codecs, &self->context,
                           &self->numbers,  &self->share };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_free (self);
}

AsteriskConfig *
asterisk_config_new (void)
{
  AsteriskConfig *self = g_new0 (AsteriskConfig, 1);

  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) asterisk_node_free);
  self->trunks =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);

  return self;
}

void
asterisk_config_free (AsteriskConfig *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->nodes);
  g_hash_table_unref (self->trunks);
  g_free (self->realm);
  g_free (self);
}
