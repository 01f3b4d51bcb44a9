/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The object on the bus: dispatches methods, tells changed properties (each turn of the main loop
 * once, compared with what was told before), and knows which clients are there and who watches the
 * levels. */
#define G_LOG_DOMAIN "phone"

#include "phone/face.h"

#include "phone/face-methods.h"
#include "phone/face-properties.h"

#define LEVELS_MS 100

typedef struct
{
  PhoneFace *face;
  char *name;
  guint watch;
  gboolean levels;
} Client;

struct _PhoneFace
{
  GDBusConnection *bus;
  void (*clients_changed) (gpointer user_data);
  gpointer user_data;
  Phone *phone;
  GDBusNodeInfo *info;
  GHashTable *clients; /* by unique name */
  GHashTable *told;    /* property -> its value as last told */
  guint object, telling, levels;
};

static void
free_client (gpointer data)
{
  Client *client = data;

  g_bus_unwatch_name (client->watch);
  g_free (client->name);
  g_free (client);
}

static void
emit (PhoneFace *face, const char *signal, GVariant *arguments)
{
  g_dbus_connection_emit_signal (face->bus, NULL, PHONE_OBJECT_PATH, PHONE_INTERFACE, signal,
                                 arguments, NULL);
}

static gboolean
on_levels (gpointer user_data)
{
  PhoneFace *face = user_data;
  double microphone, speaker;

  if (phone_audio_take_levels (phone_get_audio (face->phone), &microphone, &speaker))
    emit (face, "Levels", g_variant_new ("(dd)", microphone, speaker));
  return G_SOURCE_CONTINUE;
}

static void
settle_levels (PhoneFace *face)
{
  GHashTableIter iter;
  gpointer client;
  gboolean wanted = FALSE;

  g_hash_table_iter_init (&iter, face->clients);
  while (g_hash_table_iter_next (&iter, NULL, &client))
    wanted |= ((Client *) client)->levels;
  if (!wanted)
    g_clear_handle_id (&face->levels, g_source_remove);
  else if (!face->levels)
    face->levels = g_timeout_add (LEVELS_MS, on_levels, face);
}

static void
on_client_gone (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Client *client = user_data;
  PhoneFace *face = client->face;

  g_hash_table_remove (face->clients, name);
  settle_levels (face);
  face->clients_changed (face->user_data);
}

static Client *
meet (PhoneFace *face, const char *name)
{
  Client *client = g_hash_table_lookup (face->clients, name);

  if (client)
    return client;
  client = g_new0 (Client, 1);
  client->face = face;
  client->name = g_strdup (name);
  client->watch = g_bus_watch_name_on_connection (face->bus, name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                  NULL, on_client_gone, client, NULL);
  g_hash_table_insert (face->clients, client->name, client);
  face->clients_changed (face->user_data);
  return client;
}

static void
on_method (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *arguments,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  PhoneFace *face = user_data;
  Client *client = meet (face, sender);
  GError *error = NULL;
  GVariant *result = NULL;

  if (g_str_equal (method, "WatchLevels"))
    {
      g_variant_get (arguments, "(b)", &client->levels);
      settle_levels (face);
    }
  else if (!phone_face_call (face->phone, method, arguments, &result, &error))
    {
      g_dbus_method_invocation_take_error (invocation, error);
      return;
    }
  /* What it changed is told before it returns. */
  phone_face_changed (face);
  g_dbus_method_invocation_return_value (invocation, result);
}

static GVariant *
on_get_property (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer user_data)
{
  PhoneFace *face = user_data;

  if (sender)
    meet (face, sender);
  return phone_face_get_property (face->phone, name);
}

static gboolean
on_tell (gpointer user_data)
{
  PhoneFace *face = user_data;
  GVariantBuilder changed;
  gboolean any = FALSE;

  face->telling = 0;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; face->info->interfaces[0]->properties[i]; i++)
    {
      const char *name = face->info->interfaces[0]->properties[i]->name;
      GVariant *now = g_variant_ref_sink (phone_face_get_property (face->phone, name));
      GVariant *before = g_hash_table_lookup (face->told, name);

      if (before && g_variant_equal (before, now))
        {
          g_variant_unref (now);
          continue;
        }
      g_variant_builder_add (&changed, "{sv}", name, now);
      g_hash_table_insert (face->told, (gpointer) name, now);
      any = TRUE;
    }
  if (any)
    g_dbus_connection_emit_signal (
        face->bus, NULL, PHONE_OBJECT_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(sa{sv}as)", PHONE_INTERFACE, &changed, NULL), NULL);
  else
    g_variant_builder_clear (&changed);
  return G_SOURCE_REMOVE;
}

void
phone_face_changed (PhoneFace *face)
{
  if (!face->telling && face->phone)
    face->telling = g_idle_add_full (G_PRIORITY_DEFAULT, on_tell, face, NULL);
}

void
phone_face_dtmf (PhoneFace *face, PhoneCall *call, char digit)
{
  const char text[] = { digit, '\0' };

  emit (face, "DtmfReceived", g_variant_new ("(ss)", phone_call_get_id (call), text));
}

void
phone_face_quality (PhoneFace *face, PhoneCall *call)
{
  GVariant *figures = phone_call_describe_quality (call);

  if (figures)
    emit (face, "Quality", g_variant_new ("(s@a{sv})", phone_call_get_id (call), figures));
}

PhoneFace *
phone_face_new (GDBusConnection *bus,
                void (*clients) (gpointer user_data),
                gpointer user_data,
                GError **error)
{
  static const GDBusInterfaceVTable vtable = { on_method, on_get_property, NULL, { 0 } };
  g_autoptr (GBytes) xml = g_resources_lookup_data ("/org/guichet/Guichet/phone/phone.xml",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  PhoneFace *face;

  if (!xml)
    return NULL;
  face = g_new0 (PhoneFace, 1);
  face->bus = g_object_ref (bus);
  face->clients_changed = clients;
  face->user_data = user_data;
  face->clients = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_client);
  face->told =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_variant_unref);
  face->info = g_dbus_node_info_new_for_xml (g_bytes_get_data (xml, NULL), error);
  if (face->info)
    face->object = g_dbus_connection_register_object (
        bus, PHONE_OBJECT_PATH, face->info->interfaces[0], &vtable, face, NULL, error);
  if (face->object)
    return face;
  phone_face_free (face);
  return NULL;
}

void
phone_face_set_phone (PhoneFace *face, Phone *phone)
{
  face->phone = phone;
  phone_face_changed (face);
}

gboolean
phone_face_has_clients (PhoneFace *face)
{
  return g_hash_table_size (face->clients) > 0;
}

void
phone_face_free (PhoneFace *face)
{
  if (!face)
    return;
  if (face->object)
    g_dbus_connection_unregister_object (face->bus, face->object);
  g_clear_handle_id (&face->telling, g_source_remove);
  g_clear_handle_id (&face->levels, g_source_remove);
  g_hash_table_unref (face->clients);
  g_hash_table_unref (face->told);
  if (face->info)
    g_dbus_node_info_unref (face->info);
  g_object_unref (face->bus);
  g_free (face);
}
