/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places for the items of a list. Owns the objects that stand for them. Main thread only.
 */

#include "desktop/chat/message-slots.h"

struct _GuichetMessageSlots
{
  GObject parent_instance;

  GListModel *items;
  GPtrArray *slots; /* GObject */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetMessageSlots,
                               guichet_message_slots,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint replaced_signal;

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return GUICHET_MESSAGE_SLOTS (model)->slots->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *slots = GUICHET_MESSAGE_SLOTS (model)->slots;

  return position < slots->len ? g_object_ref (slots->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
on_items (GListModel *items, guint position, guint removed, guint added, GuichetMessageSlots *self)
{
  guint kept = MIN (removed, added), next = position + kept;

  if (removed > kept)
    g_ptr_array_remove_range (self->slots, next, removed - kept);
  for (guint i = kept; i < added; i++)
    g_ptr_array_insert (self->slots, (gint) next, g_object_new (G_TYPE_OBJECT, NULL));
  if (removed != added)
    g_list_model_items_changed (G_LIST_MODEL (self), next, removed - kept, added - kept);
  if (kept > 0)
    g_signal_emit (self, replaced_signal, 0, position, kept);
}

static void
guichet_message_slots_finalize (GObject *object)
{
  g_object_unref (GUICHET_MESSAGE_SLOTS (object)->items);
  g_ptr_array_unref (GUICHET_MESSAGE_SLOTS (object)->slots);
  G_OBJECT_CLASS (guichet_message_slots_parent_class)->finalize (object);
}

static void
guichet_message_slots_class_init (GuichetMessageSlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_message_slots_finalize;
  replaced_signal = g_signal_new ("replaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
guichet_message_slots_init (GuichetMessageSlots *self)
{
  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
}

GuichetMessageSlots *
guichet_message_slots_new (GListModel *items)
{
  GuichetMessageSlots *self = g_object_new (GUICHET_TYPE_MESSAGE_SLOTS, NULL);

  self->items = g_object_ref (items);
  g_signal_connect_object (items, "items-changed", G_CALLBACK (on_items), self, 0);
  on_items (items, 0, 0, g_list_model_get_n_items (items), self);
  return self;
}

GListModel *
guichet_message_slots_get_items (GuichetMessageSlots *self)
{
  return self->items;
}
