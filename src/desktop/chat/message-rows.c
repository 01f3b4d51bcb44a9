/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of a list of messages. Owns those that show nothing now, for the next messages: a list
 * view throws them away with what they showed. Main thread only.
 */

#include "desktop/chat/message-rows.h"

#include "desktop/chat/message-row.h"
#include "desktop/chat/message-slots.h"

/* Rows that are kept: as many as a window shows. */
#define SPARE_MAX 12

struct _GuichetMessageRows
{
  GObject parent_instance;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetMessageTail *tail;
  GPtrArray *shown; /* GtkListItem; not owned */
  GPtrArray *spare; /* GuichetMessageRow */
};

G_DEFINE_FINAL_TYPE (GuichetMessageRows, guichet_message_rows, G_TYPE_OBJECT)

static guint edit_signal;

static void
show (GuichetMessageRows *self, GtkListItem *item)
{
  guint position = gtk_list_item_get_position (item);
  guint place = guichet_message_tail_get_hidden (self->tail) + position;
  GListModel *messages = guichet_interaction_get_messages (self->interaction);
  g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, place);
  g_autoptr (GuichetMessage) before =
      place > 0 ? g_list_model_get_item (messages, place - 1) : NULL;

  guichet_message_row_show (GUICHET_MESSAGE_ROW (gtk_list_item_get_child (item)), self->interaction,
                            message, before);
}

static void
on_try_again (GuichetMessageRow *row, GuichetMessageRows *self)
{
  guichet_session_try_again (self->session, self->interaction,
                             guichet_message_row_get_message (row));
}

static void
on_edit (GuichetMessageRow *row, GuichetMessageRows *self)
{
  GuichetMessage *message = guichet_message_row_get_message (row);
  g_autofree char *text = g_strdup (guichet_message_get_text (message));
  gboolean private = guichet_message_get_private (message);

  guichet_session_take_back (self->session, self->interaction, message);
  g_signal_emit (self, edit_signal, 0, text, private);
}

static GtkWidget *
make (GuichetMessageRows *self)
{
  GtkWidget *row = guichet_message_row_new (self->session);

  g_signal_connect_object (row, "try-again", G_CALLBACK (on_try_again), self, 0);
  g_signal_connect_object (row, "edit", G_CALLBACK (on_edit), self, 0);
  return g_object_ref_sink (row);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetMessageRows *self)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetMessageRows *self)
{
  g_autoptr (GtkWidget) row = self->spare->len > 0
                                  ? g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1)
                                  : make (self);

  gtk_list_item_set_child (item, row);
  show (self, item);
  g_ptr_array_add (self->shown, item);
}

/* Not when the item is torn down: its row is gone by then. */
static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetMessageRows *self)
{
  g_autoptr (GtkWidget) row = g_object_ref (gtk_list_item_get_child (item));

  guichet_message_row_show (GUICHET_MESSAGE_ROW (row), NULL, NULL, NULL);
  gtk_list_item_set_child (item, NULL);
  g_ptr_array_remove_fast (self->shown, item);
  if (self->spare->len < SPARE_MAX)
    g_ptr_array_add (self->spare, g_steal_pointer (&row));
}

/* Whether a row is the first of its day changes with what comes before it. */
static void
on_items (GListModel *tail, guint position, guint removed, guint added, GuichetMessageRows *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (gtk_list_item_get_position (self->shown->pdata[i]) == position + added)
      show (self, self->shown->pdata[i]);
}

static void
on_replaced (GuichetMessageSlots *slots, guint position, guint n, GuichetMessageRows *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (gtk_list_item_get_position (self->shown->pdata[i]) - position < n)
      show (self, self->shown->pdata[i]);
}

static void
guichet_message_rows_dispose (GObject *object)
{
  GuichetMessageRows *self = GUICHET_MESSAGE_ROWS (object);

  g_ptr_array_set_size (self->spare, 0);
  g_clear_object (&self->interaction);
  g_clear_object (&self->tail);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_message_rows_parent_class)->dispose (object);
}

static void
guichet_message_rows_finalize (GObject *object)
{
  g_ptr_array_unref (GUICHET_MESSAGE_ROWS (object)->shown);
  g_ptr_array_unref (GUICHET_MESSAGE_ROWS (object)->spare);
  G_OBJECT_CLASS (guichet_message_rows_parent_class)->finalize (object);
}

static void
guichet_message_rows_class_init (GuichetMessageRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_message_rows_dispose;
  object_class->finalize = guichet_message_rows_finalize;
  edit_signal = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
guichet_message_rows_init (GuichetMessageRows *self)
{
  self->shown = g_ptr_array_new ();
  self->spare = g_ptr_array_new_with_free_func (g_object_unref);
}

GuichetMessageRows *
guichet_message_rows_new (GuichetSession *session, GuichetMessageTail *tail, GtkListView *view)
{
  GuichetMessageRows *self = g_object_new (GUICHET_TYPE_MESSAGE_ROWS, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GuichetMessageSlots *slots = guichet_message_slots_new (G_LIST_MODEL (tail));
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (G_LIST_MODEL (slots));

  self->session = g_object_ref (session);
  self->tail = g_object_ref (tail);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  g_signal_connect_object (tail, "items-changed", G_CALLBACK (on_items), self, G_CONNECT_AFTER);
  g_signal_connect_object (slots, "replaced", G_CALLBACK (on_replaced), self, 0);
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (selection));
  gtk_list_view_set_factory (view, factory);
  return self;
}

void
guichet_message_rows_set_interaction (GuichetMessageRows *self, GuichetInteraction *interaction)
{
  g_set_object (&self->interaction, interaction);
}
