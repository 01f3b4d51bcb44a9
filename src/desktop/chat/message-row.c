/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One message of a chat, in words, with its state. Follows the message it shows. Main thread only.
 */

#include "desktop/chat/message-row.h"

#include "client/im.h"
#include "desktop/chat/chat-words.h"
#include "desktop/chat/links.h"
#include "desktop/chat/message-files.h"
#include "desktop/chat/mail-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetMessageRow
{
  GtkWidget parent_instance;

  GtkLabel *day;
  GtkWidget *bubble;
  GtkWidget *private_mark;
  GtkLabel *subject;
  GtkLabel *text;
  GuichetMessageFiles *files;
  GtkWidget *fold;
  GtkLabel *missing;
  GtkWidget *meta_box;
  GtkImage *icon;
  GtkLabel *meta;
  GtkLabel *problem;
  GtkWidget *actions;
  GtkWidget *edit;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetMessage *message;
  gulong handler;
  gboolean unfolded; /* what a mail quotes is shown */
};

G_DEFINE_FINAL_TYPE (GuichetMessageRow, guichet_message_row, GTK_TYPE_WIDGET)

enum
{
  TRY_AGAIN,
  EDIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
show_side (GuichetMessageRow *self, const char *author)
{
  gboolean theirs = guichet_message_is_theirs (self->message, self->interaction);
  gboolean own = g_str_equal (author, "agent") && !theirs;
  gboolean centre = !own && !theirs;
  GtkAlign side = own ? GTK_ALIGN_END : centre ? GTK_ALIGN_CENTER : GTK_ALIGN_START;

  gtk_widget_set_halign (self->bubble, side);
  gtk_widget_set_halign (self->meta_box, side);
  gtk_widget_set_halign (GTK_WIDGET (self->problem), side);
  gtk_widget_set_halign (self->actions, side);
  gtk_widget_set_margin_start (self->bubble, own ? 48 : 0);
  gtk_widget_set_margin_end (self->bubble, own ? 0 : 48);
  guichet_widget_set_class (self->bubble, "own",
                            own && !guichet_message_get_private (self->message));
  guichet_widget_set_class (self->bubble, "private", guichet_message_get_private (self->message));
  gtk_widget_set_visible (self->private_mark, guichet_message_get_private (self->message));
  guichet_widget_set_class (self->bubble, "centre", centre);
}

/* Who and when, and what became of it. */
static void
show_meta (GuichetMessageRow *self)
{
  g_autofree char *who = guichet_chat_who (self->session, self->interaction, self->message);
  g_autoptr (GDateTime) at =
      g_date_time_new_from_unix_local (guichet_message_get_at (self->message) / 1000);
  g_autofree char *when = at != NULL ? g_date_time_format (at, _ ("%H:%M")) : g_strdup ("");
  /* What became of it is told of one's own. */
  gboolean theirs = guichet_message_is_theirs (self->message, self->interaction);
  const char *state = theirs ? "" : guichet_chat_state (self->session, self->message);
  const char *icon = theirs ? NULL : guichet_chat_state_icon (self->message);
  g_autofree char *text = *who != '\0' ? g_strdup_printf ("%s · %s", who, when) : g_strdup (when);
  g_autofree char *all =
      *state != '\0' ? g_strdup_printf ("%s · %s", text, state) : g_strdup (text);

  gtk_label_set_text (self->meta, all);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (self->icon, icon);
}

static void
show_problem (GuichetMessageRow *self)
{
  gboolean failed = g_str_equal (guichet_message_get_state (self->message), "failed");
  const char *reason = guichet_message_get_reason (self->message);
  gboolean here = guichet_message_get_number (self->message) == 0;
  /* Its files may be what is wrong. */
  gboolean of_files = g_str_has_prefix (reason, "file");
  g_autofree char *words =
      failed ? guichet_words (here && !of_files ? GUICHET_WORDS_ERROR : GUICHET_WORDS_CENTRE,
                              GUICHET_WORDS_SENTENCE, reason)
             : NULL;

  gtk_label_set_text (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), failed);
  gtk_widget_set_visible (
      self->actions,
      failed && g_str_equal (guichet_interaction_get_phase (self->interaction), "active"));
  gtk_widget_set_visible (self->edit, here);
}

