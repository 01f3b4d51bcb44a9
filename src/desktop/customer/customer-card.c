/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A customer as the centre has it. What is to be done with it is told to the view around it, but
 * for separating, which is done here. Main thread only.
 */

#include "desktop/customer/customer-card.h"

#include "client/customers.h"
#include "desktop/customer/ways.h"
#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetCustomerCard
{
  GtkWidget parent_instance;

  GtkLabel *name;
  GtkWidget *edit;
  GtkListBox *ways;
  GtkListBox *merged;

  GuichetSession *session;
  GuichetCustomer *customer;
  char *listed; /* those merged with it, as they are listed; NULL: they are to be listed anew */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (GuichetCustomerCard, guichet_customer_card, GTK_TYPE_WIDGET)

enum
{
  WANTS,
  SEPARATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- those merged with it --------------------------------------------------------------------- */

static void
on_separated (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetCustomerCard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCustomer) current = NULL;
  g_autoptr (GuichetCustomer) customer =
      guichet_session_customer_finish (GUICHET_SESSION (source), result, &current, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (customer != NULL)
    {
      guichet_toast (GTK_WIDGET (self), _ ("They are two customers again."));
      g_signal_emit (self, signals[SEPARATED], 0, customer);
      return;
    }
  g_clear_pointer (&self->listed, g_free);
  text = guichet_words_of_error (error);
  guichet_toast (GTK_WIDGET (self),
                 current != NULL ? _ ("The customer was changed meanwhile. Try again.") : text);
  g_signal_emit (self, signals[SEPARATED], 0, current != NULL ? current : self->customer);
}

static void
on_separate (GuichetCustomerCard *self, GtkWidget *button)
{
  gtk_widget_set_sensitive (button, FALSE);
  guichet_session_separate_customers_async (self->session, self->customer,
                                            g_object_get_data (G_OBJECT (button), "customer"),
                                            self->cancellable, on_separated, g_object_ref (self));
}

static void
add_merged (GuichetCustomerCard *self, GuichetMerged *merged)
{
  gint64 now = guichet_clock_now ();
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *button = gtk_button_new_with_label (_ ("Separate"));
  g_autofree char *until = guichet_format_instant (guichet_merged_get_until (merged), now);
  g_autofree char *text = g_strdup_printf (_ ("Merged with %s. Can be undone until %s."),
                                           guichet_merged_get_name (merged), until);
  g_autofree char *name = g_strdup_printf (_ ("Separate %s"), guichet_merged_get_name (merged));
  GtkWidget *label = gtk_label_new (text);

  guichet_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  guichet_accessible_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "customer", g_strdup (guichet_merged_get_id (merged)),
                          g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_separate), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 10);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  guichet_accessible_name (row, text);
  gtk_list_box_append (self->merged, row);
}

static char *
list_of_merged (GListModel *merged, guint n)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetMerged) one = g_list_model_get_item (merged, i);

      g_string_append_printf (list, "%s %" G_GINT64_FORMAT " %s\n", guichet_merged_get_id (one),
                              guichet_merged_get_until (one), guichet_merged_get_name (one));
    }
  return g_string_free (list, FALSE);
}

/* What stays as it was is not made anew: it may be under the pointer, pressed. */
static void
show_merged (GuichetCustomerCard *self)
{
  GListModel *merged = guichet_customer_get_merged (self->customer);
  guint n = merged != NULL ? g_list_model_get_n_items (merged) : 0;
  g_autofree char *list = list_of_merged (merged, n);
  GtkWidget *child;

  if (g_strcmp0 (list, self->listed) == 0)
    return;
  g_free (self->listed);
  self->listed = g_steal_pointer (&list);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->merged))) != NULL)
    gtk_list_box_remove (self->merged, child);
  gtk_widget_set_visible (GTK_WIDGET (self->merged), n > 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetMerged) one = g_list_model_get_item (merged, i);

      add_merged (self, one);
    }
}

/* --- building --------------------------------------------------------------------------------- */

static void
on_wants (GuichetCustomerCard *self, GtkWidget *button)
{
  g_signal_emit (self, signals[WANTS], 0, g_object_get_data (G_OBJECT (button), "what"));
}

static GtkWidget *
action_new (GuichetCustomerCard *self, GtkWidget *button, const char *what)
{
  g_object_set_data (G_OBJECT (button), "what", (gpointer) what);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_wants), self);
  return button;
}

static GtkWidget *
build_head (GuichetCustomerCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->name, 0);
  guichet_label_wrap (self->name);
  gtk_label_set_selectable (self->name, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "title-4");
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  self->edit = action_new (self, gtk_button_new_from_icon_name ("document-edit-symbolic"), "edit");
  gtk_widget_add_css_class (self->edit, "flat");
  gtk_widget_set_valign (self->edit, GTK_ALIGN_START);
  guichet_accessible_name (self->edit, _ ("Edit customer"));
  guichet_widget_set_tip (self->edit, _ ("Edit customer"));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (head), self->edit);
  return head;
}

static void
add_action (GuichetCustomerCard *self, GtkWidget *box, const char *label, const char *what)
{
  GtkWidget *button = action_new (self, gtk_button_new_with_label (label), what);
  GtkWidget *inner = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_wrap (GTK_LABEL (inner), TRUE);
  gtk_label_set_justify (GTK_LABEL (inner), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), button);
}

static void
guichet_customer_card_dispose (GObject *object)
{
  GuichetCustomerCard *self = GUICHET_CUSTOMER_CARD (object);

  g_cancellable_cancel (self->cancellable);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cancellable);
  g_clear_object (&self->customer);
  g_clear_object (&self->session);
  g_clear_pointer (&self->listed, g_free);
  G_OBJECT_CLASS (guichet_customer_card_parent_class)->dispose (object);
}

static void
guichet_customer_card_class_init (GuichetCustomerCardClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_customer_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[WANTS] = g_signal_new ("wants", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[SEPARATED] = g_signal_new ("separated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, GUICHET_TYPE_CUSTOMER);
}

static void
guichet_customer_card_init (GuichetCustomerCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->cancellable = g_cancellable_new ();
  self->ways = GTK_LIST_BOX (guichet_ways_list_new (_ ("Numbers and addresses")));
  self->merged = GTK_LIST_BOX (guichet_ways_list_new (_ ("Merged customers")));
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ways));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->merged));
  add_action (self, box, _ ("Find another customer…"), "find");
  add_action (self, box, _ ("Merge with another customer…"), "merge");
  add_action (self, box, _ ("This is not the customer"), "unlink");
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_customer_card_new (GuichetSession *session)
{
  GuichetCustomerCard *self = g_object_new (GUICHET_TYPE_CUSTOMER_CARD, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
guichet_customer_card_show (GuichetCustomerCard *self, GuichetCustomer *customer)
{
  g_auto (GStrv) ways = guichet_customer_dup_ways (customer);

  g_set_object (&self->customer, customer);
  gtk_label_set_text (self->name, guichet_customer_get_name (customer));
  guichet_ways_list_fill (self->ways, (const char *const *) ways);
  show_merged (self);
}

void
guichet_customer_card_focus (GuichetCustomerCard *self)
{
  gtk_widget_grab_focus (self->edit);
}
