/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry and its results, in one list: customers, messages, notes, canned replies, contacts,
 * each kind under its name. What this desk has is there at once; what the centre finds takes its
 * place, but never under the finger: while the list is being used, a button offers it. What is
 * typed next overtakes the question before. Main thread only.
 */

#include "desktop/past/search-window.h"

#include "client/canned-change.h"
#include "desktop/past/history-view.h"
#include "desktop/past/search-row.h"
#include "desktop/past/transcript-window.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/recent-details.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define LIMIT   20
#define FEW     5   /* canned replies and contacts */
#define SLOW_MS 400 /* the centre's answer is late: say whose results these are */

typedef struct
{
  GuichetSession *session;
  GListStore *results; /* GuichetCustomer, GuichetRecent, GuichetCannedReply */
  GCancellable *cancellable;
  char *asked;      /* the words that it is about */
  GPtrArray *seen;  /* what this desk has, of these words; NULL: not known yet */
  GPtrArray *found; /* what the centre has; NULL: not known */
  gboolean partly;  /* it did not get through everything */
  GError *error;    /* why not */
  guint slow_id;
  GtkWidget *entry;
  GtkStack *stack;
  GtkLabel *status;
  GtkLabel *mark;
  GtkWidget *more;
  GtkWidget *view;
  double x, y;
  gboolean used;    /* the pointer moved on the list since the words were typed */
  gboolean entered; /* the first is to be opened once there is one */
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_pointer (&self->seen, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->asked);
  g_object_unref (self->session);
  g_object_unref (self->results);
  g_free (self);
}

static void
say (Search *self, const char *why)
{
  gtk_label_set_text (self->status, why);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

/* --- opening ---------------------------------------------------------------------------------- */

static void
open_customer (GtkWindow *parent, GuichetSession *session, const char *id, const char *name)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *history = guichet_history_view_new (session);

  gtk_window_set_title (GTK_WINDOW (window), name);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 520, 560);
  gtk_widget_set_vexpand (history, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), history);
  adw_window_set_content (ADW_WINDOW (window), box);
  guichet_window_close_by_escape (window);
  guichet_history_view_show (GUICHET_HISTORY_VIEW (history), id);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_activate (GtkListView *view, guint position, GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->results), position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (window));

  if (GUICHET_IS_CANNED_REPLY (item))
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.manage-replies", NULL);
  else if (guichet_search_kind (item) == GUICHET_SEARCH_CONTACT)
    guichet_recent_details_show (window, GUICHET_RECENT (item));
  else if (GUICHET_IS_CUSTOMER (item))
    open_customer (parent, self->session, guichet_customer_get_id (GUICHET_CUSTOMER (item)),
                   guichet_customer_get_name (GUICHET_CUSTOMER (item)));
  else if (GUICHET_IS_RECENT (item) &&
           *guichet_recent_get_conversation (GUICHET_RECENT (item)) != '\0')
    guichet_transcript_show (parent, self->session, GUICHET_RECENT (item));
  else if (GUICHET_IS_RECENT (item) && *guichet_recent_get_customer (GUICHET_RECENT (item)) != '\0')
    open_customer (parent, self->session, guichet_recent_get_customer (GUICHET_RECENT (item)),
                   guichet_recent_get_customer_name (GUICHET_RECENT (item)));
}

static void
open_entered (Search *self)
{
  if (!self->entered || g_list_model_get_n_items (G_LIST_MODEL (self->results)) == 0)
    return;
  self->entered = FALSE;
  on_activate (GTK_LIST_VIEW (self->view), 0, GTK_WIDGET (gtk_widget_get_root (self->view)));
}

/* --- asking ----------------------------------------------------------------------------------- */

static void
add_all (GPtrArray *all, GPtrArray *some, gboolean contacts)
{
  for (guint i = 0, n = 0; some != NULL && i < some->len; i++)
    if ((guichet_search_kind (some->pdata[i]) == GUICHET_SEARCH_CONTACT) == contacts &&
        (!contacts || n++ < FEW))
      g_ptr_array_add (all, g_object_ref (some->pdata[i]));
}

static char *
typed (Search *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* What should be shown, in its order. */
static GPtrArray *
all_results (Search *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = typed (self);
  g_autoptr (GPtrArray) replies = guichet_session_search_replies (self->session, text, NULL, FEW);

  add_all (all, self->found != NULL ? self->found : self->seen, FALSE);
  add_all (all, replies, FALSE);
  add_all (all, self->seen, TRUE);
  return all;
}

/* The words under the list: whose results these are. */
static void
show_mark (Search *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0;
  gboolean up = guichet_session_get_link_up (self->session);
  gboolean late = self->found == NULL && self->slow_id == 0 && self->cancellable != NULL;

  if (!up)
    gtk_label_set_text (self->mark, _ ("The centre cannot be reached: from what this desk has"));
  else if (self->partly)
    gtk_label_set_text (self->mark, _ ("There may be more. Type more letters or another word."));
  else
    gtk_label_set_text (self->mark, _ ("From what this desk has so far"));
  gtk_widget_set_visible (GTK_WIDGET (self->mark), any && (late || self->partly || !up));
}

static void
show_status (Search *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->error != NULL)
    {
      g_autofree char *text = guichet_words_of_error (self->error);

      say (self, text);
    }
  else if (self->found != NULL)
    say (self, self->partly ? _ ("Nothing found so far. Type more letters or another word.")
                            : _ ("Nothing found"));
  else if (!guichet_session_get_link_up (self->session) && self->seen != NULL)
    say (self, _ ("This desk has nothing like it, and the centre cannot be reached."));
}

