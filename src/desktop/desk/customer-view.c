/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The customer of an interaction, one page at a time: who it may be, who it is, the form, finding
 * another one, merging two. What was typed and not saved opens the form again. Main thread only.
 */

#include "desktop/desk/customer-view.h"

#include "client/customers.h"
#include "desktop/customer/customer-card.h"
#include "desktop/customer/customer-finder.h"
#include "desktop/customer/customer-form.h"
#include "desktop/customer/customer-merge.h"
#include "desktop/text/error-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetCustomerView
{
  GtkWidget parent_instance;

  GtkWidget *nobody; /* the page while nobody is linked */
  GtkLabel *status;
  GtkListBox *matches;
  GtkWidget *offers; /* what can be done while nobody is linked */
  GtkWidget *create;
  GuichetCustomerCard *card;
  GuichetCustomerForm *form;
  GuichetCustomerFinder *finder;
  GuichetCustomerMerge *merge;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetCustomer *customer; /* the linked one, once it came */
  GCancellable *cancellable; /* of what is asked */
  char *shown;               /* id of the customer for whom the view was filled */
  gboolean merging;          /* what the finder is for */
  gboolean left;             /* the form, with its draft: not opened by itself again here */
};

G_DEFINE_FINAL_TYPE (GuichetCustomerView, guichet_customer_view, GTK_TYPE_WIDGET)

static guint page_signal;

static gboolean
is_masked (const char *number)
{
  return g_utf8_strchr (number, -1, 0x2022) != NULL;
}

/* Neither who it is nor who it may be, but something the agent is at. */
gboolean
guichet_customer_view_is_busy (GuichetCustomerView *self)
{
  return !gtk_widget_get_visible (self->nobody) &&
         !gtk_widget_get_visible (GTK_WIDGET (self->card));
}

/* One at a time; the others are out of everybody's way, a screen reader's too. */
static void
show_page (GuichetCustomerView *self, gpointer page)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == page);
  g_signal_emit (self, page_signal, 0);
}

static void
show_base (GuichetCustomerView *self)
{
  show_page (self, self->customer != NULL ? GTK_WIDGET (self->card) : self->nobody);
}

static void
say (GuichetCustomerView *self, const char *text)
{
  gtk_label_set_text (self->status, text);
}

/* Closing a page hands the focus back to where it was opened. */
static void
on_closed (GuichetCustomerView *self)
{
  self->left = TRUE;
  show_base (self);
  if (self->customer != NULL)
    guichet_customer_card_focus (self->card);
  else
    gtk_widget_grab_focus (self->create);
}

/* --- who it is -------------------------------------------------------------------------------- */

static void
show_customer (GuichetCustomerView *self, GuichetCustomer *customer)
{
  g_autoptr (GuichetCustomerDraft) draft =
      guichet_session_find_customer_draft (self->session, guichet_customer_get_id (customer), "");

  g_set_object (&self->customer, customer);
  guichet_customer_card_show (self->card, customer);
  if (guichet_customer_view_is_busy (self))
    return;
  show_base (self);
  if (draft == NULL || self->left)
    return;
  guichet_customer_form_edit (self->form, customer, draft);
  show_page (self, self->form);
}

/* As it is after a page was done with. */
static void
on_changed (GuichetCustomerView *self, GuichetCustomer *customer)
{
  if (self->interaction == NULL)
    return;
  g_free (self->shown);
  self->shown = g_strdup (guichet_customer_get_id (customer));
  g_set_object (&self->customer, customer);
  guichet_customer_card_show (self->card, customer);
  show_base (self);
  guichet_customer_card_focus (self->card);
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetCustomerView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCustomer) customer =
      guichet_session_customer_finish (GUICHET_SESSION (source), result, NULL, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->interaction == NULL)
    return;
  if (customer != NULL)
    {
      show_customer (self, customer);
      return;
    }
  text = guichet_words_of_error (error);
  say (self, text);
  g_clear_pointer (&self->shown, g_free); /* looked for again once the link is back */
}

/* --- who it may be ---------------------------------------------------------------------------- */