/* Of a mail: its subject, what is missing, and whether the quotes are shown. The words to show. */
static char *
show_mail (GuichetMessageRow *self)
{
  gboolean mail = guichet_mail_is (self->interaction);
  const char *text = guichet_message_get_text (self->message);
  const char *subject = mail ? guichet_message_get_subject (self->message) : "";
  const char *from = guichet_message_get_from (self->message);
  g_autofree char *own = mail ? guichet_mail_own_words (text) : NULL;
  g_autofree char *missing = mail ? guichet_mail_missing (self->message) : NULL;
  g_autofree char *head = *from != '\0'
                              ? g_strjoin (" · ", from, *subject != '\0' ? subject : NULL, NULL)
                              : g_strdup (subject);

  gtk_label_set_text (self->subject, head);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), *head != '\0');
  gtk_label_set_text (self->missing, missing != NULL ? missing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing), missing != NULL);
  gtk_widget_set_visible (self->fold, own != NULL);
  gtk_button_set_label (GTK_BUTTON (self->fold),
                        self->unfolded ? _ ("Hide quoted text") : _ ("Show quoted text"));
  return own != NULL && !self->unfolded ? g_steal_pointer (&own) : g_strdup (text);
}

static void
refresh (GuichetMessageRow *self)
{
  g_autofree char *words = show_mail (self);
  g_autofree char *markup = guichet_chat_markup (words);

  show_side (self, guichet_message_get_author (self->message));
  if (g_strcmp0 (gtk_label_get_label (self->text), markup) != 0)
    gtk_label_set_markup (self->text, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->text), *markup != '\0');
  guichet_message_files_show (self->files, self->session, self->message);
  show_meta (self);
  show_problem (self);
}

static void
on_fold (GuichetMessageRow *self)
{
  self->unfolded = !self->unfolded;
  refresh (self);
}

static void
on_try_again (GuichetMessageRow *self)
{
  g_signal_emit (self, signals[TRY_AGAIN], 0);
}

static void
on_edit (GuichetMessageRow *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
guichet_message_row_dispose (GObject *object)
{
  GuichetMessageRow *self = GUICHET_MESSAGE_ROW (object);

  guichet_message_row_show (self, NULL, NULL, NULL);
  g_clear_object (&self->session);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_message_row_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetMessageRow, name)

static void
guichet_message_row_class_init (GuichetMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_message_row_dispose;
  signals[TRY_AGAIN] =
      g_signal_new ("try-again", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT] =
      g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (GUICHET_TYPE_MESSAGE_FILES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/chat/message-row.ui");
  BIND (day);
  BIND (bubble);
  BIND (private_mark);
  BIND (subject);
  BIND (text);
  BIND (files);
  BIND (fold);
  BIND (missing);
  BIND (meta_box);
  BIND (icon);
  BIND (meta);
  BIND (problem);
  BIND (actions);
  BIND (edit);
  gtk_widget_class_bind_template_callback (widget_class, on_fold);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_bind_template_callback (widget_class, on_edit);
}

static void
guichet_message_row_init (GuichetMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_message_row_new (GuichetSession *session)
{
  GuichetMessageRow *self = g_object_new (GUICHET_TYPE_MESSAGE_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
guichet_message_row_show (GuichetMessageRow *self,
                          GuichetInteraction *interaction,
                          GuichetMessage *message,
                          GuichetMessage *before)
{
  g_autofree char *day = NULL;

  if (self->message != NULL)
    g_clear_signal_handler (&self->handler, self->message);
  if (g_set_object (&self->message, message))
    self->unfolded = FALSE;
  g_set_object (&self->interaction, interaction);
  if (message == NULL)
    {
      guichet_message_files_show (self->files, NULL, NULL);
      return;
    }
  self->handler = g_signal_connect_swapped (message, "notify", G_CALLBACK (refresh), self);
  gtk_widget_set_visible (GTK_WIDGET (self->day),
                          before == NULL ||
                              !guichet_chat_same_day (guichet_message_get_at (before),
                                                      guichet_message_get_at (message)));
  day = guichet_chat_day (guichet_message_get_at (message), guichet_session_now (self->session));
  gtk_label_set_text (self->day, day);
  refresh (self);
}

GuichetMessage *
guichet_message_row_get_message (GuichetMessageRow *self)
{
  return self->message;
}
