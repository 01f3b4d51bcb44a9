/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The customer of an interaction. Asks the centre who has this number whenever another interaction
 * or customer is shown. Main thread only.
 */

#include "desktop/desk/customer-view.h"

#include "desktop/text/error-words.h"
#include "desktop/text/format.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetCustomerView
{
  GtkWidget parent_instance;

  GtkLabel *status;
  GtkListBox *matches;
  GtkWidget *name;
  GtkWidget *numbers;
  GtkWidget *save;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetCustomer *customer; /* the linked one, once found */
  GCancellable *cancellable;
  char *shown; /* id of the customer for whom the view was filled */
};

G_DEFINE_FINAL_TYPE (GuichetCustomerView, guichet_customer_view, GTK_TYPE_WIDGET)

static char *
joined_numbers (GuichetCustomer *customer)
{
  return g_strjoinv (", ", (char **) guichet_customer_get_numbers (customer));
}

static gboolean
is_masked (const char *number)
{
  return g_utf8_strchr (number, -1, 0x2022) != NULL;
}

/* The form
 * ..........................................................................................................
 */

static char **
typed_numbers (GuichetCustomerView *self)
{
  g_auto (GStrv) parts =
      g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (self->numbers)), ",;", -1);
  GPtrArray *kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *clean = guichet_format_dialled (parts[i]);

      if (*clean != '\0')
        g_ptr_array_add (kept, g_steal_pointer (&clean));
    }
  g_ptr_array_add (kept, NULL);
  return (char **) g_ptr_array_free (kept, FALSE);
}

static void
on_typed (GuichetCustomerView *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  const char *numbers = gtk_editable_get_text (GTK_EDITABLE (self->numbers));
  g_autofree char *now = self->customer != NULL ? joined_numbers (self->customer) : NULL;
  gboolean changed = self->customer == NULL ||
                     g_strcmp0 (name, guichet_customer_get_name (self->customer)) != 0 ||
                     g_strcmp0 (numbers, now) != 0;

  gtk_widget_set_sensitive (self->save, *name != '\0' && changed && self->interaction != NULL);
}

static void
fill (GuichetCustomerView *self, const char *name, const char *numbers)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_editable_set_text (GTK_EDITABLE (self->numbers), numbers);
  gtk_button_set_label (GTK_BUTTON (self->save),
                        self->customer != NULL ? _ ("Save customer") : _ ("Create customer"));
  on_typed (self);
}

static void
show_customer (GuichetCustomerView *self, GuichetCustomer *customer)
{
  g_autofree char *numbers = joined_numbers (customer);

  g_set_object (&self->customer, customer);
  gtk_widget_set_visible (GTK_WIDGET (self->matches), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->status), FALSE);
  fill (self, guichet_customer_get_name (customer), numbers);
}

static void
report (GuichetCustomerView *self, GError *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = guichet_words_of_error (error);
  guichet_toast (GTK_WIDGET (self), text);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetCustomerView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCustomer) customer =
      guichet_session_customer_finish (GUICHET_SESSION (source), result, &error);

  if (customer == NULL)
    {
      report (self, error);
      return;
    }
  show_customer (self, customer);
  guichet_toast (GTK_WIDGET (self), _ ("Customer saved"));
}

static void
on_save (GuichetCustomerView *self)
{
  g_auto (GStrv) numbers = typed_numbers (self);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));

  if (!gtk_widget_get_sensitive (self->save))
    return;
  if (self->customer != NULL)
    guichet_session_update_customer_async (self->session, self->customer, name,
                                           (const char *const *) numbers, self->cancellable,
                                           on_saved, g_object_ref (self));
  else
    guichet_session_create_customer_async (self->session, name, (const char *const *) numbers,
                                           self->interaction, self->cancellable, on_saved,
                                           g_object_ref (self));
}

/* Finding
 * ...........................................................................................................
 */

static void
on_link (GuichetCustomerView *self, GtkButton *button)
{
  GuichetCustomer *customer = g_object_get_data (G_OBJECT (button), "customer");

  guichet_session_link_customer_async (self->session, self->interaction,
                                       guichet_customer_get_id (customer), NULL,
                                       guichet_command_done, g_object_ref (self));
}

static void
add_match (GuichetCustomerView *self, GuichetCustomer *customer)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (guichet_customer_get_name (customer));
  GtkWidget *link = gtk_button_new_with_label (_ ("Link"));
  g_autofree char *name =
      g_strdup_printf (_ ("Link %s to this contact"), guichet_customer_get_name (customer));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (row, 10);
  gtk_widget_set_margin_end (row, 6);
  gtk_widget_set_margin_top (row, 4);
  gtk_widget_set_margin_bottom (row, 4);
  guichet_accessible_name (link, name);
  g_object_set_data_full (G_OBJECT (link), "customer", g_object_ref (customer), g_object_unref);
  g_signal_connect_swapped (link, "clicked", G_CALLBACK (on_link), self);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), link);
  gtk_list_box_append (self->matches, row);
  gtk_widget_set_focusable (gtk_widget_get_parent (row), FALSE);
}

