/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way of the sound settings from GSettings to the phone, which keeps none itself. Main thread
 * only.
 */

#include "desktop/settings/phone-settings.h"

static const struct
{
  const char *setting;
  const char *key; /* of Configure */
} keys[] = {
  { "microphone", "microphone" },
  { "speaker", "speaker" },
  { "ringer", "ringer" },
  { "microphone-volume", "microphone_volume" },
  { "speaker-volume", "speaker_volume" },
  { "ring-volume", "ring_volume" },
  { "echo-cancellation", "echo_cancellation" },
  { "noise-suppression", "noise_suppression" },
  { "gain-control", "gain_control" },
};

static void
give (GuichetPhone *phone, GSettings *settings)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, keys[i].setting);

      g_variant_builder_add (&builder, "{sv}", keys[i].key, value);
    }
  guichet_phone_set_settings (phone, g_variant_builder_end (&builder));
}

static void
on_changed (GSettings *settings, const char *key, GuichetPhone *phone)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].setting, key))
      give (phone, settings);
}

void
guichet_phone_settings_start (GuichetPhone *phone, GSettings *settings)
{
  if (g_object_get_data (G_OBJECT (phone), "guichet-settings") != NULL)
    return;
  g_object_set_data (G_OBJECT (phone), "guichet-settings", settings);
  give (phone, settings);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_changed), phone, 0);
  guichet_phone_start (phone);
}
