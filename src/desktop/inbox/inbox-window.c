/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window of conversations. Asks the centre for the view that is chosen, and anew, never more
 * than once a second, when something of it may have changed: somebody came into line, own work came
 * or went; and now and then for what nobody tells. Main thread only.
 */

#include "desktop/inbox/inbox-window.h"

#include "desktop/inbox/inbox-row.h"
#include "desktop/past/transcript-window.h"
#include "desktop/text/error-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/recent-details.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define SOON_MS   1000
#define EVERY_S   15
#define N_VIEWS   4
#define RESOLVED  3
#define ESCALATED 2 /* for supervisors */
#define ASSIGNING 1
/* With a filter the centre looks through so much at once, and the list goes on by itself. */
#define ENOUGH 20 /* rows of one question */
#define ROUNDS 10 /* that it may take */

typedef struct
{
  GuichetSession *session;
  GtkWidget *window;
  GListStore *rows; /* GuichetRecent */
  GCancellable *cancellable;
  char *next; /* the page after what is shown, "": none */
  guint view;
  guint from;           /* where the answer on its way belongs */
  guint wanted, rounds; /* rows, and answers until they are there */
  guint soon_id, every_id;
  GtkWidget *tabs[N_VIEWS];
  GtkWidget *search;
  GtkDropDown *channel, *queue, *tag;
  GPtrArray *queues, *tags; /* ids, the first "": any */
  GtkStack *stack;
  GtkLabel *status;
  GtkLabel *said; /* what could not be done */
  GtkWidget *more, *one_more, *list;
} Inbox;

static const char *const views[N_VIEWS] = { "mine", "unassigned", "escalated", "resolved" };
static const char *const channels[] = { "", "webchat", "sms", "facebook", "instagram", "email" };

static void
inbox_free (gpointer data)
{
  Inbox *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->soon_id, g_source_remove);
  g_clear_handle_id (&self->every_id, g_source_remove);
  g_object_unref (self->session);
  g_object_unref (self->rows);
  g_ptr_array_unref (self->queues);
  g_ptr_array_unref (self->tags);
  g_free (self->next);
  g_free (self);
}

static void
say (Inbox *self, const char *text)
{
  gtk_label_set_text (self->said, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->said), text != NULL && *text != '\0');
}

/* --- asking ----------------------------------------------------------------------------------- */

static const char *
words (Inbox *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

static const char *
channel (Inbox *self)
{
  return channels[MIN (gtk_drop_down_get_selected (self->channel), G_N_ELEMENTS (channels) - 1)];
}

static const char *
chosen (GtkDropDown *box, GPtrArray *ids)
{
  guint at = gtk_drop_down_get_selected (box);

  return at < ids->len ? ids->pdata[at] : "";
}

static const char *
words_of_nothing (Inbox *self)
{
  if (*words (self) != '\0' || *channel (self) != '\0' ||
      *chosen (self->queue, self->queues) != '\0' || *chosen (self->tag, self->tags) != '\0')
    return _ ("No conversation fits.");
  if (self->view == RESOLVED)
    return _ ("Conversations that have ended stand here.");
  if (self->view == ESCALATED)
    return _ ("Nothing is escalated in your queues.");
  return self->view == ASSIGNING ? _ ("Nobody is waiting in your queues.")
                                 : _ ("You have no conversation in hand.");
}

static void
show_status (Inbox *self, const char *text)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "status");
  if (any)
    say (self, text);
  else
    gtk_label_set_text (self->status, text != NULL ? text : words_of_nothing (self));
}

static void ask_for (Inbox *self, guint from, const char *after);

static void
on_rows (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Inbox *self = g_object_get_data (G_OBJECT (window), "inbox");
  g_autofree char *next = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      guichet_session_view_finish (GUICHET_SESSION (source), result, &next, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL)
    {
      g_autofree char *text = guichet_words_of_error (error);

      show_status (self, text);
      return;
    }
  guichet_list_show (self->rows, self->from, rows, guichet_inbox_rows_same);
  g_free (self->next);
  self->next = g_steal_pointer (&next);
  gtk_widget_set_visible (self->more, *self->next != '\0');
  if (*self->next != '\0' && ++self->rounds < ROUNDS &&
      g_list_model_get_n_items (G_LIST_MODEL (self->rows)) < self->wanted)
    ask_for (self, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), self->next);
  else
    show_status (self, NULL);
}

static void
ask_for (Inbox *self, guint from, const char *after)
{
  GuichetViewFilter filter;

  g_clear_handle_id (&self->soon_id, g_source_remove);
  if (!guichet_session_get_link_up (self->session))
    {
      show_status (self, _ ("The centre cannot be reached. This list comes when it is back."));
      return;
    }
  filter = (GuichetViewFilter){ .channel = channel (self),
                                .queue = chosen (self->queue, self->queues),
                                .tag = chosen (self->tag, self->tags),
                                .words = words (self) };
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->from = from;
  guichet_session_view_async (self->session, views[self->view], &filter, after, self->cancellable,
                              on_rows, g_object_ref (self->window));
}

