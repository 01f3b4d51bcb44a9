/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window. Which page it shows follows the session's state. Closed while signed in it only
 * hides: calls keep coming. Main thread only.
 */

#include "desktop/window.h"

#include "desktop/application.h"
#include "desktop/config.h"
#include "desktop/directory/dial.h"
#include "desktop/main-page.h"
#include "desktop/inbox/inbox-window.h"
#include "desktop/directory/directory-window.h"
#include "desktop/past/recordings-window.h"
#include "desktop/past/search-window.h"
#include "desktop/clips/clips-window.h"
#include "desktop/phone-link.h"
#include "desktop/replies/replies-window.h"
#include "desktop/settings/settings-window.h"
#include "desktop/settings/sound-page.h"
#include "desktop/shortcuts-window.h"
#include "desktop/text/words.h"
#include "desktop/widgets/toast.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <malloc.h>

/* From a new page until the memory of its making is given back. */
#define SETTLE_SECONDS 3

struct _GuichetWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *pages;
  GuichetSigninPage *signin; /* made when it is first shown: seldom with a session to go on with */
  GuichetMainPage *main;     /* made at the first sign-in */
  GuichetSession *session;
  GtkWidget *directory; /* its window while it is open; weak */
  GtkWidget *inbox;     /* the window of conversations while it is open; weak */
  GSettings *settings;
  char *number; /* of a link that waits for the desk, or NULL */
  gboolean skip_sound;
  guint settle_id;
};

G_DEFINE_FINAL_TYPE (GuichetWindow, guichet_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- pages ------------------------------------------------------------------------------------ */

static gboolean
is_signed_in (GuichetWindow *self)
{
  const char *state = guichet_session_get_state (self->session);

  return g_str_equal (state, "online") || g_str_equal (state, "reconnecting");
}

static void
drop_page (GuichetWindow *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, name);

  if (page != NULL)
    gtk_stack_remove (self->pages, page);
}

static void
show_desk (GuichetWindow *self)
{
  if (self->main == NULL)
    {
      self->main = GUICHET_MAIN_PAGE (guichet_main_page_new (self->session, self->settings));
      gtk_stack_add_named (self->pages, GTK_WIDGET (self->main), "main");
    }
  gtk_stack_set_visible_child_name (self->pages, "main");
}

static void
on_sound_done (GuichetWindow *self)
{
  g_settings_set_boolean (self->settings, "sound-checked", TRUE);
  show_desk (self);
  drop_page (self, "sound");
}

static GtkWidget *
build_sound (GuichetWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *title = gtk_label_new (_ ("Check your sound"));
  GtkWidget *done = gtk_button_new_with_label (_ ("Continue to the desk"));
  GtkWidget *header = gtk_header_bar_new ();

  gtk_widget_add_css_class (header, "flat");
  gtk_header_bar_set_title_widget (GTK_HEADER_BAR (header), gtk_label_new (NULL));
  gtk_widget_add_css_class (title, "title-2");
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (done, "pill");
  gtk_widget_add_css_class (done, "suggested-action");
  gtk_widget_set_halign (done, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (inner, 12);
  gtk_widget_set_margin_end (inner, 12);
  gtk_widget_set_margin_bottom (inner, 24);
  gtk_box_append (GTK_BOX (inner), title);
  gtk_box_append (GTK_BOX (inner), guichet_sound_page_new (
                                       guichet_session_get_phone (self->session), self->settings));
  gtk_box_append (GTK_BOX (inner), done);
  guichet_clamp_text (clamp, 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), inner);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_swapped (done, "clicked", G_CALLBACK (on_sound_done), self);
  return box;
}

static gboolean
wants_sound_page (GuichetWindow *self)
{
  return !self->skip_sound && !g_settings_get_boolean (self->settings, "sound-checked") &&
         guichet_session_get_phone (self->session) != NULL &&
         g_str_equal (guichet_session_get_station (self->session), "softphone") &&
         g_list_model_get_n_items (guichet_session_get_interactions (self->session)) == 0;
}

GuichetSigninPage *
guichet_window_get_signin (GuichetWindow *self)
{
  if (self->signin == NULL)
    {
      self->signin = g_object_new (GUICHET_TYPE_SIGNIN_PAGE, NULL);
      guichet_signin_page_bind_settings (self->signin, self->settings);
      gtk_stack_add_named (self->pages, GTK_WIDGET (self->signin), "signin");
    }
  return self->signin;
}

/* What a start or a new call took and gave back lies between what is still in use: a fifth of the
 * memory of a desk, which the allocator would keep. */
