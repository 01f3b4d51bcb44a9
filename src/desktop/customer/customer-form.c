/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Typing about a customer. Each stroke goes into the session's draft; saving sends the whole. What
 * the centre refuses is said at its field; what another agent saved meanwhile stands beside what
 * was typed until one of both is chosen. Main thread only.
 */

#include "desktop/customer/customer-form.h"

#include "desktop/customer/customer-fields.h"
#include "desktop/customer/ways.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuichetCustomerForm
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GuichetBanner *banner;
  GtkWidget *conflict;
  GtkLabel *both;
  GuichetCustomerFields *fields;
  GtkWidget *discard;
  GtkWidget *save;

  GuichetSession *session;
  GuichetCustomerDraft *draft;
  GuichetCustomerDraft *before; /* nothing typed yet */
  GuichetCustomer *current;     /* of a conflict */
  GCancellable *cancellable;    /* of the saving under way */
  char *sent;                   /* its key */
};

G_DEFINE_FINAL_TYPE (GuichetCustomerForm, guichet_customer_form, GTK_TYPE_WIDGET)

static guint saved_signal;

static const char *const *
ways_of (const GuichetCustomerDraft *draft)
{
  return (const char *const *) draft->ways;
}

/* --- what is typed ---------------------------------------------------------------------------- */

static gboolean
is_changed (GuichetCustomerForm *self)
{
  return !g_str_equal (self->draft->name, self->before->name) ||
         !g_strv_equal (ways_of (self->draft), ways_of (self->before));
}

static void
refresh (GuichetCustomerForm *self)
{
  gboolean named = *self->draft->name != '\0';
  gboolean new_one = *self->draft->customer == '\0';
  gboolean changed = is_changed (self);

  gtk_button_set_label (GTK_BUTTON (self->discard), changed ? _ ("Discard") : _ ("Cancel"));
  guichet_accessible_grey (self->save,
                           self->cancellable != NULL ? _ ("Saving…")
                           : !named                  ? _ ("A customer needs a name.")
                           : !changed && !new_one    ? _ ("Nothing was changed.")
                                                     : NULL,
                           NULL);
}

static void
on_typed (GuichetCustomerForm *self)
{
  g_auto (GStrv) ways = NULL;
  g_autofree char *name = NULL;

  ways = guichet_customer_fields_dup_ways (self->fields);
  name = guichet_customer_fields_dup_name (self->fields);
  if (guichet_customer_draft_set (self->draft, name, (const char *const *) ways))
    {
      if (is_changed (self))
        guichet_session_keep_customer (self->session, self->draft);
      else
        guichet_session_forget_customer (self->session, self->draft);
    }
  refresh (self);
}

/* --- conflicts -------------------------------------------------------------------------------- */

static void
show_conflict (GuichetCustomerForm *self, GuichetCustomer *current)
{
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *text = NULL;

  g_set_object (&self->current, current);
  gtk_widget_set_visible (self->conflict, current != NULL);
  if (current != NULL)
    {
      g_auto (GStrv) ways = guichet_customer_dup_ways (current);

      mine = guichet_ways_line (self->draft->name, ways_of (self->draft));
      theirs = guichet_ways_line (guichet_customer_get_name (current), (const char *const *) ways);
      text = g_strdup_printf (
          _ ("This was changed elsewhere meanwhile.\nTyped here: %s\nAt the centre: %s"), mine,
          theirs);
      gtk_label_set_text (self->both, text);
    }
}

/* --- saving ----------------------------------------------------------------------------------- */