static void
show_all (Search *self)
{
  g_autoptr (GPtrArray) all = all_results (self);

  gtk_widget_set_visible (self->more, FALSE);
  guichet_search_rows_splice (self->results, all);
  show_status (self);
  show_mark (self);
  open_entered (self);
}

static gboolean
is_used (Search *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (self->view)));

  return g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0 &&
         (self->used || (focus != NULL && gtk_widget_is_ancestor (focus, self->view)));
}

/* The centre's results in place of the desk's: at once, or when the hand is elsewhere. */
static void
take_found (Search *self)
{
  g_autoptr (GPtrArray) all = all_results (self);

  if (!is_used (self) || guichet_search_rows_same (self->results, all))
    show_all (self);
  else
    {
      show_mark (self);
      gtk_widget_set_visible (self->more, TRUE);
    }
}

static void
on_more (GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");

  show_all (self);
  gtk_widget_grab_focus (self->entry);
}

static gboolean
on_slow (gpointer data)
{
  Search *self = data;

  self->slow_id = 0;
  show_mark (self);
  return G_SOURCE_REMOVE;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autoptr (GError) error = NULL;
  gboolean complete;
  g_autoptr (GPtrArray) found =
      guichet_session_search_finish (GUICHET_SESSION (source), result, &complete, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_handle_id (&self->slow_id, g_source_remove);
  self->found = g_steal_pointer (&found);
  self->partly = self->found != NULL && !complete;
  if (self->found != NULL)
    {
      take_found (self);
      return;
    }
  self->error = g_steal_pointer (&error);
  show_status (self);
  show_mark (self);
}

static void
on_seen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) seen =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->seen = seen != NULL ? g_steal_pointer (&seen) : g_ptr_array_new ();
  if (self->found == NULL)
    show_all (self);
  else
    take_found (self);
}

static void
forget (Search *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_pointer (&self->seen, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_error (&self->error);
  self->partly = FALSE;
  self->used = FALSE;
  self->entered = FALSE;
}

static void
ask (GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autofree char *text = typed (self);

  forget (self);
  g_free (self->asked);
  self->asked = g_strdup (text);
  if (g_utf8_strlen (text, -1) < 2)
    {
      g_list_store_remove_all (self->results);
      say (self, _ ("Type a name, a number or words of a message or note."));
      gtk_widget_set_visible (self->more, FALSE);
      show_mark (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  guichet_session_search_seen_async (self->session, text, LIMIT, self->cancellable, on_seen,
                                     g_object_ref (window));
  if (!guichet_session_get_link_up (self->session))
    return;
  self->slow_id = g_timeout_add (SLOW_MS, on_slow, self);
  guichet_session_search_async (self->session, text, LIMIT, self->cancellable, on_found,
                                g_object_ref (window));
}

static void
on_typed (GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");
  g_autofree char *text = typed (self);

  if (g_strcmp0 (text, self->asked) != 0) /* Enter may have been faster */
    ask (window);
}

static void
on_pointer (GtkEventControllerMotion *motion, double x, double y, Search *self)
{
  if (self->x == x && self->y == y)
    return; /* the list moved, not the hand */
  self->used = self->x != 0 || self->y != 0 || self->used;
  self->x = x;
  self->y = y;
}

static void
on_pointer_gone (GtkEventControllerMotion *motion, Search *self)
{
  self->used = FALSE;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, Search *self)
{
  if (key != GDK_KEY_Down || g_list_model_get_n_items (G_LIST_MODEL (self->results)) == 0)
    return FALSE;
  gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* What was typed last is what is meant. */
static void
on_enter (GtkWidget *window)
{
  Search *self = g_object_get_data (G_OBJECT (window), "search");

  on_typed (window);
  self->entered = TRUE;
  if (self->seen != NULL || self->found != NULL)
    open_entered (self);
}

/* --- building --------------------------------------------------------------------------------- */

static void
build_list (Search *self, GtkWidget *window)
{
  GtkListItemFactory *factory = guichet_search_rows_factory (G_LIST_MODEL (self->results));
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSingleSelection *selection =
      gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->results)));

  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), window);
  g_signal_connect (motion, "motion", G_CALLBACK (on_pointer), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_pointer_gone), self);
  gtk_widget_add_controller (self->view, motion);
  guichet_accessible_name (self->view, _ ("Results"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_stack_add_named (self->stack, scroller, "list");
}

static void
build_entry (Search *self, GtkWidget *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Customers, messages, notes"), NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->entry), _ ("Search everything"));
  gtk_widget_set_margin_start (self->entry, 12);
  gtk_widget_set_margin_end (self->entry, 12);
  gtk_widget_set_margin_bottom (self->entry, 8);
  gtk_widget_set_margin_top (self->entry, 4);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_typed), window);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_enter), window);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_window_close), window);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
}

static void
build_foot (Search *self, GtkWidget *window, GtkWidget *box)
{
  self->mark = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->mark, TRUE);
  gtk_label_set_xalign (self->mark, 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self->mark), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->mark), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->mark), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->mark), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), "caption");
  self->more = gtk_button_new_with_label (_ ("Show what the centre found"));
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more), window);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->mark));
}

GtkWidget *
guichet_search_window_new (GtkWindow *parent, GuichetSession *session)
{
  Search *self = g_new0 (Search, 1);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->results = g_list_store_new (G_TYPE_OBJECT);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = guichet_label_nothing (NULL);
  g_object_set_data_full (G_OBJECT (window), "search", self, search_free);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  build_entry (self, window);
  build_list (self, window);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  build_foot (self, window, box);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Search"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 560, 560);
  guichet_window_close_by_escape (window);
  g_signal_connect_object (session, "notify::link-up", G_CALLBACK (ask), window, G_CONNECT_SWAPPED);
  on_typed (window);
  gtk_widget_grab_focus (self->entry);
  return window;
}
