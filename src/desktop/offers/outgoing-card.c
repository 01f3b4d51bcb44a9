/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The card of the agent's own outbound call while it is being dialled. Main thread only.
 */

#include "desktop/offers/outgoing-card.h"

#include "desktop/offers/card-values.h"
#include "desktop/shortcuts.h"
#include "desktop/text/who.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetOutgoingCard
{
  GtkWidget parent_instance;

  GtkLabel *who;
  GtkLabel *what;
  GtkGrid *variables;
  GtkLabel *status;
  GtkWidget *cancel;

  GuichetSession *session;
  GuichetInteraction *shown; /* NULL: no such call */
  gboolean folded;
  guint look_id;
};

G_DEFINE_FINAL_TYPE (GuichetOutgoingCard, guichet_outgoing_card, GTK_TYPE_WIDGET)

static void
show_parts (GuichetOutgoingCard *self)
{
  GtkWidget *variables = GTK_WIDGET (self->variables);

  gtk_widget_set_visible (variables,
                          !self->folded && gtk_widget_get_first_child (variables) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status), !self->folded);
}

static void
say (GuichetOutgoingCard *self)
{
  const char *queue = guichet_interaction_get_queue_name (self->shown);
  const char *status = guichet_who_rings (self->shown, guichet_session_get_station (self->session));
  g_autofree char *who = guichet_who_interaction (self->shown);
  g_autofree char *what = *queue != '\0' ? g_strdup_printf ("%s · %s", _ ("Outbound call"), queue)
                                         : g_strdup (_ ("Outbound call"));
  g_autofree char *cancel = g_strdup_printf (_ ("Cancel the call to %s"), who);
  g_autofree char *spoken = g_strdup_printf ("%s. %s. %s", what, who, status);

  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->status, status);
  guichet_shortcuts_set_tip (self->cancel, _ ("Cancel the call"), "win.end");
  guichet_accessible_name (self->cancel, cancel);
  guichet_accessible_name (GTK_WIDGET (self), spoken);
  guichet_card_values_fill_own (self->variables, self->session, self->shown);
  show_parts (self);
}

void
guichet_outgoing_card_set_folded (GuichetOutgoingCard *self, gboolean folded)
{
  self->folded = folded;
  show_parts (self);
}

static gboolean
is_outgoing (GuichetInteraction *interaction)
{
  return g_str_equal (guichet_interaction_get_direction (interaction), "out") &&
         g_str_equal (guichet_interaction_get_phase (interaction), "dialling");
}

static void
look (GuichetOutgoingCard *self)
{
  GListModel *all = guichet_session_get_interactions (self->session);

  g_clear_object (&self->shown);
  for (guint i = 0; self->shown == NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (all, i);

      if (is_outgoing (one))
        self->shown = g_steal_pointer (&one);
    }
  if (self->shown != NULL)
    say (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->shown != NULL);
}

static gboolean
look_again (gpointer data)
{
  GuichetOutgoingCard *self = data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetOutgoingCard *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->look_id, look_again);
}

static void
on_cancel (GuichetOutgoingCard *self)
{
  if (self->shown != NULL)
    guichet_session_end_async (self->session, self->shown, NULL, guichet_command_done,
                               g_object_ref (self));
}

static void
guichet_outgoing_card_dispose (GObject *object)
{
  GuichetOutgoingCard *self = GUICHET_OUTGOING_CARD (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->shown);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_outgoing_card_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetOutgoingCard, name)

static void
guichet_outgoing_card_class_init (GuichetOutgoingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_outgoing_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/offers/outgoing-card.ui");
  BIND (who);
  BIND (what);
  BIND (variables);
  BIND (status);
  BIND (cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
guichet_outgoing_card_init (GuichetOutgoingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_label_tip_when_cut (self->who);
  guichet_label_tip_when_cut (self->what);
}

GtkWidget *
guichet_outgoing_card_new (GuichetSession *session)
{
  GuichetOutgoingCard *self = g_object_new (GUICHET_TYPE_OUTGOING_CARD, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (guichet_session_get_interactions (session), "items-changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  look (self);
  return GTK_WIDGET (self);
}
