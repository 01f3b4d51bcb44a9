/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The application: one process an agent. Owns the session, the proxy of the phone, the settings and
 * the demo centre; the window comes and goes. Main thread only.
 */

#include "desktop/application.h"

#include "client/session.h"
#include "desktop/config.h"
#include "desktop/demo/demo-centre.h"
#include "desktop/demo/demo-invitation.h"
#include "desktop/offers/alerts.h"
#include "desktop/offers/notifier.h"
#include "desktop/settings/phone-settings.h"
#include "desktop/shortcuts.h"
#include "desktop/style.h"
#include "desktop/text/error-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/util.h"
#include "desktop/window.h"

#include <glib/gi18n.h>

/* How often, and for how long, the demo asks to be available until its phone is registered. */
#define DEMO_RETRY_MS 300
#define DEMO_TRIES    100
/* How long a window that goes on with a session waits for it before it shows that it waits. */
#define RESUME_GRACE_MS 300

struct _GuichetApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  GuichetPhone *phone;
  GuichetSession *session;
  GuichetNotifier *notifier;
  GuichetAlerts *alerts;
  GuichetDemoCentre *demo;
  GuichetWindow *window;
  GCancellable *cancellable;
  guint demo_tries;
  guint available_id;
  guint present_id; /* while the window waits for its first page */
  gboolean held;
  gboolean quitting;
};

G_DEFINE_FINAL_TYPE (GuichetApplication, guichet_application, ADW_TYPE_APPLICATION)

static gboolean
is_signed_in (GuichetApplication *self)
{
  const char *state = guichet_session_get_state (self->session);

  return g_str_equal (state, "online") || g_str_equal (state, "reconnecting");
}

/* --- Signing in --- */

static void
remember (GuichetApplication *self)
{
  GuichetSigninPage *page = guichet_window_get_signin (self->window);

  g_settings_set_string (self->settings, "centre", guichet_signin_page_get_centre (page));
  g_settings_set_string (self->settings, "agent", guichet_signin_page_get_agent (page));
  g_settings_set_string (self->settings, "station", guichet_signin_page_get_station (page));
  g_settings_set_string (self->settings, "station-address",
                         guichet_signin_page_get_station_address (page));
}

static void
show_failure (GuichetApplication *self, GError *error)
{
  GuichetSigninPage *page = self->window != NULL ? guichet_window_get_signin (self->window) : NULL;

  if (page == NULL)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    guichet_signin_page_set_busy (page, NULL);
  else
    guichet_signin_page_show_error (page, guichet_client_error_get_code_name (error),
                                    guichet_client_error_get_retry_after (error));
}

static gboolean become_available (gpointer data);

/* The phone needs a moment to register before its agent can be available. */
static void
on_available (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    return;
  if (g_strcmp0 (guichet_client_error_get_reason (error), "station_not_ready") == 0 &&
      self->demo_tries-- > 0)
    self->available_id = g_timeout_add (DEMO_RETRY_MS, become_available, self);
}

/* A newcomer's first call should come without a search for the right button. */
static gboolean
become_available (gpointer data)
{
  GuichetApplication *self = data;

  self->available_id = 0;
  if (is_signed_in (self) &&
      !g_str_equal (guichet_session_get_agent_state (self->session), "available"))
    guichet_session_set_state_async (self->session, NULL, "available", NULL, NULL, on_available,
                                     g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!guichet_session_sign_in_finish (GUICHET_SESSION (source), result, &error))
    {
      show_failure (self, error);
      return;
    }
  if (self->window != NULL)
    {
      if (self->demo == NULL)
        remember (self);
      guichet_window_drop_signin (self->window);
    }
  if (self->demo != NULL)
    {
      self->demo_tries = DEMO_TRIES;
      become_available (self);
    }
}

static void
begin (GuichetApplication *self, const char *what)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->window != NULL)
    guichet_signin_page_set_busy (guichet_window_get_signin (self->window), what);
}

static void
on_sign_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GuichetApplication *self = data;
  GuichetSigninPage *page = guichet_window_get_signin (self->window);
  GuichetSignIn what = {
    .url = guichet_signin_page_get_centre (page),
    .agent = guichet_signin_page_get_agent (page),
    .password = guichet_signin_page_get_password (page),
    .station = guichet_signin_page_get_station (page),
    .station_address = guichet_signin_page_get_station_address (page),
    .take_over = g_variant_get_boolean (parameter),
    .keep_token = TRUE,
  };

  begin (self, _ ("Signing in…"));
  if (g_str_equal (what.station, "softphone"))
    guichet_phone_settings_start (self->phone, self->settings);
  guichet_session_sign_in_async (self->session, &what, self->cancellable, on_signed_in,
                                 g_object_ref (self));
}

static void
on_cancel_sign_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_cancellable_cancel (GUICHET_APPLICATION (data)->cancellable);
}

/* --- The demo centre --- */

