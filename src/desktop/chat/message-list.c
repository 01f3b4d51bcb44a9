/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of a chat's messages, with the way back to older ones and on to unread ones. Main thread
 * only.
 */

#include "desktop/chat/message-list.h"

#include "desktop/chat/message-rows.h"
#include "desktop/chat/message-tail.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <string.h>

/* Pixels from the end that still are its end. */
#define AT_END 48
/* Of a row at 100 %, in pixels: all but its words, and each line of them; letters in a line. */
#define ROW_HEIGHT   46
#define LINE_HEIGHT  17
#define LINE_LETTERS 60
/* Of a list that was never seen. */
#define FIRST_HEIGHT 600
/* Of a chat whose messages are still on their way. */
#define ROWS_LEAST 8
/* Rows that are made together, before those that are there. */
#define MORE_ROWS 6

struct _GuichetMessageList
{
  GtkWidget parent_instance;

  GtkWidget *older;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkWidget *jump;
  GtkLabel *jump_label;
  GuichetMessageTail *tail; /* of the messages: those that have rows */
  GuichetMessageRows *rows;

  GuichetSession *session;
  GuichetInteraction *interaction;
  gulong handlers[3]; /* of the interaction */
  GtkWindow *window;  /* weak */
  gulong window_handler;
  GdkFrameClock *clock; /* while mapped */
  gulong layout_handler;
  gboolean stays;   /* at the newest message */
  gint64 wanted;    /* number of the message to go to as soon as it has a place; 0: none */
  gboolean landing; /* there, and it is to be seen whether that is the end */
  guint refresh_id;
  guint grow_id;
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

/* Among all messages. */
static guint
position_of (GuichetMessageList *self, gint64 number)
{
  GListModel *messages = messages_of (self);
  guint n = messages != NULL ? g_list_model_get_n_items (messages) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, i);

      if (guichet_message_get_number (message) == number)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
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
  if (self->stays &&
      gtk_adjustment_get_value (adjustment_of (self)) < end_of (adjustment_of (self)))
    gtk_widget_queue_allocate (self->view); /* on_laid_out goes there */
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

static gboolean
is_at_end (GuichetMessageList *self)
{
  GtkAdjustment *adjustment = adjustment_of (self);

  return gtk_adjustment_get_value (adjustment) >= end_of (adjustment) - AT_END;
}

/* The agent scrolls, or the list grows. */
static void
on_scrolled (GuichetMessageList *self)
{
  gboolean at_end = is_at_end (self);

  /* Only the agent leaves the end: what grows below it is followed. */
  if (self->refresh_id == 0 || at_end)
    self->stays = at_end;
  refresh_soon (self);
}

/* How many of the newest fill the window and a little more, as their words' length lets expect. */
static guint
rows_to_fill (GuichetMessageList *self, GListModel *messages)
{
  double page = gtk_adjustment_get_page_size (adjustment_of (self));
  double room = (page > 0 ? page : FIRST_HEIGHT) * 1.25 / guichet_text_scale (self->view);
  guint n = g_list_model_get_n_items (messages), i = n;

  while (i > 0 && room > 0)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, --i);
      gsize letters = strlen (guichet_message_get_text (message));

      room -= ROW_HEIGHT + LINE_HEIGHT * (double) (1 + letters / LINE_LETTERS);
    }
  return MAX (n - i, ROWS_LEAST);
}

static gboolean
on_grow (gpointer data)
{
  GuichetMessageList *self = data;

  self->grow_id = 0;
  guichet_message_tail_grow (self->tail, MORE_ROWS);
  return G_SOURCE_REMOVE;
}

/* Rows are made of what can be seen, and a page before that for who scrolls there. */
static void
grow_as_needed (GuichetMessageList *self)
{
  GtkAdjustment *adjustment = adjustment_of (self);

  if (guichet_message_tail_get_hidden (self->tail) == 0)
    return;
  if (end_of (adjustment) <= 0)
    guichet_message_tail_grow (self->tail, MORE_ROWS);
  else if (!self->stays && self->grow_id == 0 &&
           gtk_adjustment_get_value (adjustment) < gtk_adjustment_get_page_size (adjustment))
    self->grow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_grow, self, NULL);
}

/* The rows that are made for it have no place before the list is laid out. */
static void
go_to_wanted (GuichetMessageList *self)
{
  guint hidden = guichet_message_tail_get_hidden (self->tail);
  guint position = position_of (self, self->wanted);

  self->wanted = 0;
  if (position == GTK_INVALID_LIST_POSITION || position < hidden)
    return;
  self->stays = FALSE;
  self->landing = TRUE;
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position - hidden);
  gtk_widget_queue_allocate (self->view);
}

/* The list has its new height, and can be scrolled; before, it may have rows without a place. What
 * has come at its end is to be seen in this frame, not in the next one: who scrolls now is laid out
 * once more before anything is painted. */
