/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The field under a chat. Every stroke goes to the session, which keeps it. Too long a text stays
 * and is not sent. A message to the customer and a note for colleagues are two drafts; which one is
 * written never changes by itself towards the customer: a note too many harms nobody, a note that
 * was sent does. Main thread only.
 */

#include "desktop/chat/composer.h"

#include "desktop/chat/chat-words.h"
#include "desktop/chat/file-adding.h"
#include "desktop/chat/file-tray.h"
#include "desktop/chat/im-words.h"
#include "desktop/chat/mail-words.h"
#include "desktop/chat/meeting.h"
#include "desktop/chat/spelling.h"
#include "desktop/replies/completion.h"
#include "desktop/replies/reply-fill.h"
#include "desktop/replies/reply-place.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* Before the limit: from then on it is said how much is left. */
#define SAY_BELOW 200

/* Of a note; of a message the channel says it. */
#define NOTE_MAX 4000

struct _GuichetComposer
{
  GtkWidget parent_instance;

  GtkWidget *for_whom;
  GtkWidget *subject;
  GtkWidget *frame;
  GtkTextView *view;
  GtkLabel *hint;
  GtkWidget *replies;
  GtkWidget *send;
  GtkWidget *attach;
  GtkWidget *emoji;
  GuichetMeeting *meeting;
  GtkWidget *mode;
  GtkWidget *files;
  GuichetFileTray *tray;

  GuichetSession *session;
  GuichetInteraction *interaction;
  gulong typed_handler;
  gulong draft_handlers[2];
  gulong subject_handlers[2];
  gulong subject_typed;
  gulong mode_handler;
  GuichetCompletion *completion;
  GuichetSpelling *spelling;
  GuichetReplyPlace *place;
  GHashTable *noting; /* ids of the interactions in which a note is written */
  gboolean private;   /* what stands here is for colleagues */
  gboolean composing; /* an input method is at work: Enter is its own */
};

G_DEFINE_FINAL_TYPE (GuichetComposer, guichet_composer, GTK_TYPE_WIDGET)

static GtkTextBuffer *
buffer_of (GuichetComposer *self)
{
  return gtk_text_view_get_buffer (self->view);
}

static char *
text_of (GuichetComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  return gtk_text_buffer_get_text (buffer_of (self), &start, &end, FALSE);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* Characters left, G_MAXINT without a limit. */
static int
left_of (GuichetComposer *self)
{
  gint64 limit = self->private ? NOTE_MAX : guichet_interaction_get_text_limit (self->interaction);

  if (limit == 0)
    return G_MAXINT;
  return (int) (limit - gtk_text_buffer_get_char_count (buffer_of (self)));
}

static const char *
how_to_send (GuichetComposer *self)
{
  if (guichet_mail_is (self->interaction))
    return self->private ? _ ("Ctrl+Enter adds the note · Enter new line")
                         : _ ("Ctrl+Enter sends · Enter new line");
  return self->private ? _ ("Enter adds the note · Shift+Enter new line")
                       : _ ("Enter sends · Shift+Enter new line");
}

static gboolean
is_empty (GuichetComposer *self, const char *text)
{
  return is_blank (text) && (self->private || guichet_file_tray_ready (self->tray) == 0);
}

static void
show_hint (GuichetComposer *self)
{
  int left = left_of (self);
  g_autofree char *text = NULL;
  g_autofree char *typed = text_of (self);
  const char *waiting = self->private ? NULL : guichet_file_tray_reason (self->tray);
  gboolean too_long = FALSE;
  g_autofree char *segments =
      self->private ? NULL : guichet_chat_segments (self->interaction, typed, &too_long);
  g_autofree char *until = self->private ? NULL : guichet_chat_until (self->interaction);

  if (segments != NULL)
    text = g_strdup (segments);
  else if (left < 0)
    text =
        g_strdup_printf (ngettext ("%d character too many: shorten the message",
                                   "%d characters too many: shorten the message", (gulong) -left),
                         -left);
  else if (left < SAY_BELOW)
    text =
        g_strdup_printf (ngettext ("%d character left", "%d characters left", (gulong) left), left);
  else if (until != NULL)
    text = g_strdup (until);
  else
    text = g_strdup (how_to_send (self));
  gtk_label_set_text (self->hint, text);
  guichet_widget_set_class (GTK_WIDGET (self->hint), "error", left < 0 || too_long);
  guichet_accessible_grey (self->send,
                           left < 0 || too_long     ? text
                           : waiting != NULL        ? waiting
                           : is_empty (self, typed) ? _ ("Nothing is written yet")
                                                    : NULL,
                           self->private ? _ ("Add note") : _ ("Send"));
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
  g_autofree char *text = text_of (self);

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

static void
show_draft (GuichetComposer *self)
{
  const char *draft = self->private ? guichet_interaction_get_private_draft (self->interaction)
                                    : guichet_interaction_get_draft (self->interaction);
  g_autofree char *here = text_of (self);

  if (!g_str_equal (draft, here))
    {
      g_signal_handler_block (buffer_of (self), self->typed_handler);
      guichet_reply_place_forget (self->place);
      gtk_text_buffer_set_text (buffer_of (self), draft, -1);
      g_signal_handler_unblock (buffer_of (self), self->typed_handler);
    }
  show_hint (self);
}

/* The subject
 * ...........................................................................................................
 */

static void
show_subject (GuichetComposer *self)
{
  const char *draft = guichet_interaction_get_subject_draft (self->interaction);
  const char *text = *draft != '\0' ? draft : guichet_interaction_get_subject (self->interaction);

  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->subject)), text))
    return;
  g_signal_handler_block (self->subject, self->subject_typed);
  gtk_editable_set_text (GTK_EDITABLE (self->subject), text);
  g_signal_handler_unblock (self->subject, self->subject_typed);
}

