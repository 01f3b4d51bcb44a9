/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks before two customers become one. When one of them was changed meanwhile it is shown as it is
 * now, and asked again. Main thread only.
 */

#include "desktop/customer/customer-merge.h"

#include "client/customers.h"
#include "desktop/customer/ways.h"
#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* So long a merge can be undone (docs/protocol.md); the centre's answer says it exactly. */
#define UNDO_DAYS 7

struct _GuichetCustomerMerge
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  GtkCheckButton *stays[2];
  GtkLabel *names[2];
  GtkListBox *ways[2];
  GtkLabel *what;
  GtkWidget *merge;

  GuichetSession *session;
  GuichetCustomer *customers[2];
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (GuichetCustomerMerge, guichet_customer_merge, GTK_TYPE_WIDGET)

static guint merged_signal;

static guint
chosen (GuichetCustomerMerge *self)
{
  return gtk_check_button_get_active (self->stays[1]) ? 1 : 0;
}

static void
show_what (GuichetCustomerMerge *self)
{
  gint64 now = guichet_clock_now ();
  guint stays = chosen (self);
  g_autofree char *until =
      guichet_format_instant (now + UNDO_DAYS * G_TIME_SPAN_DAY / G_TIME_SPAN_MILLISECOND, now);
  g_autofree char *text = NULL;

  if (self->customers[0] == NULL)
    return;
  text = g_strdup_printf (_ ("%s stays. The numbers, addresses and history of %s go with it. This "
                             "can be undone until %s."),
                          guichet_customer_get_name (self->customers[stays]),
                          guichet_customer_get_name (self->customers[1 - stays]), until);
  gtk_label_set_text (self->what, text);
}

static void
show (GuichetCustomerMerge *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_auto (GStrv) ways = guichet_customer_dup_ways (self->customers[i]);
      g_autofree char *label =
          g_strdup_printf (_ ("%s stays"), guichet_customer_get_name (self->customers[i]));

      gtk_label_set_text (self->names[i], label);
      guichet_accessible_name (GTK_WIDGET (self->stays[i]), label);
      guichet_ways_list_fill (self->ways[i], (const char *const *) ways);
      guichet_accessible_name (GTK_WIDGET (self->ways[i]),
                               guichet_customer_get_name (self->customers[i]));
    }
  show_what (self);
}

static void
take_current (GuichetCustomerMerge *self, GuichetCustomer *current)
{
  for (guint i = 0; i < 2; i++)
    if (g_str_equal (guichet_customer_get_id (self->customers[i]),
                     guichet_customer_get_id (current)))
      g_set_object (&self->customers[i], current);
  show (self);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetCustomerMerge) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCustomer) current = NULL;
  g_autoptr (GuichetCustomer) customer =
      guichet_session_customer_finish (GUICHET_SESSION (source), result, &current, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->merge, TRUE);
  if (customer != NULL)
    {
      guichet_toast (GTK_WIDGET (self), _ ("The two are one customer now."));
      g_signal_emit (self, merged_signal, 0, customer);
      return;
    }
  text = guichet_words_of_error (error);
  if (current != NULL)
    take_current (self, current);
  guichet_banner_show (
      self->banner, current != NULL ? GUICHET_BANNER_WARNING : GUICHET_BANNER_ERROR,
      current != NULL ? _ ("One of them was changed elsewhere meanwhile. Look at both again.")
                      : text,
      NULL);
}

static void
on_merge (GuichetCustomerMerge *self)
{
  guint stays = chosen (self);

  gtk_widget_set_sensitive (self->merge, FALSE);
  guichet_banner_hide (self->banner);
  guichet_session_merge_customers_async (self->session, self->customers[stays],
                                         self->customers[1 - stays], self->cancellable, on_merged,
                                         g_object_ref (self));
}

/* --- building --------------------------------------------------------------------------------- */

static void
guichet_customer_merge_dispose (GObject *object)
{
  GuichetCustomerMerge *self = GUICHET_CUSTOMER_MERGE (object);

  g_cancellable_cancel (self->cancellable);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cancellable);
  g_clear_object (&self->customers[0]);
  g_clear_object (&self->customers[1]);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_customer_merge_parent_class)->dispose (object);
}

static void
guichet_customer_merge_class_init (GuichetCustomerMergeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_customer_merge_dispose;
  guichet_form_install (GTK_WIDGET_CLASS (klass));
  merged_signal = g_signal_new ("merged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_CUSTOMER);
}

static void
build_two (GuichetCustomerMerge *self, GtkWidget *box)
{
  for (guint i = 0; i < 2; i++)
    {
      self->stays[i] = GTK_CHECK_BUTTON (gtk_check_button_new ());
      self->names[i] = guichet_label_wrapped (NULL, NULL);
      gtk_check_button_set_child (self->stays[i], GTK_WIDGET (self->names[i]));
      self->ways[i] = GTK_LIST_BOX (guichet_ways_list_new (""));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stays[i]));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ways[i]));
      g_signal_connect_swapped (self->stays[i], "toggled", G_CALLBACK (show_what), self);
    }
  gtk_check_button_set_group (self->stays[1], self->stays[0]);
}

static void
guichet_customer_merge_init (GuichetCustomerMerge *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->cancellable = g_cancellable_new ();
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  self->what = guichet_label_wrapped (NULL, NULL);
  gtk_box_append (GTK_BOX (box),
                  GTK_WIDGET (guichet_label_wrapped (_ ("Merge two customers"), "heading")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  build_two (self, box);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->what));
  self->merge =
      guichet_form_add_buttons (box, _ ("Merge"), G_CALLBACK (on_merge), GTK_WIDGET (self), NULL);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_customer_merge_new (GuichetSession *session)
{
  GuichetCustomerMerge *self = g_object_new (GUICHET_TYPE_CUSTOMER_MERGE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
guichet_customer_merge_start (GuichetCustomerMerge *self,
                              GuichetCustomer *one,
                              GuichetCustomer *other)
{
  g_set_object (&self->customers[0], one);
  g_set_object (&self->customers[1], other);
  guichet_banner_hide (self->banner);
  gtk_widget_set_sensitive (self->merge, TRUE);
  gtk_check_button_set_active (self->stays[0], TRUE);
  show (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->stays[0]));
}
