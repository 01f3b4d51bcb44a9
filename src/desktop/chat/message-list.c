/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of a chat's messages, with the way back to older ones and on to unread ones. Main thread
 * only.
 */

#include "desktop/chat/message-list.h"

#include "desktop/chat/message-row.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* Pixels from the end that still are its end. */
#define AT_END 48

struct _GuichetMessageList
{
  GtkWidget parent_instance;

  GtkWidget *older;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkWidget *jump;
  GtkLabel *jump_label;
  GtkNoSelection *selection;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GPtrArray *rows;    /* GuichetMessageRow that show something; not owned */
  gulong handlers[3]; /* of the interaction */
  gulong items_handler;
  GtkWindow *window; /* weak */
  gulong window_handler;
  gboolean stays; /* at the newest message */
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetMessageList, guichet_message_list, GTK_TYPE_WIDGET)

enum
{
  EDIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GListModel *
messages_of (GuichetMessageList *self)
{
  return self->interaction != NULL ? guichet_interaction_get_messages (self->interaction) : NULL;
}

static GtkAdjustment *
adjustment_of (GuichetMessageList *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

static double
end_of (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
}

/* The newest message with a number. */
static gint64
newest_of (GListModel *messages)
{
  for (guint i = g_list_model_get_n_items (messages); i > 0; i--)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, i - 1);

      if (guichet_message_get_number (message) > 0)
        return guichet_message_get_number (message);
    }
  return 0;
}

static gboolean
is_seen (GuichetMessageList *self)
{
  return self->stays && self->window != NULL && gtk_window_is_active (self->window) &&
         gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
show_jump (GuichetMessageList *self)
{
  gint64 unread = guichet_interaction_get_unread (self->interaction);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->jump, !self->stays);
  if (unread > 0)
    text = g_strdup_printf (ngettext ("%d new message", "%d new messages", (gulong) unread),
                            (int) unread);
  else
    text = g_strdup (_ ("Newest messages"));
  gtk_label_set_text (self->jump_label, text);
  guichet_accessible_name (self->jump, text);
  guichet_shortcuts_set_tip (self->jump, _ ("Jump to unread"), "win.unread");
}

static gboolean
refresh (gpointer data)
{
  GuichetMessageList *self = data;

  self->refresh_id = 0;
  if (self->interaction == NULL)
    return G_SOURCE_REMOVE;
  if (self->stays)
    gtk_adjustment_set_value (adjustment_of (self), end_of (adjustment_of (self)));
  if (is_seen (self))
    guichet_session_mark_read (self->session, self->interaction, newest_of (messages_of (self)));
  gtk_widget_set_visible (self->older, guichet_interaction_get_more (self->interaction));
  show_jump (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (GuichetMessageList *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

/* The agent scrolls, or the list grows. */
static void
on_scrolled (GuichetMessageList *self)
{
  GtkAdjustment *adjustment = adjustment_of (self);
  gboolean at_end = gtk_adjustment_get_value (adjustment) >= end_of (adjustment) - AT_END;

  /* Only the agent leaves the end: what grows below it is followed. */
  if (self->refresh_id == 0 || at_end)
    self->stays = at_end;
  refresh_soon (self);
}

/* Rows
 * ..............................................................................................................
 */

static void
show_in (GuichetMessageList *self, GuichetMessageRow *row, guint position)
{
  g_autoptr (GuichetMessage) message = g_list_model_get_item (messages_of (self), position);
  g_autoptr (GuichetMessage) before =
      position > 0 ? g_list_model_get_item (messages_of (self), position - 1) : NULL;

  guichet_message_row_show (row, self->interaction, message, before);
}

static void
on_try_again (GuichetMessageRow *row, GuichetMessageList *self)
{
  guichet_session_try_again (self->session, self->interaction,
                             guichet_message_row_get_message (row));
}

static void
on_edit (GuichetMessageRow *row, GuichetMessageList *self)
{
  GuichetMessage *message = guichet_message_row_get_message (row);
  g_autofree char *text = g_strdup (guichet_message_get_text (message));
  gboolean private = guichet_message_get_private (message);

  guichet_session_take_back (self->session, self->interaction, message);
  g_signal_emit (self, signals[EDIT], 0, text, private);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetMessageList *self)
{
  GtkWidget *row = guichet_message_row_new (self->session);

  g_signal_connect_object (row, "try-again", G_CALLBACK (on_try_again), self, 0);
  g_signal_connect_object (row, "edit", G_CALLBACK (on_edit), self, 0);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetMessageList *self)
{
  show_in (self, GUICHET_MESSAGE_ROW (gtk_list_item_get_child (item)),
           gtk_list_item_get_position (item));
  g_ptr_array_add (self->rows, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetMessageList *self)
{
  guichet_message_row_show (GUICHET_MESSAGE_ROW (gtk_list_item_get_child (item)), NULL, NULL, NULL);
  g_ptr_array_remove_fast (self->rows, item);
}

/* Whether a row is the first of its day changes with what comes before it. */
static void
on_items (GuichetMessageList *self)
{
  guint n = messages_of (self) != NULL ? g_list_model_get_n_items (messages_of (self)) : 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkListItem *item = self->rows->pdata[i];

      if (gtk_list_item_get_position (item) < n)
        show_in (self, GUICHET_MESSAGE_ROW (gtk_list_item_get_child (item)),
                 gtk_list_item_get_position (item));
    }
  refresh_soon (self);
}

/* Actions
 * ............................................................................................................
 */

static void
on_older (GuichetMessageList *self)
{
  self->stays = FALSE;
  guichet_session_more_messages (self->session, self->interaction);
}

void
guichet_message_list_jump (GuichetMessageList *self)
{
  GListModel *messages = messages_of (self);
  gint64 first =
      self->interaction != NULL ? guichet_interaction_get_first_unread (self->interaction) : 0;
  guint n = messages != NULL ? g_list_model_get_n_items (messages) : 0;

  if (first == 0)
    {
      self->stays = TRUE;
      refresh_soon (self);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, i);

      if (guichet_message_get_number (message) == first)
        gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", i);
    }
  /* What cannot be seen yet is a page away at most: the way there goes on with the next press. */
  guichet_session_mark_read (self->session, self->interaction, first);
  refresh_soon (self);
}

/* Class
 * ..............................................................................................................
 */

static void
guichet_message_list_root (GtkWidget *widget)
{
  GuichetMessageList *self = GUICHET_MESSAGE_LIST (widget);

  GTK_WIDGET_CLASS (guichet_message_list_parent_class)->root (widget);
  self->window = GTK_IS_WINDOW (gtk_widget_get_root (widget))
                     ? GTK_WINDOW (gtk_widget_get_root (widget))
                     : NULL;
  if (self->window != NULL)
    self->window_handler = g_signal_connect_swapped (self->window, "notify::is-active",
                                                     G_CALLBACK (refresh_soon), self);
}

static void
guichet_message_list_unroot (GtkWidget *widget)
{
  GuichetMessageList *self = GUICHET_MESSAGE_LIST (widget);

  if (self->window != NULL)
    g_clear_signal_handler (&self->window_handler, self->window);
  self->window = NULL;
  GTK_WIDGET_CLASS (guichet_message_list_parent_class)->unroot (widget);
}

static void
guichet_message_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (guichet_message_list_parent_class)->map (widget);
  refresh_soon (GUICHET_MESSAGE_LIST (widget));
}

static void
guichet_message_list_dispose (GObject *object)
{
  GuichetMessageList *self = GUICHET_MESSAGE_LIST (object);

  guichet_message_list_set_interaction (self, NULL);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_message_list_parent_class)->dispose (object);
}

