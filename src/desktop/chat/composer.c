/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The field under a chat. Every stroke goes to the session, which keeps it. A message to the
 * customer and a note for colleagues are two drafts. Main thread only.
 */

#include "desktop/chat/composer-private.h"

#include "desktop/chat/composer-hint.h"
#include "desktop/chat/file-adding.h"
#include "desktop/replies/reply-fill.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (GuichetComposer, guichet_composer, GTK_TYPE_WIDGET)

guint guichet_composer_escalated;

static GtkTextBuffer *
buffer_of (GuichetComposer *self)
{
  return gtk_text_view_get_buffer (self->view);
}

char *
guichet_composer_text (GuichetComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  return gtk_text_buffer_get_text (buffer_of (self), &start, &end, FALSE);
}

gboolean
guichet_composer_is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

gboolean
guichet_composer_is_empty (GuichetComposer *self, const char *text)
{
  return guichet_composer_is_blank (text) &&
         (self->private || guichet_file_tray_ready (self->tray) == 0);
}

static void
show_hint (GuichetComposer *self)
{
  g_autofree char *typed = guichet_composer_text (self);
  const char *waiting = self->private ? NULL : guichet_file_tray_reason (self->tray);
  gboolean wrong;
  const char *reason;
  g_autofree char *text =
      guichet_composer_hint (self->session, self->interaction, typed, self->private, &wrong);

  gtk_label_set_text (self->hint, text);
  guichet_widget_set_class (GTK_WIDGET (self->hint), "error", wrong);
  reason = wrong                                     ? text
           : waiting != NULL                         ? waiting
           : guichet_composer_is_empty (self, typed) ? _ ("Nothing is written yet")
                                                     : NULL;
  guichet_accessible_grey (self->send, reason, self->private ? _ ("Add note") : _ ("Send"));
  guichet_send_menu_show (self->then, self->session, self->private ? NULL : self->interaction,
                          reason);
}

gboolean
guichet_composer_insert_reply (GuichetComposer *self, const char *text)
{
  if (self->interaction == NULL)
    return FALSE;
  if (!guichet_reply_place_put (self->place, text))
    {
      guichet_toast (GTK_WIDGET (self),
                     _ ("One reply at a time: send the one in the message first, or clear it."));
      return FALSE;
    }
  guichet_completion_hide (self->completion);
  guichet_composer_focus (self);
  return TRUE;
}

static void
on_chosen (GuichetCompletion *completion, GuichetCannedReply *reply, GuichetComposer *self)
{
  g_autofree char *text = guichet_reply_fill_known (self->session, self->interaction,
                                                    guichet_reply_text (reply, self->interaction));

  if (text != NULL)
    guichet_composer_insert_reply (self, text);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.fill-reply", "s",
                                guichet_canned_reply_get_id (reply));
}

static void
on_typed (GuichetComposer *self)
{
  g_autofree char *text = guichet_composer_text (self);

  if (self->interaction == NULL)
    return;
  if (self->private)
    guichet_session_type_private_draft (self->session, self->interaction, text);
  else
    guichet_session_type_draft (self->session, self->interaction, text);
  show_hint (self);
  if (!self->composing)
    guichet_completion_look (self->completion);
}

void
guichet_composer_show_draft (GuichetComposer *self)
{
  const char *draft = self->private ? guichet_interaction_get_private_draft (self->interaction)
                                    : guichet_interaction_get_draft (self->interaction);
  g_autofree char *here = guichet_composer_text (self);

  if (!g_str_equal (draft, here))
    {
      g_signal_handler_block (buffer_of (self), self->typed_handler);
      guichet_reply_place_forget (self->place);
      gtk_text_buffer_set_text (buffer_of (self), draft, -1);
      g_signal_handler_unblock (buffer_of (self), self->typed_handler);
    }
  show_hint (self);
}

/* --- beside the field ------------------------------------------------------------------------- */

/* The field's own chooser, as by Ctrl+. */
static void
on_invite (GuichetMeeting *meeting, const char *text, GuichetComposer *self)
{
  guichet_composer_add (self, text, FALSE);
}

/* In its own chat, also beside another one. */
static void
on_replies (GuichetComposer *self)
{
  if (self->interaction == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.work-on", "s",
                              guichet_interaction_get_id (self->interaction));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.replies", NULL);
}

static void
on_emoji (GuichetComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_signal_emit_by_name (self->view, "insert-emoji");
}

static void
on_attach (GuichetComposer *self)
{
  guichet_file_choose (GTK_WIDGET (self), self->session, self->interaction);
}

static void
on_paste (GuichetComposer *self)
{
  if (!self->private && guichet_file_paste (GTK_WIDGET (self), self->session, self->interaction))
    g_signal_stop_emission_by_name (self->view, "paste-clipboard");
}

static void
on_files (GuichetComposer *self)
{
  if (self->interaction != NULL)
    show_hint (self);
}

static void
on_preedit (GuichetComposer *self, const char *preedit)
{
  self->composing = *preedit != '\0';
}

static void
guichet_composer_dispose (GObject *object)
{
  GuichetComposer *self = GUICHET_COMPOSER (object);

  guichet_composer_set_interaction (self, NULL);
  self->tray = NULL;
  self->top = NULL;
  if (self->completion != NULL)
    guichet_completion_stop (self->completion);
  g_clear_object (&self->spelling);
  g_clear_pointer (&self->place, guichet_reply_place_free);
  g_clear_object (&self->completion);
  g_clear_object (&self->session);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_composer_parent_class)->dispose (object);
}

