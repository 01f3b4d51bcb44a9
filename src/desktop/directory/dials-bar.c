/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speed dials as buttons. One press calls; the menu of one's own, by the second button, the Menu
 * key or a long press, changes and deletes it. Main thread only.
 */

#include "desktop/directory/dials-bar.h"

#include "client/directory.h"
#include "desktop/directory/target-menu.h"
#include "desktop/directory/target-words.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/capped.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define SHOWN_MAX 100

#define GUICHET_TYPE_DIALS_BAR (guichet_dials_bar_get_type ())
G_DECLARE_FINAL_TYPE (GuichetDialsBar, guichet_dials_bar, GUICHET, DIALS_BAR, GtkWidget)

struct _GuichetDialsBar
{
  GtkWidget parent_instance;

  GtkWidget *flow;
  GtkWidget *form; /* a popover */
  GtkWidget *name;
  GtkWidget *number;
  GtkWidget *problem;
  GtkWidget *drop;
  GuichetTarget *changing; /* NULL: a new one */
  GuichetSession *session;
  GuichetDirectory *directory;
};

G_DEFINE_FINAL_TYPE (GuichetDialsBar, guichet_dials_bar, GTK_TYPE_WIDGET)

/* --- one's own -------------------------------------------------------------------------------- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetDialsBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  if (guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    {
      if (self->form != NULL)
        gtk_popover_popdown (GTK_POPOVER (self->form));
      return;
    }
  if (self->form == NULL)
    return;
  problem = guichet_words_of_error (error);
  gtk_label_set_text (GTK_LABEL (self->problem), problem);
  gtk_widget_set_visible (self->problem, TRUE);
}

static void
on_save (GuichetDialsBar *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  g_autofree char *number = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->number)));

  if (*g_strstrip (name) == '\0' || strcspn (number, "0123456789") == strlen (number))
    {
      gtk_label_set_text (GTK_LABEL (self->problem), _ ("It needs a name and a number."));
      gtk_widget_set_visible (self->problem, TRUE);
      return;
    }
  guichet_directory_set_dial_async (self->session, self->changing, name, number, NULL, on_saved,
                                    g_object_ref (self));
}

static void
on_drop (GuichetDialsBar *self)
{
  guichet_directory_drop_dial_async (self->session, self->changing, NULL, on_saved,
                                     g_object_ref (self));
}

static void
show_form (GuichetDialsBar *self, GtkWidget *at, GuichetTarget *dial)
{
  g_set_object (&self->changing, dial);
  gtk_editable_set_text (GTK_EDITABLE (self->name),
                         dial != NULL ? guichet_target_get_name (dial) : "");
  gtk_editable_set_text (GTK_EDITABLE (self->number),
                         dial != NULL ? guichet_target_get_number (dial) : "");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_set_visible (self->drop, dial != NULL);
  gtk_popover_popup (GTK_POPOVER (self->form));
  gtk_widget_grab_focus (self->name);
}

static GtkWidget *
entry_new (GtkWidget *box, const char *words)
{
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_entry_set_max_length (GTK_ENTRY (entry), 64);
  guichet_accessible_name_editable (GTK_EDITABLE (entry), words);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

static void
build_form (GuichetDialsBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *save = gtk_button_new_with_label (_ ("Save"));

  self->form = gtk_popover_new ();
  self->name = entry_new (box, _ ("Name"));
  self->number = entry_new (box, _ ("Number"));
  self->problem = GTK_WIDGET (guichet_label_wrapped ("", "error"));
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 32);
  self->drop = gtk_button_new_with_label (_ ("Delete"));
  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_add_css_class (self->drop, "destructive-action");
  guichet_accessible_name (save, _ ("Save"));
  guichet_accessible_name (self->drop, _ ("Delete"));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), save);
  gtk_box_append (GTK_BOX (box), self->drop);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->number, "activate", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->drop, "clicked", G_CALLBACK (on_drop), self);
  gtk_popover_set_child (GTK_POPOVER (self->form), box);
  guichet_accessible_name (self->form, _ ("Speed dial"));
  gtk_widget_set_parent (self->form, GTK_WIDGET (self));
}

/* --- the buttons ------------------------------------------------------------------------------ */

