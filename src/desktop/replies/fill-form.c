/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form before a reply with variables is inserted. The reply itself is only read. Main thread
 * only.
 */

#include "desktop/replies/fill-form.h"

#include "desktop/replies/reply-fill.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/util.h"
#include "model/canned-text.h"

#include <glib/gi18n.h>

struct _GuichetFillForm
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkWidget *fields; /* labels and entries */
  GtkLabel *preview;
  GtkWidget *insert;

  GuichetSession *session;
  char *text;
  GStrv variables;
  GPtrArray *rows;   /* GtkEntry, one for each variable */
  gboolean to_focus; /* as soon as it is seen */
  gboolean secret;   /* a variable is secure: it is never sent this way */
};

G_DEFINE_FINAL_TYPE (GuichetFillForm, guichet_fill_form, GTK_TYPE_WIDGET)

static guint insert_signal;

static const char *
value_at (GuichetFillForm *self, guint i)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->rows->pdata[i]));
}

/* NULL while something is missing and @whole. */
static char *
filled (GuichetFillForm *self, gboolean whole)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *value = value_at (self, i);

      if (*value == '\0' && whole)
        return NULL;
      if (*value != '\0')
        g_hash_table_insert (values, self->variables[i], (gpointer) value);
    }
  return guichet_reply_fill (self->text, values);
}

static void
show (GuichetFillForm *self)
{
  g_autofree char *text = filled (self, FALSE);
  g_autofree char *whole = filled (self, TRUE);

  gtk_label_set_text (self->preview, text);
  guichet_accessible_grey (self->insert,
                           self->secret    ? _ ("A secret value is never sent in a message")
                           : whole == NULL ? _ ("Fill in all fields first")
                                           : NULL,
                           _ ("Insert into the message"));
}

static void
focus_first (GuichetFillForm *self)
{
  self->to_focus = FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (*value_at (self, i) == '\0')
      {
        gtk_widget_grab_focus (self->rows->pdata[i]);
        return;
      }
  gtk_widget_grab_focus (self->insert);
}

static void
on_insert (GuichetFillForm *self)
{
  g_autofree char *text = filled (self, TRUE);

  if (text != NULL && !self->secret)
    g_signal_emit (self, insert_signal, 0, text);
  else
    focus_first (self);
}

static void
add_row (GuichetFillForm *self, const char *variable, GuichetInteraction *interaction)
{
  g_autofree char *name = guichet_reply_variable_name (self->session, variable);
  g_autofree char *value = guichet_reply_value (self->session, interaction, variable);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), value != NULL ? value : "");
  guichet_accessible_name (entry, name);
  guichet_accessible_name_editable (GTK_EDITABLE (entry), name);
  if (guichet_reply_is_secret (self->session, variable))
    {
      self->secret = TRUE;
      guichet_accessible_grey (entry, _ ("A secret value is never sent in a message"), NULL);
    }
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (show), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_insert), self);
  gtk_box_append (GTK_BOX (self->fields), label);
  gtk_box_append (GTK_BOX (self->fields), entry);
  g_ptr_array_add (self->rows, entry);
}

void
guichet_fill_form_set (GuichetFillForm *self,
                       GuichetCannedReply *reply,
                       GuichetInteraction *interaction)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (self->fields)) != NULL)
    gtk_box_remove (GTK_BOX (self->fields), child);
  g_free (self->text);
  g_strfreev (self->variables);
  self->secret = FALSE;
  self->text = g_strdup (guichet_reply_text (reply, interaction));
  self->variables = model_text_variables (self->text);
  for (guint i = 0; self->variables[i] != NULL; i++)
    add_row (self, self->variables[i], interaction);
  gtk_label_set_text (self->title, guichet_canned_reply_get_name (reply));
  show (self);
}

void
guichet_fill_form_focus (GuichetFillForm *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_first (self);
  else
    self->to_focus = TRUE;
}

static void
on_map (GuichetFillForm *self)
{
  if (self->to_focus)
    focus_first (self);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_fill_form_dispose (GObject *object)
{
  GuichetFillForm *self = GUICHET_FILL_FORM (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->variables, g_strfreev);
  G_OBJECT_CLASS (guichet_fill_form_parent_class)->dispose (object);
}

static void
guichet_fill_form_class_init (GuichetFillFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_fill_form_dispose;
  guichet_form_install (GTK_WIDGET_CLASS (klass));
  insert_signal = g_signal_new ("insert", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guichet_fill_form_init (GuichetFillForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_ptr_array_new ();
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  self->title = guichet_label_wrapped (NULL, "heading");
  self->preview = guichet_label_wrapped (NULL, "bubble");
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), self->fields);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));
  self->insert =
      guichet_form_add_buttons (box, _ ("Insert"), G_CALLBACK (on_insert), GTK_WIDGET (self), NULL);
  guichet_accessible_name (self->insert, _ ("Insert into the message"));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 16);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

GtkWidget *
guichet_fill_form_new (GuichetSession *session)
{
  GuichetFillForm *self = g_object_new (GUICHET_TYPE_FILL_FORM, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
