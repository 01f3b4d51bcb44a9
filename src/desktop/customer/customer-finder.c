/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding a customer while typing: what is typed next overtakes the question before. Main thread
 * only.
 */

#include "desktop/customer/customer-finder.h"

#include "client/customers.h"
#include "desktop/customer/ways.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/choices.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define SEARCH_FROM 2

struct _GuichetCustomerFinder
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkWidget *search;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkLabel *status;
  GtkWidget *remember;

  GuichetSession *session;
  GListStore *found;
  GtkSingleSelection *selection;
  GCancellable *cancellable; /* NULL: nothing is asked */
  char *without;
  gboolean entered; /* before the answer to what was typed */
};

G_DEFINE_FINAL_TYPE (GuichetCustomerFinder, guichet_customer_finder, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
say (GuichetCustomerFinder *self, const char *text)
{
  gtk_label_set_text (self->status, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), text != NULL);
  gtk_widget_set_visible (self->scroller, text == NULL);
}

/* --- asking ----------------------------------------------------------------------------------- */

static void
choose (GuichetCustomerFinder *self, guint position)
{
  g_autoptr (GuichetCustomer) one =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (one != NULL)
    g_signal_emit (self, chosen_signal, 0, one);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetCustomerFinder) self = data;
  g_autoptr (GError) error = NULL;
  gboolean complete;
  g_autoptr (GPtrArray) found =
      guichet_session_search_finish (GUICHET_SESSION (source), result, &complete, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (found == NULL)
    {
      g_autofree char *text = guichet_words_of_error (error);

      g_list_store_remove_all (self->found);
      say (self, text);
      return;
    }
  for (guint i = found->len; i > 0; i--)
    if (g_str_equal (guichet_customer_get_id (found->pdata[i - 1]), self->without))
      g_ptr_array_remove_index (found, i - 1);
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)),
                       found->pdata, found->len);
  gtk_single_selection_set_selected (self->selection, 0);
  if (found->len > 0)
    say (self, NULL);
  else
    say (self, complete ? _ ("Nothing found")
                        : _ ("Nothing found so far. Type more letters or another word."));
  if (self->entered && complete)
    choose (self, 0);
}

static void
on_typed (GuichetCustomerFinder *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  self->entered = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (g_utf8_strlen (text, -1) < SEARCH_FROM)
    {
      g_list_store_remove_all (self->found);
      say (self, _ ("Type at least two letters of a name, number or address."));
      return;
    }
  self->cancellable = g_cancellable_new ();
  guichet_session_find_customers_async (self->session, text, self->cancellable, on_found,
                                        g_object_ref (self));
}

static void
on_enter (GuichetCustomerFinder *self)
{
  /* What was typed last is what is meant. */
  self->entered = self->cancellable != NULL;
  if (!self->entered)
    choose (self, gtk_single_selection_get_selected (self->selection));
}

static void
on_done (GuichetCustomerFinder *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
line_new (GtkWidget *row, const char *key)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (row), label);
  g_object_set_data (G_OBJECT (row), key, label);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *ways;

  guichet_label_keep_name (GTK_LABEL (line_new (row, "name")));
  ways = line_new (row, "ways");
  guichet_label_tip_when_cut (GTK_LABEL (ways));
  gtk_widget_add_css_class (ways, "caption");
  gtk_widget_add_css_class (ways, "dim");
  gtk_widget_set_margin_start (row, 6);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GuichetCustomer *customer = gtk_list_item_get_item (item);
  g_auto (GStrv) ways = guichet_customer_dup_ways (customer);
  g_autofree char *line = guichet_ways_line (NULL, (const char *const *) ways);
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "ways");

  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "name"),
                      guichet_customer_get_name (customer));
  gtk_label_set_text (label, line);
  gtk_widget_set_visible (GTK_WIDGET (label), *line != '\0');
}

static void
guichet_customer_finder_dispose (GObject *object)
{
  GuichetCustomerFinder *self = GUICHET_CUSTOMER_FINDER (object);

  g_cancellable_cancel (self->cancellable);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cancellable);
  g_clear_object (&self->selection);
  g_clear_object (&self->found);
  g_clear_object (&self->session);
  g_clear_pointer (&self->without, g_free);
  G_OBJECT_CLASS (guichet_customer_finder_parent_class)->dispose (object);
}

static void
guichet_customer_finder_class_init (GuichetCustomerFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_customer_finder_dispose;
  guichet_form_install (GTK_WIDGET_CLASS (klass));
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_CUSTOMER);
}

static void
build_list (GuichetCustomerFinder *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->found = g_list_store_new (GUICHET_TYPE_CUSTOMER);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->found)));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  self->scroller =
      guichet_choices_new (self->selection, factory, 320, G_CALLBACK (choose), self, &self->view);
  guichet_accessible_name (self->view, _ ("Customers found"));
}

static void
guichet_customer_finder_init (GuichetCustomerFinder *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *close = gtk_button_new_with_label (_ ("Cancel"));

  self->title = guichet_label_wrapped (NULL, "heading");
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Name, number or address"), NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Find a customer"));
  self->status = guichet_label_wrapped (NULL, "dim");
  self->remember = gtk_check_button_new ();
  build_list (self);
  gtk_widget_set_halign (close, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->remember);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), close);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  guichet_choices_lead (self->search, self->view);
  /* Not "search-changed", which comes after an Enter that was typed right behind the letters. */
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (guichet_form_leave), self);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (guichet_form_leave), self);
  g_signal_connect (self, "done", G_CALLBACK (on_done), NULL);
}

GtkWidget *
guichet_customer_finder_new (GuichetSession *session)
{
  GuichetCustomerFinder *self = g_object_new (GUICHET_TYPE_CUSTOMER_FINDER, NULL);

  self->session = g_object_ref (session);
  self->without = g_strdup ("");
  return GTK_WIDGET (self);
}

void
guichet_customer_finder_start (GuichetCustomerFinder *self,
                               const char *title,
                               const char *without,
                               const char *remember)
{
  g_free (self->without);
  self->without = g_strdup (without);
  gtk_label_set_text (self->title, title);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (self->remember), remember);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->remember), remember != NULL);
  gtk_widget_set_visible (self->remember, remember != NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  on_typed (self);
  gtk_widget_grab_focus (self->search);
}

gboolean
guichet_customer_finder_get_remember (GuichetCustomerFinder *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->remember));
}