static void
on_link (GuichetCustomerView *self, GtkButton *button)
{
  GuichetCustomer *customer = g_object_get_data (G_OBJECT (button), "customer");

  guichet_session_link_customer_async (self->session, self->interaction,
                                       guichet_customer_get_id (customer), FALSE, NULL,
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
  gtk_widget_set_visible (GTK_WIDGET (self->matches), FALSE);
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
  if (found == NULL)
    {
      g_autofree char *text = guichet_words_of_error (error);

      say (self, text);
      g_clear_pointer (&self->shown, g_free);
      return;
    }
  for (guint i = 0; i < found->len; i++)
    add_match (self, g_ptr_array_index (found, i));
  gtk_widget_set_visible (GTK_WIDGET (self->matches), found->len > 0);
  say (self, found->len > 0 ? _ ("It may be one of these:") : _ ("No customer was found."));
}

static void
look_for (GuichetCustomerView *self)
{
  const char *number = guichet_interaction_get_customer_number (self->interaction);
  const char *name = guichet_interaction_get_customer_name (self->interaction);
  gboolean masked = is_masked (number);

  if (*number != '\0' && !masked)
    guichet_session_find_customers_by_number_async (self->session, number, self->cancellable,
                                                    on_found, g_object_ref (self));
  else if (g_utf8_strlen (name, -1) >= 2)
    guichet_session_find_customers_async (self->session, name, self->cancellable, on_found,
                                          g_object_ref (self));
  else
    say (self, masked ? _ ("The number is masked, so no customer was looked for.")
                      : _ ("There is no number, so no customer was looked for."));
}

/* --- filling ---------------------------------------------------------------------------------- */

static void
ask (GuichetCustomerView *self)
{
  const char *customer = guichet_interaction_get_customer (self->interaction);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (!guichet_session_get_link_up (self->session))
    {
      g_autofree char *text =
          guichet_words (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down");

      say (self, text);
      g_clear_pointer (&self->shown, g_free); /* on_link_up () asks */
    }
  else if (*customer != '\0')
    guichet_session_get_customer_async (self->session, customer, self->cancellable, on_got,
                                        g_object_ref (self));
  else
    look_for (self);
}

/* Another interaction or another customer. */
static void
fill (GuichetCustomerView *self)
{
  const char *customer = guichet_interaction_get_customer (self->interaction);
  g_autoptr (GuichetCustomerDraft) draft = NULL;

  self->left = FALSE;
  g_clear_object (&self->customer);
  clear_matches (self);
  say (self, _ ("Looking for the customer…"));
  gtk_widget_set_visible (self->offers, *customer == '\0');
  show_base (self);
  if (*customer == '\0')
    draft = guichet_session_find_customer_draft (self->session, "",
                                                 guichet_interaction_get_id (self->interaction));
  if (draft != NULL)
    {
      guichet_customer_form_create (self->form, self->interaction, draft);
      show_page (self, self->form);
    }
  ask (self);
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
  fill (self);
}

/* Changed by whomever. */
static void
on_interaction_changed (GuichetCustomerView *self,
                        GuichetInteraction *interaction,
                        const char *cause)
{
  if (interaction == self->interaction && g_str_equal (cause, "customer") &&
      *guichet_interaction_get_customer (interaction) != '\0')
    ask (self);
}

static void
on_link_up (GuichetCustomerView *self)
{
  if (guichet_session_get_link_up (self->session))
    refresh (self);
}

/* --- pages ------------------------------------------------------------------------------------ */

static void
on_create (GuichetCustomerView *self)
{
  g_autoptr (GuichetCustomerDraft) draft = guichet_session_find_customer_draft (
      self->session, "", guichet_interaction_get_id (self->interaction));

  guichet_customer_form_create (self->form, self->interaction, draft);
  show_page (self, self->form);
  guichet_customer_form_focus (self->form);
}

static void
find (GuichetCustomerView *self, gboolean merging)
{
  GuichetInteraction *interaction = self->interaction;
  const char *channel = guichet_interaction_get_channel (interaction);
  gboolean keeps = !merging && !g_str_equal (channel, "webchat") &&
                   (!g_str_equal (channel, "voice") ||
                    *guichet_interaction_get_customer_number (interaction) != '\0');

  self->merging = merging;
  show_page (self, self->finder);
  guichet_customer_finder_start (
      self->finder, merging ? _ ("Merge with whom?") : _ ("Who is the customer of this contact?"),
      self->customer != NULL ? guichet_customer_get_id (self->customer) : "",
      keeps ? _ ("Keep the number or address of this contact as theirs") : NULL);
}

static void
on_find (GuichetCustomerView *self)
{
  find (self, FALSE);
}

static void
on_chosen (GuichetCustomerView *self, GuichetCustomer *customer)
{
  if (self->merging && self->customer != NULL)
    {
      show_page (self, self->merge);
      guichet_customer_merge_start (self->merge, self->customer, customer);
      return;
    }
  guichet_session_link_customer_async (self->session, self->interaction,
                                       guichet_customer_get_id (customer),
                                       guichet_customer_finder_get_remember (self->finder), NULL,
                                       guichet_command_done, g_object_ref (self));
  on_closed (self);
}

static void
on_wants (GuichetCustomerView *self, const char *what)
{
  if (self->customer == NULL || self->interaction == NULL)
    return;
  if (g_str_equal (what, "edit"))
    {
      g_autoptr (GuichetCustomerDraft) draft = guichet_session_find_customer_draft (
          self->session, guichet_customer_get_id (self->customer), "");

      guichet_customer_form_edit (self->form, self->customer, draft);
      show_page (self, self->form);
      guichet_customer_form_focus (self->form);
    }
  else if (g_str_equal (what, "unlink"))
    guichet_session_link_customer_async (self->session, self->interaction, NULL, FALSE, NULL,
                                         guichet_command_done, g_object_ref (self));
  else
    find (self, g_str_equal (what, "merge"));
}

/* --- building --------------------------------------------------------------------------------- */

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
  G_OBJECT_CLASS (klass)->dispose = guichet_customer_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  page_signal = g_signal_new ("page", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
build_nobody (GuichetCustomerView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *search = gtk_button_new_with_label (_ ("Find another customer…"));

  self->status = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->status, 0);
  gtk_label_set_wrap (self->status, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "dim");
  self->matches = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->matches, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->matches), "boxed-list");
  guichet_accessible_name (GTK_WIDGET (self->matches), _ ("Customers found"));
  self->offers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->create = gtk_button_new_with_label (_ ("Create customer"));
  g_signal_connect_swapped (search, "clicked", G_CALLBACK (on_find), self);
  g_signal_connect_swapped (self->create, "clicked", G_CALLBACK (on_create), self);
  gtk_box_append (GTK_BOX (self->offers), search);
  gtk_box_append (GTK_BOX (self->offers), self->create);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->matches));
  gtk_box_append (GTK_BOX (box), self->offers);
  return box;
}

