/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For whom it is that stands in the composer: a message to the customer or a note for colleagues.
 * It never changes by itself towards the customer: a note too many harms nobody, a note that was
 * sent does. Main thread only.
 */

#include "desktop/chat/composer-private.h"

#include "desktop/chat/im-words.h"
#include "desktop/shortcuts.h"
#include "desktop/text/who.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* A note is written in it: a mark of the chat's own, whichever column it stands in. */
static gboolean
is_noting (GuichetInteraction *interaction)
{
  return g_object_get_data (G_OBJECT (interaction), "guichet-noting") != NULL;
}

static void
set_noting (GuichetInteraction *interaction, gboolean noting)
{
  g_object_set_data (G_OBJECT (interaction), "guichet-noting", GINT_TO_POINTER (noting));
}

/* Nothing can reach the customer; colleagues can still be told something. */
gboolean
guichet_composer_only_notes (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return !g_str_equal (guichet_interaction_get_phase (interaction), "active") ||
         guichet_interaction_get_customer_left_at (interaction) != 0 ||
         *guichet_interaction_get_refusal (interaction) != '\0' ||
         (mine != NULL && g_str_equal (guichet_participation_get_role (mine), "consulted"));
}

/* The field's, which is also its title where another one is in sight. */
static void
show_name (GuichetComposer *self)
{
  g_autofree char *who = guichet_who_interaction (self->interaction);
  g_autofree char *named = NULL;

  if (self->named && self->private)
    /* Translators: %s is a customer */
    named = g_strdup_printf (_ ("Note for colleagues about %s"), who);
  else if (self->named)
    /* Translators: %s is a customer or a colleague */
    named = g_strdup_printf (_ ("Message to %s"), who);
  guichet_composer_top_set_name (self->top, who, named);
  guichet_accessible_name (GTK_WIDGET (self->view), named != NULL   ? named
                                                    : self->private ? _ ("Note for colleagues")
                                                                    : _ ("Message"));
}

static void
show_mode (GuichetComposer *self, gboolean forced)
{
  const char *send = self->private ? _ ("Add note") : _ ("Send");
  g_autofree char *tip = guichet_shortcuts_tip (_ ("Note for colleagues"), "win.private");

  g_signal_handler_block (self->mode, self->mode_handler);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mode), self->private);
  g_signal_handler_unblock (self->mode, self->mode_handler);
  guichet_accessible_grey (
      self->mode,
      forced ? _ ("Only notes can be written now: nothing reaches the customer.") : NULL, tip);
  gtk_widget_set_visible (self->mode, !guichet_im_is (self->interaction));
  gtk_widget_set_visible (self->replies, !guichet_im_is (self->interaction));
  guichet_composer_top_set_private (self->top, self->private);
  gtk_widget_set_visible (self->files, !self->private);
  gtk_widget_set_visible (
      self->attach, !self->private && guichet_interaction_get_files_max (self->interaction) > 0);
  guichet_widget_set_class (self->frame, "private", self->private);
  guichet_widget_set_class (self->send, "suggested-action", !self->private);
  gtk_button_set_label (GTK_BUTTON (self->send), send);
  guichet_accessible_name (self->send, send);
  show_name (self);
}

void
guichet_composer_refresh (GuichetComposer *self)
{
  gboolean forced, before = self->private;

  if (self->interaction == NULL)
    return;
  forced = guichet_composer_only_notes (self->interaction);
  self->private = forced || is_noting (self->interaction);
  if (self->private != before) /* colleagues are written to in the desk's language */
    guichet_spelling_set_language (
        self->spelling,
        self->private ? NULL : guichet_interaction_get_language (self->interaction));
  show_mode (self, forced);
  guichet_composer_show_draft (self);
  guichet_meeting_show (self->meeting, forced ? NULL : self->interaction);
}

void
guichet_composer_set_private (GuichetComposer *self, gboolean private)
{
  set_noting (self->interaction, private);
  guichet_composer_refresh (self);
}

void
guichet_composer_on_mode (GuichetComposer *self)
{
  if (self->interaction == NULL)
    return;
  guichet_composer_set_private (self,
                                gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->mode)));
  guichet_composer_focus (self);
}

void
guichet_composer_switch (GuichetComposer *self)
{
  if (self->interaction != NULL && !guichet_composer_only_notes (self->interaction) &&
      !guichet_im_is (self->interaction))
    guichet_composer_set_private (self, !self->private);
  guichet_composer_focus (self);
}

/* A draft of a note alone was left here: it is shown as what it is. */
void
guichet_composer_choose_mode (GuichetComposer *self)
{
  if (*guichet_interaction_get_draft (self->interaction) == '\0' &&
      *guichet_interaction_get_private_draft (self->interaction) != '\0')
    set_noting (self->interaction, TRUE);
}

void
guichet_composer_set_named (GuichetComposer *self, gboolean named)
{
  if (self->named == named)
    return;
  self->named = named;
  guichet_composer_refresh (self);
}
