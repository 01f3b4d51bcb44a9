/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of a list. Owns nothing but its place in it. Main thread only.
 */

#include "desktop/chat/message-tail.h"

struct _GuichetMessageTail
{
  GObject parent_instance;

  GType item_type;
  GListModel *source;
  gulong handler;
  guint hidden; /* of the source, before the first one here */
  guint at_once;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetMessageTail,
                               guichet_message_tail,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return GUICHET_MESSAGE_TAIL (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
  GuichetMessageTail *self = GUICHET_MESSAGE_TAIL (model);

  return self->source != NULL ? g_list_model_get_n_items (self->source) - self->hidden : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GuichetMessageTail *self = GUICHET_MESSAGE_TAIL (model);

  return position < get_n_items (model)
             ? g_list_model_get_item (self->source, self->hidden + position)
             : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* The newest, as many as come at once. */
static void
begin (GuichetMessageTail *self, guint before)
{
  guint n = self->source != NULL ? g_list_model_get_n_items (self->source) : 0;

  self->hidden = n - MIN (n, self->at_once);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, n - self->hidden);
}

/* What changes before the first one here is not told, but where that one then comes after another.
 */
static void
on_items (GListModel *source, guint position, guint removed, guint added, GuichetMessageTail *self)
{
  guint hidden = self->hidden, end = position + removed, first = MAX (position, hidden);
  guint before = g_list_model_get_n_items (source) + removed - added;
  guint gone = end > first ? end - first : 0, shown = added;

  if (before == hidden)
    {
      begin (self, 0);
      return;
    }
  if (hidden > 0 && end <= hidden)
    {
      self->hidden += added - removed;
      if (end == hidden)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 0);
      return;
    }
  if (first == hidden)
    {
      shown = MIN (added, MAX (gone, self->at_once));
      self->hidden = position + added - shown;
    }
  if (self->hidden == before - removed + added)
    {
      begin (self, before - hidden); /* nothing of it is left */
      return;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), first - hidden, gone, shown);
}

static void
guichet_message_tail_dispose (GObject *object)
{
  GuichetMessageTail *self = GUICHET_MESSAGE_TAIL (object);

  if (self->source != NULL)
    g_clear_signal_handler (&self->handler, self->source);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (guichet_message_tail_parent_class)->dispose (object);
}

static void
guichet_message_tail_class_init (GuichetMessageTailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_message_tail_dispose;
}

static void
guichet_message_tail_init (GuichetMessageTail *self)
{
}

GuichetMessageTail *
guichet_message_tail_new (GType item_type)
{
  GuichetMessageTail *self = g_object_new (GUICHET_TYPE_MESSAGE_TAIL, NULL);

  self->item_type = item_type;
  return self;
}

void
guichet_message_tail_set_source (GuichetMessageTail *self, GListModel *source, guint at_once)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  if (self->source != NULL)
    g_clear_signal_handler (&self->handler, self->source);
  g_set_object (&self->source, source);
  self->at_once = at_once;
  if (source != NULL)
    self->handler = g_signal_connect (source, "items-changed", G_CALLBACK (on_items), self);
  begin (self, before);
}

gboolean
guichet_message_tail_grow (GuichetMessageTail *self, guint more)
{
  guint shown = MIN (more, self->hidden);

  if (shown == 0)
    return FALSE;
  self->hidden -= shown;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, shown);
  return TRUE;
}

guint
guichet_message_tail_get_hidden (GuichetMessageTail *self)
{
  return self->hidden;
}
