/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichet-phone: starts on D-Bus demand, owns the phone and its face, and leaves when nobody needs
 * it. */
#define G_LOG_DOMAIN "phone"

#include "phone/face.h"

#include "base/leave.h"
#include "base/log.h"
#include "telephony/media.h"

#include <glib-unix.h>
#include <stdlib.h>

#define IDLE_EXIT_S 60

typedef struct
{
  GMainLoop *loop;
  Phone *phone;
  PhoneFace *face;
  GDBusConnection *bus;
  guint idle, idle_exit_s;
  gboolean leaving;
  int status;
} Program;

static void
on_closed (gpointer data, gpointer user_data)
{
  Program *program = user_data;

  g_main_loop_quit (program->loop);
}

/* The bus may be gone before us, which GLib would warn of, since it waits for an answer. */
static void
give_name_back (Program *program)
{
  g_dbus_connection_call (program->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ReleaseName",
                          g_variant_new ("(s)", PHONE_BUS_NAME), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, NULL, NULL);
}

static void
leave (Program *program, int status)
{
  if (program->leaving)
    return;
  program->leaving = TRUE;
  program->status = status;
  g_clear_handle_id (&program->idle, g_source_remove);
  give_name_back (program);
  g_clear_pointer (&program->face, phone_face_free);
  phone_close (g_steal_pointer (&program->phone), on_closed, program);
}

static gboolean
on_terminate (gpointer user_data)
{
  leave (user_data, EXIT_SUCCESS);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_idle_exit (gpointer user_data)
{
  Program *program = user_data;

  program->idle = 0;
  base_log (BASE_LOG_INFO, "phone", "idle_exit", NULL);
  leave (program, EXIT_SUCCESS);
  return G_SOURCE_REMOVE;
}

static void
settle_idle (Program *program)
{
  gboolean idle = phone_is_idle (program->phone) && !phone_face_has_clients (program->face);

  if (!idle)
    g_clear_handle_id (&program->idle, g_source_remove);
  else if (!program->idle)
    program->idle = g_timeout_add_seconds (program->idle_exit_s, on_idle_exit, program);
}

static void
on_clients (gpointer user_data)
{
  Program *program = user_data;

  if (!program->leaving && program->phone)
    settle_idle (program);
}

static void
on_phone_changed (gpointer user_data)
{
  Program *program = user_data;

  if (program->leaving || !program->phone)
    return;
  phone_face_changed (program->face);
  settle_idle (program);
}

static void
on_phone_dtmf (PhoneCall *call, char digit, gpointer user_data)
{
  Program *program = user_data;

  if (!program->leaving)
    phone_face_dtmf (program->face, call, digit);
}

static void
on_phone_quality (PhoneCall *call, gpointer user_data)
{
  Program *program = user_data;

  if (!program->leaving)
    phone_face_quality (program->face, call);
}

static void
on_name_lost (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Program *program = user_data;

  /* Another phone is at work, or the session is over. */
  base_log (BASE_LOG_INFO, "phone", "name_lost", NULL);
  leave (program, EXIT_SUCCESS);
}

static gboolean
on_bus_closed_quit (gpointer user_data)
{
  leave (user_data, EXIT_SUCCESS);
  return G_SOURCE_REMOVE;
}

static void
on_bus_closed (GDBusConnection *bus, gboolean vanished, GError *error, gpointer user_data)
{
  g_idle_add (on_bus_closed_quit, user_data);
}

static gboolean
start (Program *program, GError **error)
{
  static const PhoneEvents events = { on_phone_changed, on_phone_dtmf, on_phone_quality };

  program->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  if (!program->bus)
    return FALSE;
  g_dbus_connection_set_exit_on_close (program->bus, FALSE);
  g_signal_connect (program->bus, "closed", G_CALLBACK (on_bus_closed), program);
  tel_media_warm_up (TRUE);
  program->face = phone_face_new (program->bus, on_clients, program, error);
  if (!program->face)
    return FALSE;
  program->phone = phone_new (&events, program);
  phone_face_set_phone (program->face, program->phone);
  g_bus_own_name_on_connection (program->bus, PHONE_BUS_NAME, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                NULL, on_name_lost, program, NULL);
  settle_idle (program);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Program program = { .idle_exit_s = IDLE_EXIT_S };
  g_autofree char *level = NULL;
  gboolean version = FALSE;
  gint idle_exit = IDLE_EXIT_S;
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version", NULL },
    { "log", 0, 0, G_OPTION_ARG_STRING, &level, "debug, info, warning or error", "LEVEL" },
    { "idle-exit", 0, 0, G_OPTION_ARG_INT, &idle_exit, "Leave after so long unused", "SECONDS" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the softphone of Guichet");
  g_autoptr (GError) error = NULL;
  BaseLogLevel log = BASE_LOG_INFO;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1 || idle_exit < 1 ||
      (level && !base_log_level_from_text (level, &log)))
    {
      g_printerr ("guichet-phone: %s\n", error ? error->message : "see --help");
      return 2;
    }
  if (version)
    {
      g_print ("guichet-phone %s\n", PHONE_VERSION);
      return EXIT_SUCCESS;
    }
  base_log_setup (log);
  program.idle_exit_s = (guint) idle_exit;
  program.loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_terminate, &program);
  g_unix_signal_add (SIGINT, on_terminate, &program);
  if (!start (&program, &error))
    {
      g_printerr ("guichet-phone: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_main_loop_run (program.loop);
  g_clear_object (&program.bus);
  g_main_loop_unref (program.loop);
  base_leave (program.status);
}
