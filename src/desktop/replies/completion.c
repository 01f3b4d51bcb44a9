/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The popup of /shortcuts. It is made when the first slash is typed; a stroke outside such a word
 * costs a look at the word before the cursor. Main thread only.
 */

#include "desktop/replies/completion.h"

#include "client/canned-change.h"
#include "desktop/replies/reply-fill.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define SHOWN    6
#define WORD_MAX 40 /* characters; a longer word is no shortcut */
#define WIDTH    380

struct _GuichetCompletion
{
  GObject parent_instance;

  GtkTextView *view; /* NULL once stopped; it owns the popover */
  GuichetSession *session;
  GuichetInteraction *interaction;
  GtkWidget *popover; /* NULL until it is needed */
  GtkListBox *list;
  GPtrArray *found; /* GuichetCannedReply, as in the list */
  int dismissed;    /* offset of the slash that Escape was for, or -1 */
};

G_DEFINE_FINAL_TYPE (GuichetCompletion, guichet_completion, G_TYPE_OBJECT)

static guint chosen_signal;

/* --- the word --------------------------------------------------------------------------------- */

/* TRUE if the cursor ends a word that begins with a slash: from *start to *end. */
static gboolean
word_at_cursor (GuichetCompletion *self, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);

  gtk_text_buffer_get_iter_at_mark (buffer, end, gtk_text_buffer_get_insert (buffer));
  if (!gtk_text_iter_is_end (end) && !g_unichar_isspace (gtk_text_iter_get_char (end)))
    return FALSE;
  *start = *end;
  for (guint i = 0; i < WORD_MAX && gtk_text_iter_backward_char (start); i++)
    {
      gunichar c = gtk_text_iter_get_char (start);
      GtkTextIter before = *start;

      if (g_unichar_isspace (c))
        return FALSE;
      if (c == '/')
        return !gtk_text_iter_backward_char (&before) ||
               g_unichar_isspace (gtk_text_iter_get_char (&before));
    }
  return FALSE;
}

/* --- the popup -------------------------------------------------------------------------------- */

static gboolean
is_open (GuichetCompletion *self)
{
  return self->popover != NULL && gtk_widget_get_visible (self->popover);
}

static void
take (GuichetCompletion *self, guint position)
{
  g_autoptr (GuichetCannedReply) reply = NULL;
  GtkTextIter start, end;

  if (position >= self->found->len || !word_at_cursor (self, &start, &end))
    return;
  reply = g_object_ref (self->found->pdata[position]);
  guichet_completion_hide (self);
  gtk_text_buffer_delete (gtk_text_view_get_buffer (self->view), &start, &end);
  g_signal_emit (self, chosen_signal, 0, reply);
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, GuichetCompletion *self)
{
  take (self, (guint) gtk_list_box_row_get_index (row));
}

static void
ensure_popover (GuichetCompletion *self)
{
  if (self->popover != NULL)
    return;
  self->popover = gtk_popover_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "choices");
  guichet_accessible_name (GTK_WIDGET (self->list), _ ("Replies that fit"));
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_offset (GTK_POPOVER (self->popover), 0, -6);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_TOP);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_activated), self, 0);
}

static GtkWidget *
label_of (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
row_of (GuichetCompletion *self, GuichetCannedReply *reply)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *shortcut = guichet_canned_reply_get_shortcut (reply);
  g_autofree char *slashed = *shortcut != '\0' ? g_strconcat ("/", shortcut, NULL) : NULL;
  g_autofree char *name = NULL;

  if (slashed != NULL)
    gtk_box_append (GTK_BOX (top), label_of (slashed, "heading"));
  gtk_box_append (GTK_BOX (top), label_of (guichet_canned_reply_get_name (reply), NULL));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), label_of (guichet_reply_text (reply, self->interaction), "dim"));
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  name = g_strjoin (" · ", guichet_canned_reply_get_name (reply), slashed, NULL);
  guichet_accessible_name (row, name);
  return row;
}

/* What a screen reader follows while the focus stays in the text. */
static void
say_selected (GuichetCompletion *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view),
                                    GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
}

static void
fill (GuichetCompletion *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->found->len; i++)
    gtk_list_box_append (self->list, row_of (self, self->found->pdata[i]));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
open_at (GuichetCompletion *self, const GtkTextIter *start)
{
  guichet_popover_up_at (GTK_POPOVER (self->popover), self->view, start);
  say_selected (self);
}

void
guichet_completion_hide (GuichetCompletion *self)
{
  if (!is_open (self))
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->view),
                                 GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

void
guichet_completion_look (GuichetCompletion *self)
{
  GtkTextIter start, end;
  g_autofree char *word = NULL;

  if (self->interaction == NULL || !word_at_cursor (self, &start, &end))
    {
      self->dismissed = -1;
      guichet_completion_hide (self);
      return;
    }
  if (gtk_text_iter_get_offset (&start) == self->dismissed)
    return;
  self->dismissed = -1;
  word = gtk_text_iter_get_text (&start, &end);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = guichet_session_search_replies (self->session, word + 1, NULL, SHOWN);
  if (self->found->len == 0)
    {
      guichet_completion_hide (self);
      return;
    }
  ensure_popover (self);
  fill (self);
  open_at (self, &start);
}

static void
step (GuichetCompletion *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int n = (int) self->found->len;
  int at = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  gtk_list_box_select_row (self->list,
                           gtk_list_box_get_row_at_index (self->list, (at + by + n) % n));
  say_selected (self);
}

gboolean
guichet_completion_key (GuichetCompletion *self, guint key, GdkModifierType modifiers)
{
  const GdkModifierType others = GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;
  GtkListBoxRow *row;
  GtkTextIter start, end;

  if (!is_open (self) || (modifiers & others) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step (self, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step (self, 1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      row = gtk_list_box_get_selected_row (self->list);
      take (self, row != NULL ? (guint) gtk_list_box_row_get_index (row) : 0);
      return TRUE;
    case GDK_KEY_Escape:
      if (word_at_cursor (self, &start, &end))
        self->dismissed = gtk_text_iter_get_offset (&start);
      guichet_completion_hide (self);
      return TRUE;
    default:
      return FALSE;
    }
}

void
guichet_completion_set_interaction (GuichetCompletion *self, GuichetInteraction *interaction)
{
  g_set_object (&self->interaction, interaction);
  self->dismissed = -1;
  guichet_completion_hide (self);
}

/* --- class ------------------------------------------------------------------------------------ */

void
guichet_completion_stop (GuichetCompletion *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->view = NULL;
}

static void
guichet_completion_finalize (GObject *object)
{
  GuichetCompletion *self = GUICHET_COMPLETION (object);

  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  g_ptr_array_unref (self->found);
  G_OBJECT_CLASS (guichet_completion_parent_class)->finalize (object);
}

static void
guichet_completion_class_init (GuichetCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_completion_finalize;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_CANNED_REPLY);
}

static void
guichet_completion_init (GuichetCompletion *self)
{
  self->dismissed = -1;
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
}

GuichetCompletion *
guichet_completion_new (GtkTextView *view, GuichetSession *session)
{
  GuichetCompletion *self = g_object_new (GUICHET_TYPE_COMPLETION, NULL);

  self->view = view;
  self->session = g_object_ref (session);
  return self;
}
