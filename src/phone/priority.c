/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RealtimeKit asks for a limit on the time that a realtime thread may take without rest, at which
 * the kernel first warns the process and then kills it. At the warning all threads become ordinary
 * again: a sound with gaps is better than a lost call. Asked from any thread; D-Bus is spoken on
 * the main thread. */
#define G_LOG_DOMAIN "phone"

#include "phone/priority.h"

#include <gio/gio.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#define NAME         "org.freedesktop.RealtimeKit1"
#define PATH         "/org/freedesktop/RealtimeKit1"
#define PRIORITY     5 /* of 99; above all that is not realtime is enough */
#define WARN_US      100000
#define KILL_US      200000 /* the most that RealtimeKit allows by default */
#define MAX_THREADS  64
#define DBUS_TIME_MS 5000

static gint threads[MAX_THREADS]; /* ids of those asked for, a ring */
static gint n_threads;

static void
on_too_long (int number)
{
  static const struct sched_param ordinary;

  for (guint i = 0; i < MAX_THREADS; i++)
    if (g_atomic_int_get (&threads[i]) != 0)
      sched_setscheduler (g_atomic_int_get (&threads[i]), SCHED_OTHER, &ordinary);
}

static void
limit_time (void)
{
  static gsize done = 0;
  struct rlimit limit = { WARN_US, KILL_US };
  struct sigaction action = { .sa_handler = on_too_long, .sa_flags = SA_RESTART };

  if (!g_once_init_enter (&done))
    return;
  sigaction (SIGXCPU, &action, NULL);
  setrlimit (RLIMIT_RTTIME, &limit);
  g_once_init_leave (&done, 1);
}

static void
on_answer (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);

  if (!answer)
    g_debug ("no realtime priority: %s", error->message);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (!bus)
    {
      g_debug ("no realtime priority: %s", error->message);
      return;
    }
  g_dbus_connection_call (
      bus, NAME, PATH, NAME, "MakeThreadRealtime",
      g_variant_new ("(tu)", (guint64) GPOINTER_TO_INT (user_data), (guint32) PRIORITY), NULL,
      G_DBUS_CALL_FLAGS_NONE, DBUS_TIME_MS, NULL, on_answer, NULL);
}

static gboolean
on_ask (gpointer thread)
{
  limit_time ();
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_bus, thread);
  return G_SOURCE_REMOVE;
}

void
phone_priority_ask (void)
{
  gint thread = gettid ();

  g_atomic_int_set (&threads[(guint) g_atomic_int_add (&n_threads, 1) % MAX_THREADS], thread);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_ask, GINT_TO_POINTER (thread), NULL);
}
