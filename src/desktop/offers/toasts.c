/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The notifications that stand, oldest first, each with its timer. A GNotification has no time of
 * its own, so it is withdrawn. Main thread only.
 */

#include "desktop/offers/toasts.h"

/* The desktop tells the number of a notification in its answer, and one can be replaced only by its
 * number: so changes keep this apart. */
#define APART_MS 700

typedef struct
{
  GuichetToasts *toasts; /* not owned */
  char *key;
  GNotification *waiting; /* to be sent in a moment, or NULL */
  guint send_id;
  gint64 sent; /* monotonic µs, 0: not yet */
  guint timer;
} Toast;

struct _GuichetToasts
{
  GObject parent_instance;

  GApplication *application; /* not owned */
  GPtrArray *standing;       /* Toast, oldest first */
  guint max;
  guint seconds;
};

G_DEFINE_FINAL_TYPE (GuichetToasts, guichet_toasts, G_TYPE_OBJECT)

static void
toast_free (gpointer data)
{
  Toast *toast = data;

  g_clear_handle_id (&toast->timer, g_source_remove);
  g_clear_handle_id (&toast->send_id, g_source_remove);
  g_clear_object (&toast->waiting);
  g_free (toast->key);
  g_free (toast);
}

static Toast *
find (GuichetToasts *self, const char *key, guint *position)
{
  for (guint i = 0; i < self->standing->len; i++)
    {
      Toast *toast = g_ptr_array_index (self->standing, i);

      if (!g_str_equal (toast->key, key))
        continue;
      if (position != NULL)
        *position = i;
      return toast;
    }
  return NULL;
}

/* A notification that was taken back, perhaps before its number was known. */
typedef struct
{
  GuichetToasts *toasts; /* owned */
  char *key;
} Taken;

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taken *taken = user_data;
  g_autoptr (GVariant) answer G_GNUC_UNUSED =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (find (taken->toasts, taken->key, NULL) == NULL)
    g_application_withdraw_notification (taken->toasts->application, taken->key);
  g_object_unref (taken->toasts);
  g_free (taken->key);
  g_free (taken);
}

/* Whoever shows it answers in order: after the answer to this, the number is known. */
static void
withdraw_when_known (GuichetToasts *self, const char *key)
{
  GDBusConnection *bus = g_application_get_dbus_connection (self->application);
  Taken *taken;

  if (bus == NULL)
    return;
  taken = g_new (Taken, 1);
  *taken = (Taken){ g_object_ref (self), g_strdup (key) };
  g_dbus_connection_call (bus, "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                          "org.freedesktop.Notifications", "GetCapabilities", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_asked, taken);
}

static void
withdraw_at (GuichetToasts *self, guint position)
{
  Toast *toast = g_ptr_array_index (self->standing, position);

  if (toast->sent != 0)
    {
      g_application_withdraw_notification (self->application, toast->key);
      withdraw_when_known (self, toast->key);
    }
  g_ptr_array_remove_index (self->standing, position);
}

static gboolean
on_time_over (gpointer data)
{
  Toast *toast = data;

  toast->timer = 0;
  guichet_toasts_withdraw (toast->toasts, toast->key);
  return G_SOURCE_REMOVE;
}

static void
keep_to_the_most (GuichetToasts *self)
{
  while (self->standing->len > self->max)
    withdraw_at (self, 0);
}

static gboolean
on_send (gpointer data)
{
  Toast *toast = data;
  GuichetToasts *self = toast->toasts;

  toast->send_id = 0;
  g_clear_handle_id (&toast->timer, g_source_remove);
  if (self->seconds > 0)
    toast->timer = g_timeout_add_seconds (self->seconds, on_time_over, toast);
  toast->sent = g_get_monotonic_time ();
  g_application_send_notification (self->application, toast->key, toast->waiting);
  g_clear_object (&toast->waiting);
  keep_to_the_most (self);
  return G_SOURCE_REMOVE;
}

/* How long this one has to wait; 0: it may go at once. */
static guint
wait_of (const Toast *toast, guint delay_ms)
{
  gint64 since = (g_get_monotonic_time () - toast->sent) / 1000;

  return toast->sent != 0 && since < APART_MS ? MAX (delay_ms, (guint) (APART_MS - since))
                                              : delay_ms;
}

static void
guichet_toasts_finalize (GObject *object)
{
  GuichetToasts *self = GUICHET_TOASTS (object);

  g_ptr_array_unref (self->standing);
  G_OBJECT_CLASS (guichet_toasts_parent_class)->finalize (object);
}

static void
guichet_toasts_class_init (GuichetToastsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_toasts_finalize;
}

static void
guichet_toasts_init (GuichetToasts *self)
{
  self->standing = g_ptr_array_new_with_free_func (toast_free);
  self->max = 1;
}

GuichetToasts *
guichet_toasts_new (GApplication *application)
{
  GuichetToasts *self = g_object_new (GUICHET_TYPE_TOASTS, NULL);

  self->application = application;
  return self;
}

void
guichet_toasts_set_limits (GuichetToasts *self, guint max, guint seconds)
{
  self->max = max;
  self->seconds = seconds;
  keep_to_the_most (self);
}

void
guichet_toasts_show (GuichetToasts *self,
                     const char *key,
                     GNotification *notification,
                     guint delay_ms)
{
  Toast *toast = find (self, key, NULL);

  if (self->max == 0)
    return;
  if (toast == NULL)
    {
      toast = g_new0 (Toast, 1);
      toast->toasts = self;
      toast->key = g_strdup (key);
      g_ptr_array_add (self->standing, toast);
    }
  g_set_object (&toast->waiting, notification);
  g_clear_handle_id (&toast->send_id, g_source_remove);
  delay_ms = wait_of (toast, delay_ms);
  if (delay_ms > 0)
    toast->send_id = g_timeout_add (delay_ms, on_send, toast);
  else
    on_send (toast);
}

void
guichet_toasts_withdraw (GuichetToasts *self, const char *key)
{
  guint position;

  if (find (self, key, &position) != NULL)
    withdraw_at (self, position);
}

void
guichet_toasts_clear (GuichetToasts *self)
{
  while (self->standing->len > 0)
    withdraw_at (self, 0);
}

gboolean
guichet_toasts_stands (GuichetToasts *self, const char *key)
{
  return find (self, key, NULL) != NULL;
}
