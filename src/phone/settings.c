/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the settings of a Configure call: all or nothing. */
#include "phone/settings.h"

#include "phone/error.h"
#include "phone/tones.h"

#include <math.h>
#include <string.h>

static const char *const device_keys[] = { "microphone", "speaker", "ringer" };
static const char *const volume_keys[] = { "microphone_volume", "speaker_volume", "ring_volume" };

void
phone_settings_init (PhoneSettings *settings)
{
  for (int i = 0; i < PHONE_N_USES; i++)
    {
      settings->devices[i] = g_strdup ("");
      settings->volumes[i] = 1.0;
    }
  settings->ring = g_strdup ("chime");
  settings->echo_cancellation = settings->noise_suppression = settings->gain_control = TRUE;
}

void
phone_settings_clear (PhoneSettings *settings)
{
  for (int i = 0; i < PHONE_N_USES; i++)
    g_clear_pointer (&settings->devices[i], g_free);
  g_clear_pointer (&settings->ring, g_free);
}

static gboolean
wrong (GError **error, const char *key, const char *what)
{
  g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "%s: %s", key, what);
  return FALSE;
}

static gboolean
take_device (char **device, const char *key, GVariant *value, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return wrong (error, key, "not a string");
  if (g_variant_get_size (value) > PHONE_DEVICE_ID_MAX)
    return wrong (error, key, "too long");
  g_free (*device);
  *device = g_variant_dup_string (value, NULL);
  return TRUE;
}

static gboolean
take_volume (double *volume, const char *key, GVariant *value, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    return wrong (error, key, "not a number");
  if (!(g_variant_get_double (value) >= 0.0 && g_variant_get_double (value) <= 1.0))
    return wrong (error, key, "not within 0 and 1");
  *volume = g_variant_get_double (value);
  return TRUE;
}

static gboolean
take_switch (gboolean *on, const char *key, GVariant *value, GError **error)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return wrong (error, key, "not a boolean");
  *on = g_variant_get_boolean (value);
  return TRUE;
}

static gboolean
take_ring (char **ring, const char *key, GVariant *value, GError **error)
{
  const char *name;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return wrong (error, key, "not a string");
  name = g_variant_get_string (value, NULL);
  if (!g_str_equal (name, PHONE_RING_SILENT) && !phone_tone_is_known (name))
    return wrong (error, key, "no such sound");
  g_free (*ring);
  *ring = g_strdup (name);
  return TRUE;
}

static gboolean
take (PhoneSettings *settings, const char *key, GVariant *value, GError **error)
{
  for (int i = 0; i < PHONE_N_USES; i++)
    {
      if (g_str_equal (key, device_keys[i]))
        return take_device (&settings->devices[i], key, value, error);
      if (g_str_equal (key, volume_keys[i]))
        return take_volume (&settings->volumes[i], key, value, error);
    }
  if (g_str_equal (key, "ring"))
    return take_ring (&settings->ring, key, value, error);
  if (g_str_equal (key, "echo_cancellation"))
    return take_switch (&settings->echo_cancellation, key, value, error);
  if (g_str_equal (key, "noise_suppression"))
    return take_switch (&settings->noise_suppression, key, value, error);
  if (g_str_equal (key, "gain_control"))
    return take_switch (&settings->gain_control, key, value, error);
  return wrong (error, key, "no such setting");
}

gboolean
phone_settings_update (PhoneSettings *settings, GVariant *changes, GError **error)
{
  PhoneSettings copy = *settings;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  for (int i = 0; i < PHONE_N_USES; i++)
    copy.devices[i] = g_strdup (settings->devices[i]);
  copy.ring = g_strdup (settings->ring);
  g_variant_iter_init (&iter, changes);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      gboolean fine = take (&copy, key, value, error);

      g_variant_unref (value);
      if (!fine)
        {
          phone_settings_clear (&copy);
          return FALSE;
        }
    }
  phone_settings_clear (settings);
  *settings = copy;
  return TRUE;
}