static void
on_dial (GtkWidget *button, GuichetDialsBar *self)
{
  GuichetTarget *dial = g_object_get_data (G_OBJECT (button), "dial");

  guichet_target_act (GTK_WIDGET (self), self->session, NULL, dial, "call");
}

static void
on_change (GuichetDialsBar *self, int presses, double x, double y, GtkGesture *gesture)
{
  GtkWidget *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  show_form (self, button, g_object_get_data (G_OBJECT (button), "dial"));
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  show_form (user_data, widget, g_object_get_data (G_OBJECT (widget), "dial"));
  return TRUE;
}

static void
let_change (GuichetDialsBar *self, GtkWidget *button)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_change), self);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (on_menu_key, self, NULL)));
  gtk_widget_add_controller (button, keys);
}

static GtkWidget *
button_new (GuichetDialsBar *self, GuichetTarget *dial)
{
  GtkWidget *button = gtk_button_new_with_label (guichet_target_get_name (dial));
  g_autofree char *spoken = g_strdup_printf (_ ("Call %s"), guichet_target_get_name (dial));
  g_autofree char *tip = g_strdup_printf (_ ("%s: %s"), spoken, guichet_target_get_number (dial));
  g_autofree char *why =
      guichet_target_allows (dial, "call") ? NULL : guichet_target_problem (dial, "call");

  g_object_set_data_full (G_OBJECT (button), "dial", g_object_ref (dial), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (on_dial), self);
  guichet_accessible_name (button, spoken);
  guichet_accessible_grey (button, why, tip);
  if (guichet_target_get_own (dial))
    let_change (self, button);
  return button;
}

static void
on_add (GtkWidget *button, GuichetDialsBar *self)
{
  show_form (self, button, NULL);
}

static void
put (GuichetDialsBar *self, GtkWidget *button)
{
  GtkWidget *child;

  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), button);
  child = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (child, FALSE);
}

static void
show_all (GuichetDialsBar *self)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->directory));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  for (guint i = 0; i < MIN (n, SHOWN_MAX); i++)
    {
      g_autoptr (GuichetTarget) dial = g_list_model_get_item (G_LIST_MODEL (self->directory), i);

      if (*guichet_target_get_kind (dial) != '\0')
        put (self, button_new (self, dial));
    }
  g_signal_connect (add, "clicked", G_CALLBACK (on_add), self);
  gtk_widget_set_tooltip_text (add, _ ("Add a speed dial"));
  guichet_accessible_name (add, _ ("Add a speed dial"));
  put (self, add);
}

static void
guichet_dials_bar_dispose (GObject *object)
{
  GuichetDialsBar *self = GUICHET_DIALS_BAR (object);

  self->form = NULL;
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->changing);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_dials_bar_parent_class)->dispose (object);
}

static void
guichet_dials_bar_class_init (GuichetDialsBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_dials_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_dials_bar_init (GuichetDialsBar *self)
{
  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_widget_set_valign (self->flow, GTK_ALIGN_START);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 8);
  guichet_accessible_name (self->flow, _ ("Speed dials"));
  gtk_widget_set_parent (guichet_capped_new (self->flow, 130), GTK_WIDGET (self));
  build_form (self);
}

GtkWidget *
guichet_dials_bar_new (GuichetSession *session)
{
  GuichetDialsBar *self = g_object_new (GUICHET_TYPE_DIALS_BAR, NULL);

  self->session = g_object_ref (session);
  self->directory = guichet_directory_new (session);
  g_signal_connect_object (self->directory, "answered", G_CALLBACK (show_all), self,
                           G_CONNECT_SWAPPED);
  guichet_directory_ask (self->directory, "", "speed_dial", NULL, NULL);
  return GTK_WIDGET (self);
}