static void
ask (Inbox *self, guint from, const char *after)
{
  self->wanted = from + ENOUGH;
  self->rounds = 0;
  ask_for (self, from, after);
}

static void
ask_anew (Inbox *self)
{
  say (self, NULL);
  ask (self, 0, "");
}

/* Whoever reads older pages keeps them; the newest come when the view is chosen again. */
static gboolean
on_soon (gpointer data)
{
  Inbox *self = data;

  self->soon_id = 0;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) <= 50)
    ask (self, 0, "");
  return G_SOURCE_REMOVE;
}

static void
ask_soon (GtkWidget *window)
{
  Inbox *self = g_object_get_data (G_OBJECT (window), "inbox");

  if (self != NULL && self->soon_id == 0)
    self->soon_id = g_timeout_add (SOON_MS, on_soon, self);
}

static gboolean
on_every (gpointer data)
{
  ask_soon (((Inbox *) data)->window);
  return G_SOURCE_CONTINUE;
}

static void
on_more (Inbox *self)
{
  ask (self, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), self->next);
}

/* --- doing ------------------------------------------------------------------------------------ */

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Inbox *self = g_object_get_data (G_OBJECT (window), "inbox");
  g_autoptr (GError) error = NULL;
  gboolean done = guichet_session_command_finish (GUICHET_SESSION (source), result, &error);

  if (self == NULL)
    return;
  ask (self, 0, "");
  if (!done)
    {
      g_autofree char *text = guichet_words_of_error (error);

      say (self, text);
    }
}

static void
on_stands (const char *problem, gpointer data)
{
  Inbox *self = data;

  ask (self, 0, "");
  say (self, problem);
}

static void
on_assign (GuichetRecent *recent, gpointer data)
{
  Inbox *self = data;

  say (self, NULL);
  guichet_session_take_async (self->session, guichet_recent_get_interaction (recent), NULL, on_done,
                              g_object_ref (self->window));
}

static void
on_tagged (GuichetRecent *recent, gpointer data)
{
  ask (data, 0, "");
}

static void
on_one_more (Inbox *self)
{
  say (self, NULL);
  guichet_session_pull_async (self->session, NULL, on_done, g_object_ref (self->window));
}

/* Own work comes before the agent; what has ended opens as it was written. */
static void
on_activate (GtkListView *view, guint position, Inbox *self)
{
  g_autoptr (GuichetRecent) recent = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self->window));

  if (recent == NULL)
    return;
  if (g_str_equal (guichet_recent_get_kind (recent), "mine"))
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.work-on", "s",
                                guichet_recent_get_interaction (recent));
  else if (*guichet_recent_get_conversation (recent) != '\0')
    guichet_transcript_show (parent, self->session, recent);
  else
    guichet_recent_details_show (self->window, recent);
}

static void
on_view (GtkToggleButton *tab, Inbox *self)
{
  if (!gtk_toggle_button_get_active (tab))
    return;
  for (guint i = 0; i < N_VIEWS; i++)
    if (self->tabs[i] == GTK_WIDGET (tab))
      self->view = i;
  g_list_store_remove_all (self->rows);
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_set_visible (self->one_more,
                          self->view < ESCALATED && guichet_session_get_pulls (self->session));
  gtk_stack_set_visible_child_name (self->stack, "status");
  gtk_label_set_text (self->status, _ ("Loading…"));
  ask_anew (self);
}

/* --- building --------------------------------------------------------------------------------- */

static void
set_margins (GtkWidget *widget)
{
  gtk_widget_set_margin_start (widget, 12);
  gtk_widget_set_margin_end (widget, 12);
  gtk_widget_set_margin_top (widget, 6);
  gtk_widget_set_margin_bottom (widget, 6);
}

static GtkWidget *
build_tabs (Inbox *self)
{
  static const char *const names[N_VIEWS] = { N_ ("Assigned to me"), N_ ("Unassigned"),
                                              N_ ("Escalated"), N_ ("Resolved") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < N_VIEWS; i++)
    {
      self->tabs[i] = gtk_toggle_button_new_with_label (_ (names[i]));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->tabs[i]),
                                   i > 0 ? GTK_TOGGLE_BUTTON (self->tabs[0]) : NULL);
      g_signal_connect (self->tabs[i], "toggled", G_CALLBACK (on_view), self);
      gtk_widget_set_hexpand (self->tabs[i], TRUE);
      gtk_box_append (GTK_BOX (box), self->tabs[i]);
    }
  gtk_widget_set_visible (self->tabs[ESCALATED], guichet_session_is_supervisor (self->session));
  set_margins (box);
  return box;
}

