/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small Secret Service. Owns its connection, the name and the items, each an object on the bus.
 */
#include "fake-secrets.h"

#include <string.h>

#define SERVICE_PATH "/org/freedesktop/secrets"
#define DEFAULT_PATH "/org/freedesktop/secrets/aliases/default"
#define SESSION_PATH "/org/freedesktop/secrets/session/s1"

static const char xml[] =
    "<node>"
    "<interface name='org.freedesktop.Secret.Service'>"
    "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
    "<arg type='a{o(oayays)}' direction='out'/></method>"
    "<property name='Collections' type='ao' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Collection'>"
    "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"
    "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
    "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Item'>"
    "<method name='Delete'><arg type='o' direction='out'/></method>"
    "</interface>"
    "</node>";

typedef struct
{
  FakeSecrets *service;
  char *path;
  GVariant *attributes;
  GVariant *secret; /* (oayays) */
  char *text;
  guint id;
} Item;

struct _FakeSecrets
{
  GDBusConnection *connection;
  GDBusNodeInfo *info;
  GPtrArray *items; /* Item, oldest first */
  guint service_id, collection_id;
  guint name_id;
  guint next;
  gboolean named;
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_dbus_connection_unregister_object (item->service->connection, item->id);
  g_variant_unref (item->attributes);
  g_variant_unref (item->secret);
  g_free (item->text);
  g_free (item->path);
  g_free (item);
}

static gboolean
fits (const Item *item, GVariant *wanted)
{
  GVariantIter iter;
  const char *name, *value;

  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      const char *has = NULL;

      if (!g_variant_lookup (item->attributes, name, "&s", &has) || !g_str_equal (has, value))
        return FALSE;
    }
  return TRUE;
}

static Item *
find (FakeSecrets *self, GVariant *attributes)
{
  for (guint i = self->items->len; i > 0; i--)
    if (fits (self->items->pdata[i - 1], attributes))
      return self->items->pdata[i - 1];
  return NULL;
}

static void
on_item_call (GDBusConnection *connection,
              const char *sender,
              const char *path,
              const char *interface,
              const char *method,
              GVariant *parameters,
              GDBusMethodInvocation *invocation,
              gpointer user_data)
{
  Item *item = user_data;

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
  g_ptr_array_remove (item->service->items, item);
}

static const GDBusInterfaceVTable item_vtable = { .method_call = on_item_call };

static const Item *
keep (FakeSecrets *self, GVariant *attributes, GVariant *secret)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  Item *item = find (self, attributes);
  gsize length;
  const char *bytes = g_variant_get_fixed_array (value, &length, 1);

  if (item != NULL)
    g_ptr_array_remove (self->items, item);
  item = g_new0 (Item, 1);
  item->service = self;
  item->path = g_strdup_printf (SERVICE_PATH "/collection/c/%u", self->next++);
  item->attributes = g_variant_ref (attributes);
  item->text = g_strndup (bytes, length);
  item->secret = g_variant_ref (secret);
  item->id = g_dbus_connection_register_object (
      self->connection, item->path, self->info->interfaces[2], &item_vtable, item, NULL, NULL);
  g_ptr_array_add (self->items, item);
  return item;
}

static void
create_item (FakeSecrets *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) attributes = g_variant_lookup_value (
      properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE ("a{ss}"));
  const Item *item = keep (self, attributes, secret);

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", item->path, "/"));
}

void
fake_secrets_keep (FakeSecrets *self, const char *centre, const char *agent, const char *text)
{
  g_autoptr (GVariant) attributes = g_variant_ref_sink (g_variant_new_parsed (
      "{'centre': %s, 'agent': %s, 'xdg:schema': 'org.guichet.Guichet.Session'}", centre, agent));
  g_autoptr (GVariant) secret = g_variant_ref_sink (g_variant_new (
      "(o@ay@ays)", SESSION_PATH, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, strlen (text), 1), "text/plain"));

  keep (self, attributes, secret);
}

static void
search_items (FakeSecrets *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) attributes = g_variant_get_child_value (parameters, 0);
  const Item *item = find (self, attributes);
  const char *unlocked[] = { item != NULL ? item->path : NULL, NULL };
  const char *locked[] = { NULL };

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^ao^ao)", unlocked, locked));
}

static void
get_secrets (FakeSecrets *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);
  g_autofree const char **wanted = g_variant_get_objv (paths, NULL);
  GVariantBuilder secrets;

  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = self->items->pdata[i];

      if (g_strv_contains (wanted, item->path))
        g_variant_builder_add (&secrets, "{o@(oayays)}", item->path, item->secret);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &secrets));
}

static void
open_session (GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *algorithm;

  g_variant_get_child (parameters, 0, "&s", &algorithm);
  if (g_str_equal (algorithm, "plain"))
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION_PATH));
  else
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                   G_DBUS_ERROR_NOT_SUPPORTED, algorithm);
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  FakeSecrets *self = user_data;

  if (g_str_equal (method, "OpenSession"))
    open_session (parameters, invocation);
  else if (g_str_equal (method, "SearchItems"))
    search_items (self, parameters, invocation);
  else if (g_str_equal (method, "GetSecrets"))
    get_secrets (self, parameters, invocation);
  else
    create_item (self, parameters, invocation);
}

static GVariant *
on_get (GDBusConnection *connection,
        const char *sender,
        const char *path,
        const char *interface,
        const char *property,
        GError **error,
        gpointer user_data)
{
  const char *const collections[] = { DEFAULT_PATH, NULL };

  return g_variant_new_objv (collections, -1);
}

static const GDBusInterfaceVTable vtable = { .method_call = on_call, .get_property = on_get };

static void
on_named (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FakeSecrets *self = user_data;

  self->named = TRUE;
}

FakeSecrets *
fake_secrets_new (const char *bus_address)
{
  FakeSecrets *self = g_new0 (FakeSecrets, 1);
  g_autoptr (GError) error = NULL;

  self->connection =
      g_dbus_connection_new_for_address_sync (bus_address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->info = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->service_id = g_dbus_connection_register_object (
      self->connection, SERVICE_PATH, self->info->interfaces[0], &vtable, self, NULL, &error);
  g_assert_no_error (error);
  self->collection_id = g_dbus_connection_register_object (
      self->connection, DEFAULT_PATH, self->info->interfaces[1], &vtable, self, NULL, &error);
  g_assert_no_error (error);
  self->name_id =
      g_bus_own_name_on_connection (self->connection, "org.freedesktop.secrets",
                                    G_BUS_NAME_OWNER_FLAGS_NONE, on_named, NULL, self, NULL);
  while (!self->named)
    g_main_context_iteration (NULL, TRUE);
  return self;
}

void
fake_secrets_free (FakeSecrets *self)
{
  g_bus_unown_name (self->name_id);
  g_ptr_array_unref (self->items);
  g_dbus_connection_unregister_object (self->connection, self->service_id);
  g_dbus_connection_unregister_object (self->connection, self->collection_id);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_dbus_node_info_unref (self->info);
  g_free (self);
}

guint
fake_secrets_count (FakeSecrets *self)
{
  return self->items->len;
}

const char *
fake_secrets_find (FakeSecrets *self, const char *attribute, const char *value)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      const Item *item = self->items->pdata[i - 1];
      const char *has = NULL;

      if (g_variant_lookup (item->attributes, attribute, "&s", &has) && g_str_equal (has, value))
        return item->text;
    }
  return NULL;
}