static void
on_subject (GuichetComposer *self)
{
  if (self->interaction != NULL)
    guichet_session_type_subject (self->session, self->interaction,
                                  gtk_editable_get_text (GTK_EDITABLE (self->subject)));
}

/* For whom
 * ..............................................................................................................
 */

/* Nothing can reach the customer; colleagues can still be told something. */
static gboolean
only_notes (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return !g_str_equal (guichet_interaction_get_phase (interaction), "active") ||
         guichet_interaction_get_customer_left_at (interaction) != 0 ||
         *guichet_interaction_get_refusal (interaction) != '\0' ||
         (mine != NULL && g_str_equal (guichet_participation_get_role (mine), "consulted"));
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
  gtk_widget_set_visible (self->for_whom, self->private);
  gtk_widget_set_visible (self->subject, !self->private && guichet_mail_is (self->interaction));
  gtk_widget_set_visible (self->files, !self->private);
  gtk_widget_set_visible (
      self->attach, !self->private && guichet_interaction_get_files_max (self->interaction) > 0);
  guichet_widget_set_class (self->frame, "private", self->private);
  guichet_widget_set_class (self->send, "suggested-action", !self->private);
  gtk_button_set_label (GTK_BUTTON (self->send), send);
  guichet_accessible_name (self->send, send);
  guichet_accessible_name (GTK_WIDGET (self->view),
                           self->private ? _ ("Note for colleagues") : _ ("Message"));
}

void
guichet_composer_refresh (GuichetComposer *self)
{
  gboolean forced, before = self->private;

  if (self->interaction == NULL)
    return;
  forced = only_notes (self->interaction);
  self->private = forced || g_hash_table_contains (self->noting,
                                                   guichet_interaction_get_id (self->interaction));
  if (self->private != before) /* colleagues are written to in the desk's language */
    guichet_spelling_set_language (
        self->spelling,
        self->private ? NULL : guichet_interaction_get_language (self->interaction));
  show_mode (self, forced);
  show_draft (self);
  guichet_meeting_show (self->meeting, forced ? NULL : self->interaction);
}

static void
set_private (GuichetComposer *self, gboolean private)
{
  const char *id = guichet_interaction_get_id (self->interaction);

  if (private)
    g_hash_table_add (self->noting, g_strdup (id));
  else
    g_hash_table_remove (self->noting, id);
  guichet_composer_refresh (self);
}

static void
on_mode (GuichetComposer *self)
{
  if (self->interaction == NULL)
    return;
  set_private (self, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->mode)));
  guichet_composer_focus (self);
}

void
guichet_composer_switch (GuichetComposer *self)
{
  if (self->interaction != NULL && !only_notes (self->interaction) &&
      !guichet_im_is (self->interaction))
    set_private (self, !self->private);
  guichet_composer_focus (self);
}

/* A draft of a note alone was left here: it is shown as what it is. */
static void
choose_mode (GuichetComposer *self)
{
  if (*guichet_interaction_get_draft (self->interaction) == '\0' &&
      *guichet_interaction_get_private_draft (self->interaction) != '\0')
    g_hash_table_add (self->noting, g_strdup (guichet_interaction_get_id (self->interaction)));
}

/* Sending
 * .............................................................................................................
 */

