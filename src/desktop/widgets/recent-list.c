/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of handled, missed, declined and withdrawn contacts. Main thread only.
 */

#include "desktop/widgets/recent-list.h"

#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/recent-details.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

static const char *
icon_of (const char *kind)
{
  if (g_str_equal (kind, "handled"))
    return "call-incoming-symbolic";
  if (g_str_equal (kind, "missed") || g_str_equal (kind, "abandoned"))
    return "call-missed-symbolic";
  return "call-stop-symbolic";
}

char *
guichet_recent_outcome (GuichetRecent *recent)
{
  const char *kind = guichet_recent_get_kind (recent);
  const char *reason = guichet_recent_get_reason (recent);
  GuichetWordsSource source =
      g_str_equal (kind, "not_reached") ? GUICHET_WORDS_NOT_REACHED : GUICHET_WORDS_CENTRE;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (parts, g_strdup (guichet_words_recent (kind)));
  if (guichet_recent_get_talk (recent) > 0)
    g_ptr_array_add (parts, guichet_format_duration (guichet_recent_get_talk (recent)));
  if (*guichet_recent_get_disposition_name (recent) != '\0')
    g_ptr_array_add (parts, g_strdup (guichet_recent_get_disposition_name (recent)));
  else if (*reason != '\0' && g_strcmp0 (guichet_words_find (source, GUICHET_WORDS_SHORT, reason),
                                         guichet_words_recent (kind)) != 0)
    g_ptr_array_add (parts, guichet_words (source, GUICHET_WORDS_SHORT, reason));
  if (guichet_words_sentiment (guichet_recent_get_sentiment (recent)) != NULL)
    g_ptr_array_add (parts,
                     g_strdup (guichet_words_sentiment (guichet_recent_get_sentiment (recent))));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static GtkWidget *
label_new (GtkWidget *box, const char *class_name)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class_name);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_start (row, 10);
  gtk_widget_set_margin_end (row, 10);
  gtk_widget_set_margin_bottom (row, 6);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "who", label_new (texts, "heading"));
  guichet_label_keep_name (g_object_get_data (G_OBJECT (row), "who"));
  g_object_set_data (G_OBJECT (row), "outcome", label_new (texts, "caption"));
  g_object_set_data (G_OBJECT (row), "queue", label_new (texts, "caption"));
  g_object_set_data (G_OBJECT (row), "at", label_new (row, "numeric"));
  gtk_widget_add_css_class (g_object_get_data (G_OBJECT (row), "queue"), "dim");
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GuichetRecent *recent = gtk_list_item_get_item (item);
  const char *kind = guichet_recent_get_kind (recent);
  const char *channel = guichet_recent_get_channel (recent);
  gboolean voice = *channel == '\0' || g_str_equal (channel, "voice");
  g_autofree char *who = guichet_who_recent (recent);
  g_autofree char *outcome = guichet_recent_outcome (recent);
  g_autofree char *at =
      guichet_format_instant (guichet_recent_get_at (recent), guichet_clock_now ());
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");

  /* What became of it stands beside it in words. */
  gtk_image_set_from_icon_name (GTK_IMAGE (icon),
                                voice ? icon_of (kind) : guichet_words_channel_icon (channel));
  guichet_accessible_name (icon,
                           voice ? guichet_words_recent (kind) : guichet_words_channel (channel));
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "who"), who);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "outcome"), outcome);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "queue"),
                      guichet_recent_get_queue_name (recent));
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "at"), at);
}

static void
on_activate (GtkListView *view, guint position, gpointer unused)
{
  g_autoptr (GuichetRecent) recent =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  if (recent != NULL)
    guichet_recent_details_show (GTK_WIDGET (view), recent);
}

GtkWidget *
guichet_recent_list_new (GListModel *recent, const char *name)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (recent != NULL ? g_object_ref (recent) : NULL);
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  g_signal_connect (view, "activate", G_CALLBACK (on_activate), NULL);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  guichet_accessible_name (view, name);
  return view;
}
