/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calling the customer, giving a chat away or asking somebody to come to it: a button with a menu,
 * and the search for whom in its place. What stands unsent in the composer would not go along with
 * a chat, so it has to be sent or deleted before. Main thread only.
 */

#include "desktop/chat/hand-on.h"

#include "desktop/chat/company.h"
#include "desktop/directory/picker.h"
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
  GtkWidget *picker;   /* made with the first transfer */
  ModelAction picking; /* for what */
  GtkWidget *before;   /* had the focus when it was picked by keys; weak */
  GtkWidget *transfer;
  GtkWidget *hand_over; /* to who is consulted */
  GtkWidget *consult;
  GtkWidget *confer;
  GtkWidget *merge;
  GtkWidget *end_consult;
  GtkWidget *leave;
  GtkWidget *unassign;
  GtkWidget *call;
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
      (action == MODEL_ACTION_TRANSFER || action == MODEL_ACTION_UNASSIGN ||
       action == MODEL_ACTION_LEAVE) &&
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
  if (problem != NULL || done != NULL)
    guichet_toast (GTK_WIDGET (self), problem != NULL ? problem : done);
}

static void
on_picked (GuichetHandOn *self, GuichetTarget *target)
{
  char *done;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (!may (self, self->picking))
    return;
  if (self->picking != MODEL_ACTION_TRANSFER)
    {
      guichet_session_consult_async (self->session, self->interaction, target,
                                     self->picking == MODEL_ACTION_CONFERENCE, NULL, on_given,
                                     giving_new (self, NULL));
      return;
    }
  /* Translators: %s is an agent, a queue, a team or a skill */
  done = g_strdup_printf (_ ("The chat was transferred to %s."), guichet_target_get_name (target));
  guichet_session_transfer_async (self->session, self->interaction, target, NULL, on_given,
                                  giving_new (self, done));
}

static void
pick (GuichetHandOn *self, ModelAction action, const char *purpose, const char *why)
{
  if (!may (self, action))
    return;
  self->picking = action;
  if (self->picker == NULL)
    {
      self->picker = guichet_directory_picker_new (self->session);
      gtk_stack_add_named (GTK_STACK (self->pages), self->picker, "picker");
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked), self,
                               G_CONNECT_SWAPPED);
    }
  g_set_weak_pointer (&self->before, gtk_widget_get_visible (self->popover)
                                         ? NULL
                                         : gtk_root_get_focus (gtk_widget_get_root (self->button)));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "picker");
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  guichet_directory_picker_restart (GUICHET_DIRECTORY_PICKER (self->picker), self->interaction,
                                    purpose, why);
}

static void
on_transfer (GuichetHandOn *self)
{
  pick (self, MODEL_ACTION_TRANSFER, "transfer", NULL);
}

void
guichet_hand_on_escalate (GuichetHandOn *self)
{
  const char *reason = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self)) &&
      guichet_allowed (self->session, self->interaction, MODEL_ACTION_TRANSFER, &reason) ==
          MODEL_ALLOWED)
    pick (self, MODEL_ACTION_TRANSFER, "transfer",
          _ ("Who is to have it? Close this to keep it: supervisors see that it is escalated."));
}

static void
on_consult (GuichetHandOn *self)
{
  pick (self, MODEL_ACTION_CONSULT, "consult", NULL);
}

static void
on_confer (GuichetHandOn *self)
{
  pick (self, MODEL_ACTION_CONFERENCE, "conference", NULL);
}

static void
on_hand_over (GuichetHandOn *self)
{
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (self->interaction);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (consulted != NULL && may (self, MODEL_ACTION_TRANSFER))
    guichet_session_hand_over_async (
        self->session, self->interaction, "agent", guichet_participation_get_agent (consulted),
        NULL, on_given,
        giving_new (self, g_strdup_printf (_ ("The chat was transferred to %s."),
                                           guichet_participation_get_name (consulted))));
}

static void
on_merge (GuichetHandOn *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (may (self, MODEL_ACTION_MERGE))
    guichet_session_confer_async (self->session, self->interaction, NULL, on_given,
                                  giving_new (self, NULL));
}

static void
on_end_consult (GuichetHandOn *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (may (self, MODEL_ACTION_END_CONSULT))
    guichet_session_end_consult_async (self->session, self->interaction, NULL, on_given,
                                       giving_new (self, NULL));
}

static void
on_leave (GuichetHandOn *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (may (self, MODEL_ACTION_LEAVE))
    guichet_session_leave_async (self->session, self->interaction, NULL, on_given,
                                 giving_new (self, NULL));
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

/* The writing goes on beside the call. */
static void
on_call (GuichetHandOn *self)
{
  const char *reason = NULL;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->interaction == NULL)
    return;
  if (guichet_may_call (self->session, self->interaction, &reason) == MODEL_ALLOWED)
    guichet_session_call_async (self->session, self->interaction, NULL, on_given,
                                giving_new (self, NULL));
  else
    guichet_toast (GTK_WIDGET (self), reason);
}

static void
on_closed (GuichetHandOn *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "menu");
  if (self->before != NULL && gtk_widget_get_mapped (self->before))
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
}