/* More was typed since it was sent: that is a change of what the centre has by now. */
static gboolean
goes_on (GuichetCustomerForm *self, GuichetCustomer *customer)
{
  g_auto (GStrv) ways = guichet_customer_dup_ways (customer);
  GuichetCustomerDraft *draft;

  if (g_str_equal (self->sent, self->draft->key))
    return FALSE;
  guichet_session_forget_customer (self->session, self->draft);
  draft = guichet_customer_draft_new (guichet_customer_get_id (customer), "");
  guichet_customer_draft_set (draft, self->draft->name, ways_of (self->draft));
  guichet_customer_draft_rebase (draft, guichet_customer_get_revision (customer));
  guichet_customer_draft_free (self->draft);
  self->draft = draft;
  guichet_customer_draft_set (self->before, guichet_customer_get_name (customer),
                              (const char *const *) ways);
  guichet_session_keep_customer (self->session, draft);
  refresh (self);
  return TRUE;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetCustomerForm) self = data;
  GuichetSession *session = GUICHET_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCustomer) current = NULL;
  g_autoptr (GuichetCustomer) customer =
      guichet_session_customer_finish (session, result, &current, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (customer != NULL && goes_on (self, customer))
    return;
  if (customer != NULL)
    {
      guichet_session_forget_customer (session, self->draft);
      guichet_toast (GTK_WIDGET (self), _ ("Customer saved"));
      g_signal_emit (self, saved_signal, 0, customer);
      return;
    }
  refresh (self);
  if (current != NULL)
    {
      show_conflict (self, current);
      return;
    }
  if (g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_INVALID) &&
      guichet_customer_fields_show_refused (self->fields, error))
    return;
  text = guichet_words_of_error (error);
  guichet_banner_show (self->banner, GUICHET_BANNER_WARNING, text, NULL);
}

static void
on_save (GuichetCustomerForm *self)
{
  if (!gtk_widget_get_sensitive (self->save))
    return;
  guichet_banner_hide (self->banner);
  show_conflict (self, NULL);
  guichet_session_keep_customer (self->session, self->draft);
  self->cancellable = g_cancellable_new ();
  g_free (self->sent);
  self->sent = g_strdup (self->draft->key);
  refresh (self);
  guichet_session_save_customer_async (self->session, self->draft, self->cancellable, on_saved,
                                       g_object_ref (self));
}

static void
on_keep_mine (GuichetCustomerForm *self)
{
  if (self->current == NULL)
    return;
  guichet_customer_draft_rebase (self->draft, guichet_customer_get_revision (self->current));
  guichet_session_keep_customer (self->session, self->draft);
  show_conflict (self, NULL);
  on_save (self);
}

static void
on_use_theirs (GuichetCustomerForm *self)
{
  g_autoptr (GuichetCustomer) current = g_steal_pointer (&self->current);

  if (current == NULL)
    return;
  guichet_session_forget_customer (self->session, self->draft);
  g_signal_emit (self, saved_signal, 0, current);
}

static void
on_discard (GuichetCustomerForm *self)
{
  guichet_session_forget_customer (self->session, self->draft);
  guichet_customer_draft_copy (self->draft, self->before);
  guichet_form_leave (GTK_WIDGET (self));
}

/* By Escape the form is left, not what was typed. */
static void
on_done (GuichetCustomerForm *self)
{
  if (is_changed (self))
    guichet_toast (GTK_WIDGET (self), _ ("What you typed is kept: open the form again to go on."));
}

/* --- building --------------------------------------------------------------------------------- */

static void
stop_saving (GuichetCustomerForm *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
guichet_customer_form_dispose (GObject *object)
{
  GuichetCustomerForm *self = GUICHET_CUSTOMER_FORM (object);

  stop_saving (self);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_pointer (&self->draft, guichet_customer_draft_free);
  g_clear_pointer (&self->before, guichet_customer_draft_free);
  g_clear_object (&self->current);
  g_clear_object (&self->session);
  g_clear_pointer (&self->sent, g_free);
  G_OBJECT_CLASS (guichet_customer_form_parent_class)->dispose (object);
}

static void
guichet_customer_form_class_init (GuichetCustomerFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_customer_form_dispose;
  guichet_form_install (GTK_WIDGET_CLASS (klass));
  saved_signal = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, GUICHET_TYPE_CUSTOMER);
}