static void
guichet_customer_view_init (GuichetCustomerView *self)
{
  self->nobody = build_nobody (self);
  gtk_widget_set_parent (self->nobody, GTK_WIDGET (self));
}

void
guichet_customer_view_set_session (GuichetCustomerView *self, GuichetSession *session)
{
  self->session = g_object_ref (session);
  self->card = GUICHET_CUSTOMER_CARD (guichet_customer_card_new (session));
  self->form = GUICHET_CUSTOMER_FORM (guichet_customer_form_new (session));
  self->finder = GUICHET_CUSTOMER_FINDER (guichet_customer_finder_new (session));
  self->merge = GUICHET_CUSTOMER_MERGE (guichet_customer_merge_new (session));
  gtk_widget_set_parent (GTK_WIDGET (self->card), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->form), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->finder), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->merge), GTK_WIDGET (self));
  show_base (self);
  g_signal_connect_swapped (self->card, "wants", G_CALLBACK (on_wants), self);
  g_signal_connect_swapped (self->card, "separated", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->form, "saved", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->form, "done", G_CALLBACK (on_closed), self);
  g_signal_connect_swapped (self->finder, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->finder, "done", G_CALLBACK (on_closed), self);
  g_signal_connect_swapped (self->merge, "merged", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->merge, "done", G_CALLBACK (on_closed), self);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (on_interaction_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::link-up", G_CALLBACK (on_link_up), self,
                           G_CONNECT_SWAPPED);
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
