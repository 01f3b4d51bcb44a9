/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way of the sound settings from GSettings to the phone, which keeps none itself. Main thread
 * only.
 */

#include "desktop/settings/phone-settings.h"

#include "desktop/offers/alert-kind.h"

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

/* While the desktop is not to disturb, the card alone says that a call is there. */
static const char *
ring_of (const char *chosen, GuichetQuiet *quiet)
{
  return *chosen == '\0' || (quiet != NULL && guichet_quiet_is_on (quiet)) ? "silent" : chosen;
}

static void
give (GuichetPhone *phone)
{
  GSettings *settings = g_object_get_data (G_OBJECT (phone), "guichet-settings");
  GuichetQuiet *quiet = g_object_get_data (G_OBJECT (phone), "guichet-quiet");
  g_autofree char *ring = guichet_alert_sound (settings, GUICHET_ALERT_CALL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, keys[i].setting);

      g_variant_builder_add (&builder, "{sv}", keys[i].key, value);
    }
  g_variant_builder_add (&builder, "{sv}", "ring", g_variant_new_string (ring_of (ring, quiet)));
  guichet_phone_set_settings (phone, g_variant_builder_end (&builder));
}

static void
on_changed (GSettings *settings, const char *key, GuichetPhone *phone)
{
  gboolean ours = g_str_equal (key, guichet_alert_sound_key (GUICHET_ALERT_CALL));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    ours = ours || g_str_equal (keys[i].setting, key);
  if (ours)
    give (phone);
}

void
guichet_phone_settings_start (GuichetPhone *phone, GSettings *settings)
{
  if (g_object_get_data (G_OBJECT (phone), "guichet-settings") != NULL)
    return;
  g_object_set_data_full (G_OBJECT (phone), "guichet-settings", g_object_ref (settings),
                          g_object_unref);
  give (phone);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_changed), phone, 0);
  guichet_phone_start (phone);
}

static void
on_quiet (GuichetPhone *phone)
{
  if (g_object_get_data (G_OBJECT (phone), "guichet-settings") != NULL)
    give (phone);
}

void
guichet_phone_settings_obey (GuichetPhone *phone, GuichetQuiet *quiet)
{
  g_object_set_data_full (G_OBJECT (phone), "guichet-quiet", g_object_ref (quiet), g_object_unref);
  g_signal_connect_object (quiet, "changed", G_CALLBACK (on_quiet), phone, G_CONNECT_SWAPPED);
}