static GtkWidget *
button_new (GuichetCustomerForm *self, GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
build_conflict (GuichetCustomerForm *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->conflict = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->both = guichet_label_wrapped (NULL, NULL);
  gtk_label_set_selectable (self->both, TRUE);
  gtk_widget_add_css_class (self->conflict, "guichet-banner");
  gtk_widget_add_css_class (self->conflict, "warning-note");
  gtk_box_append (GTK_BOX (self->conflict), GTK_WIDGET (self->both));
  gtk_box_append (GTK_BOX (self->conflict), buttons);
  button_new (self, buttons, _ ("Keep mine"), G_CALLBACK (on_keep_mine));
  button_new (self, buttons, _ ("Use the centre’s"), G_CALLBACK (on_use_theirs));
  gtk_widget_set_visible (self->conflict, FALSE);
  return self->conflict;
}

static void
guichet_customer_form_init (GuichetCustomerForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = guichet_label_wrapped (NULL, "heading");
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), build_conflict (self));
  self->fields = GUICHET_CUSTOMER_FIELDS (guichet_customer_fields_new ());
  g_signal_connect_swapped (self->fields, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (self->fields, "activate", G_CALLBACK (on_save), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->fields));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  self->discard = button_new (self, buttons, _ ("Cancel"), G_CALLBACK (on_discard));
  self->save = button_new (self, buttons, _ ("Save customer"), G_CALLBACK (on_save));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  g_signal_connect (self, "done", G_CALLBACK (on_done), NULL);
}

GtkWidget *
guichet_customer_form_new (GuichetSession *session)
{
  GuichetCustomerForm *self = g_object_new (GUICHET_TYPE_CUSTOMER_FORM, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/* --- opening ---------------------------------------------------------------------------------- */

/* draft: what was typed before, on top of the rest. */
static void
fill (GuichetCustomerForm *self, const GuichetCustomerDraft *draft)
{
  stop_saving (self);
  if (draft != NULL)
    guichet_customer_draft_copy (self->draft, draft);
  guichet_customer_fields_fill (self->fields, self->draft->name, ways_of (self->draft));
  guichet_banner_hide (self->banner);
  show_conflict (self, NULL);
  refresh (self);
}

static void
begin (GuichetCustomerForm *self, const char *customer, const char *about)
{
  g_clear_pointer (&self->draft, guichet_customer_draft_free);
  g_clear_pointer (&self->before, guichet_customer_draft_free);
  self->draft = guichet_customer_draft_new (customer, about);
  self->before = guichet_customer_draft_new (customer, about);
}

void
guichet_customer_form_edit (GuichetCustomerForm *self,
                            GuichetCustomer *customer,
                            const GuichetCustomerDraft *draft)
{
  g_auto (GStrv) ways = guichet_customer_dup_ways (customer);

  begin (self, guichet_customer_get_id (customer), "");
  self->draft->revision = guichet_customer_get_revision (customer);
  guichet_customer_draft_set (self->draft, guichet_customer_get_name (customer),
                              (const char *const *) ways);
  guichet_customer_draft_copy (self->before, self->draft);
  gtk_label_set_text (self->title, _ ("Edit customer"));
  guichet_customer_fields_set_hint (self->fields, FALSE);
  fill (self, draft);
}

/* A masked number only the centre can tell. */
static gboolean
is_masked (const char *number)
{
  return g_utf8_strchr (number, -1, 0x2022) != NULL;
}

void
guichet_customer_form_create (GuichetCustomerForm *self,
                              GuichetInteraction *interaction,
                              const GuichetCustomerDraft *draft)
{
  const char *number = guichet_interaction_get_customer_number (interaction);
  const char *channel = guichet_interaction_get_channel (interaction);
  gboolean sms = g_str_equal (channel, "sms");
  gboolean told = *number != '\0' && !is_masked (number);
  const char *ways[] = { told ? sms ? "sms" : "voice" : NULL, number, NULL };

  begin (self, "", guichet_interaction_get_id (interaction));
  guichet_customer_draft_set (self->draft, guichet_interaction_get_customer_name (interaction),
                              ways);
  guichet_customer_draft_copy (self->before, self->draft);
  gtk_label_set_text (self->title, _ ("New customer"));
  guichet_customer_fields_set_hint (self->fields, !told && !g_str_equal (channel, "webchat"));
  fill (self, draft);
}

void
guichet_customer_form_focus (GuichetCustomerForm *self)
{
  guichet_customer_fields_focus (self->fields);
}
