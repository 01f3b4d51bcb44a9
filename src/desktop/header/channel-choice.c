/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A button for all channels and one for each, of which one is down. A button stays as long as the
 * agent has its channel, so that neither press nor choice is lost by what changes. Main thread
 * only.
 */

#include "desktop/header/channel-choice.h"

#include "client/channel-state.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetChannelChoice
{
  GtkWidget parent_instance;

  GtkToggleButton *all;
  GHashTable *buttons; /* channel -> GtkToggleButton, a child */
};

G_DEFINE_FINAL_TYPE (GuichetChannelChoice, guichet_channel_choice, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
on_toggled (GtkToggleButton *button, GuichetChannelChoice *self)
{
  if (gtk_toggle_button_get_active (button))
    g_signal_emit (self, changed_signal, 0);
}

const char *
guichet_channel_choice_get (GuichetChannelChoice *self)
{
  GHashTableIter iter;
  gpointer channel, button;

  g_hash_table_iter_init (&iter, self->buttons);
  while (g_hash_table_iter_next (&iter, &channel, &button))
    if (gtk_toggle_button_get_active (button))
      return channel;
  return NULL;
}

void
guichet_channel_choice_reset (GuichetChannelChoice *self)
{
  gtk_toggle_button_set_active (self->all, TRUE);
}

static void
add (GuichetChannelChoice *self, GtkWidget *button)
{
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
}

static GtkToggleButton *
button_of (GuichetChannelChoice *self, const char *channel)
{
  GtkToggleButton *button = g_hash_table_lookup (self->buttons, channel);

  if (button != NULL)
    return button;
  button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (button), guichet_words_channel_icon (channel));
  gtk_toggle_button_set_group (button, self->all);
  g_hash_table_insert (self->buttons, g_strdup (channel), button);
  add (self, GTK_WIDGET (button));
  return button;
}

/* The button of a channel that the agent has no longer. */
static gboolean
is_gone (gpointer channel, gpointer button, gpointer channels)
{
  guint n = channels != NULL ? g_list_model_get_n_items (channels) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetChannelState) one = g_list_model_get_item (channels, i);

      if (g_str_equal (guichet_channel_state_get_channel (one), channel))
        return FALSE;
    }
  gtk_widget_unparent (button);
  return TRUE;
}

void
guichet_channel_choice_show (GuichetChannelChoice *self, GListModel *channels)
{
  guint n = channels != NULL ? g_list_model_get_n_items (channels) : 0;

  g_hash_table_foreach_remove (self->buttons, is_gone, channels);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetChannelState) one = g_list_model_get_item (channels, i);
      const char *channel = guichet_channel_state_get_channel (one);
      const char *state = guichet_channel_state_get_ready (one) ? "available" : "idle";
      g_autofree char *name = g_strdup_printf (_ ("%s: %s"), guichet_words_channel (channel),
                                               guichet_words_state (state));
      GtkWidget *button = GTK_WIDGET (button_of (self, channel));

      guichet_accessible_name (button, name);
      guichet_widget_set_tip (button, name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
  if (n < 2 || guichet_channel_choice_get (self) == NULL)
    guichet_channel_choice_reset (self);
}

static void
guichet_channel_choice_dispose (GObject *object)
{
  GuichetChannelChoice *self = GUICHET_CHANNEL_CHOICE (object);

  g_clear_pointer (&self->buttons, g_hash_table_unref);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_channel_choice_parent_class)->dispose (object);
}

static void
guichet_channel_choice_class_init (GuichetChannelChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_channel_choice_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_channel_choice_init (GuichetChannelChoice *self)
{
  self->buttons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  self->all = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("All channels")));
  gtk_toggle_button_set_active (self->all, TRUE);
  add (self, GTK_WIDGET (self->all));
}
