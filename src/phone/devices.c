/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of sound devices as plain data. */
#include "phone/devices.h"

static void
free_device (gpointer data)
{
  PhoneDevice *device = data;

  g_free (device->id);
  g_free (device->label);
  g_free (device);
}

GPtrArray *
phone_devices_new (void)
{
  return g_ptr_array_new_with_free_func (free_device);
}

void
phone_devices_add (GPtrArray *devices, const char *id, const char *label, gboolean is_default)
{
  PhoneDevice *device = g_new0 (PhoneDevice, 1);

  device->id = g_strdup (id);
  device->label = g_utf8_make_valid (label && *label ? label : id, -1);
  device->is_default = is_default;
  g_ptr_array_add (devices, device);
}

gboolean
phone_devices_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const PhoneDevice *x = a->pdata[i], *y = b->pdata[i];

      if (g_strcmp0 (x->id, y->id) != 0 || g_strcmp0 (x->label, y->label) != 0 ||
          x->is_default != y->is_default)
        return FALSE;
    }
  return TRUE;
}

gboolean
phone_devices_has (GPtrArray *devices, const char *id)
{
  for (guint i = 0; i < devices->len; i++)
    if (g_str_equal (((PhoneDevice *) devices->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

const char *
phone_devices_pick (GPtrArray *devices, const char *chosen)
{
  const char *fallback = NULL;

  for (guint i = 0; i < devices->len; i++)
    {
      const PhoneDevice *device = devices->pdata[i];

      if (*chosen && g_str_equal (device->id, chosen))
        return device->id;
      if (device->is_default || !fallback)
        fallback = device->id;
    }
  return fallback;
}

gboolean
phone_devices_lost (GPtrArray *devices, const char *chosen)
{
  return *chosen && !phone_devices_has (devices, chosen);
}

GVariant *
phone_devices_to_variant (GPtrArray *devices)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < devices->len; i++)
    {
      const PhoneDevice *device = devices->pdata[i];

      g_variant_builder_open (&list, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&list, "{sv}", "id", g_variant_new_string (device->id));
      g_variant_builder_add (&list, "{sv}", "label", g_variant_new_string (device->label));
      g_variant_builder_add (&list, "{sv}", "default", g_variant_new_boolean (device->is_default));
      g_variant_builder_close (&list);
    }
  return g_variant_builder_end (&list);
}
