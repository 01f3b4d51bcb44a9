/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of buttons, and a popover with the directory's picker. The focus goes back to where it
 * was. Main thread only.
 */

#include "desktop/desk/call-asking.h"

#include "desktop/directory/picker.h"
#include "desktop/widgets/util.h"
#include "desktop/widgets/wrap-layout.h"

struct _GuichetCallAsking
{
  GtkWidget parent_instance;

  GtkWidget *popover;
  GtkWidget *picker; /* made with the first question */
  GuichetCallControl *control;
  ModelAction action;
  GtkWidget *before; /* had the focus; weak */
};

G_DEFINE_FINAL_TYPE (GuichetCallAsking, guichet_call_asking, GTK_TYPE_WIDGET)

static void
on_picked (GuichetCallAsking *self, GuichetTarget *target)
{
  g_autoptr (GuichetTarget) kept = g_object_ref (target);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  guichet_call_control_ask (self->control, self->action, kept);
}

static void
on_closed (GuichetCallAsking *self)
{
  if (self->before != NULL && gtk_widget_get_mapped (self->before))
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
}

static const char *
purpose_of (ModelAction action)
{
  return action == MODEL_ACTION_TRANSFER  ? "transfer"
         : action == MODEL_ACTION_CONSULT ? "consult"
                                          : "conference";
}

static void
ensure_picker (GuichetCallAsking *self, GuichetSession *session)
{
  if (self->picker != NULL)
    return;
  self->picker = guichet_directory_picker_new (session);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->picker);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);
}

void
guichet_call_asking_open (GuichetCallAsking *self, ModelAction action, GtkWidget *button)
{
  GuichetWatch *watch = guichet_call_control_get_watch (self->control);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  graphene_rect_t bounds;
  GdkRectangle at;

  if (!guichet_call_control_check (self->control, action))
    return;
  ensure_picker (self, guichet_watch_get_session (watch));
  self->action = action;
  if (!gtk_widget_get_visible (self->popover))
    g_set_weak_pointer (&self->before, focus);
  if (gtk_widget_compute_bounds (button, GTK_WIDGET (self), &bounds))
    {
      at = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                           (int) bounds.size.height };
      gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
    }
  gtk_popover_popup (GTK_POPOVER (self->popover));
  guichet_directory_picker_restart (GUICHET_DIRECTORY_PICKER (self->picker),
                                    guichet_watch_get_interaction (watch), purpose_of (action),
                                    NULL);
}

void
guichet_call_asking_close (GuichetCallAsking *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
guichet_call_asking_dispose (GObject *object)
{
  GuichetCallAsking *self = GUICHET_CALL_ASKING (object);

  g_clear_weak_pointer (&self->before);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->control);
  G_OBJECT_CLASS (guichet_call_asking_parent_class)->dispose (object);
}

static void
guichet_call_asking_class_init (GuichetCallAskingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_call_asking_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GUICHET_TYPE_WRAP_LAYOUT);
}

static void
guichet_call_asking_init (GuichetCallAsking *self)
{
  self->popover = gtk_popover_new ();
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
}

void
guichet_call_asking_set_control (GuichetCallAsking *self, GuichetCallControl *control)
{
  g_set_object (&self->control, control);
}
