/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Do not disturb, as desktops have it: show-banners of org.gnome.desktop.notifications, where that
 * schema is installed; the property Inhibited of org.freedesktop.Notifications. Neither need be
 * there. Main thread only.
 */

#include "desktop/offers/quiet.h"

#define GNOME   "org.gnome.desktop.notifications"
#define SERVICE "org.freedesktop.Notifications"
#define PATH    "/org/freedesktop/Notifications"

struct _GuichetQuiet
{
  GObject parent_instance;

  GSettings *gnome;
  GDBusProxy *service;
  GCancellable *cancellable;
  gboolean on; /* last told */
};

G_DEFINE_FINAL_TYPE (GuichetQuiet, guichet_quiet, G_TYPE_OBJECT)

static guint changed;

static gboolean
is_inhibited (GuichetQuiet *self)
{
  g_autoptr (GVariant) value = NULL;

  if (self->service != NULL)
    value = g_dbus_proxy_get_cached_property (self->service, "Inhibited");
  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
         g_variant_get_boolean (value);
}

gboolean
guichet_quiet_is_on (GuichetQuiet *self)
{
  return is_inhibited (self) ||
         (self->gnome != NULL && !g_settings_get_boolean (self->gnome, "show-banners"));
}

static void
on_change (GuichetQuiet *self)
{
  gboolean on = guichet_quiet_is_on (self);

  if (on == self->on)
    return;
  self->on = on;
  g_signal_emit (self, changed, 0);
}

static void
on_service (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GDBusProxy *service = g_dbus_proxy_new_for_bus_finish (result, &error);
  GuichetQuiet *self = data; /* there unless cancelled */

  if (service == NULL)
    return;
  self->service = service;
  g_signal_connect_object (service, "g-properties-changed", G_CALLBACK (on_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::g-name-owner", G_CALLBACK (on_change), self,
                           G_CONNECT_SWAPPED);
  on_change (self);
}

static void
guichet_quiet_dispose (GObject *object)
{
  GuichetQuiet *self = GUICHET_QUIET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  g_clear_object (&self->gnome);
  G_OBJECT_CLASS (guichet_quiet_parent_class)->dispose (object);
}

static void
guichet_quiet_class_init (GuichetQuietClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_quiet_dispose;
  changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 0);
}

static void
guichet_quiet_init (GuichetQuiet *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, GNOME, TRUE) : NULL;

  if (schema != NULL && g_settings_schema_has_key (schema, "show-banners"))
    {
      self->gnome = g_settings_new (GNOME);
      g_signal_connect_object (self->gnome, "changed::show-banners", G_CALLBACK (on_change), self,
                               G_CONNECT_SWAPPED);
    }
  self->on = guichet_quiet_is_on (self);
  self->cancellable = g_cancellable_new ();
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL, SERVICE,
                            PATH, SERVICE, self->cancellable, on_service, self);
}

GuichetQuiet *
guichet_quiet_new (void)
{
  return g_object_new (GUICHET_TYPE_QUIET, NULL);
}
