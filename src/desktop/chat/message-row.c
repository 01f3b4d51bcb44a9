/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One message of a chat, in words, with its state. Follows the message it shows. Main thread only.
 */

#include "desktop/chat/message-row.h"

#include "client/im.h"
#include "desktop/chat/chat-words.h"
#include "desktop/chat/file-words.h"
#include "desktop/chat/links.h"
#include "desktop/chat/message-files.h"
#include "desktop/chat/message-parts.h"
#include "desktop/chat/mail-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuichetMessageRow
{
  GtkWidget parent_instance;

  GtkWidget *parts[GUICHET_N_PARTS]; /* NULL: not needed yet */
  GtkImage *icon;                    /* of GUICHET_PART_META */
  GtkLabel *meta;
  GtkWidget *edit; /* of GUICHET_PART_ACTIONS */

  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetMessage *message;
  gulong handler;
  gboolean unfolded; /* what a mail quotes is shown */
  GtkAlign side;
};

G_DEFINE_FINAL_TYPE (GuichetMessageRow, guichet_message_row, GTK_TYPE_WIDGET)

enum
{
  TRY_AGAIN,
  EDIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void on_fold (GuichetMessageRow *self);

/* --- parts ------------------------------------------------------------------------------------ */

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
connect_button (GuichetMessageRow *self, GtkWidget *button, GCallback clicked)
{
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
}

static void
take_part (GuichetMessageRow *self, guint which, GtkWidget *made)
{
  self->parts[which] = made;
  if (which == GUICHET_PART_META)
    self->meta = GTK_LABEL (gtk_widget_get_first_child (made));
  if (which == GUICHET_PART_FOLD)
    connect_button (self, made, G_CALLBACK (on_fold));
  if (which != GUICHET_PART_ACTIONS)
    return;
  self->edit = gtk_widget_get_last_child (made);
  connect_button (self, gtk_widget_get_first_child (made), G_CALLBACK (on_try_again));
  connect_button (self, self->edit, G_CALLBACK (on_edit));
}

/* Made if it is not there, after those that stand before it. */
static GtkWidget *
part (GuichetMessageRow *self, guint which)
{
  gboolean inside = guichet_message_part_is_inside (which);
  GtkWidget *before = NULL;

  if (self->parts[which] != NULL)
    return self->parts[which];
  for (guint i = which; i > 0 && before == NULL; i--)
    if (guichet_message_part_is_inside (i - 1) == inside)
      before = self->parts[i - 1];
  take_part (self, which, guichet_message_part_new (which));
  gtk_widget_insert_after (self->parts[which],
                           inside ? self->parts[GUICHET_PART_BUBBLE] : GTK_WIDGET (self), before);
  return self->parts[which];
}

/* NULL: it is not wanted now. */
static void
show_text (GuichetMessageRow *self, guint which, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (GTK_LABEL (part (self, which)), text);
  if (self->parts[which] != NULL)
    gtk_widget_set_visible (self->parts[which], text != NULL);
}

static void
show_part (GuichetMessageRow *self, guint which, gboolean wanted)
{
  if (wanted || self->parts[which] != NULL)
    gtk_widget_set_visible (part (self, which), wanted);
}

/* --- showing ---------------------------------------------------------------------------------- */

static void
show_side (GuichetMessageRow *self, const char *author)
{
  gboolean theirs = guichet_message_is_theirs (self->message, self->interaction);
  gboolean own = g_str_equal (author, "agent") && !theirs;
  gboolean centre = !own && !theirs;
  GtkAlign side = own ? GTK_ALIGN_END : centre ? GTK_ALIGN_CENTER : GTK_ALIGN_START;
  gboolean private = guichet_message_get_private (self->message);
  GtkWidget *bubble = self->parts[GUICHET_PART_BUBBLE];

  if (self->side != side)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  self->side = side;
  gtk_widget_set_margin_start (bubble, own ? 48 : 0);
  gtk_widget_set_margin_end (bubble, own ? 0 : 48);
  guichet_widget_set_class (bubble, "own", own && !private);
  guichet_widget_set_class (bubble, "private", private);
  guichet_widget_set_class (bubble, "centre", centre);
  show_part (self, GUICHET_PART_PRIVATE, private);
}

/* What a bot said, and where it handed over. A screen reader says who as it comes to the bubble. */
static void
show_bot (GuichetMessageRow *self)
{
  gboolean bot = g_str_equal (guichet_message_get_author (self->message), "bot");
  GtkWidget *bubble = self->parts[GUICHET_PART_BUBBLE];
  g_autofree char *who =
      bot ? guichet_chat_who (self->session, self->interaction, self->message) : NULL;

  if (bot)
    guichet_accessible_name (bubble, who);
  else if (gtk_widget_has_css_class (bubble, "bot"))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (bubble), GTK_ACCESSIBLE_PROPERTY_LABEL);
  guichet_widget_set_class (bubble, "bot", bot);
  show_part (self, GUICHET_PART_DIVIDER, guichet_message_get_hand_over (self->message));
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
  if (icon != NULL && self->icon == NULL)
    {
      self->icon = guichet_message_icon_new (icon);
      gtk_box_prepend (GTK_BOX (self->parts[GUICHET_PART_META]), GTK_WIDGET (self->icon));
    }
  else if (icon != NULL)
    gtk_image_set_from_icon_name (self->icon, icon);
  if (self->icon != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->icon), icon != NULL);
}

