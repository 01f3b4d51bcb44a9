/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a search found, as rows; and how one answer takes the place of another with as little moved
 * as can be. Keeps nothing. Main thread only.
 */

#include "desktop/past/search-row.h"

#include "client/canned-reply.h"
#include "client/customer.h"
#include "client/recent.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/recent-list.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

GuichetSearchKind
guichet_search_kind (gpointer item)
{
  const char *kind;

  if (GUICHET_IS_CUSTOMER (item))
    return GUICHET_SEARCH_CUSTOMER;
  if (GUICHET_IS_CANNED_REPLY (item))
    return GUICHET_SEARCH_REPLY;
  kind = guichet_recent_get_kind (item);
  return g_str_equal (kind, "message") ? GUICHET_SEARCH_MESSAGE
         : g_str_equal (kind, "note")  ? GUICHET_SEARCH_NOTE
                                       : GUICHET_SEARCH_CONTACT;
}

static const char *
words_of_kind (GuichetSearchKind kind)
{
  switch (kind)
    {
    case GUICHET_SEARCH_CUSTOMER:
      return _ ("Customers");
    case GUICHET_SEARCH_MESSAGE:
      return _ ("Messages");
    case GUICHET_SEARCH_NOTE:
      return _ ("Notes");
    case GUICHET_SEARCH_REPLY:
      return _ ("Canned replies");
    case GUICHET_SEARCH_CONTACT:
      return _ ("Recent contacts");
    }
  g_return_val_if_reached ("");
}

static gboolean
is_first_of_kind (GListModel *results, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (results, position);
  g_autoptr (GObject) before = position > 0 ? g_list_model_get_item (results, position - 1) : NULL;

  return before == NULL || guichet_search_kind (before) != guichet_search_kind (item);
}

static GtkWidget *
label_new (GtkWidget *row, const char *name, const char *class_name)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);
  gtk_box_append (GTK_BOX (row), label);
  g_object_set_data (G_OBJECT (row), name, label);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *text;

  label_new (row, "kind", "heading");
  guichet_label_keep_name (GTK_LABEL (label_new (row, "title", NULL)));
  text = label_new (row, "text", "caption");
  guichet_label_wrap (GTK_LABEL (text));
  guichet_label_set_lines (GTK_LABEL (text), 2);
  gtk_widget_add_css_class (text, "dim");
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_list_item_set_child (item, row);
}

static char *
title_of_reply (GuichetCannedReply *reply)
{
  const char *shortcut = guichet_canned_reply_get_shortcut (reply);

  return *shortcut != '\0'
             ? g_strdup_printf ("%s · /%s", guichet_canned_reply_get_name (reply), shortcut)
             : g_strdup (guichet_canned_reply_get_name (reply));
}

static char *
title_of (gpointer item)
{
  g_autofree char *who = NULL;
  g_autofree char *at = NULL;

  if (GUICHET_IS_CUSTOMER (item))
    return g_strdup (guichet_customer_get_name (item));
  if (GUICHET_IS_CANNED_REPLY (item))
    return title_of_reply (item);
  who = guichet_who_recent (item);
  at = guichet_format_instant (guichet_recent_get_at (item), guichet_clock_now ());
  if (guichet_search_kind (item) == GUICHET_SEARCH_CONTACT)
    return g_strjoin (" · ", who, at, NULL);
  return g_strjoin (" · ", who, guichet_words_channel (guichet_recent_get_channel (item)), at,
                    NULL);
}

static void
show_kind (GListModel *results, GtkLabel *label, guint position, gpointer item)
{
  gtk_label_set_text (label, words_of_kind (guichet_search_kind (item)));
  gtk_widget_set_visible (GTK_WIDGET (label), is_first_of_kind (results, position));
}

