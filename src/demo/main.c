/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichet-demo-customers: fictional customers who call a centre by SIP, write in its web chat and
 * by SMS. Events go to standard output as JSON lines; with --control, commands come from standard
 * input (control.h). */
#define G_LOG_DOMAIN "guichet-demo"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/leave.h"
#include "base/log.h"
#include "demo/control.h"

typedef struct
{
  GMainLoop *loop;
  TelUa *ua;
  DemoCast cast;
  GDataInputStream *commands;
  GCancellable *cancellable;
  gboolean closing;
} Demo;

static void
print_event (JsonObject *object)
{
  g_autofree char *text = base_json_to_text (object);

  printf ("%s\n", text);
  fflush (stdout);
}

/* @number: of a call, a chat or one who writes by SMS. */
static void
tell (const DemoPerson *person,
      const char *event,
      const char *what,
      guint number,
      const char *key,
      const char *value)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "event", event);
  json_object_set_int_member (object, what, number);
  json_object_set_int_member (object, "at", g_get_real_time () / 1000);
  json_object_set_string_member (object, "person", person->id);
  json_object_set_string_member (object, "number", person->number);
  if (key != NULL && value != NULL)
    json_object_set_string_member (object, key, value);
  print_event (object);
}

static void
on_chat_event (DemoChat *chat, const char *event, const char *key, const char *value, gpointer data)
{
  tell (demo_chat_get_person (chat), event, "chat", demo_chat_get_id (chat), key, value);
}

static void
on_text_event (DemoText *text, const char *event, const char *key, const char *value, gpointer data)
{
  tell (demo_text_get_person (text), event, "sms", demo_text_get_id (text), key, value);
}

static void
on_event (DemoCustomer *customer,
          const char *event,
          const char *key,
          const char *value,
          gpointer data)
{
  tell (demo_customer_get_person (customer), event, "call", demo_customer_get_id (customer), key,
        value);
}

static void
on_closed (gpointer ua, gpointer user_data)
{
  Demo *demo = user_data;

  demo->ua = NULL;
  g_main_loop_quit (demo->loop);
}

static void
close_down (Demo *demo)
{
  if (demo->closing)
    return;
  demo->closing = TRUE;
  g_cancellable_cancel (demo->cancellable);
  tel_ua_close (demo->ua, on_closed, demo);
}

static gboolean
on_signal (gpointer user_data)
{
  close_down (user_data);
  return G_SOURCE_CONTINUE;
}

static void read_command (Demo *demo);