static void
on_laid_out (GuichetMessageList *self)
{
  GtkAdjustment *adjustment = adjustment_of (self);

  if (self->wanted != 0)
    {
      go_to_wanted (self);
      return;
    }
  if (self->landing)
    self->stays = is_at_end (self);
  self->landing = FALSE;
  if (self->stays && gtk_adjustment_get_value (adjustment) < end_of (adjustment))
    gtk_adjustment_set_value (adjustment, end_of (adjustment));
  grow_as_needed (self);
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
on_edit (GuichetMessageRows *rows, const char *text, gboolean private, GuichetMessageList *self)
{
  g_signal_emit (self, signals[EDIT], 0, text, private);
}

static void
on_older (GuichetMessageList *self)
{
  self->stays = FALSE;
  guichet_session_more_messages (self->session, self->interaction);
}

/* Who asks for the beginning means that of all that is here. */
static gboolean
on_key (GuichetMessageList *self, guint key)
{
  if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    guichet_message_tail_grow (self->tail, G_MAXUINT);
  return GDK_EVENT_PROPAGATE;
}

void
guichet_message_list_jump (GuichetMessageList *self)
{
  gint64 first =
      self->interaction != NULL ? guichet_interaction_get_first_unread (self->interaction) : 0;
  guint hidden = guichet_message_tail_get_hidden (self->tail);
  guint position;

  if (first == 0)
    {
      self->stays = TRUE;
      refresh_soon (self);
      return;
    }
  position = position_of (self, first);
  if (position < hidden)
    guichet_message_tail_grow (self->tail, hidden - position + MORE_ROWS);
  self->wanted = first;
  gtk_widget_queue_allocate (self->view);
  /* What cannot be seen yet is a page away at most: the way there goes on with the next press. */
  guichet_session_mark_read (self->session, self->interaction, first);
  refresh_soon (self);
}

/* --- class ------------------------------------------------------------------------------------ */

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
  GuichetMessageList *self = GUICHET_MESSAGE_LIST (widget);

  GTK_WIDGET_CLASS (guichet_message_list_parent_class)->map (widget);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (widget));
  self->layout_handler = g_signal_connect_data (self->clock, "layout", G_CALLBACK (on_laid_out),
                                                self, NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  refresh_soon (self);
}

static void
guichet_message_list_unmap (GtkWidget *widget)
{
  GuichetMessageList *self = GUICHET_MESSAGE_LIST (widget);

  g_clear_signal_handler (&self->layout_handler, self->clock);
  g_clear_object (&self->clock);
  GTK_WIDGET_CLASS (guichet_message_list_parent_class)->unmap (widget);
}

static void
guichet_message_list_dispose (GObject *object)
{
  GuichetMessageList *self = GUICHET_MESSAGE_LIST (object);

  guichet_message_list_set_interaction (self, NULL);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->grow_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->rows);
  g_clear_object (&self->tail);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_message_list_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetMessageList, name)

static void
guichet_message_list_class_init (GuichetMessageListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_message_list_dispose;
  widget_class->root = guichet_message_list_root;
  widget_class->unroot = guichet_message_list_unroot;
  widget_class->map = guichet_message_list_map;
  widget_class->unmap = guichet_message_list_unmap;
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
  self->stays = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_message_list_new (GuichetSession *session)
{
  GuichetMessageList *self = g_object_new (GUICHET_TYPE_MESSAGE_LIST, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->session = g_object_ref (session);
  self->tail = guichet_message_tail_new (GUICHET_TYPE_MESSAGE);
  self->rows = guichet_message_rows_new (session, self->tail, GTK_LIST_VIEW (self->view));
  g_signal_connect_object (self->rows, "edit", G_CALLBACK (on_edit), self, 0);
  g_signal_connect_object (self->tail, "items-changed", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  guichet_accessible_name (self->view, _ ("Messages"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->view, keys);
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
  for (guint i = 0; self->interaction != NULL && i < G_N_ELEMENTS (watched); i++)
    g_clear_signal_handler (&self->handlers[i], self->interaction);
  g_clear_handle_id (&self->grow_id, g_source_remove);
  self->wanted = 0;
  self->landing = FALSE;
  g_set_object (&self->interaction, interaction);
  guichet_message_rows_set_interaction (self->rows, interaction);
  if (interaction == NULL)
    {
      guichet_message_tail_set_source (self->tail, NULL, 0);
      return;
    }
  self->stays = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    self->handlers[i] =
        g_signal_connect_swapped (interaction, watched[i], G_CALLBACK (refresh_soon), self);
  guichet_message_tail_set_source (self->tail, messages_of (self),
                                   rows_to_fill (self, messages_of (self)));
  refresh_soon (self);
}
