/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks of logind are file descriptors: to close one is to let go. */
#define G_LOG_DOMAIN "phone"

#include "phone/sleep.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#define LOGIN   "org.freedesktop.login1"
#define MANAGER "org.freedesktop.login1.Manager"
#define PATH    "/org/freedesktop/login1"
#define N_LOCKS 2

typedef enum
{
  LOCK_DELAY,
  LOCK_AWAKE,
} LockKind;

static const struct
{
  const char *what, *why, *mode;
} locks[N_LOCKS] = {
  { "sleep", "Leave the contact centre", "delay" },
  { "sleep:idle", "On a call", "block" },
};

typedef struct
{
  PhoneSleep *sleep;
  LockKind kind;
} Asking;

struct _PhoneSleep
{
  void (*changed) (gpointer user_data);
  gpointer user_data;
  GDBusConnection *bus;
  GCancellable *cancellable;
  guint watch, subscription;
  gboolean there, coming;
  gboolean wanted[N_LOCKS], asking[N_LOCKS];
  int fds[N_LOCKS];
};

static void
let_go (PhoneSleep *sleep, LockKind kind)
{
  if (sleep->fds[kind] >= 0)
    close (sleep->fds[kind]);
  sleep->fds[kind] = -1;
}

static void
on_locked (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
      G_DBUS_CONNECTION (bus), &fds, result, &error);
  PhoneSleep *sleep = asking->sleep;
  gint32 handle;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sleep->asking[asking->kind] = FALSE;
  if (!reply)
    {
      g_message ("no lock of logind: %s", error->message);
      return;
    }
  g_variant_get (reply, "(h)", &handle);
  let_go (sleep, asking->kind);
  if (fds)
    sleep->fds[asking->kind] = g_unix_fd_list_get (fds, handle, NULL);
  if (!sleep->wanted[asking->kind])
    let_go (sleep, asking->kind);
}

static void
lock (PhoneSleep *sleep, LockKind kind, gboolean wanted)
{
  Asking *asking;

  sleep->wanted[kind] = wanted;
  if (!wanted)
    let_go (sleep, kind);
  if (!wanted || sleep->fds[kind] >= 0 || sleep->asking[kind] || !sleep->there)
    return;
  asking = g_new (Asking, 1);
  *asking = (Asking){ sleep, kind };
  sleep->asking[kind] = TRUE;
  g_dbus_connection_call_with_unix_fd_list (
      sleep->bus, LOGIN, PATH, MANAGER, "Inhibit",
      g_variant_new ("(ssss)", locks[kind].what, "Guichet", locks[kind].why, locks[kind].mode),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, 5000, NULL, sleep->cancellable, on_locked,
      asking);
}

static void
on_prepare (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer user_data)
{
  PhoneSleep *sleep = user_data;
  gboolean coming;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &coming);
  if (coming == sleep->coming)
    return;
  sleep->coming = coming;
  if (!coming)
    lock (sleep, LOCK_DELAY, TRUE);
  sleep->changed (sleep->user_data);
}

static void
on_login (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  PhoneSleep *sleep = user_data;

  sleep->there = TRUE;
  lock (sleep, LOCK_DELAY, !sleep->coming);
  lock (sleep, LOCK_AWAKE, sleep->wanted[LOCK_AWAKE]);
}

static void
on_login_gone (GDBusConnection *bus, const char *name, gpointer user_data)
{
  PhoneSleep *sleep = user_data;

  sleep->there = FALSE;
  for (int i = 0; i < N_LOCKS; i++)
    let_go (sleep, i);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);
  PhoneSleep *sleep = user_data;

  if (!bus)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("no system bus: %s", error->message);
      return;
    }
  sleep->bus = bus;
  sleep->subscription =
      g_dbus_connection_signal_subscribe (bus, LOGIN, MANAGER, "PrepareForSleep", PATH, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_prepare, sleep, NULL);
  sleep->watch = g_bus_watch_name_on_connection (bus, LOGIN, G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                                 on_login, on_login_gone, sleep, NULL);
}

PhoneSleep *
phone_sleep_new (void (*changed) (gpointer user_data), gpointer user_data)
{
  PhoneSleep *sleep = g_new0 (PhoneSleep, 1);

  sleep->changed = changed;
  sleep->user_data = user_data;
  for (int i = 0; i < N_LOCKS; i++)
    sleep->fds[i] = -1;
  sleep->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, sleep->cancellable, on_bus, sleep);
  return sleep;
}

void
phone_sleep_free (PhoneSleep *sleep)
{
  if (!sleep)
    return;
  g_cancellable_cancel (sleep->cancellable);
  g_object_unref (sleep->cancellable);
  if (sleep->bus)
    {
      g_bus_unwatch_name (sleep->watch);
      g_dbus_connection_signal_unsubscribe (sleep->bus, sleep->subscription);
      g_object_unref (sleep->bus);
    }
  for (int i = 0; i < N_LOCKS; i++)
    let_go (sleep, i);
  g_free (sleep);
}

gboolean
phone_sleep_is_coming (PhoneSleep *sleep)
{
  return sleep->coming;
}

void
phone_sleep_let (PhoneSleep *sleep)
{
  lock (sleep, LOCK_DELAY, FALSE);
}

void
phone_sleep_hold_off (PhoneSleep *sleep, gboolean hold_off)
{
  lock (sleep, LOCK_AWAKE, hold_off);
}