static void
on_command (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Demo *demo = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (demo->commands, result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (line == NULL)
    {
      close_down (demo);
      return;
    }
  if (!demo_control_do (&demo->cast, line, &error))
    {
      g_autoptr (JsonObject) object = json_object_new ();

      json_object_set_string_member (object, "event", "refused");
      json_object_set_string_member (object, "why", error ? error->message : "not now");
      print_event (object);
    }
  read_command (demo);
}

static void
read_command (Demo *demo)
{
  g_data_input_stream_read_line_async (demo->commands, G_PRIORITY_DEFAULT, demo->cancellable,
                                       on_command, demo);
}

static const char *
data_folder (const char *given)
{
  const char *environment = g_getenv ("GUICHET_DEMO_DATA");

  return given ? given : environment ? environment : GUICHET_DEMO_DATA_DIR;
}

static gboolean
run (Demo *demo,
     DemoCrowdConfig *config,
     const char *page,
     const DemoTextsConfig *texts,
     const char *folder,
     gboolean control,
     GError **error)
{
  TelUaConfig ua = {
    .address = "127.0.0.1", .tcp_port = -1, .tls_port = -1, .user_agent = "guichet-demo-customers"
  };
  static const TelUaEvents events = { 0 };

  demo->cast.people = demo_people_load (folder, error);
  if (demo->cast.people == NULL)
    return FALSE;
  tel_media_warm_up (FALSE);
  demo->ua = tel_ua_new (&ua, &events, demo, error);
  if (demo->ua == NULL)
    return FALSE;
  demo->cast.crowd = demo_crowd_new (demo->ua, demo->cast.people, config, on_event, demo);
  demo->cast.chats = demo_chats_new (demo->cast.people, page, config->at_once, on_chat_event, demo);
  demo->cast.texts = demo_texts_new (demo->cast.people, texts->centre != NULL ? texts : NULL,
                                     demo->cast.chats, on_text_event, demo, error);
  if (demo->cast.texts == NULL)
    return FALSE;
  if (control)
    {
      g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

      demo->commands = g_data_input_stream_new (input);
      read_command (demo);
    }
  else
    {
      demo_crowd_start (demo->cast.crowd);
      demo_chats_start (demo->cast.chats);
      demo_texts_start (demo->cast.texts);
    }
  g_unix_signal_add (SIGTERM, on_signal, demo);
  g_unix_signal_add (SIGINT, on_signal, demo);
  g_main_loop_run (demo->loop);
  return TRUE;
}

static void
demo_clear (Demo *demo)
{
  g_clear_pointer (&demo->cast.texts, demo_texts_free);
  g_clear_pointer (&demo->cast.chats, demo_chats_free);
  g_clear_pointer (&demo->cast.crowd, demo_crowd_free);
  g_clear_pointer (&demo->cast.people, g_ptr_array_unref);
  g_clear_object (&demo->commands);
  g_clear_object (&demo->cancellable);
  g_clear_pointer (&demo->loop, g_main_loop_unref);
}

int
main (int argc, char **argv)
{
  g_autofree char *centre = NULL, *page = NULL, *record = NULL, *data = NULL;
  g_autofree char *sms = NULL, *number = NULL;
  g_auto (GStrv) entries = NULL;
  gboolean control = FALSE, verbose = FALSE, with_parent = FALSE;
  int at_once = 2, listener = -1;
  const GOptionEntry options[] = {
    { "centre", 'c', 0, G_OPTION_ARG_STRING, &centre, "Where the centre takes calls", "HOST:PORT" },
    { "entry", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &entries, "What is dialled",
      "[LANGUAGE=]NUMBER" },
    { "chat", 0, 0, G_OPTION_ARG_STRING, &page, "The page of the centre's web chat", "URL" },
    { "sms", 0, 0, G_OPTION_ARG_STRING, &sms,
      "Where the centre takes an SMS; GUICHET_DEMO_SMS_SECRET goes with it", "URL" },
    { "sms-number", 0, 0, G_OPTION_ARG_STRING, &number, "The centre's number for SMS", "NUMBER" },
    { "sms-listener", 0, 0, G_OPTION_ARG_INT, &listener,
      "The socket on which the centre hands over its SMS", "FD" },
    { "at-once", 'n', 0, G_OPTION_ARG_INT, &at_once, "Calls at the same time, and chats (2)", "N" },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &record, "Write what customers hear", "FOLDER" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &data, "customers.json and speech", "FOLDER" },
    { "control", 0, 0, G_OPTION_ARG_NONE, &control, "Take commands from standard input", NULL },
    { "with-parent", 0, 0, G_OPTION_ARG_NONE, &with_parent, "End with the process that started it",
      NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Log every step", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context =
      g_option_context_new ("- fictional customers who call a centre");
  g_autoptr (GError) error = NULL;
  Demo demo = { 0 };
  DemoCrowdConfig config;
  DemoTextsConfig texts;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || centre == NULL || entries == NULL)
    {
      fprintf (stderr, "guichet-demo-customers: %s\n",
               error ? error->message : "--centre and --entry are needed");
      return 2;
    }
  if (with_parent)
    prctl (PR_SET_PDEATHSIG, SIGTERM);
  base_log_setup (verbose ? BASE_LOG_DEBUG : BASE_LOG_INFO);
  config = (DemoCrowdConfig){ .centre = centre,
                              .entries = (const char *const *) entries,
                              .record = record,
                              .at_once = (guint) CLAMP (at_once, 1, 100) };
  texts = (DemoTextsConfig){ .centre = number != NULL && listener >= 0 ? sms : NULL,
                             .secret = g_getenv ("GUICHET_DEMO_SMS_SECRET"),
                             .number = number,
                             .listener = listener };
  demo.loop = g_main_loop_new (NULL, FALSE);
  demo.cancellable = g_cancellable_new ();
  if (!run (&demo, &config, page, &texts, data_folder (data), control, &error))
    fprintf (stderr, "guichet-demo-customers: %s\n", error->message);
  demo_clear (&demo);
  base_leave (error ? 1 : 0);
}
