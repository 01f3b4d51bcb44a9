/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The widgets that a message is shown with. Owns nothing. Main thread only.
 */

#include "desktop/chat/message-parts.h"

#include "desktop/chat/chat-words.h"
#include "desktop/chat/message-files.h"
#include "desktop/widgets/divider.h"

#include <glib/gi18n.h>

static GtkWidget *
label_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* Of what was written. */
static GtkWidget *
words_new (const char *class)
{
  GtkWidget *label = label_new (NULL, class);

  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
text_new (void)
{
  GtkWidget *text = words_new (NULL);

  /* As wide as its longest line, if there is room. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (text), GTK_NATURAL_WRAP_NONE);
  return text;
}

GtkImage *
guichet_message_icon_new (const char *name)
{
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), name);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  return GTK_IMAGE (icon);
}

static GtkWidget *
bubble_new (void)
{
  GtkWidget *bubble = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                    "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, NULL);

  gtk_widget_add_css_class (bubble, "bubble");
  return bubble;
}

static GtkWidget *
day_new (void)
{
  GtkWidget *day = gtk_label_new (NULL);

  gtk_widget_set_margin_top (day, 8);
  gtk_widget_set_margin_bottom (day, 8);
  gtk_widget_add_css_class (day, "caption");
  gtk_widget_add_css_class (day, "dim");
  return day;
}

static GtkWidget *
private_new (void)
{
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (mark),
                  GTK_WIDGET (guichet_message_icon_new ("changes-prevent-symbolic")));
  gtk_box_append (GTK_BOX (mark), label_new (_ ("Note for colleagues"), "caption-heading"));
  return mark;
}

static GtkWidget *
fold_new (void)
{
  GtkWidget *fold = gtk_button_new ();

  gtk_widget_set_halign (fold, GTK_ALIGN_START);
  gtk_widget_add_css_class (fold, "flat");
  return fold;
}

static GtkWidget *
meta_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *meta = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (meta), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (meta, "caption");
  gtk_widget_add_css_class (meta, "dim");
  gtk_box_append (GTK_BOX (box), meta);
  return box;
}

static GtkWidget *
actions_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label (_ ("Try again")));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label (_ ("Edit")));
  return box;
}

static GtkWidget *
problem_new (void)
{
  GtkWidget *problem = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_widget_add_css_class (problem, "caption");
  gtk_widget_add_css_class (problem, "error");
  return problem;
}

GtkWidget *
guichet_message_part_new (GuichetMessagePart which)
{
  switch (which)
    {
    case GUICHET_PART_DAY:
      return day_new ();
    case GUICHET_PART_BUBBLE:
      return bubble_new ();
    case GUICHET_PART_PRIVATE:
      return private_new ();
    case GUICHET_PART_SUBJECT:
      return words_new ("heading");
    case GUICHET_PART_TEXT:
      return text_new ();
    case GUICHET_PART_FILES:
      return g_object_new (GUICHET_TYPE_MESSAGE_FILES, NULL);
    case GUICHET_PART_FOLD:
      return fold_new ();
    case GUICHET_PART_MISSING:
      return label_new (NULL, "caption");
    case GUICHET_PART_META:
      return meta_new ();
    case GUICHET_PART_PROBLEM:
      return problem_new ();
    case GUICHET_PART_ACTIONS:
      return actions_new ();
    case GUICHET_PART_DIVIDER:
      return guichet_divider_new (guichet_chat_hand_over ());
    case GUICHET_N_PARTS:
      break;
    }
  g_return_val_if_reached (NULL);
}

gboolean
guichet_message_part_is_inside (GuichetMessagePart which)
{
  return which >= GUICHET_PART_PRIVATE && which <= GUICHET_PART_MISSING;
}