static gboolean
on_settled (gpointer data)
{
  GuichetWindow *self = data;

  self->settle_id = 0;
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

static void
settle_soon (GuichetWindow *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add_seconds (SETTLE_SECONDS, on_settled, self);
}

void
guichet_window_drop_signin (GuichetWindow *self)
{
  self->signin = NULL;
  drop_page (self, "signin");
  settle_soon (self);
}

static void
show_signin (GuichetWindow *self)
{
  GuichetSigninPage *page = guichet_window_get_signin (self);
  const char *state = guichet_session_get_state (self->session);
  const char *reason = guichet_session_get_end_reason (self->session);
  g_autofree char *text = NULL;

  gtk_stack_set_visible_child_name (self->pages, "signin");
  drop_page (self, "sound");
  if (self->main != NULL)
    {
      self->main = NULL;
      drop_page (self, "main");
    }
  if (!g_str_equal (state, "ended"))
    return;
  text = guichet_words (GUICHET_WORDS_LINK, GUICHET_WORDS_SENTENCE, reason);
  guichet_signin_page_show_note (page, text);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

/* Who the agent works for, where windows are told apart. */
static void
show_title (GuichetWindow *self)
{
  const char *centre = is_signed_in (self) ? guichet_session_get_centre_name (self->session) : "";
  g_autofree char *title =
      *centre != '\0' ? g_strdup_printf ("%s – Guichet", centre) : g_strdup ("Guichet");

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
on_state (GuichetWindow *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->pages);

  show_title (self);
  if (!is_signed_in (self))
    {
      if (self->inbox != NULL)
        gtk_window_destroy (GTK_WINDOW (self->inbox));
      if (self->directory != NULL)
        gtk_window_destroy (GTK_WINDOW (self->directory));
      if (!g_str_equal (guichet_session_get_state (self->session), "signing_in") &&
          g_strcmp0 (shown, "signin") != 0)
        show_signin (self);
      return;
    }
  if (shown != NULL && !g_str_equal (shown, "signin"))
    return;
  if (!wants_sound_page (self))
    show_desk (self);
  else
    {
      drop_page (self, "sound");
      gtk_stack_add_named (self->pages, build_sound (self), "sound");
      gtk_stack_set_visible_child_name (self->pages, "sound");
    }
}

/* Nothing is dialled by a link alone: it only says what the agent might call. */
static void
follow_link (GuichetWindow *self)
{
  g_autofree char *number = NULL;

  if (self->number == NULL || !is_signed_in (self))
    return;
  number = g_steal_pointer (&self->number);
  guichet_dial_present (GTK_WINDOW (self), self->session, number);
}

void
guichet_window_open_link (GuichetWindow *self, const char *uri)
{
  g_free (self->number);
  self->number = guichet_phone_link_number (uri);
  if (self->number == NULL)
    guichet_window_toast (self, _ ("This link names no number that can be called"));
  else if (g_str_equal (guichet_session_get_state (self->session), "signed_out"))
    guichet_window_toast (self, _ ("Sign in, then you can call the number"));
  follow_link (self);
}

/* --- actions ---------------------------------------------------------------------------------- */

void
guichet_window_toast (GuichetWindow *self, const char *text)
{
  guichet_toast_add (self->toasts, text, NULL, 6);
}

void
guichet_window_show_about (GuichetWindow *self)
{
  adw_show_about_window (GTK_WINDOW (self), "application-name", "Guichet", "application-icon",
                         GUICHET_APPLICATION_ID, "version", GUICHET_VERSION, "license-type",
                         GTK_LICENSE_GPL_3_0, "comments", _ ("The desk of a contact-centre agent"),
                         "developer-name", _ ("The Guichet developers"), NULL);
}

static void
on_toast (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guichet_window_toast (GUICHET_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_manage_replies (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main != NULL)
    gtk_window_present (GTK_WINDOW (guichet_replies_window_new (GTK_WINDOW (self), self->session)));
}

static void
on_manage_clips (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main != NULL)
    gtk_window_present (GTK_WINDOW (guichet_clips_window_new (GTK_WINDOW (self), self->session)));
}

static void
on_settings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main != NULL)
    gtk_window_present (GTK_WINDOW (
        guichet_settings_window_new (GTK_WINDOW (self), self->session, self->settings)));
}

/* Made when it is asked for. As GTK's own gtk/help-overlay.ui it would be made with every window,
 * at the start. */
static void
on_search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main != NULL)
    gtk_window_present (GTK_WINDOW (guichet_search_window_new (GTK_WINDOW (self), self->session)));
}

static void
on_recordings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main != NULL)
    gtk_window_present (
        GTK_WINDOW (guichet_recordings_window_new (GTK_WINDOW (self), self->session)));
}

