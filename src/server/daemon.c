/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daemon's life on its main thread, which is the centre's: start in the order store, centre,
 * demo, engine, listeners, ready; end in the order sign-ins, calls, journal, store. */

#include "server/daemon.h"

#include "base/json.h"
#include "base/log.h"
#include "server/alone.h"
#include "server/api/api.h"
#include "server/centre/centre.h"
#include "server/centre/voice.h"
#include "server/channels/conversations.h"
#include "server/channels/email/email.h"
#include "server/channels/meta/meta.h"
#include "server/channels/sms/sms.h"
#include "server/channels/webchat/webchat.h"
#include "server/data-dir.h"
#include "server/demo-centre.h"
#include "server/notify.h"
#include "server/voice-start.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STOP_DEADLINE 10          /* seconds until the engine must have stopped */
#define ALONE_EVERY   5           /* seconds between two looks whether a demo was left behind */
#define CA_MAX        (64 * 1024) /* what a sign-in carries of authorities */

typedef struct
{
  char *config_path, *data, *listen, *sip;
  gboolean demo;
  gboolean verbose;

  GMainLoop *loop;
  Config *config;
  int lock;
  gboolean private_data;
  Secrets *secrets;
  BaseClock *clock;
  Store *store;
  Centre *centre;
  Api *api;
  Webchat *webchat;   /* NULL: off */
  Webhooks *webhooks; /* NULL: off */
  Sms *sms;           /* NULL: no gateway */
  Email *email;       /* NULL: no mailbox */
  Meta *meta;         /* NULL: no page */
  VoiceEngine *engine;
  DemoCentre *demo_centre;
  Alone alone;
  guint alone_source;
  char *http_url, *webchat_url, *webhooks_url, *chat_page, *sip_address, *sip_tls;
  gboolean ready;
  gboolean stopping;
  guint stop_source;
  DaemonExit exit;
} Daemon;

static void
fail (Daemon *self, DaemonExit code, const GError *error)
{
  fprintf (stderr, "guichetd: %s\n", error != NULL ? error->message : "failed");
  self->exit = code;
  if (self->loop != NULL)
    g_main_loop_quit (self->loop);
}

/* --- the end ---------------------------------------------------------------------------------- */