/* From the keyboard a choice that is hidden now is refused with its reason. */
void
guichet_hand_on_perform (GuichetHandOn *self, const char *action)
{
  g_autoptr (GuichetParticipation) consulted =
      self->interaction != NULL ? guichet_company_consulted (self->interaction) : NULL;

  if (g_str_equal (action, "transfer"))
    on_transfer (self);
  else if (g_str_equal (action, "consult"))
    on_consult (self);
  else if (g_str_equal (action, "confer") && consulted != NULL)
    on_merge (self);
  else if (g_str_equal (action, "confer"))
    on_confer (self);
  else if (g_str_equal (action, "leave"))
    on_leave (self);
  else if (g_str_equal (action, "end-consult"))
    on_end_consult (self);
  else
    on_unassign (self);
}

static void
show_choice (GuichetHandOn *self, GtkWidget *choice, ModelAction action)
{
  const char *reason = NULL;
  ModelVerdict verdict = guichet_allowed (self->session, self->interaction, action, &reason);
  const char *key = g_object_get_data (G_OBJECT (choice), "action");
  g_autofree char *tip =
      key != NULL ? guichet_shortcuts_tip (gtk_button_get_label (GTK_BUTTON (choice)), key) : NULL;

  gtk_widget_set_visible (choice, verdict != MODEL_HIDDEN);
  guichet_accessible_grey (choice, verdict == MODEL_GREYED ? reason : NULL, tip);
}

static void
show_call (GuichetHandOn *self)
{
  const char *reason = NULL;
  ModelVerdict verdict = guichet_may_call (self->session, self->interaction, &reason);

  gtk_widget_set_visible (self->call,
                          verdict != MODEL_HIDDEN &&
                              *guichet_interaction_get_colleague (self->interaction) == '\0');
  guichet_accessible_grey (self->call, verdict == MODEL_GREYED ? reason : NULL, NULL);
}

static void
name_choice (GtkWidget *choice, const char *text)
{
  gtk_button_set_label (GTK_BUTTON (choice), text);
  guichet_accessible_name (choice, text);
}

static void
show_choices (GuichetHandOn *self)
{
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (self->interaction);
  const char *name = consulted != NULL ? guichet_participation_get_name (consulted) : "";
  /* Translators: %s is the consulted agent */
  g_autofree char *hand_over = g_strdup_printf (_ ("Transfer to %s"), name);
  /* Translators: %s is the consulted agent */
  g_autofree char *merge = g_strdup_printf (_ ("Add %s to the conversation"), name);
  g_autofree char *end = g_strdup_printf (_ ("End the consult with %s"), name);

  name_choice (self->hand_over, hand_over);
  name_choice (self->merge, merge);
  name_choice (self->end_consult, consulted != NULL ? end : _ ("Withdraw the question"));
  show_choice (self, self->transfer, MODEL_ACTION_TRANSFER);
  show_choice (self, self->hand_over, MODEL_ACTION_MERGE);
  show_choice (self, self->consult, MODEL_ACTION_CONSULT);
  show_choice (self, self->confer, MODEL_ACTION_CONFERENCE);
  show_choice (self, self->merge, MODEL_ACTION_MERGE);
  show_choice (self, self->end_consult, MODEL_ACTION_END_CONSULT);
  show_choice (self, self->leave, MODEL_ACTION_LEAVE);
  show_choice (self, self->unassign, MODEL_ACTION_UNASSIGN);
  show_call (self);
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
  if (interaction != NULL)
    show_choices (self);
  if (!same || !gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

void
guichet_hand_on_set_session (GuichetHandOn *self, GuichetSession *session)
{
  g_set_object (&self->session, session);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_hand_on_dispose (GObject *object)
{
  GuichetHandOn *self = GUICHET_HAND_ON (object);

  g_clear_weak_pointer (&self->before);
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
choice_new (GuichetHandOn *self,
            GtkWidget *menu,
            const char *text,
            const char *action,
            GCallback clicked)
{
  GtkWidget *button = guichet_choice_new (text);

  g_object_set_data (G_OBJECT (button), "action", (gpointer) action);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (menu), button);
  return button;
}

static void
guichet_hand_on_init (GuichetHandOn *self)
{
  GtkWidget *menu = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->call = choice_new (self, menu, _ ("Call the customer"), NULL, G_CALLBACK (on_call));
  self->transfer =
      choice_new (self, menu, _ ("Transfer…"), "win.transfer", G_CALLBACK (on_transfer));
  self->hand_over = choice_new (self, menu, "", NULL, G_CALLBACK (on_hand_over));
  self->consult = choice_new (self, menu, _ ("Consult…"), "win.consult", G_CALLBACK (on_consult));
  self->confer =
      choice_new (self, menu, _ ("Add to the conversation…"), "win.confer", G_CALLBACK (on_confer));
  self->merge = choice_new (self, menu, "", "win.confer", G_CALLBACK (on_merge));
  self->end_consult = choice_new (self, menu, "", "win.end-consult", G_CALLBACK (on_end_consult));
  self->leave =
      choice_new (self, menu, _ ("Leave the conversation"), "win.leave", G_CALLBACK (on_leave));
  self->unassign =
      choice_new (self, menu, _ ("Unassign"), "win.unassign", G_CALLBACK (on_unassign));
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
