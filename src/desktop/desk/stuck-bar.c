/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line above the work in hand when what carries it does not do what it was asked for. Who may
 * close it then says the table that the centre goes by. Main thread only.
 */

#include "desktop/desk/stuck-bar.h"

#include "client/supervise.h"
#include "desktop/desk/allowed.h"
#include "desktop/desk/watch.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetStuckBar
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  GuichetWatch *watch;
  GtkWidget *confirm;
  GtkLabel *question;
};

G_DEFINE_FINAL_TYPE (GuichetStuckBar, guichet_stuck_bar, GTK_TYPE_WIDGET)

static gboolean
is_call (GuichetInteraction *interaction)
{
  return g_str_equal (guichet_interaction_get_channel (interaction), "voice");
}

static void
refresh (gpointer view)
{
  GuichetStuckBar *self = view;
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  const char *reason;

  if (interaction == NULL || guichet_allowed (guichet_watch_get_session (self->watch), interaction,
                                              MODEL_ACTION_FORCE_CLOSE, &reason) == MODEL_HIDDEN)
    {
      guichet_banner_hide (self->banner);
      gtk_popover_popdown (GTK_POPOVER (self->confirm));
      return;
    }
  guichet_banner_show (
      self->banner, GUICHET_BANNER_WARNING,
      is_call (interaction)
          ? _ ("This call is stuck: the telephone system does not do what it was asked for.")
          : _ ("This conversation is stuck: what was written cannot leave."),
      _ ("Close by force"));
}

static void
on_clicked (GuichetStuckBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);

  if (interaction == NULL)
    return;
  gtk_label_set_text (
      self->question,
      is_call (interaction)
          ? _ ("Close this call by force? It ends for everybody in it. Who can still be heard is "
               "let go as soon as the telephone system answers.")
          : _ ("Close this conversation by force? It ends for everybody in it. What was written "
               "still leaves if the way is free again soon."));
  gtk_popover_popup (GTK_POPOVER (self->confirm));
}

static void
on_confirmed (GuichetStuckBar *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  GuichetParticipation *mine =
      interaction != NULL ? guichet_interaction_get_mine (interaction) : NULL;

  gtk_popover_popdown (GTK_POPOVER (self->confirm));
  if (mine != NULL)
    guichet_force_close_async (guichet_watch_get_session (self->watch),
                               guichet_participation_get_id (mine), guichet_command_done,
                               g_object_ref (self));
}

static void
build_confirm (GuichetStuckBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("Yes, close it by force"));

  self->question = guichet_label_wrapped ("", NULL);
  gtk_label_set_max_width_chars (self->question, 40);
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_confirmed), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->question));
  gtk_box_append (GTK_BOX (box), button);
  self->confirm = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->confirm), box);
  gtk_widget_set_parent (self->confirm, GTK_WIDGET (self->banner));
}

static void
guichet_stuck_bar_dispose (GObject *object)
{
  GuichetStuckBar *self = GUICHET_STUCK_BAR (object);

  if (self->watch != NULL)
    guichet_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->confirm, gtk_widget_unparent);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_stuck_bar_parent_class)->dispose (object);
}

static void
guichet_stuck_bar_class_init (GuichetStuckBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_stuck_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_stuck_bar_init (GuichetStuckBar *self)
{
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  build_confirm (self);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);
  self->watch = guichet_watch_new (refresh, self);
}

GtkWidget *
guichet_stuck_bar_new (GuichetSession *session)
{
  GuichetStuckBar *self = g_object_new (GUICHET_TYPE_STUCK_BAR, NULL);

  guichet_watch_set_session (self->watch, session);
  return GTK_WIDGET (self);
}

void
guichet_stuck_bar_set_interaction (GuichetStuckBar *self, GuichetInteraction *interaction)
{
  guichet_watch_set_interaction (self->watch, interaction);
}
