/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Giving a chat away: a button with a menu, and the search for whom in its place. What stands
 * unsent in the composer would not go along, so it has to be sent or deleted before. Main thread
 * only.
 */

#include "desktop/chat/hand-on.h"

#include "desktop/chat/transfer-picker.h"
#include "desktop/desk/allowed.h"
#include "desktop/shortcuts.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetHandOn
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *pages;
  GtkWidget *picker; /* made with the first transfer */
  GuichetSession *session;
  GuichetInteraction *interaction;
};

G_DEFINE_FINAL_TYPE (GuichetHandOn, guichet_hand_on, GTK_TYPE_WIDGET)

/* Whether it can be done now; says why not. */
static gboolean
may (GuichetHandOn *self, ModelAction action)
{
  const char *reason = NULL;

  if (self->interaction == NULL)
    return FALSE;
  if (guichet_allowed (self->session, self->interaction, action, &reason) == MODEL_ALLOWED &&
      *guichet_interaction_get_draft (self->interaction) != '\0')
    reason = _ ("A text in this chat has not been sent. Send or delete it first.");
  if (reason == NULL)
    return TRUE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  guichet_toast (GTK_WIDGET (self), reason);
  return FALSE;
}

typedef struct
{
  GuichetHandOn *self;
  char *done; /* what is said then */
} Giving;

static Giving *
giving_new (GuichetHandOn *self, char *done)
{
  Giving *giving = g_new0 (Giving, 1);

  giving->self = g_object_ref (self);
  giving->done = done;
  return giving;
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Giving *giving = user_data;
  g_autoptr (GuichetHandOn) self = giving->self;
  g_autofree char *done = giving->done;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  if (!guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    problem = guichet_words_of_error (error);
  guichet_toast (GTK_WIDGET (self), problem != NULL ? problem : done);
}

static void
on_picked (GuichetHandOn *self, GuichetTarget *target)
{
  char *done;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (!may (self, MODEL_ACTION_TRANSFER))
    return;
  /* Translators: %s is an agent, a queue or a skill */
  done = g_strdup_printf (_ ("The chat was transferred to %s."), guichet_target_get_name (target));
  guichet_session_transfer_async (self->session, self->interaction, target, NULL, on_given,
                                  giving_new (self, done));
}

static void
on_transfer (GuichetHandOn *self)
{
  if (!may (self, MODEL_ACTION_TRANSFER))
    return;
  if (self->picker == NULL)
    {
      self->picker = guichet_transfer_picker_new (self->session);
      gtk_stack_add_named (GTK_STACK (self->pages), self->picker, "picker");
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "picker");
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  guichet_transfer_picker_restart (GUICHET_TRANSFER_PICKER (self->picker), self->interaction);
}

static void
on_unassign (GuichetHandOn *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (may (self, MODEL_ACTION_UNASSIGN))
    guichet_session_unassign_async (
        self->session, self->interaction, NULL, on_given,
        giving_new (self, g_strdup (_ ("The chat is back in its queue."))));
}

static void
on_closed (GuichetHandOn *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "menu");
}

void
guichet_hand_on_perform (GuichetHandOn *self, const char *action)
{
  if (g_str_equal (action, "transfer"))
    on_transfer (self);
  else
    on_unassign (self);
}

void
guichet_hand_on_refresh (GuichetHandOn *self, GuichetInteraction *interaction)
{
  gboolean same = interaction == self->interaction;
  const char *reason;

  g_set_object (&self->interaction, interaction);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          interaction != NULL &&
                              guichet_interaction_get_customer_left_at (interaction) == 0 &&
                              guichet_allowed (self->session, interaction, MODEL_ACTION_TRANSFER,
                                               &reason) != MODEL_HIDDEN);
  if (!same || !gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

void
guichet_hand_on_set_session (GuichetHandOn *self, GuichetSession *session)
{
  g_set_object (&self->session, session);
}

/* Class
 * ..............................................................................................................
 */

static void
guichet_hand_on_dispose (GObject *object)
{
  GuichetHandOn *self = GUICHET_HAND_ON (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_hand_on_parent_class)->dispose (object);
}

static void
guichet_hand_on_class_init (GuichetHandOnClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_hand_on_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
choice_new (GuichetHandOn *self, const char *text, const char *action, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  guichet_shortcuts_set_tip (button, text, action);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
guichet_hand_on_init (GuichetHandOn *self)
{
  GtkWidget *menu = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (menu),
                  choice_new (self, _ ("Transfer…"), "win.transfer", G_CALLBACK (on_transfer)));
  gtk_box_append (GTK_BOX (menu),
                  choice_new (self, _ ("Unassign"), "win.unassign", G_CALLBACK (on_unassign)));
  self->pages = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->pages), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->pages), FALSE);
  gtk_stack_add_named (GTK_STACK (self->pages), menu, "menu");
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->pages);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "view-more-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  guichet_accessible_name (self->button, _ ("Hand the chat on"));
  guichet_accessible_name_inner (self->button, GTK_TYPE_TOGGLE_BUTTON, _ ("Hand the chat on"));
  gtk_widget_set_tooltip_text (self->button, _ ("Hand the chat on"));
}