/* One at a time: its lists follow what happens. */
static void
on_conversations (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main == NULL || !guichet_session_get_takes_chats (self->session))
    return;
  if (self->inbox == NULL)
    g_set_weak_pointer (&self->inbox, guichet_inbox_window_new (GTK_WINDOW (self), self->session));
  gtk_window_present (GTK_WINDOW (self->inbox));
}

/* One at a time: it is told of what changes. */
static void
on_directory (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main == NULL)
    return;
  if (self->directory == NULL)
    g_set_weak_pointer (&self->directory,
                        guichet_directory_window_new (GTK_WIDGET (self->main), self->session));
  gtk_window_present (GTK_WINDOW (self->directory));
}

static void
on_dial (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main != NULL)
    guichet_dial_present (GTK_WINDOW (self), self->session, NULL);
}

static void
on_work_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);
  GuichetInteraction *interaction =
      guichet_session_find_interaction (self->session, g_variant_get_string (parameter, NULL));

  if (self->main == NULL || interaction == NULL)
    return;
  guichet_main_page_work_on (GUICHET_MAIN_PAGE (self->main), interaction);
  gtk_window_present (GTK_WINDOW (self));
}

static void
on_shortcuts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (guichet_shortcuts_window_new (GTK_WINDOW (widget))));
}

static void
on_work (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetWindow *self = GUICHET_WINDOW (widget);

  if (self->main != NULL)
    guichet_main_page_perform (self->main, action + strlen ("win."));
}

static gboolean
guichet_window_close_request (GtkWindow *window)
{
  GuichetWindow *self = GUICHET_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  if (is_signed_in (self))
    {
      gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
      gtk_widget_activate_action (GTK_WIDGET (window), "app.hidden", NULL);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (guichet_window_parent_class)->close_request (window);
}

static void
guichet_window_dispose (GObject *object)
{
  GuichetWindow *self = GUICHET_WINDOW (object);

  g_clear_weak_pointer (&self->inbox);
  g_clear_weak_pointer (&self->directory);
  g_clear_pointer (&self->number, g_free);
  self->main = NULL;
  self->signin = NULL;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  G_OBJECT_CLASS (guichet_window_parent_class)->dispose (object);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
}

static void
guichet_window_class_init (GuichetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const work[] = { "win.answer",       "win.decline",        "win.hold",
                                      "win.mute",         "win.keypad",         "win.end",
                                      "win.notes",        "win.disposition",    "win.tags",
                                      "win.submit",       "win.extend",         "win.details",
                                      "win.next",         "win.previous",       "win.available",
                                      "win.idle",         "win.queues",         "win.desk",
                                      "win.activity",     "win.team",           "win.unread",
                                      "win.replies",      "win.copy",           "win.transfer",
                                      "win.unassign",     "win.accept-all",     "win.private",
                                      "win.spelling",     "win.beside",         "win.consult",
                                      "win.confer",       "win.leave",          "win.send-resolve",
                                      "win.send-pending", "win.send-escalate",  "win.launch",
                                      "win.end-consult",  "win.hold-colleague", "win.supervision",
                                      "win.park",         "win.parked" };

  G_OBJECT_CLASS (klass)->dispose = guichet_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guichet_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guichet/Guichet/window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GuichetWindow, pages);
  for (guint i = 0; i < G_N_ELEMENTS (work); i++)
    gtk_widget_class_install_action (widget_class, work[i], NULL, on_work);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", on_toast);
  gtk_widget_class_install_action (widget_class, "win.manage-replies", NULL, on_manage_replies);
  gtk_widget_class_install_action (widget_class, "win.manage-clips", NULL, on_manage_clips);
  gtk_widget_class_install_action (widget_class, "win.settings", NULL, on_settings);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "win.recordings", NULL, on_recordings);
  gtk_widget_class_install_action (widget_class, "win.conversations", NULL, on_conversations);
  gtk_widget_class_install_action (widget_class, "win.directory", NULL, on_directory);
  gtk_widget_class_install_action (widget_class, "win.dial", NULL, on_dial);
  gtk_widget_class_install_action (widget_class, "win.work-on", "s", on_work_on);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, on_shortcuts);
}

static void
guichet_window_init (GuichetWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GuichetWindow *
guichet_window_new (GuichetSession *session, GSettings *settings)
{
  GuichetWindow *self = g_object_new (GUICHET_TYPE_WINDOW, NULL);
  int width, height;

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, 640), MAX (height, 480));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (follow_link), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_interactions (session), "items-changed",
                           G_CALLBACK (settle_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::centre-name", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  on_state (self);
  return self;
}

void
guichet_window_skip_sound (GuichetWindow *self)
{
  self->skip_sound = TRUE;
}

GuichetSession *
guichet_window_session_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  while (root != NULL && !GUICHET_IS_WINDOW (root))
    root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
  return root != NULL ? GUICHET_WINDOW (root)->session : NULL;
}
