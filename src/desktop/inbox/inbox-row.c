/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One conversation of a view. Keeps nothing. Main thread only.
 */

#include "desktop/inbox/inbox-row.h"

#include "desktop/inbox/inbox-status.h"
#include "desktop/inbox/inbox-tags.h"
#include "desktop/text/format.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/recent-list.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

typedef struct
{
  GuichetSession *session;
  GuichetInboxFunc assign, tagged;
  GuichetInboxDone done;
  gpointer data;
} Rows;

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
on_assign (GtkListItem *item, GtkWidget *button)
{
  Rows *rows = g_object_get_data (G_OBJECT (button), "rows");

  if (gtk_list_item_get_item (item) != NULL)
    rows->assign (gtk_list_item_get_item (item), rows->data);
}

static GtkWidget *
side_new (GtkWidget *row, GtkListItem *item, Rows *rows)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *assign = gtk_button_new_with_label (_ ("Assign to me"));
  GtkWidget *at = gtk_label_new (NULL);
  GtkWidget *age = guichet_timer_label_new ();
  GtkWidget *status = guichet_inbox_status_new (rows->session, rows->done, rows->data);

  gtk_widget_add_css_class (at, "numeric");
  gtk_widget_add_css_class (at, "dim");
  gtk_widget_set_halign (at, GTK_ALIGN_END);
  gtk_widget_set_halign (age, GTK_ALIGN_END);
  gtk_widget_set_valign (side, GTK_ALIGN_CENTER);
  guichet_timer_label_set_kind (GUICHET_TIMER_LABEL (age), GUICHET_TIMER_WAITING);
  guichet_timer_label_set_caption (GUICHET_TIMER_LABEL (age), _ ("Waiting for"));
  g_object_set_data (G_OBJECT (assign), "rows", rows);
  g_signal_connect_object (assign, "clicked", G_CALLBACK (on_assign), item, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (side), at);
  gtk_box_append (GTK_BOX (side), age);
  gtk_box_append (GTK_BOX (side), assign);
  gtk_box_append (GTK_BOX (side), status);
  g_object_set_data (G_OBJECT (row), "status", status);
  g_object_set_data (G_OBJECT (row), "at", at);
  g_object_set_data (G_OBJECT (row), "age", age);
  g_object_set_data (G_OBJECT (row), "assign", assign);
  return side;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *tags = guichet_inbox_tags_new (rows->session, rows->tagged, rows->data);

  g_object_set_data (G_OBJECT (row), "who", label_new (texts, "heading"));
  g_object_set_data (G_OBJECT (row), "last", label_new (texts, "body"));
  g_object_set_data (G_OBJECT (row), "facts", label_new (texts, "caption"));
  guichet_label_keep_name (g_object_get_data (G_OBJECT (row), "who"));
  guichet_label_tip_when_cut (g_object_get_data (G_OBJECT (row), "facts"));
  gtk_widget_add_css_class (g_object_get_data (G_OBJECT (row), "facts"), "dim");
  gtk_box_append (GTK_BOX (texts), tags);
  g_object_set_data (G_OBJECT (row), "tags", tags);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), side_new (row, item, rows));
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_list_item_set_child (item, row);
}

/* Channel and queue, and of what has ended how it did and by whom. */
static char *
facts_of (GuichetRecent *recent, gboolean ended)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (parts, g_strdup (guichet_words_channel (guichet_recent_get_channel (recent))));
  if (*guichet_recent_get_queue_name (recent) != '\0')
    g_ptr_array_add (parts, g_strdup (guichet_recent_get_queue_name (recent)));
  if (ended)
    g_ptr_array_add (parts, guichet_recent_outcome (recent));
  if (!g_str_equal (guichet_recent_get_kind (recent), "mine") &&
      guichet_words_status (guichet_recent_get_status (recent)) != NULL)
    g_ptr_array_add (parts, g_strdup (guichet_words_status (guichet_recent_get_status (recent))));
  if (!g_str_equal (guichet_recent_get_kind (recent), "mine") &&
      *guichet_recent_get_agents (recent) != '\0')
    g_ptr_array_add (parts, g_strdup (guichet_recent_get_agents (recent)));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* Whose line it is: the customer's stands as it is. */
