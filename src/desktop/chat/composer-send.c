/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sending what stands in the composer. Too long a text stays and is not sent. Main thread only.
 */

#include "desktop/chat/composer-private.h"

#include "desktop/chat/mail-words.h"
#include "desktop/desk/allowed.h"
#include "desktop/widgets/util.h"

/* then: what becomes of the conversation as it has left, "": it goes on. */
static void
send_then (GuichetComposer *self, const char *then)
{
  g_autofree char *text = guichet_composer_text (self);
  const char *waiting = self->private ? NULL : guichet_file_tray_reason (self->tray);

  if (self->interaction == NULL || (guichet_composer_is_empty (self, text) && waiting == NULL))
    return;
  if (waiting != NULL)
    {
      guichet_toast (GTK_WIDGET (self), waiting);
      return;
    }
  if (gtk_widget_has_css_class (GTK_WIDGET (self->hint), "error"))
    {
      guichet_toast (GTK_WIDGET (self), gtk_label_get_text (self->hint));
      return;
    }
  if (self->private)
    guichet_session_say_privately (self->session, self->interaction, text);
  else
    guichet_session_say_then (self->session, self->interaction,
                              guichet_composer_is_blank (text) ? "" : text, then);
  guichet_composer_show_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (g_str_equal (then, "escalated"))
    g_signal_emit (self, guichet_composer_escalated, 0);
}

void
guichet_composer_send (GuichetComposer *self)
{
  send_then (self, "");
}

void
guichet_composer_on_then (GuichetComposer *self, const char *then)
{
  send_then (self, then);
}

void
guichet_composer_send_then (GuichetComposer *self, const char *then)
{
  const char *reason = NULL;

  if (self->interaction == NULL || self->private)
    return;
  if (guichet_allowed (self->session, self->interaction, MODEL_ACTION_STATUS, &reason) ==
      MODEL_ALLOWED)
    send_then (self, then);
  else
    guichet_toast (GTK_WIDGET (self), reason);
}

/* Mails have lines: there it is the key of submitting that sends. */
gboolean
guichet_composer_on_key (GuichetComposer *self, guint key, guint code, GdkModifierType modifiers)
{
  const GdkModifierType others = GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;

  if (!self->composing && guichet_completion_key (self->completion, key, modifiers))
    return GDK_EVENT_STOP;
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (modifiers & others) != 0 ||
      self->composing || (self->interaction != NULL && guichet_mail_is (self->interaction)))
    return GDK_EVENT_PROPAGATE;
  guichet_composer_send (self);
  return GDK_EVENT_STOP;
}

gboolean
guichet_composer_submit (GuichetComposer *self)
{
  if (self->interaction == NULL || !guichet_mail_is (self->interaction) ||
      !gtk_widget_has_focus (GTK_WIDGET (self->view)) ||
      (guichet_composer_only_notes (self->interaction) &&
       *guichet_interaction_get_private_draft (self->interaction) == '\0'))
    return FALSE;
  guichet_composer_send (self);
  return TRUE;
}