/* All of them, or one of these definitions or queues; their ids in @ids. */
static GtkDropDown *
chooser_new (Inbox *self, GListModel *from, const char *all, const char *name, GPtrArray *ids)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkDropDown *box;

  gtk_string_list_append (names, all);
  g_ptr_array_add (ids, g_strdup (""));
  for (guint i = 0; i < g_list_model_get_n_items (from); i++)
    {
      g_autoptr (GObject) one = g_list_model_get_item (from, i);
      g_autofree char *id = NULL;
      g_autofree char *text = NULL;

      g_object_get (one, "id", &id, "name", &text, NULL);
      gtk_string_list_append (names, text);
      g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  box = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  guichet_accessible_name (GTK_WIDGET (box), name);
  gtk_widget_set_hexpand (GTK_WIDGET (box), TRUE);
  g_signal_connect_swapped (box, "notify::selected", G_CALLBACK (ask_anew), self);
  return box;
}

static GtkWidget *
build_choosers (Inbox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  self->queue = chooser_new (self, guichet_session_get_queues (self->session), _ ("All queues"),
                             _ ("Queue"), self->queues);
  self->tag = chooser_new (self, guichet_session_get_tags (self->session), _ ("All tags"),
                           _ ("Tag"), self->tags);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->queue));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tag));
  gtk_widget_set_visible (box, self->queues->len > 1 || self->tags->len > 1);
  set_margins (box);
  return box;
}

static GtkWidget *
build_filters (Inbox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All channels"));
  for (guint i = 1; i < G_N_ELEMENTS (channels); i++)
    gtk_string_list_append (names, guichet_words_channel (channels[i]));
  self->search = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), 8);
  g_object_set (self->search, "placeholder-text", _ ("Customers, messages, notes"), NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search conversations"));
  self->channel = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  guichet_accessible_name (GTK_WIDGET (self->channel), _ ("Channel"));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (ask_anew), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close),
                            self->window);
  g_signal_connect_swapped (self->channel, "notify::selected", G_CALLBACK (ask_anew), self);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->channel));
  set_margins (box);
  return box;
}

static GtkWidget *
build_list (Inbox *self)
{
  GtkListItemFactory *factory =
      guichet_inbox_rows_factory (self->session, on_assign, on_tagged, on_stands, self);
  GtkSingleSelection *selection =
      gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->list), TRUE);
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  guichet_accessible_name (self->list, _ ("Conversations"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  return scroller;
}

static GtkWidget *
build_foot (Inbox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->said = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->said, TRUE);
  gtk_label_set_xalign (self->said, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->said), FALSE);
  self->more = gtk_button_new_with_label (_ ("More conversations"));
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more), self);
  self->one_more = gtk_button_new_with_label (_ ("One more"));
  gtk_widget_set_tooltip_text (self->one_more,
                               _ ("Take the next conversation, beyond what comes by itself"));
  g_signal_connect_swapped (self->one_more, "clicked", G_CALLBACK (on_one_more), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), self->one_more);
  set_margins (box);
  return box;
}

static void
build (Inbox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = guichet_label_nothing (NULL);
  set_margins (GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), build_tabs (self));
  gtk_box_append (GTK_BOX (box), build_filters (self));
  gtk_box_append (GTK_BOX (box), build_choosers (self));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_stack_add_named (self->stack, build_list (self), "list");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), build_foot (self));
  adw_window_set_content (ADW_WINDOW (self->window), box);
}

static void
follow (Inbox *self)
{
  static const char *const signals[] = { "line-moved", "interaction-closed", "notify::link-up" };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->session, signals[i], G_CALLBACK (ask_soon), self->window,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_interactions (self->session), "items-changed",
                           G_CALLBACK (ask_soon), self->window, G_CONNECT_SWAPPED);
  self->every_id = g_timeout_add_seconds (EVERY_S, on_every, self);
}

GtkWidget *
guichet_inbox_window_new (GtkWindow *parent, GuichetSession *session)
{
  Inbox *self = g_new0 (Inbox, 1);
  GtkWidget *window = adw_window_new ();

  self->session = g_object_ref (session);
  self->window = window;
  self->rows = g_list_store_new (GUICHET_TYPE_RECENT);
  self->next = g_strdup ("");
  self->queues = g_ptr_array_new_with_free_func (g_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (window), "inbox", self, inbox_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Conversations"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 640, 560);
  guichet_window_close_by_escape (window);
  build (self);
  follow (self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tabs[ASSIGNING]), TRUE);
  gtk_widget_grab_focus (self->tabs[ASSIGNING]);
  return window;
}
