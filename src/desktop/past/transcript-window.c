/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A conversation of before, read-only: the messages before and after the one that was looked for;
 * older ones by a button. Main thread only.
 */

#include "desktop/past/transcript-window.h"

#include "client/message.h"
#include "desktop/chat/chat-words.h"
#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/divider.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PAGE  100
#define AFTER 40 /* messages after the one looked for */

typedef struct
{
  GuichetSession *session;
  GuichetRecent *recent;
  GListStore *messages;
  GCancellable *cancellable;
  GtkStack *stack;
  GtkLabel *status;
  GtkWidget *older;
  GtkWidget *mark;
  GtkWidget *view;
  gboolean filled;
} Transcript;

static void
transcript_free (gpointer data)
{
  Transcript *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->session);
  g_object_unref (self->recent);
  g_object_unref (self->messages);
  g_free (self);
}

/* The names of history say who the one other agent was. */
static char *
who_of (Transcript *self, GuichetMessage *message)
{
  const char *author = guichet_message_get_author (message);
  const char *agent = guichet_message_get_agent (message);
  const char *agents = guichet_recent_get_agents (self->recent);

  if (g_str_equal (author, "customer"))
    return guichet_who_recent (self->recent);
  if (g_str_equal (author, "bot"))
    return guichet_who_bot (guichet_message_get_from (message));
  if (!g_str_equal (author, "agent"))
    return g_strdup ("");
  if (g_str_equal (agent, guichet_session_get_agent (self->session)))
    return g_strdup (_ ("You"));
  return g_strdup (*agents != '\0' && strchr (agents, ',') == NULL ? agents : agent);
}

/* Where a bot handed over. */
static void
add_divider (GtkWidget *box)
{
  GtkWidget *divider = guichet_divider_new (guichet_chat_hand_over ());

  gtk_widget_set_visible (divider, FALSE);
  gtk_box_append (GTK_BOX (box), divider);
  g_object_set_data (G_OBJECT (box), "divider", divider);
}

static GtkWidget *
label_new (GtkWidget *row, const char *name)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  guichet_label_wrap (GTK_LABEL (label));
  gtk_box_append (GTK_BOX (row), label);
  g_object_set_data (G_OBJECT (row), name, label);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (label_new (row, "meta"), "caption");
  gtk_widget_add_css_class (g_object_get_data (G_OBJECT (row), "meta"), "dim");
  gtk_label_set_selectable (GTK_LABEL (label_new (row, "text")), TRUE);
  gtk_widget_add_css_class (row, "past");
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_box_append (GTK_BOX (box), row);
  g_object_set_data (G_OBJECT (box), "row", row);
  add_divider (box);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Transcript *self)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *row = g_object_get_data (G_OBJECT (box), "row");
  GuichetMessage *message = gtk_list_item_get_item (item);
  g_autofree char *who = who_of (self, message);
  g_autofree char *at =
      guichet_format_instant (guichet_message_get_at (message), guichet_clock_now ());
  g_autofree char *meta = *who != '\0' ? g_strdup_printf ("%s · %s", who, at) : g_strdup (at);
  gboolean private = guichet_message_get_private (message);
  g_autofree char *all =
      private ? g_strjoin (" · ", meta, _ ("Note for colleagues"), NULL) : g_strdup (meta);

  guichet_widget_set_class (row, "private", private);
  guichet_widget_set_class (row, "bot", g_str_equal (guichet_message_get_author (message), "bot"));
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (box), "divider"),
                          guichet_message_get_hand_over (message));
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "meta"), all);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "text"),
                      guichet_message_get_text (message));
}

/* The message that was looked for, or the newest. */
static void
scroll (Transcript *self)
{
  GListModel *list = G_LIST_MODEL (self->messages);
  guint n = g_list_model_get_n_items (list), position = n > 0 ? n - 1 : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (list, i);

      if (guichet_message_get_number (message) == guichet_recent_get_number (self->recent))
        position = i;
    }
  if (n > 0)
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
}