static gboolean
on_stop_deadline (gpointer user_data)
{
  Daemon *self = user_data;

  base_log (BASE_LOG_WARNING, "daemon", "engine_did_not_stop", NULL);
  self->stop_source = 0;
  g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

static void
on_all_durable (gpointer user_data)
{
  Daemon *self = user_data;

  g_main_loop_quit (self->loop);
}

/* Calls of the built-in engine end with it: each end is a fact that the journal still takes. Those
 * of Asterisk go on, and are found again. */
static void
stop (Daemon *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  base_log (BASE_LOG_INFO, "daemon", "stopping", NULL);
  daemon_notify ("STOPPING=1");
  self->stop_source = g_timeout_add_seconds (STOP_DEADLINE, on_stop_deadline, self);
  if (self->centre != NULL)
    centre_voice_close (self->centre);
  if (self->engine != NULL)
    voice_engine_stop (self->engine);
  else if (self->centre != NULL)
    centre_after_durable (self->centre, on_all_durable, self);
  else
    g_main_loop_quit (self->loop);
}

static gboolean
on_signal (gpointer user_data)
{
  stop (user_data);

  return G_SOURCE_CONTINUE;
}

/* A demo belongs to a desktop. One that was killed may come back to it, but not for ever. */
static gboolean
on_alone_check (gpointer user_data)
{
  Daemon *self = user_data;

  if (!alone_tell (&self->alone, alone_is_somebody (self->centre), base_clock_now (self->clock),
                   (gint64) self->config->alone_seconds * 1000))
    return G_SOURCE_CONTINUE;
  base_log (BASE_LOG_INFO, "daemon", "left_alone", NULL);
  self->alone_source = 0;
  stop (self);

  return G_SOURCE_REMOVE;
}

/* --- ready ------------------------------------------------------------------------------------ */

static void
say_ready (Daemon *self)
{
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_boolean_member (object, "ready", TRUE);
  base_json_set_string (object, "http", self->http_url);
  base_json_set_string (object, "sip", self->sip_address);
  base_json_set_string (object, "data", self->data);
  if (self->sip_tls != NULL)
    base_json_set_string (object, "sip_tls", self->sip_tls);
  if (self->webchat_url != NULL)
    base_json_set_string (object, "webchat", self->webchat_url);
  if (self->webhooks_url != NULL)
    base_json_set_string (object, "webhooks", self->webhooks_url);
  if (self->demo)
    {
      base_json_set_string (object, "agent", DEMO_AGENT);
      base_json_set_string (object, "password", DEMO_PASSWORD);
      if (self->chat_page != NULL)
        base_json_set_string (object, "chat_page", self->chat_page);
    }
  text = base_json_to_text (object);
  json_object_unref (object);
  printf ("%s\n", text);
  fflush (stdout);
  daemon_notify ("READY=1");
}

static gboolean
listen_for_chats (Daemon *self)
{
  g_autoptr (GError) error = NULL;

  if (self->config->webchat_host == NULL)
    return TRUE;
  self->webchat = webchat_new (self->centre);
  if (webchat_listen (self->webchat, &self->webchat_url, &error))
    return TRUE;
  fprintf (stderr,
           "guichetd: cannot listen for web chats: %s. Free that port, or give another address in "
           "[webchat] listen\n",
           error->message);
  self->exit = DAEMON_ADDRESS;
  g_main_loop_quit (self->loop);

  return FALSE;
}

static gboolean
listen_for_callbacks (Daemon *self)
{
  g_autoptr (GError) error = NULL;

  if (self->config->webhooks_host == NULL)
    return TRUE;
  self->webhooks = webhooks_new (self->centre);
  if (self->config->gateways->len > 0)
    self->sms = sms_new (self->centre, self->webhooks);
  if (self->config->accounts->len > 0)
    self->meta = meta_new (self->centre, self->webhooks);
  if (webhooks_listen (self->webhooks, &self->webhooks_url, &error))
    return TRUE;
  fprintf (stderr,
           "guichetd: cannot listen for callbacks: %s. Free that port, or give another address in "
           "[webhooks] listen\n",
           error->message);
  self->exit = DAEMON_ADDRESS;
  g_main_loop_quit (self->loop);

  return FALSE;
}

static gboolean
read_mailboxes (Daemon *self)
{
  g_autoptr (GError) error = NULL;

  if (self->config->emails->len == 0)
    return TRUE;
  self->email = email_new (self->centre, &error);
  if (self->email == NULL)
    fail (self, DAEMON_CONFIG, error);

  return self->email != NULL;
}

static void
on_reconciled (gpointer user_data)
{
  Daemon *self = user_data;
  g_autofree char *socket = g_build_filename (self->data, "guichetd.sock", NULL);
  g_autoptr (GError) error = NULL;

  if (!api_listen (self->api, self->config, &self->http_url, &error) ||
      !api_listen_admin (self->api, socket, &error))
    {
      g_prefix_error (&error, "cannot listen for agents: ");
      fprintf (stderr, "guichetd: %s. Free that port, or give another address with --listen\n",
               error->message);
      self->exit = DAEMON_ADDRESS;
      g_main_loop_quit (self->loop);
      return;
    }
  if (!listen_for_chats (self) || !listen_for_callbacks (self) || !read_mailboxes (self))
    return;
  conversations_resume (centre_conversations (self->centre));
  if (self->demo)
    self->chat_page = demo_centre_page (self->centre, self->webchat_url);
  self->ready = TRUE;
  say_ready (self);
  if (self->demo_centre == NULL)
    return;
  demo_centre_open (self->demo_centre, self->sip_address, self->chat_page, self->webhooks_url);
  on_alone_check (self);
  self->alone_source = g_timeout_add_seconds (CLAMP (self->config->alone_seconds, 1, ALONE_EVERY),
                                              on_alone_check, self);
}

static void
on_engine_broken (Daemon *self, VoiceEvent *event)
{
  fprintf (stderr, "guichetd: the voice engine cannot %s: %s%s\n", self->ready ? "go on" : "start",
           event->detail != NULL ? event->detail : "",
           self->ready ? "" : ". Free that port, or give another address with --sip");
  self->exit = self->ready ? DAEMON_ENGINE : DAEMON_ADDRESS;
  g_main_loop_quit (self->loop);
}

/* Whom phones shall trust for SIP over TLS: the same authorities as the engine. */
static char *
read_ca (const Config *config)
{
  g_autofree char *path = voice_ca_from (config);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  if (!g_file_get_contents (path, &text, &length, &error))
    base_log_failure (BASE_LOG_WARNING, "daemon", "cafile_unread", error);
  else if (length > CA_MAX)
    base_log (BASE_LOG_WARNING, "daemon", "cafile_too_large", NULL);
  else
    return g_steal_pointer (&text);

  return NULL;
}

static void
on_voice_event (VoiceEngine *engine, VoiceEvent *event, gpointer user_data)
{
  Daemon *self = user_data;

  if (event->kind == VOICE_EVENT_READY)
    {
      self->sip_address = g_strdup (event->detail);
      self->sip_tls = g_strdup (event->tls);
      g_autofree char *ca = read_ca (self->config);

      api_set_sip (self->api, self->sip_address, self->sip_tls, ca);
      centre_voice_attach (self->centre, engine, on_reconciled, self);
    }
  else if (event->kind == VOICE_EVENT_BROKEN)
    on_engine_broken (self, event);
  else if (event->kind == VOICE_EVENT_STOPPED)
    centre_after_durable (self->centre, on_all_durable, self);
  else
    centre_voice_event (self->centre, event);
}

static void
start_engine (gpointer user_data)
{
  Daemon *self = user_data;

  if (self->demo)
    demo_centre_trunk (self->centre, self->config);
  self->engine = voice_engine_from (self->config, on_voice_event, self);
  voice_engine_start (self->engine);
}

/* --- the start -------------------------------------------------------------------------------- */

static void
on_fatal (const GError *error, gpointer user_data)
{
  /* Nothing of the failed commit may be shown or done any more. */
  fprintf (stderr,
           "guichetd: the store failed: %s. Nothing unsaved was shown; make room or mend the disk "
           "and start again\n",
           error->message);
  fflush (stderr);
  _exit (DAEMON_STORE);
}

static DaemonExit
exit_of (const GError *error)
{
  if (error->domain != STORE_ERROR)
    return DAEMON_DIRECTORY;
  switch ((StoreError) error->code)
    {
    case STORE_ERROR_NEWER:
      return DAEMON_NEWER;
    case STORE_ERROR_DAMAGED:
    case STORE_ERROR_READ:
    case STORE_ERROR_STOPPED:
      return DAEMON_DAMAGED;
    case STORE_ERROR_UNUSABLE:
    case STORE_ERROR_BUSY:
      return DAEMON_DIRECTORY;
    case STORE_ERROR_WRITE:
      return DAEMON_STORE;
    }

  return DAEMON_FAILED;
}

/* What the daemon's file names, else what systemd brings, else a file beside the data. */
static char *
key_file (Daemon *self)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *brought =
      credentials != NULL ? g_build_filename (credentials, "guichetd.key", NULL) : NULL;

  if (self->config->key_file != NULL)
    return g_strdup (self->config->key_file);
  if (brought != NULL && g_file_test (brought, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&brought);

  return g_strconcat (self->data, ".key", NULL);
}

/* The demo's customers write from this machine, from any page on it. */
static void
open_demo_chat (Config *config)
{
  if (config->webchat_host != NULL)
    return;
  config->webchat_host = g_strdup ("127.0.0.1");
  config->webchat_port = 0;
  g_free (config->webchat_sites);
  config->webchat_sites = g_strdup ("*");
}

static gboolean
open_data (Daemon *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *key = NULL;
  g_autofree char *plain = NULL;
  gboolean fresh;

  if (self->data == NULL && self->demo)
    {
      self->private_data = TRUE;
      self->data = data_dir_new_private (&error);
    }
  self->lock = self->data != NULL ? data_dir_lock (self->data, &error) : -1;
  if (self->lock < 0)
    return fail (self, DAEMON_DIRECTORY, error), FALSE;

  plain = g_canonicalize_filename (self->data, NULL);
  g_free (self->data);
  self->data = g_steal_pointer (&plain);
  database = g_build_filename (self->data, "guichet.db", NULL);
  fresh = !g_file_test (database, G_FILE_TEST_EXISTS);
  key = key_file (self);
  self->secrets = secrets_open (key, fresh, &error);
  if (self->secrets == NULL)
    return fail (self, DAEMON_CONFIG, error), FALSE;
  self->store = store_open (self->data, &error);
  if (self->store == NULL)
    return fail (self, exit_of (error), error), FALSE;

  return TRUE;
}

static gboolean
start (Daemon *self)
{
  g_autoptr (GError) error = NULL;

  self->clock = base_clock_new (store_last_time (self->store));
  self->centre =
      centre_new (self->config, self->store, self->secrets, self->clock, on_fatal, self, &error);
  if (self->centre == NULL)
    return fail (self, DAEMON_DAMAGED, error), FALSE;
  self->api = api_new (self->centre);
  if (!self->demo)
    {
      start_engine (self);
      return TRUE;
    }
  open_demo_chat (self->config);
  self->demo_centre = demo_centre_new (self->centre, start_engine, self, &error);
  if (self->demo_centre == NULL || !demo_centre_gateway (self->demo_centre, self->config, &error))
    return fail (self, DAEMON_CONFIG, error), FALSE;

  return TRUE;
}

static void
clear (Daemon *self)
{
  g_clear_handle_id (&self->stop_source, g_source_remove);
  g_clear_handle_id (&self->alone_source, g_source_remove);
  g_clear_pointer (&self->demo_centre, demo_centre_free);
  if (self->api != NULL)
    api_close (self->api);
  g_clear_pointer (&self->webchat, webchat_free);
  g_clear_pointer (&self->sms, sms_free);
  g_clear_pointer (&self->meta, meta_free);
  g_clear_pointer (&self->webhooks, webhooks_free);
  g_clear_pointer (&self->email, email_free);
  g_clear_pointer (&self->engine, voice_engine_free);
  g_clear_pointer (&self->api, api_free);
  if (self->centre != NULL && self->exit == DAEMON_OK && self->ready)
    centre_store_state (self->centre);
  g_clear_pointer (&self->store, store_close);
  g_clear_pointer (&self->centre, centre_free);
  g_clear_pointer (&self->secrets, secrets_free);
  g_clear_pointer (&self->clock, base_clock_unref);
  g_clear_pointer (&self->config, config_free);
  if (self->private_data && self->data != NULL)
    data_dir_remove (self->data);
  if (self->lock >= 0)
    close (self->lock);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_free (self->config_path);
  g_free (self->data);
  g_free (self->listen);
  g_free (self->sip);
  g_free (self->http_url);
  g_free (self->webchat_url);
  g_free (self->chat_page);
  g_free (self->webhooks_url);
  g_free (self->sip_address);
  g_free (self->sip_tls);
}

static gboolean
read_config (Daemon *self)
{
  g_autoptr (GError) error = NULL;

  self->config = config_load (self->config_path, &error);
  if (self->config == NULL ||
      (self->listen != NULL &&
       !config_parse_address (self->listen, "--listen", &self->config->http_host,
                              &self->config->http_port, &error)) ||
      (self->sip != NULL && !config_parse_address (self->sip, "--sip", &self->config->sip_host,
                                                   &self->config->sip_port, &error)) ||
      !config_check (self->config, &error))
    return fail (self, DAEMON_CONFIG, error), FALSE;

  return TRUE;
}

static gboolean
read_options (Daemon *self, int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &self->config_path, "The daemon's own file", "FILE" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &self->data, "Where the centre's data is kept", "DIR" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->demo, "Serve a fictional centre", NULL },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen, "Where agents connect", "HOST:PORT" },
    { "sip", 0, 0, G_OPTION_ARG_STRING, &self->sip, "Where phones and trunks connect",
      "HOST:PORT" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &self->verbose, "Log more", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the contact centre");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail (self, DAEMON_USAGE, error), FALSE;
  if (argc > 1 || (self->data == NULL && !self->demo))
    {
      fprintf (stderr, "guichetd: %s\n",
               argc > 1 ? "too many arguments" : "--data DIR is needed (or --demo)");
      self->exit = DAEMON_USAGE;
      return FALSE;
    }

  return TRUE;
}

int
daemon_main (int argc, char **argv)
{
  Daemon self = { .lock = -1 };

  setlocale (LC_ALL, "");
  if (read_options (&self, argc, argv) && read_config (&self))
    {
      base_log_setup (self.verbose ? BASE_LOG_DEBUG : BASE_LOG_INFO);
      self.loop = g_main_loop_new (NULL, FALSE);
      /* What most often prevents a start is found while there is one thread. GLib's worker, which
       * comes with the signals, would still be starting when the process ends: under a sanitizer
       * the search for leaks then fails now and again, and with it the exit code. */
      if (open_data (&self))
        {
          g_unix_signal_add (SIGTERM, on_signal, &self);
          g_unix_signal_add (SIGINT, on_signal, &self);
          if (start (&self))
            g_main_loop_run (self.loop);
        }
    }
  clear (&self);

  return (int) self.exit;
}
