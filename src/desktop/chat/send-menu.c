/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sending a message and saying where the conversation stands with it. Main thread only.
 */

#include "desktop/chat/send-menu.h"

#include "desktop/desk/allowed.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define N_CHOICES 3

static const struct
{
  const char *then, *action, *text;
} choices[N_CHOICES] = {
  { "resolved", "win.send-resolve", N_ ("Send and resolve") },
  { "pending", "win.send-pending", N_ ("Send and mark as pending") },
  { "escalated", "win.send-escalate", N_ ("Send and escalate") },
};

struct _GuichetSendMenu
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *choices[N_CHOICES];
  GtkWidget *reopen;
  GuichetSession *session;
  GuichetInteraction *interaction;
};

G_DEFINE_FINAL_TYPE (GuichetSendMenu, guichet_send_menu, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
on_choice (GuichetSendMenu *self, GtkWidget *button)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  for (guint i = 0; i < N_CHOICES; i++)
    if (self->choices[i] == button)
      g_signal_emit (self, chosen_signal, 0, choices[i].then);
}

static void
on_reopen (GuichetSendMenu *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->interaction != NULL)
    guichet_session_set_status_async (self->session, self->interaction, "open", NULL,
                                      guichet_command_done, g_object_ref (self));
}

static void
show_choice (GuichetSendMenu *self, guint i, const char *reason)
{
  gboolean chat = g_str_equal (guichet_interaction_get_channel (self->interaction), "webchat");
  const char *text = i == 0 && chat ? _ ("Send and end chat") : _ (choices[i].text);

  gtk_button_set_label (GTK_BUTTON (self->choices[i]), text);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->choices[i]))), 0);
  guichet_accessible_name (self->choices[i], text);
  guichet_shortcuts_grey (self->choices[i], reason, text, choices[i].action);
}

void
guichet_send_menu_show (GuichetSendMenu *self,
                        GuichetSession *session,
                        GuichetInteraction *interaction,
                        const char *reason)
{
  const char *why = NULL;
  const char *status;
  gboolean there =
      interaction != NULL &&
      guichet_allowed (session, interaction, MODEL_ACTION_STATUS, &why) != MODEL_HIDDEN;

  g_set_object (&self->session, session);
  if (g_set_object (&self->interaction, interaction) || !there)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_set_visible (GTK_WIDGET (self), there);
  if (!there)
    return;
  status = guichet_interaction_get_status (interaction);
  for (guint i = 0; i < N_CHOICES; i++)
    show_choice (self, i, reason);
  gtk_widget_set_visible (self->reopen,
                          g_str_equal (status, "pending") || g_str_equal (status, "escalated"));
}

static GtkWidget *
choice_new (GtkWidget *menu, const char *text)
{
  GtkWidget *button = guichet_choice_new (text);

  gtk_box_append (GTK_BOX (menu), button);
  return button;
}

static void
guichet_send_menu_dispose (GObject *object)
{
  GuichetSendMenu *self = GUICHET_SEND_MENU (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_send_menu_parent_class)->dispose (object);
}

static void
guichet_send_menu_class_init (GuichetSendMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_send_menu_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guichet_send_menu_init (GuichetSendMenu *self)
{
  GtkWidget *menu = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *name = _ ("Send and say how it stands");

  for (guint i = 0; i < N_CHOICES; i++)
    {
      self->choices[i] = choice_new (menu, _ (choices[i].text));
      g_signal_connect_swapped (self->choices[i], "clicked", G_CALLBACK (on_choice), self);
    }
  self->reopen = choice_new (menu, _ ("Mark as open again"));
  g_signal_connect_swapped (self->reopen, "clicked", G_CALLBACK (on_reopen), self);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), menu);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  guichet_accessible_name (self->button, name);
  guichet_accessible_name_inner (self->button, GTK_TYPE_TOGGLE_BUTTON, name);
  gtk_widget_set_tooltip_text (self->button, name);
}
