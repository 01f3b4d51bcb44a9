/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where one of the agent's own conversations stands: a button that says it, and a choice in a
 * popover. What is resolved is ended. Main thread only.
 */

#include "desktop/inbox/inbox-status.h"

#include "desktop/desk/allowed.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define N_CHOICES 4
#define RESOLVED  3

static const struct
{
  const char *status, *text;
} choices[N_CHOICES] = {
  { "open", N_ ("Open: it is in hand") },
  { "pending", N_ ("Pending: the customer’s turn") },
  { "escalated", N_ ("Escalated: for supervisors") },
  { "resolved", N_ ("Resolved: ends the conversation") },
};

typedef struct
{
  GuichetSession *session;
  GuichetInboxDone done;
  gpointer data;
  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *choices[N_CHOICES]; /* but for where it stands */
  GuichetRecent *recent;
} Status;

static void
status_free (gpointer data)
{
  Status *self = data;

  g_clear_object (&self->recent);
  g_object_unref (self->session);
  g_free (self);
}

/* It may have gone since the list was read. */
static GuichetInteraction *
interaction_of (Status *self)
{
  return self->recent != NULL ? guichet_session_find_interaction (
                                    self->session, guichet_recent_get_interaction (self->recent))
                              : NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  Status *self = g_object_get_data (G_OBJECT (widget), "status");
  g_autoptr (GError) error = NULL;
  gboolean done = guichet_session_command_finish (GUICHET_SESSION (source), result, &error);
  g_autofree char *problem = done ? NULL : guichet_words_of_error (error);

  if (gtk_widget_get_root (widget) != NULL)
    self->done (problem, self->data);
}

static void
on_choice (GtkWidget *widget, GtkWidget *choice)
{
  Status *self = g_object_get_data (G_OBJECT (widget), "status");
  GuichetInteraction *interaction = interaction_of (self);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (interaction == NULL)
    return;
  if (self->choices[RESOLVED] == choice)
    guichet_session_end_async (self->session, interaction, NULL, on_done, g_object_ref (widget));
  for (guint i = 0; i < RESOLVED; i++)
    if (self->choices[i] == choice)
      guichet_session_set_status_async (self->session, interaction, choices[i].status, NULL,
                                        on_done, g_object_ref (widget));
}

static const char *
name_of (const char *status)
{
  return g_str_equal (status, "pending")     ? C_ ("conversation", "Pending")
         : g_str_equal (status, "escalated") ? C_ ("conversation", "Escalated")
                                             : C_ ("conversation", "Open");
}

void
guichet_inbox_status_show (GtkWidget *widget, GuichetRecent *recent)
{
  Status *self = g_object_get_data (G_OBJECT (widget), "status");
  GuichetInteraction *interaction;
  const char *reason = NULL;
  const char *status;
  g_autofree char *name = NULL;
  ModelVerdict verdict = MODEL_HIDDEN;

  g_set_object (&self->recent, recent);
  interaction = interaction_of (self);
  if (interaction != NULL && g_str_equal (guichet_recent_get_kind (recent), "mine"))
    verdict = guichet_allowed (self->session, interaction, MODEL_ACTION_STATUS, &reason);
  gtk_widget_set_visible (widget, verdict != MODEL_HIDDEN);
  if (verdict == MODEL_HIDDEN)
    return;
  status = guichet_recent_get_status (recent);
  /* Translators: %s is “Open”, “Pending” or “Escalated” */
  name = g_strdup_printf (_ ("Status: %s"), name_of (status));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), name_of (status));
  guichet_accessible_name (self->button, name);
  guichet_accessible_name_inner (self->button, GTK_TYPE_TOGGLE_BUTTON, name);
  guichet_accessible_grey (self->button, verdict == MODEL_GREYED ? reason : NULL, name);
  for (guint i = 0; i < N_CHOICES; i++)
    gtk_widget_set_visible (self->choices[i], !g_str_equal (choices[i].status, status));
}

static GtkWidget *
choices_new (Status *self, GtkWidget *widget)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (guint i = 0; i < N_CHOICES; i++)
    {
      self->choices[i] = guichet_choice_new (_ (choices[i].text));
      g_signal_connect_object (self->choices[i], "clicked", G_CALLBACK (on_choice), widget,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), self->choices[i]);
    }
  return box;
}

GtkWidget *
guichet_inbox_status_new (GuichetSession *session, GuichetInboxDone done, gpointer data)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Status *self = g_new0 (Status, 1);

  self->session = g_object_ref (session);
  self->done = done;
  self->data = data;
  self->button = gtk_menu_button_new ();
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), choices_new (self, widget));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_halign (widget, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (widget), self->button);
  g_object_set_data_full (G_OBJECT (widget), "status", self, status_free);
  return widget;
}