static void
guichet_composer_class_init (GuichetComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_composer_dispose;
  guichet_composer_escalated =
      g_signal_new ("escalated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  g_type_ensure (GUICHET_TYPE_COMPOSER_TOP);
  g_type_ensure (GUICHET_TYPE_MEETING);
  g_type_ensure (GUICHET_TYPE_SEND_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/chat/composer.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, top);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, frame);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, view);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, mode);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, files);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, hint);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, replies);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, send);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, then);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, attach);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, emoji);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, meeting);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_send",
                                                G_CALLBACK (guichet_composer_send));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_then",
                                                G_CALLBACK (guichet_composer_on_then));
  gtk_widget_class_bind_template_callback (widget_class, on_attach);
  gtk_widget_class_bind_template_callback (widget_class, on_emoji);
  gtk_widget_class_bind_template_callback (widget_class, on_replies);
  gtk_widget_class_bind_template_callback (widget_class, on_invite);
  gtk_widget_class_bind_template_callback (widget_class, on_preedit);
}

static void
guichet_composer_init (GuichetComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->place = guichet_reply_place_new (buffer_of (self));
  self->spelling = guichet_spelling_new (self->view);
  self->mode_handler =
      g_signal_connect_swapped (self->mode, "toggled", G_CALLBACK (guichet_composer_on_mode), self);
  guichet_accessible_name (self->mode, _ ("Note for colleagues"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (guichet_composer_on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  self->typed_handler =
      g_signal_connect_swapped (buffer_of (self), "changed", G_CALLBACK (on_typed), self);
  guichet_label_tip_when_cut (self->hint);
  guichet_accessible_name (self->send, _ ("Send"));
  guichet_accessible_name (self->emoji, _ ("Insert emoji"));
  gtk_widget_set_tooltip_text (self->emoji, _ ("Insert emoji"));
  guichet_accessible_name (self->attach, _ ("Add files"));
  gtk_widget_set_tooltip_text (self->attach, _ ("Add files"));
  g_signal_connect_swapped (self->view, "paste-clipboard", G_CALLBACK (on_paste), self);
  guichet_accessible_name (self->replies, _ ("Canned replies"));
  guichet_shortcuts_set_tip (self->replies, _ ("Canned replies"), "win.replies");
}

GtkWidget *
guichet_composer_new (GuichetSession *session)
{
  GuichetComposer *self = g_object_new (GUICHET_TYPE_COMPOSER, NULL);

  self->session = g_object_ref (session);
  guichet_composer_top_set_session (self->top, session);
  self->tray = GUICHET_FILE_TRAY (guichet_file_tray_new (session));
  gtk_box_append (GTK_BOX (self->files), GTK_WIDGET (self->tray));
  g_signal_connect_swapped (self->tray, "changed", G_CALLBACK (on_files), self);
  self->completion = guichet_completion_new (self->view, session);
  g_signal_connect_object (self->completion, "chosen", G_CALLBACK (on_chosen), self, 0);
  return GTK_WIDGET (self);
}

void
guichet_composer_set_interaction (GuichetComposer *self, GuichetInteraction *interaction)
{
  static const char *const drafts[] = { "notify::draft", "notify::private-draft",
                                        "notify::subject-draft" };

  if (self->interaction == interaction)
    return;
  for (guint i = 0; self->interaction != NULL && i < G_N_ELEMENTS (drafts); i++)
    g_clear_signal_handler (&self->draft_handlers[i], self->interaction);
  g_set_object (&self->interaction, interaction);
  if (self->top != NULL)
    guichet_composer_top_set_interaction (self->top, interaction);
  if (self->tray != NULL)
    guichet_file_tray_set_interaction (self->tray, interaction);
  if (self->completion != NULL)
    guichet_completion_set_interaction (self->completion, interaction);
  if (interaction == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    self->draft_handlers[i] = g_signal_connect_swapped (
        interaction, drafts[i], G_CALLBACK (guichet_composer_show_draft), self);
  self->private = FALSE;
  guichet_spelling_set_language (self->spelling, guichet_interaction_get_language (interaction));
  guichet_composer_choose_mode (self);
  guichet_composer_refresh (self);
}

void
guichet_composer_focus (GuichetComposer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
guichet_composer_spell (GuichetComposer *self)
{
  if (self->interaction == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  guichet_composer_focus (self);
  guichet_spelling_go (self->spelling);
}

gboolean
guichet_composer_takes_files (GuichetComposer *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) && !self->private;
}

void
guichet_composer_add (GuichetComposer *self, const char *text, gboolean private)
{
  GtkTextIter end;

  if (self->interaction == NULL)
    return;
  guichet_composer_set_private (self, private);
  gtk_text_buffer_get_end_iter (buffer_of (self), &end);
  if (gtk_text_buffer_get_char_count (buffer_of (self)) > 0)
    gtk_text_buffer_insert (buffer_of (self), &end, "\n", -1);
  gtk_text_buffer_insert (buffer_of (self), &end, text, -1);
  guichet_composer_focus (self);
}