static void
on_send (GuichetComposer *self)
{
  g_autofree char *text = text_of (self);
  const char *waiting = self->private ? NULL : guichet_file_tray_reason (self->tray);

  if (self->interaction == NULL || (is_empty (self, text) && waiting == NULL))
    return;
  if (waiting != NULL)
    {
      guichet_toast (GTK_WIDGET (self), waiting);
      return;
    }
  if (left_of (self) < 0 || gtk_widget_has_css_class (GTK_WIDGET (self->hint), "error"))
    {
      guichet_toast (GTK_WIDGET (self), gtk_label_get_text (self->hint));
      return;
    }
  if (self->private)
    guichet_session_say_privately (self->session, self->interaction, text);
  else
    guichet_session_say (self->session, self->interaction, is_blank (text) ? "" : text);
  show_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Mails have lines: there it is the key of submitting that sends. */
static gboolean
on_key (GuichetComposer *self, guint key, guint code, GdkModifierType modifiers)
{
  const GdkModifierType others = GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;

  if (!self->composing && guichet_completion_key (self->completion, key, modifiers))
    return GDK_EVENT_STOP;
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (modifiers & others) != 0 ||
      self->composing || (self->interaction != NULL && guichet_mail_is (self->interaction)))
    return GDK_EVENT_PROPAGATE;
  on_send (self);
  return GDK_EVENT_STOP;
}

/* The field's own chooser, as by Ctrl+. */
static void
on_invite (GuichetMeeting *meeting, const char *text, GuichetComposer *self)
{
  guichet_composer_add (self, text, FALSE);
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
  if (self->completion != NULL)
    guichet_completion_stop (self->completion);
  g_clear_object (&self->spelling);
  g_clear_pointer (&self->place, guichet_reply_place_free);
  g_clear_pointer (&self->noting, g_hash_table_unref);
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
  g_type_ensure (GUICHET_TYPE_MEETING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/chat/composer.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, for_whom);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, frame);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, subject);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, view);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, mode);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, files);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, hint);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, replies);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, send);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, attach);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, emoji);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposer, meeting);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
  gtk_widget_class_bind_template_callback (widget_class, on_attach);
  gtk_widget_class_bind_template_callback (widget_class, on_emoji);
  gtk_widget_class_bind_template_callback (widget_class, on_invite);
  gtk_widget_class_bind_template_callback (widget_class, on_preedit);
}

static void
guichet_composer_init (GuichetComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->noting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->place = guichet_reply_place_new (buffer_of (self));
  self->spelling = guichet_spelling_new (self->view);
  self->mode_handler = g_signal_connect_swapped (self->mode, "toggled", G_CALLBACK (on_mode), self);
  guichet_accessible_name (self->mode, _ ("Note for colleagues"));
  self->subject_typed =
      g_signal_connect_swapped (self->subject, "changed", G_CALLBACK (on_subject), self);
  guichet_accessible_name_editable (GTK_EDITABLE (self->subject), _ ("Subject"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  self->typed_handler =
      g_signal_connect_swapped (buffer_of (self), "changed", G_CALLBACK (on_typed), self);
  guichet_accessible_name (GTK_WIDGET (self->view), _ ("Message"));
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
  static const char *const drafts[] = { "notify::draft", "notify::private-draft" };
  static const char *const subjects[] = { "notify::subject", "notify::subject-draft" };

  if (self->interaction == interaction)
    return;
  for (guint i = 0; self->interaction != NULL && i < G_N_ELEMENTS (drafts); i++)
    {
      g_clear_signal_handler (&self->draft_handlers[i], self->interaction);
      g_clear_signal_handler (&self->subject_handlers[i], self->interaction);
    }
  g_set_object (&self->interaction, interaction);
  if (self->tray != NULL)
    guichet_file_tray_set_interaction (self->tray, interaction);
  if (self->completion != NULL)
    guichet_completion_set_interaction (self->completion, interaction);
  if (interaction == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      self->draft_handlers[i] =
          g_signal_connect_swapped (interaction, drafts[i], G_CALLBACK (show_draft), self);
      self->subject_handlers[i] =
          g_signal_connect_swapped (interaction, subjects[i], G_CALLBACK (show_subject), self);
    }
  show_subject (self);
  self->private = FALSE;
  guichet_spelling_set_language (self->spelling, guichet_interaction_get_language (interaction));
  choose_mode (self);
  guichet_composer_refresh (self);
}

gboolean
guichet_composer_submit (GuichetComposer *self)
{
  if (self->interaction == NULL || !guichet_mail_is (self->interaction) ||
      !gtk_widget_has_focus (GTK_WIDGET (self->view)) ||
      (only_notes (self->interaction) &&
       *guichet_interaction_get_private_draft (self->interaction) == '\0'))
    return FALSE;
  on_send (self);
  return TRUE;
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
  set_private (self, private);
  gtk_text_buffer_get_end_iter (buffer_of (self), &end);
  if (gtk_text_buffer_get_char_count (buffer_of (self)) > 0)
    gtk_text_buffer_insert (buffer_of (self), &end, "\n", -1);
  gtk_text_buffer_insert (buffer_of (self), &end, text, -1);
  guichet_composer_focus (self);
}
