/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What else can be done with a piece of work in the list. The menu is made when it is asked for and
 * belongs to its row. Main thread only.
 */

#include "desktop/desk/task-menu.h"

#include "client/chat.h"

#include <glib/gi18n.h>

#define MENU "guichet-task-menu"

/* The chat of a row, or NULL. */
static GuichetInteraction *
chat_of (GuichetTaskRow *row)
{
  gpointer item = guichet_task_row_get_item (row);

  return GUICHET_IS_INTERACTION (item) && guichet_interaction_get_messages (item) != NULL ? item
                                                                                          : NULL;
}

static GtkWidget *
ensure_menu (GuichetTaskRow *row)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (row), MENU);

  if (popover != NULL)
    return popover;
  popover = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_parent (popover, GTK_WIDGET (row));
  g_object_set_data (G_OBJECT (row), MENU, popover);
  return popover;
}

static void
pop_up (GuichetTaskRow *row, GuichetInteraction *chat, int x, int y)
{
  GtkWidget *popover = ensure_menu (row);
  GdkRectangle at = { x, y, 1, 1 };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Show beside"), NULL);

  g_menu_item_set_action_and_target (item, "desk.beside", "s", guichet_interaction_get_id (chat));
  g_menu_append_item (menu, item);
  g_menu_append (menu, _ ("Show one chat at a time"), "desk.alone");
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (popover), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, GuichetTaskRow *row)
{
  GuichetInteraction *chat = chat_of (row);
  GtkGestureSingle *single = GTK_GESTURE_SINGLE (click);
  GdkModifierType held =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));

  if (chat == NULL)
    return;
  if (gtk_gesture_single_get_current_button (single) == GDK_BUTTON_SECONDARY)
    pop_up (row, chat, (int) x, (int) y);
  else if (gtk_gesture_single_get_current_button (single) == GDK_BUTTON_PRIMARY &&
           (held & GDK_CONTROL_MASK) != 0)
    gtk_widget_activate_action (GTK_WIDGET (row), "desk.beside", "s",
                                guichet_interaction_get_id (chat));
  else
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
}

void
guichet_task_menu_attach (GuichetTaskRow *row)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), row, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (click));
}