static void
clear_matches (GuichetCustomerView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->matches))) != NULL)
    gtk_list_box_remove (self->matches, child);
}

static void
show_matches (GuichetCustomerView *self, GPtrArray *found)
{
  const char *linked = guichet_interaction_get_customer (self->interaction);

  clear_matches (self);
  for (guint i = 0; i < found->len; i++)
    {
      GuichetCustomer *one = g_ptr_array_index (found, i);

      if (g_str_equal (guichet_customer_get_id (one), linked))
        {
          show_customer (self, one);
          return;
        }
      if (*linked == '\0')
        add_match (self, one);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->matches), found->len > 0 && *linked == '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->status), *linked == '\0');
  gtk_label_set_text (self->status, found->len > 0
                                        ? _ ("Customers with this number:")
                                        : _ ("No customer has this number. Create one below."));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetCustomerView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->interaction == NULL)
    return;
  if (found != NULL)
    show_matches (self, found);
  else
    {
      g_autofree char *text = guichet_words_of_error (error);

      gtk_label_set_text (self->status, text);
      g_clear_pointer (&self->shown, g_free);
    }
}

static void
search (GuichetCustomerView *self)
{
  const char *number = guichet_interaction_get_customer_number (self->interaction);
  const char *name = guichet_interaction_get_customer_name (self->interaction);
  gboolean masked = is_masked (number);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->customer);
  clear_matches (self);
  gtk_widget_set_visible (GTK_WIDGET (self->matches), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
  gtk_label_set_text (self->status, _ ("Looking for the customer…"));
  fill (self, name, masked ? "" : number);
  if (*number != '\0' && !masked)
    guichet_session_find_customers_by_number_async (self->session, number, self->cancellable,
                                                    on_found, g_object_ref (self));
  else if (*name != '\0')
    guichet_session_find_customers_async (self->session, name, self->cancellable, on_found,
                                          g_object_ref (self));
  else
    gtk_label_set_text (self->status,
                        masked ? _ ("The number is masked, so no customer was looked for.")
                               : _ ("There is no number, so no customer was looked for."));
}

static void
refresh (GuichetCustomerView *self)
{
  const char *customer =
      self->interaction != NULL ? guichet_interaction_get_customer (self->interaction) : "";

  if (self->interaction == NULL || g_strcmp0 (self->shown, customer) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (customer);
  search (self);
}

static void
guichet_customer_view_dispose (GObject *object)
{
  GuichetCustomerView *self = GUICHET_CUSTOMER_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cancellable);
  g_clear_object (&self->customer);
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (guichet_customer_view_parent_class)->dispose (object);
}

static void
guichet_customer_view_class_init (GuichetCustomerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_customer_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/customer-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetCustomerView, status);
  gtk_widget_class_bind_template_child (widget_class, GuichetCustomerView, matches);
  gtk_widget_class_bind_template_child (widget_class, GuichetCustomerView, name);
  gtk_widget_class_bind_template_child (widget_class, GuichetCustomerView, numbers);
  gtk_widget_class_bind_template_child (widget_class, GuichetCustomerView, save);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
guichet_customer_view_init (GuichetCustomerView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_accessible_name_editable (GTK_EDITABLE (self->name), _ ("Name of the customer"));
  guichet_accessible_name_editable (GTK_EDITABLE (self->numbers),
                                    _ ("Telephone numbers of the customer"));
  guichet_accessible_name (GTK_WIDGET (self->matches), _ ("Customers with this number"));
  gtk_button_set_label (GTK_BUTTON (self->save), _ ("Create customer"));
}

void
guichet_customer_view_set_session (GuichetCustomerView *self, GuichetSession *session)
{
  g_set_object (&self->session, session);
}

void
guichet_customer_view_set_interaction (GuichetCustomerView *self, GuichetInteraction *interaction)
{
  if (self->interaction != NULL)
    g_signal_handlers_disconnect_by_func (self->interaction, refresh, self);
  g_set_object (&self->interaction, interaction);
  g_clear_pointer (&self->shown, g_free);
  if (interaction != NULL)
    g_signal_connect_object (interaction, "notify::customer", G_CALLBACK (refresh), self,
                             G_CONNECT_SWAPPED);
  refresh (self);
}
