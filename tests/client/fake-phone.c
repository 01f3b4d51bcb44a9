/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A guichet-phone without a phone. Owns a connection to the private bus, the name and the exported
 * skeleton. On the main thread. */
#include "fake-phone.h"

#include "client/phone-bus.h"

#include <string.h>

typedef struct
{
  char *id;
  char *state;
  char *offer;
  char *end_reason;
} Call;

struct _FakePhone
{
  GDBusConnection *connection;
  GuichetBusPhone *skeleton;
  GPtrArray *calls;
  GPtrArray *methods;
  char *fail_method;
  char *fail_name;
  guint name_id;
};

static void
call_free (Call *call)
{
  g_free (call->id);
  g_free (call->state);
  g_free (call->offer);
  g_free (call->end_reason);
  g_free (call);
}

static void
publish (FakePhone *self)
{
  GVariantBuilder calls;

  g_variant_builder_init (&calls, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < self->calls->len; i++)
    {
      const Call *call = self->calls->pdata[i];

      g_variant_builder_open (&calls, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&calls, "{sv}", "id", g_variant_new_string (call->id));
      g_variant_builder_add (&calls, "{sv}", "state", g_variant_new_string (call->state));
      g_variant_builder_add (&calls, "{sv}", "direction", g_variant_new_string ("in"));
      g_variant_builder_add (&calls, "{sv}", "peer_number", g_variant_new_string ("+359888123456"));
      g_variant_builder_add (&calls, "{sv}", "offer", g_variant_new_string (call->offer));
      g_variant_builder_add (&calls, "{sv}", "started", g_variant_new_int64 (1000));
      g_variant_builder_add (&calls, "{sv}", "muted", g_variant_new_boolean (FALSE));
      g_variant_builder_add (&calls, "{sv}", "end_reason", g_variant_new_string (call->end_reason));
      g_variant_builder_close (&calls);
    }
  guichet_bus_phone_set_calls (self->skeleton, g_variant_builder_end (&calls));
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}

void
fake_phone_set_call (FakePhone *self,
                     const char *id,
                     const char *state,
                     const char *offer,
                     const char *end_reason)
{
  Call *call = NULL;

  for (guint i = 0; i < self->calls->len; i++)
    if (g_str_equal (((Call *) self->calls->pdata[i])->id, id))
      call = self->calls->pdata[i];
  if (call == NULL)
    {
      call = g_new0 (Call, 1);
      call->id = g_strdup (id);
      g_ptr_array_add (self->calls, call);
    }
  g_free (call->state);
  call->state = g_strdup (state);
  g_free (call->offer);
  call->offer = g_strdup (offer);
  g_free (call->end_reason);
  call->end_reason = g_strdup (end_reason != NULL ? end_reason : "");
  publish (self);
}

void
fake_phone_set_problem (FakePhone *self, const char *problem)
{
  const char *problems[] = { problem, NULL };

  guichet_bus_phone_set_problems (self->skeleton, problems);
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}

void
fake_phone_set_account (FakePhone *self, gboolean account)
{
  GVariantBuilder dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  if (account)
    g_variant_builder_add (&dict, "{sv}", "user", g_variant_new_string ("ana"));
  guichet_bus_phone_set_account (self->skeleton, g_variant_builder_end (&dict));
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}

void
fake_phone_emit_levels (FakePhone *self, double microphone, double speaker)
{
  guichet_bus_phone_emit_levels (self->skeleton, microphone, speaker);
}

void
fake_phone_fail_next (FakePhone *self, const char *method, const char *name)
{
  g_free (self->fail_method);
  self->fail_method = g_strdup (method);
  g_free (self->fail_name);
  self->fail_name = g_strdup (name);
}

guint
fake_phone_count (FakePhone *self, const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < self->methods->len; i++)
    n += g_str_has_prefix (self->methods->pdata[i], prefix) ? 1 : 0;
  return n;
}

const char *
fake_phone_last (FakePhone *self, const char *prefix)
{
  for (guint i = self->methods->len; i > 0; i--)
    if (g_str_has_prefix (self->methods->pdata[i - 1], prefix))
      return self->methods->pdata[i - 1];
  return "";
}

/* Every method: noted, then done or failed. */
static void
take_method (FakePhone *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  g_autofree char *parameters =
      g_variant_print (g_dbus_method_invocation_get_parameters (invocation), FALSE);

  g_ptr_array_add (self->methods, g_strdup_printf ("%s %s", method, parameters));
  if (g_strcmp0 (self->fail_method, method) == 0)
    {
      g_autofree char *name =
          g_strconcat ("org.guichet.Guichet.Phone.Error.", self->fail_name, NULL);

      g_clear_pointer (&self->fail_method, g_free);
      g_dbus_method_invocation_return_dbus_error (invocation, name, "as the test wants");
      return;
    }
  if (g_str_equal (method, "SetAccount") || g_str_equal (method, "ClearAccount"))
    fake_phone_set_account (self, g_str_equal (method, "SetAccount"));
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* The handler of every "handle-METHOD", whatever the method's arguments: the skeleton, the
 * invocation and they. */
static void
on_method (GClosure *closure,
           GValue *handled,
           guint n_values,
           const GValue *values,
           gpointer hint,
           gpointer data)
{
  take_method (closure->data, g_value_get_object (&values[1]));
  g_value_set_boolean (handled, TRUE);
}

/* Not "g-authorize-method", which is asked on threads of its own: here all is the main thread's. */
static void
take_methods (FakePhone *self)
{
  g_autofree guint *signals = NULL;
  guint n_signals;

  signals = g_signal_list_ids (GUICHET_BUS_TYPE_PHONE, &n_signals);
  for (guint i = 0; i < n_signals; i++)
    {
      GClosure *closure;

      if (!g_str_has_prefix (g_signal_name (signals[i]), "handle-"))
        continue;
      closure = g_closure_new_simple (sizeof (GClosure), self);
      g_closure_set_marshal (closure, on_method);
      g_signal_connect_closure_by_id (self->skeleton, signals[i], 0, closure, FALSE);
    }
}

FakePhone *
fake_phone_new (const char *bus_address)
{
  FakePhone *self = g_new0 (FakePhone, 1);
  g_autoptr (GError) error = NULL;

  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  self->methods = g_ptr_array_new_with_free_func (g_free);
  self->connection =
      g_dbus_connection_new_for_address_sync (bus_address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->skeleton = guichet_bus_phone_skeleton_new ();
  take_methods (self);
  guichet_bus_phone_set_registration (self->skeleton, "none");
  guichet_bus_phone_set_test (self->skeleton, "idle");
  fake_phone_set_problem (self, NULL);
  fake_phone_set_account (self, FALSE);
  publish (self);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), self->connection,
                                    "/org/guichet/Guichet/Phone", &error);
  g_assert_no_error (error);
  self->name_id =
      g_bus_own_name_on_connection (self->connection, "org.guichet.Guichet.Phone",
                                    G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  return self;
}

void
fake_phone_free (FakePhone *self)
{
  g_bus_unown_name (self->name_id);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->skeleton);
  g_object_unref (self->connection);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->methods);
  g_free (self->fail_method);
  g_free (self->fail_name);
  g_free (self);
}
