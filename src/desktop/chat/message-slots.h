/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Places for the items of another list: a GListModel of objects that say nothing. Who takes the
 * place of another has its object, so that a list view keeps the row, too. */
#define GUICHET_TYPE_MESSAGE_SLOTS (guichet_message_slots_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMessageSlots, guichet_message_slots, GUICHET, MESSAGE_SLOTS, GObject)

/* Signals: "replaced" (guint position, guint n): others have come to these places. */
GuichetMessageSlots *guichet_message_slots_new (GListModel *items);
/* The other list. */
GListModel *guichet_message_slots_get_items (GuichetMessageSlots *self);