static void
show_problem (GuichetMessageRow *self)
{
  gboolean failed = g_str_equal (guichet_message_get_state (self->message), "failed");
  const char *reason = guichet_message_get_reason (self->message);
  gboolean here = guichet_message_get_number (self->message) == 0;
  /* Its files or its words may be what is wrong. */
  gboolean of_content = g_str_has_prefix (reason, "file") || g_str_equal (reason, "card_data");
  g_autofree char *words = NULL;

  if (failed && g_str_equal (reason, "channel_failure")) /* the centre's sentence is of an offer */
    words = g_strdup (_ ("The way to the customer failed."));
  else if (failed)
    words = guichet_words (here && !of_content ? GUICHET_WORDS_ERROR : GUICHET_WORDS_CENTRE,
                           GUICHET_WORDS_SENTENCE, reason);
  show_text (self, GUICHET_PART_PROBLEM, words);
  show_part (self, GUICHET_PART_ACTIONS,
             failed && g_str_equal (guichet_interaction_get_phase (self->interaction), "active"));
  if (self->edit != NULL)
    gtk_widget_set_visible (self->edit, here);
}

/* What was written and is not there; NULL: nothing. Free with g_free. */
static char *
missing_of (GuichetMessage *message, gboolean mail)
{
  g_autofree char *files = mail ? guichet_mail_missing (message) : guichet_file_missing (message);

  if (!guichet_message_get_masked (message))
    return g_steal_pointer (&files);
  if (files == NULL)
    return g_strdup (_ ("A card number was masked"));
  return g_strjoin (" · ", _ ("A card number was masked"), files, NULL);
}

/* Of a mail: its subject, what is missing, and whether the quotes are shown. The words to show. */
static char *
show_mail (GuichetMessageRow *self)
{
  gboolean mail = guichet_mail_is (self->interaction);
  const char *text = guichet_message_get_text (self->message);
  const char *subject = mail ? guichet_message_get_subject (self->message) : "";
  /* A bot's name stands below. */
  const char *from =
      guichet_message_is_before (self->message) ? "" : guichet_message_get_from (self->message);
  g_autofree char *own = mail ? guichet_mail_own_words (text) : NULL;
  g_autofree char *missing = missing_of (self->message, mail);
  g_autofree char *head = *from != '\0'
                              ? g_strjoin (" · ", from, *subject != '\0' ? subject : NULL, NULL)
                              : g_strdup (subject);

  show_text (self, GUICHET_PART_SUBJECT, *head != '\0' ? head : NULL);
  show_text (self, GUICHET_PART_MISSING, missing);
  show_part (self, GUICHET_PART_FOLD, own != NULL);
  if (own != NULL)
    gtk_button_set_label (GTK_BUTTON (self->parts[GUICHET_PART_FOLD]),
                          self->unfolded ? _ ("Hide quoted text") : _ ("Show quoted text"));
  return own != NULL && !self->unfolded ? g_steal_pointer (&own) : g_strdup (text);
}