static gint64
first_number (Transcript *self)
{
  g_autoptr (GuichetMessage) first = g_list_model_get_item (G_LIST_MODEL (self->messages), 0);

  return first != NULL ? guichet_message_get_number (first) : 0;
}

static void
on_messages (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Transcript *self = g_object_get_data (G_OBJECT (window), "transcript");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL)
    {
      g_autofree char *text = guichet_words_of_error (error);

      gtk_label_set_text (self->status, text);
      return;
    }
  g_list_store_splice (self->messages, 0, 0, found->pdata, found->len);
  gtk_stack_set_visible_child_name (self->stack,
                                    found->len > 0 || self->filled ? "list" : "status");
  gtk_label_set_text (self->status, _ ("Nothing is written here any more."));
  gtk_widget_set_visible (self->older, found->len > 0 && first_number (self) > 1);
  gtk_widget_set_visible (self->mark, !guichet_session_get_link_up (self->session));
  if (!self->filled)
    scroll (self);
  self->filled = TRUE;
}

static void
load (GtkWidget *window, gint64 before)
{
  Transcript *self = g_object_get_data (G_OBJECT (window), "transcript");

  if (guichet_session_get_link_up (self->session))
    guichet_session_transcript_async (self->session, guichet_recent_get_conversation (self->recent),
                                      before, PAGE, self->cancellable, on_messages,
                                      g_object_ref (window));
  else
    guichet_session_transcript_seen_async (
        self->session, guichet_recent_get_conversation (self->recent), before, PAGE,
        self->cancellable, on_messages, g_object_ref (window));
}

static void
on_older (GtkWidget *window)
{
  load (window, first_number (g_object_get_data (G_OBJECT (window), "transcript")));
}

static void
build_list (Transcript *self, GtkWidget *window, GtkWidget *box)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->messages)));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  guichet_accessible_name (self->view, _ ("Transcript"));
  self->older = gtk_button_new_with_label (_ ("Older messages"));
  gtk_widget_set_halign (self->older, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->older, 6);
  gtk_widget_set_visible (self->older, FALSE);
  g_signal_connect_swapped (self->older, "clicked", G_CALLBACK (on_older), window);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), self->older);
  gtk_box_append (GTK_BOX (box), scroller);
}

static void
build (Transcript *self, GtkWidget *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = GTK_LABEL (gtk_label_new (_ ("Loading…")));
  gtk_label_set_wrap (self->status, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "dim");
  build_list (self, window, box);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_stack_add_named (self->stack, box, "list");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->stack));
  self->mark = gtk_label_new (_ ("The centre cannot be reached: from what this desk has"));
  gtk_label_set_wrap (GTK_LABEL (self->mark), TRUE);
  gtk_widget_add_css_class (self->mark, "caption");
  gtk_widget_set_margin_top (self->mark, 6);
  gtk_widget_set_margin_bottom (self->mark, 6);
  gtk_widget_set_visible (self->mark, FALSE);
  gtk_box_append (GTK_BOX (content), self->mark);
  adw_window_set_content (ADW_WINDOW (window), content);
}

void
guichet_transcript_show (GtkWindow *parent, GuichetSession *session, GuichetRecent *recent)
{
  Transcript *self = g_new0 (Transcript, 1);
  GtkWidget *window = adw_window_new ();
  g_autofree char *who = guichet_who_recent (recent);
  /* Translators: %s is the customer */
  g_autofree char *title = g_strdup_printf (_ ("Transcript: %s"), who);

  self->session = g_object_ref (session);
  self->recent = g_object_ref (recent);
  self->messages = g_list_store_new (GUICHET_TYPE_MESSAGE);
  self->cancellable = g_cancellable_new ();
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 520, 560);
  build (self, window);
  g_object_set_data_full (G_OBJECT (window), "transcript", self, transcript_free);
  guichet_window_close_by_escape (window);
  gtk_window_present (GTK_WINDOW (window));
  load (window, guichet_recent_get_number (recent) + AFTER);
}