static char *
line_of (GuichetRecent *recent)
{
  const char *author = guichet_recent_get_last_author (recent);
  g_autofree char *text = g_strdelimit (g_strdup (guichet_recent_get_last (recent)), "\n\t", ' ');

  if (*text != '\0' && g_str_equal (author, "bot"))
    /* Translators: the last line of a conversation that a bot of the centre's site wrote */
    return g_strdup_printf (_ ("Bot: %s"), text);
  if (*text == '\0' || !g_str_equal (author, "agent"))
    return g_steal_pointer (&text);
  /* Translators: the last line of a conversation that an agent wrote */
  return g_strdup_printf (_ ("Agent: %s"), text);
}

static void
show_assign (GtkWidget *button, GuichetRecent *recent)
{
  const char *problem = guichet_recent_get_problem (recent);
  g_autofree char *why = *problem != '\0'
                             ? guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, problem)
                             : NULL;

  guichet_accessible_grey (button, why, NULL);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GuichetRecent *recent = gtk_list_item_get_item (item);
  const char *kind = guichet_recent_get_kind (recent);
  gboolean waits = g_str_equal (kind, "waiting");
  gboolean ended = !waits && !g_str_equal (kind, "mine") && !g_str_equal (kind, "escalated");
  gint64 since = guichet_recent_get_since (recent);
  g_autofree char *who = guichet_who_recent (recent);
  g_autofree char *facts = facts_of (recent, ended);
  g_autofree char *last = line_of (recent);
  g_autofree char *at = guichet_format_instant (since, guichet_clock_now ());
  GtkWidget *line = g_object_get_data (G_OBJECT (row), "last");
  GtkWidget *when = g_object_get_data (G_OBJECT (row), "at");
  GtkWidget *age = g_object_get_data (G_OBJECT (row), "age");
  GtkWidget *assign = g_object_get_data (G_OBJECT (row), "assign");

  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "who"), who);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "facts"), facts);
  gtk_label_set_text (GTK_LABEL (line), last);
  gtk_widget_set_visible (line, *last != '\0');
  gtk_label_set_text (GTK_LABEL (when), at);
  gtk_widget_set_visible (when, !waits);
  gtk_widget_set_visible (age, waits);
  guichet_timer_label_set_instant (GUICHET_TIMER_LABEL (age), GUICHET_TIMER_UP, waits ? since : 0);
  gtk_widget_set_visible (assign, waits);
  if (waits)
    show_assign (assign, recent);
  guichet_inbox_status_show (g_object_get_data (G_OBJECT (row), "status"), recent);
  guichet_inbox_tags_show (g_object_get_data (G_OBJECT (row), "tags"), recent);
}

GtkListItemFactory *
guichet_inbox_rows_factory (GuichetSession *session,
                            GuichetInboxFunc assign,
                            GuichetInboxFunc tagged,
                            GuichetInboxDone done,
                            gpointer data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Rows *rows = g_new0 (Rows, 1);

  *rows = (Rows){ session, assign, tagged, done, data };
  g_object_set_data_full (G_OBJECT (factory), "rows", rows, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), rows);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), rows);
  return factory;
}

/* --- changing --------------------------------------------------------------------------------- */

gboolean
guichet_inbox_rows_same (gconstpointer first, gconstpointer second)
{
  GuichetRecent *a = (gpointer) first, *b = (gpointer) second;

  return g_str_equal (guichet_recent_get_interaction (a), guichet_recent_get_interaction (b)) &&
         g_str_equal (guichet_recent_get_kind (a), guichet_recent_get_kind (b)) &&
         g_str_equal (guichet_recent_get_last (a), guichet_recent_get_last (b)) &&
         g_str_equal (guichet_recent_get_problem (a), guichet_recent_get_problem (b)) &&
         g_str_equal (guichet_recent_get_status (a), guichet_recent_get_status (b)) &&
         g_str_equal (guichet_recent_get_customer_name (a), guichet_recent_get_customer_name (b)) &&
         guichet_recent_get_since (a) == guichet_recent_get_since (b) &&
         guichet_recent_get_taggable (a) == guichet_recent_get_taggable (b) &&
         guichet_recent_get_tags_revision (a) == guichet_recent_get_tags_revision (b);
}
