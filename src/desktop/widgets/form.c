/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the forms of one window's page have in common. Main thread only. */

#include "desktop/widgets/form.h"

#include "desktop/widgets/accessible.h"

#include <glib/gi18n.h>

void
guichet_form_install (GtkWidgetClass *klass)
{
  gtk_widget_class_set_layout_manager_type (klass, GTK_TYPE_BIN_LAYOUT);
  g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL,
                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_signal (klass, GDK_KEY_Escape, 0, "done", NULL);
}

void
guichet_form_leave (GtkWidget *form)
{
  g_signal_emit_by_name (form, "done");
}

GtkWidget *
guichet_form_add (GtkWidget *box, const char *title, GtkWidget *field)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), field);
  guichet_accessible_name (field, title);
  guichet_accessible_name_inner (field, GTK_TYPE_LIST_VIEW, title);
  if (GTK_IS_EDITABLE (field))
    guichet_accessible_name_editable (GTK_EDITABLE (field), title);
  return field;
}

GtkWidget *
guichet_form_add_entry (GtkWidget *box, const char *title, GCallback save, GtkWidget *form)
{
  GtkWidget *entry = guichet_form_add (box, title, gtk_entry_new ());

  g_signal_connect_swapped (entry, "activate", save, form);
  return entry;
}

GtkTextView *
guichet_form_add_text (GtkWidget *box, const char *name)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextView *text = GTK_TEXT_VIEW (gtk_text_view_new ());

  gtk_text_view_set_wrap_mode (text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (text, FALSE);
  guichet_accessible_name (GTK_WIDGET (text), name);
  gtk_widget_add_css_class (scroller, "notes");
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 100);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (text));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  return text;
}

GtkWidget *
guichet_form_add_buttons (GtkWidget *box,
                          const char *words,
                          GCallback save,
                          GtkWidget *form,
                          GtkButton **cancel_button)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));
  GtkWidget *yes = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (yes, "suggested-action");
  g_signal_connect_swapped (yes, "clicked", save, form);
  if (cancel_button != NULL)
    *cancel_button = GTK_BUTTON (cancel);
  else
    g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (guichet_form_leave), form);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), yes);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), buttons);
  return yes;
}