static char *
text_of (gpointer item)
{
  switch (guichet_search_kind (item))
    {
    case GUICHET_SEARCH_CUSTOMER:
      return g_strjoinv (", ", (char **) guichet_customer_get_numbers (item));
    case GUICHET_SEARCH_REPLY:
      return g_strdup (guichet_canned_reply_text (item, NULL, g_get_language_names ()[0]));
    case GUICHET_SEARCH_CONTACT:
      return guichet_recent_outcome (item);
    case GUICHET_SEARCH_MESSAGE:
    case GUICHET_SEARCH_NOTE:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, GListModel *results)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  gpointer item = gtk_list_item_get_item (list_item);
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "text");
  g_autofree char *title = title_of (item);
  g_autofree char *text = text_of (item);

  show_kind (results, g_object_get_data (G_OBJECT (row), "kind"),
             gtk_list_item_get_position (list_item), item);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "title"), title);
  if (text != NULL)
    gtk_label_set_text (label, g_strdelimit (text, "\n\t", ' '));
  else
    gtk_label_set_markup (label, guichet_recent_get_excerpt (item));
  gtk_widget_set_visible (GTK_WIDGET (label), text == NULL || *text != '\0');
}

GtkListItemFactory *
guichet_search_rows_factory (GListModel *results)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), results, 0);
  return factory;
}

/* --- changing --------------------------------------------------------------------------------- */

static gboolean
is_same (gpointer a, gpointer b)
{
  GuichetSearchKind kind = guichet_search_kind (a);

  if (a == b || kind != guichet_search_kind (b))
    return a == b;
  if (kind == GUICHET_SEARCH_CUSTOMER)
    return g_str_equal (guichet_customer_get_id (a), guichet_customer_get_id (b)) &&
           g_str_equal (guichet_customer_get_name (a), guichet_customer_get_name (b)) &&
           g_strv_equal (guichet_customer_get_numbers (a), guichet_customer_get_numbers (b));
  return kind != GUICHET_SEARCH_REPLY &&
         g_str_equal (guichet_recent_get_interaction (a), guichet_recent_get_interaction (b)) &&
         g_str_equal (guichet_recent_get_conversation (a), guichet_recent_get_conversation (b)) &&
         guichet_recent_get_number (a) == guichet_recent_get_number (b) &&
         g_str_equal (guichet_recent_get_excerpt (a), guichet_recent_get_excerpt (b)) &&
         (kind != GUICHET_SEARCH_CONTACT || guichet_recent_get_at (a) == guichet_recent_get_at (b));
}

/* How many rows are the same at the start of both, or at the end: the same contact under, or not
 * under, the name of its kind. */
static guint
count_same (GListModel *shown, GPtrArray *wanted, guint skip, gboolean from_end)
{
  guint n = g_list_model_get_n_items (shown), same = 0;

  while (same + skip < MIN (n, wanted->len))
    {
      guint at = from_end ? n - 1 - same : same, to = from_end ? wanted->len - 1 - same : same;
      g_autoptr (GObject) item = g_list_model_get_item (shown, at);
      gboolean leads = to == 0 || guichet_search_kind (wanted->pdata[to - 1]) !=
                                      guichet_search_kind (wanted->pdata[to]);

      if (!is_same (item, wanted->pdata[to]) || leads != is_first_of_kind (shown, at))
        break;
      same++;
    }
  return same;
}

gboolean
guichet_search_rows_same (GListStore *results, GPtrArray *wanted)
{
  return g_list_model_get_n_items (G_LIST_MODEL (results)) == wanted->len &&
         count_same (G_LIST_MODEL (results), wanted, 0, FALSE) == wanted->len;
}

void
guichet_search_rows_splice (GListStore *results, GPtrArray *wanted)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (results));
  guint start = count_same (G_LIST_MODEL (results), wanted, 0, FALSE);
  guint end = count_same (G_LIST_MODEL (results), wanted, start, TRUE);

  if (start + end < MAX (n, wanted->len))
    g_list_store_splice (results, start, n - start - end, wanted->pdata + start,
                         wanted->len - start - end);
}
