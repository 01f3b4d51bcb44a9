/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names and reasons for people who do not see the screen.
 */

#include "desktop/widgets/accessible.h"

#include "desktop/widgets/util.h"

/* From GTK 4.10 on a button is also labelled by the text in it, which would win over the name. */
void
guichet_accessible_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
guichet_accessible_name_editable (GtkEditable *editable, const char *name)
{
  GtkEditable *inner = gtk_editable_get_delegate (editable);

  guichet_accessible_name (GTK_WIDGET (editable), name);
  if (inner != NULL)
    guichet_accessible_name (GTK_WIDGET (inner), name);
}

void
guichet_accessible_name_inner (GtkWidget *widget, GType type, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type))
        guichet_accessible_name (child, name);
      guichet_accessible_name_inner (child, type, name);
    }
}

void
guichet_accessible_grey (GtkWidget *widget, const char *reason, const char *tip)
{
  gtk_widget_set_sensitive (widget, reason == NULL);
  guichet_widget_set_tip (widget, reason != NULL ? reason : tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
}
