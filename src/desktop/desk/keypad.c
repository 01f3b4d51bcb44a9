/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keypad of a call. Shows what was keyed, so that the agent can check it. Main thread only.
 */

#include "desktop/desk/keypad.h"

#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetKeypad
{
  GtkWidget parent_instance;

  GtkLabel *keyed;
  GString *digits;
};

G_DEFINE_FINAL_TYPE (GuichetKeypad, guichet_keypad, GTK_TYPE_WIDGET)

static guint digits_signal;

static void
press (GuichetKeypad *self, char digit)
{
  char one[2] = { digit, '\0' };

  g_string_append_c (self->digits, digit);
  gtk_label_set_text (self->keyed, self->digits->str);
  g_signal_emit (self, digits_signal, 0, one);
}

static void
on_clicked (GuichetKeypad *self, GtkButton *button)
{
  press (self, *gtk_button_get_label (button));
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType modifiers,
        GuichetKeypad *self)
{
  guint32 character = gdk_keyval_to_unicode (key);

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || character == 0 || character > 127 ||
      strchr ("0123456789*#", (int) character) == NULL)
    return GDK_EVENT_PROPAGATE;
  press (self, (char) character);
  return GDK_EVENT_STOP;
}

static const char *
name_of (char digit)
{
  return digit == '*' ? _ ("Star") : digit == '#' ? _ ("Hash") : NULL;
}

static void
add_keys (GtkGrid *grid, GuichetKeypad *self)
{
  static const char keys[] = "123456789*0#";

  for (int i = 0; i < 12; i++)
    {
      char label[2] = { keys[i], '\0' };
      GtkWidget *button = gtk_button_new_with_label (label);

      if (name_of (keys[i]) != NULL)
        guichet_accessible_name (button, name_of (keys[i]));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), self);
      gtk_grid_attach (grid, button, i % 3, i / 3 + 1, 1, 1);
    }
}

static void
guichet_keypad_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_keypad_parent_class)->dispose (object);
}

static void
guichet_keypad_finalize (GObject *object)
{
  g_string_free (GUICHET_KEYPAD (object)->digits, TRUE);
  G_OBJECT_CLASS (guichet_keypad_parent_class)->finalize (object);
}

static void
guichet_keypad_class_init (GuichetKeypadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_keypad_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_keypad_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  digits_signal = g_signal_new ("digits", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guichet_keypad_init (GuichetKeypad *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->digits = g_string_new (NULL);
  self->keyed = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->keyed, PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (self->keyed, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->keyed), "numeric");
  guichet_accessible_name (GTK_WIDGET (self->keyed), _ ("Keyed so far"));
  gtk_widget_add_css_class (grid, "keypad");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->keyed), 0, 0, 3, 1);
  add_keys (GTK_GRID (grid), self);
  gtk_widget_set_parent (grid, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
guichet_keypad_clear (GuichetKeypad *self)
{
  g_string_truncate (self->digits, 0);
  gtk_label_set_text (self->keyed, "");
}