static void
on_demo_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetApplication) self = data;
  g_autoptr (GError) error = NULL;
  GuichetDemoCentre *demo = GUICHET_DEMO_CENTRE (source);
  GuichetSignIn what = { .station = "softphone", .take_over = TRUE };

  if (!guichet_demo_centre_start_finish (demo, result, &error))
    {
      g_warning ("demo centre: %s", error->message);
      g_clear_object (&self->demo);
      if (self->window != NULL)
        guichet_signin_page_show_error (
            guichet_window_get_signin (self->window),
            g_error_matches (error, GUICHET_DEMO_ERROR, GUICHET_DEMO_ERROR_MISSING) ? "demo_missing"
                                                                                    : "demo_failed",
            0);
      return;
    }
  guichet_demo_invitation_offer (GTK_APPLICATION (self), guichet_demo_centre_get_chat_page (demo));
  what.url = guichet_demo_centre_get_address (demo);
  what.agent = guichet_demo_centre_get_agent (demo);
  what.password = guichet_demo_centre_get_password (demo);
  guichet_phone_settings_start (self->phone, self->settings);
  guichet_session_sign_in_async (self->session, &what, self->cancellable, on_signed_in,
                                 g_object_ref (self));
}

static void
start_demo (GuichetApplication *self)
{
  if (self->demo != NULL || is_signed_in (self))
    return;
  begin (self, _ ("Starting the demo centre…"));
  if (self->window != NULL)
    guichet_window_skip_sound (self->window);
  self->demo = guichet_demo_centre_new ();
  guichet_demo_centre_start_async (self->demo, self->cancellable, on_demo_ready,
                                   g_object_ref (self));
}

/* --- The window --- */

static void
on_window_gone (gpointer data, GObject *where)
{
  GuichetApplication *self = data;

  g_clear_handle_id (&self->present_id, g_source_remove);
  self->window = NULL;
}

static void
ensure_window (GuichetApplication *self)
{
  if (self->window != NULL)
    return;
  self->window = guichet_window_new (self->session, self->settings);
  gtk_window_set_application (GTK_WINDOW (self->window), GTK_APPLICATION (self));
  g_object_weak_ref (G_OBJECT (self->window), on_window_gone, self);
  guichet_notifier_set_window (self->notifier, GTK_WINDOW (self->window));
}

static void
present (GuichetApplication *self)
{
  g_clear_handle_id (&self->present_id, g_source_remove);
  gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
on_resume_late (gpointer data)
{
  GuichetApplication *self = data;

  self->present_id = 0;
  guichet_signin_page_set_busy (guichet_window_get_signin (self->window), _ ("Signing in…"));
  present (self);
  return G_SOURCE_REMOVE;
}

static void
on_resumed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetApplication) self = data;
  g_autoptr (GError) error = NULL;
  gboolean early = self->present_id != 0;

  guichet_session_resume_finish (GUICHET_SESSION (source), result, &error);
  if (self->window == NULL)
    return;
  if (error != NULL &&
      !g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_NO_TOKEN) &&
      !g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT))
    show_failure (self, error);
  else if (error == NULL)
    guichet_window_drop_signin (self->window);
  else if (!early)
    guichet_signin_page_set_busy (guichet_window_get_signin (self->window), NULL);
  if (early)
    present (self);
}

/* A window that comes back to its session asks for no password, if a token was kept; and shows no
 * sign-in page before the desk, if the centre answers at once. */
static void
try_resume (GuichetApplication *self)
{
  g_autofree char *centre = g_settings_get_string (self->settings, "centre");
  g_autofree char *agent = g_settings_get_string (self->settings, "agent");
  g_autofree char *station = g_settings_get_string (self->settings, "station");

  if (*centre == '\0' || *agent == '\0')
    return;
  begin (self, NULL);
  if (g_str_equal (station, "softphone"))
    guichet_phone_settings_start (self->phone, self->settings);
  guichet_session_resume_async (self->session, centre, agent, self->cancellable, on_resumed,
                                g_object_ref (self));
  self->present_id = g_timeout_add (RESUME_GRACE_MS, on_resume_late, self);
}

static void
guichet_application_activate (GApplication *application)
{
  GuichetApplication *self = GUICHET_APPLICATION (application);

  if (self->window == NULL && self->demo == NULL &&
      g_str_equal (guichet_session_get_state (self->session), "signed_out"))
    try_resume (self);
  ensure_window (self);
  if (self->present_id == 0)
    present (self);
  g_application_withdraw_notification (application, "hidden");
}

static void
guichet_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autofree char *uri = g_file_get_uri (files[0]);

  g_application_activate (application);
  guichet_window_open_link (GUICHET_APPLICATION (application)->window, uri);
}

static void
on_session_state (GuichetApplication *self)
{
  gboolean signed_in = is_signed_in (self);

  if (signed_in && !self->held)
    g_application_hold (G_APPLICATION (self));
  else if (!signed_in && self->held)
    g_application_release (G_APPLICATION (self));
  self->held = signed_in;
  if (!signed_in)
    guichet_notifier_clear (self->notifier);
}

