/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The widgets that a message is shown with, and where each stands. Owns nothing. Main thread only.
 */

#include "desktop/chat/message-parts.h"

#include "desktop/chat/chat-words.h"
#include "desktop/chat/message-files.h"
#include "desktop/widgets/divider.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <string.h>

/* A line of LONG characters is never narrower than LEAST_CHARS of the usual width. */
#define LONG        48
#define LEAST_CHARS 8

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

  guichet_label_wrap (GTK_LABEL (label));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
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
      return words_new (NULL);
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

static gboolean
has_long_line (const char *words)
{
  gsize bytes;

  for (const char *line = words; *line != '\0'; line += bytes + strspn (line + bytes, "\n"))
    {
      bytes = strcspn (line, "\n");
      if (g_utf8_strlen (line, (gssize) bytes) >= LONG)
        return TRUE;
    }
  return FALSE;
}

void
guichet_message_part_set_words (GtkLabel *text, const char *words, const char *markup)
{
  if (g_strcmp0 (gtk_label_get_label (text), markup) == 0)
    return;
  gtk_label_set_width_chars (text, has_long_line (words) ? LEAST_CHARS : -1);
  gtk_label_set_markup (text, markup);
}

gboolean
guichet_message_part_is_inside (GuichetMessagePart which)
{
  return which >= GUICHET_PART_PRIVATE && which <= GUICHET_PART_MISSING;
}

/* --- where they stand ------------------------------------------------------------------------- */

#define SPACING 2

static gboolean
is_shown (GtkWidget *part, guint which)
{
  return part != NULL && !guichet_message_part_is_inside (which) && gtk_widget_should_layout (part);
}

/* As wide as it likes on its side; the day and the divider are as wide as the row. */
static int
width_in (GtkWidget *part, guint which, int width)
{
  int least, wanted;

  if (which == GUICHET_PART_DAY || which == GUICHET_PART_DIVIDER)
    return width;
  gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return MAX (MIN (width, wanted), least);
}

static int
height_in (GtkWidget *part, int width)
{
  int height;

  gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

void
guichet_message_parts_measure (GtkWidget *const *parts,
                               GtkOrientation orientation,
                               int width,
                               int *minimum,
                               int *natural)
{
  int least, wanted, height = 0;

  *minimum = *natural = 0;
  for (guint i = 0; i < GUICHET_N_PARTS; i++)
    {
      if (!is_shown (parts[i], i))
        continue;
      gtk_widget_measure (parts[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  if (width < 0)
    width = *natural;
  for (guint i = 0; i < GUICHET_N_PARTS; i++)
    if (is_shown (parts[i], i))
      height += height_in (parts[i], width_in (parts[i], i, width)) + (height > 0 ? SPACING : 0);
  *minimum = *natural = height;
}

void
guichet_message_parts_place (GtkWidget *const *parts, GtkAlign side, int width)
{
  int y = 0;

  for (guint i = 0; i < GUICHET_N_PARTS; i++)
    {
      GtkAllocation at = { .y = y };

      if (!is_shown (parts[i], i))
        continue;
      at.width = width_in (parts[i], i, width);
      at.height = height_in (parts[i], at.width);
      if (side == GTK_ALIGN_CENTER)
        at.x = (width - at.width) / 2;
      else if ((side == GTK_ALIGN_END) != (gtk_widget_get_direction (parts[i]) == GTK_TEXT_DIR_RTL))
        at.x = width - at.width;
      gtk_widget_size_allocate (parts[i], &at, -1);
      y += at.height + SPACING;
    }
}
