/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a conversation to a meeting room. The sentence with the link goes into the message, for the
 * agent to look at and send; the page is opened by the system (inside Flatpak by the portal), never
 * here. Main thread only.
 */

#include "desktop/chat/meeting.h"

#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetMeeting
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *popover;
  GuichetInteraction *interaction;
};

G_DEFINE_FINAL_TYPE (GuichetMeeting, guichet_meeting, GTK_TYPE_WIDGET)

static guint invite_signal;

static void
on_invite (GuichetMeeting *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->interaction != NULL)
    g_signal_emit (self, invite_signal, 0,
                   guichet_interaction_get_meeting_text (self->interaction));
}

static void
on_open (GuichetMeeting *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->interaction != NULL)
    guichet_open_page (GTK_WIDGET (self), guichet_interaction_get_meeting_url (self->interaction),
                       _ ("This system has no program that opens the meeting room."));
}

static void
guichet_meeting_dispose (GObject *object)
{
  GuichetMeeting *self = GUICHET_MEETING (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  G_OBJECT_CLASS (guichet_meeting_parent_class)->dispose (object);
}

static void
guichet_meeting_class_init (GuichetMeetingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_meeting_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  invite_signal = g_signal_new ("invite", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
choice_new (GuichetMeeting *self, const char *text, GCallback clicked)
{
  GtkWidget *button = guichet_choice_new (text);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
guichet_meeting_init (GuichetMeeting *self)
{
  GtkWidget *menu = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (menu),
                  choice_new (self, _ ("Invite to the meeting room"), G_CALLBACK (on_invite)));
  gtk_box_append (GTK_BOX (menu),
                  choice_new (self, _ ("Open the meeting room"), G_CALLBACK (on_open)));
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), menu);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "camera-video-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  guichet_accessible_name (self->button, _ ("Meeting room"));
  guichet_accessible_name_inner (self->button, GTK_TYPE_TOGGLE_BUTTON, _ ("Meeting room"));
  gtk_widget_set_tooltip_text (self->button, _ ("Meeting room"));
}

void
guichet_meeting_show (GuichetMeeting *self, GuichetInteraction *interaction)
{
  g_set_object (&self->interaction, interaction);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          interaction != NULL &&
                              *guichet_interaction_get_meeting_url (interaction) != '\0');
}