static void
on_link (GuichetApplication *self)
{
  guichet_clock_set_offset (guichet_session_now (self->session) - g_get_real_time () / 1000);
}

/* --- Ending --- */

static void
on_demo_gone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetApplication) self = data;

  g_clear_object (&self->demo);
  guichet_demo_invitation_offer (GTK_APPLICATION (self), NULL);
  if (self->quitting)
    g_application_quit (G_APPLICATION (self));
}

static void
end_demo (GuichetApplication *self)
{
  if (self->demo != NULL)
    guichet_demo_centre_stop_async (self->demo, on_demo_gone, g_object_ref (self));
  else if (self->quitting)
    g_application_quit (G_APPLICATION (self));
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (guichet_session_sign_out_finish (GUICHET_SESSION (source), result, &error) ||
      g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT))
    {
      end_demo (self);
      return;
    }
  /* With no link nothing can be in hand that this desk could finish: the centre ends the session
   * after its grace. */
  if (self->quitting &&
      g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_LINK_DOWN) &&
      g_list_model_get_n_items (guichet_session_get_interactions (self->session)) == 0)
    {
      end_demo (self);
      return;
    }
  self->quitting = FALSE;
  text = guichet_words_of_error (error);
  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      guichet_window_toast (self->window, text);
    }
}

static void
sign_out (GuichetApplication *self)
{
  guichet_session_sign_out_async (self->session, NULL, on_signed_out, g_object_ref (self));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GuichetApplication *self = data;

  self->quitting = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (is_signed_in (self))
    sign_out (self);
  else
    end_demo (self);
}

static void
on_sign_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sign_out (data);
}

static void
on_demo_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GuichetApplication *self = data;

  ensure_window (self);
  start_demo (self);
}

static void
on_show (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (data);
}

static void
on_hidden (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  guichet_notifier_tell_hidden (GUICHET_APPLICATION (data)->notifier);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GuichetApplication *self = data;

  guichet_window_show_about (self->window);
}

static const GActionEntry actions[] = {
  { "quit", on_quit },
  { "sign-out", on_sign_out },
  { "demo", on_demo_action },
  { "show", on_show },
  { "about", on_about },
  { "hidden", on_hidden },
  { "sign-in", on_sign_in, "b" },
  { "cancel-sign-in", on_cancel_sign_in },
};

/* --- Class --- */

static void
guichet_application_startup (GApplication *application)
{
  GuichetApplication *self = GUICHET_APPLICATION (application);
  g_autoptr (GuichetQuiet) quiet = guichet_quiet_new ();

  guichet_style_open_display ();
  G_APPLICATION_CLASS (guichet_application_parent_class)->startup (application);
  self->settings = g_settings_new (GUICHET_APPLICATION_ID);
  guichet_style_load (self->settings);
  guichet_popovers_give_focus_back ();
  self->phone = guichet_phone_new (NULL);
  self->session = guichet_session_new (self->phone, NULL);
  guichet_phone_settings_obey (self->phone, quiet);
  self->notifier = guichet_notifier_new (application, self->session, self->settings, quiet);
  self->alerts = guichet_alerts_new (self->session, self->settings, quiet, self->notifier);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  guichet_shortcuts_install (GTK_APPLICATION (self));
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (on_session_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::link-up", G_CALLBACK (on_link), self,
                           G_CONNECT_SWAPPED);
}

static int
guichet_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("guichet %s\n", GUICHET_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "demo"))
    {
      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("guichet: %s\n", error->message);
          return 1;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "demo", NULL);
    }
  return -1;
}

static void
guichet_application_dispose (GObject *object)
{
  GuichetApplication *self = GUICHET_APPLICATION (object);

  g_clear_handle_id (&self->available_id, g_source_remove);
  g_clear_handle_id (&self->present_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->alerts);
  g_clear_object (&self->notifier);
  g_clear_object (&self->session);
  g_clear_object (&self->phone);
  g_clear_object (&self->demo);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (guichet_application_parent_class)->dispose (object);
}

static void
guichet_application_class_init (GuichetApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_application_dispose;
  application_class->startup = guichet_application_startup;
  application_class->activate = guichet_application_activate;
  application_class->open = guichet_application_open;
  application_class->handle_local_options = guichet_application_handle_local_options;
}

static void
guichet_application_init (GuichetApplication *self)
{
  const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Start on a private centre with invented customers"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

GuichetApplication *
guichet_application_new (void)
{
  GuichetApplication *self =
      g_object_new (GUICHET_TYPE_APPLICATION, "application-id", GUICHET_APPLICATION_ID, "flags",
                    G_APPLICATION_HANDLES_OPEN, NULL);

  g_application_set_resource_base_path (G_APPLICATION (self), NULL); /* see style.c */
  return self;
}