static void
show_files (GuichetMessageRow *self, GuichetMessage *message)
{
  if (self->parts[GUICHET_PART_FILES] != NULL ||
      (message != NULL && guichet_message_get_attachments (message) != NULL))
    guichet_message_files_show (GUICHET_MESSAGE_FILES (part (self, GUICHET_PART_FILES)),
                                self->session, message);
}

static void
refresh (GuichetMessageRow *self)
{
  g_autofree char *words = show_mail (self);
  g_autofree char *markup = guichet_chat_markup (words);
  GtkLabel *text = GTK_LABEL (self->parts[GUICHET_PART_TEXT]);

  guichet_message_part_set_words (text, words, markup);
  gtk_widget_set_visible (GTK_WIDGET (text), *markup != '\0');
  show_files (self, self->message);
  show_meta (self);
  show_problem (self);
  show_bot (self);
  show_side (self, guichet_message_get_author (self->message));
}

static void
on_fold (GuichetMessageRow *self)
{
  self->unfolded = !self->unfolded;
  refresh (self);
}

static GtkSizeRequestMode
guichet_message_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
guichet_message_row_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  guichet_message_parts_measure (GUICHET_MESSAGE_ROW (widget)->parts, orientation, for_size,
                                 minimum, natural);
}

static void
guichet_message_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GuichetMessageRow *self = GUICHET_MESSAGE_ROW (widget);

  guichet_message_parts_place (self->parts, self->side, width);
}

static void
guichet_message_row_dispose (GObject *object)
{
  GuichetMessageRow *self = GUICHET_MESSAGE_ROW (object);

  guichet_message_row_show (self, NULL, NULL, NULL);
  g_clear_object (&self->session);
  guichet_widget_drop_children (GTK_WIDGET (object));
  memset (self->parts, 0, sizeof self->parts);
  G_OBJECT_CLASS (guichet_message_row_parent_class)->dispose (object);
}

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
  widget_class->get_request_mode = guichet_message_row_get_request_mode;
  widget_class->measure = guichet_message_row_measure;
  widget_class->size_allocate = guichet_message_row_size_allocate;
}

static void
guichet_message_row_init (GuichetMessageRow *self)
{
  part (self, GUICHET_PART_BUBBLE);
  part (self, GUICHET_PART_TEXT);
  part (self, GUICHET_PART_META);
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
  gboolean first;
  g_autofree char *day = NULL;

  if (self->message != NULL)
    g_clear_signal_handler (&self->handler, self->message);
  if (g_set_object (&self->message, message))
    {
      self->unfolded = FALSE;
      /* Where both say the same, their words stay; what was marked of the other's does not. */
      gtk_label_select_region (GTK_LABEL (self->parts[GUICHET_PART_TEXT]), 0, 0);
    }
  g_set_object (&self->interaction, interaction);
  if (message == NULL)
    {
      show_files (self, NULL);
      return;
    }
  self->handler = g_signal_connect_swapped (message, "notify", G_CALLBACK (refresh), self);
  first = before == NULL || !guichet_chat_same_day (guichet_message_get_at (before),
                                                    guichet_message_get_at (message));
  if (first)
    day = guichet_chat_day (guichet_message_get_at (message), guichet_session_now (self->session));
  show_text (self, GUICHET_PART_DAY, day);
  refresh (self);
}

GuichetMessage *
guichet_message_row_get_message (GuichetMessageRow *self)
{
  return self->message;
}