static void
guichet_message_list_finalize (GObject *object)
{
  g_ptr_array_unref (GUICHET_MESSAGE_LIST (object)->rows);
  G_OBJECT_CLASS (guichet_message_list_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetMessageList, name)

static void
guichet_message_list_class_init (GuichetMessageListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_message_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_message_list_finalize;
  widget_class->root = guichet_message_list_root;
  widget_class->unroot = guichet_message_list_unroot;
  widget_class->map = guichet_message_list_map;
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/chat/message-list.ui");
  BIND (older);
  BIND (scroller);
  BIND (view);
  BIND (jump);
  BIND (jump_label);
  gtk_widget_class_bind_template_callback (widget_class, on_older);
  gtk_widget_class_bind_template_callback (widget_class, guichet_message_list_jump);
}

static void
guichet_message_list_init (GuichetMessageList *self)
{
  self->rows = g_ptr_array_new ();
  self->stays = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_message_list_new (GuichetSession *session)
{
  GuichetMessageList *self = g_object_new (GUICHET_TYPE_MESSAGE_LIST, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->session = g_object_ref (session);
  self->selection = gtk_no_selection_new (NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->view), factory);
  g_object_unref (factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->view), GTK_SELECTION_MODEL (self->selection));
  guichet_accessible_name (self->view, _ ("Messages"));
  g_signal_connect_object (adjustment_of (self), "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment_of (self), "changed", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
guichet_message_list_set_interaction (GuichetMessageList *self, GuichetInteraction *interaction)
{
  static const char *const watched[] = { "notify::more", "notify::unread", "notify::phase" };

  if (self->interaction == interaction)
    return;
  if (self->interaction != NULL)
    {
      g_clear_signal_handler (&self->items_handler, messages_of (self));
      for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
        g_clear_signal_handler (&self->handlers[i], self->interaction);
      gtk_no_selection_set_model (self->selection, NULL); /* rows let go of it */
    }
  g_set_object (&self->interaction, interaction);
  if (interaction == NULL)
    return;
  self->stays = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    self->handlers[i] =
        g_signal_connect_swapped (interaction, watched[i], G_CALLBACK (refresh_soon), self);
  gtk_no_selection_set_model (self->selection, messages_of (self));
  self->items_handler =
      g_signal_connect_data (messages_of (self), "items-changed", G_CALLBACK (on_items), self, NULL,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  refresh_soon (self);
}
