/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The centre is asked how it stands each time that the button comes into sight and after each
 * change. What was typed is forgotten when the popover closes. Main thread only.
 */

#include "desktop/voicemail/pin-button.h"

#include "client/keypad.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"
#include "model/definitions.h"

#include <glib/gi18n.h>

struct _GuichetPinButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkLabel *how, *none;
  GtkWidget *entry, *save;
  GuichetSession *session;
  GCancellable *asking;
};

G_DEFINE_FINAL_TYPE (GuichetPinButton, guichet_pin_button, GTK_TYPE_WIDGET)

static void
show (GuichetPinButton *self, const GuichetKeypad *keypad)
{
  g_autofree char *how = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->button), keypad != NULL);
  if (keypad == NULL)
    return;
  how = g_strdup_printf (
      /* Translators: %1$s is a telephone number, %2$s what is keyed for the own box */
      _ ("From another phone, call %1$s, key %2$s and #, then your PIN and #. Your own phone is "
         "not "
         "asked for it."),
      keypad->number, keypad->key);
  gtk_label_set_text (self->how, how);
  gtk_widget_set_visible (GTK_WIDGET (self->none), !keypad->set);
  gtk_menu_button_set_label (self->button, keypad->set ? _ ("Change the PIN") : _ ("Set a PIN"));
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetPinButton) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetKeypad) keypad =
      guichet_keypad_ask_finish (GUICHET_SESSION (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->session != NULL)
    show (self, keypad);
}

static void
ask (GuichetPinButton *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  guichet_keypad_ask_async (self->session, self->asking, on_asked, g_object_ref (self));
}

static void
on_changed (GuichetPinButton *self)
{
  gtk_widget_set_sensitive (
      self->save, model_voicemail_is_pin (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
on_closed (GuichetPinButton *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetPinButton) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  if (self->session == NULL)
    return;
  if (guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    {
      gtk_popover_popdown (self->popover);
      guichet_toast (GTK_WIDGET (self), _ ("The PIN is set."));
      ask (self);
      return;
    }
  problem = guichet_words_of_error (error);
  gtk_widget_error_bell (GTK_WIDGET (self));
  guichet_toast (GTK_WIDGET (self), problem);
}

static void
on_save (GuichetPinButton *self)
{
  const char *pin = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (model_voicemail_is_pin (pin))
    guichet_keypad_set_pin_async (self->session, pin, NULL, on_saved, g_object_ref (self));
}

static void
guichet_pin_button_dispose (GObject *object)
{
  GuichetPinButton *self = GUICHET_PIN_BUTTON (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_pin_button_parent_class)->dispose (object);
}

static void
guichet_pin_button_class_init (GuichetPinButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_pin_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_pin_button_init (GuichetPinButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->how = guichet_label_wrapped (NULL, NULL);
  self->none = guichet_label_wrapped (_ ("Without a PIN no other phone opens your box."), "dim");
  self->entry = gtk_password_entry_new ();
  self->save = gtk_button_new_with_label (_ ("Save"));
  gtk_label_set_max_width_chars (self->how, 34);
  gtk_label_set_max_width_chars (self->none, 34);
  g_object_set (self->entry, "placeholder-text", _ ("4 to 12 digits"), "activates-default", FALSE,
                NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->entry), _ ("New PIN"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->how));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->none));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->save);
  gtk_popover_set_child (self->popover, box);
  gtk_menu_button_set_popover (self->button, GTK_WIDGET (self->popover));
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->button), 6);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
  g_signal_connect (self, "map", G_CALLBACK (ask), NULL);
}

GtkWidget *
guichet_pin_button_new (GuichetSession *session)
{
  GuichetPinButton *self = g_object_new (GUICHET_TYPE_PIN_BUTTON, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
