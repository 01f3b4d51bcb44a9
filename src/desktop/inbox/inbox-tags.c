/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tags of one conversation that has ended: all of the centre's in a popover, to check. What was
 * checked goes to the centre as the popover closes. Main thread only.
 */

#include "desktop/inbox/inbox-tags.h"

#include "client/definition.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"

#include <glib/gi18n.h>

typedef struct
{
  GuichetSession *session;
  GuichetInboxFunc tagged;
  gpointer data;
  GtkMenuButton *button;
  GtkLabel *names;
  GtkWidget *checks; /* of GtkCheckButton */
  GuichetRecent *recent;
} Tags;

static void
tags_free (gpointer data)
{
  Tags *self = data;

  g_clear_object (&self->recent);
  g_object_unref (self->session);
  g_free (self);
}

/* Of this list, in its order: what is checked. */
static GPtrArray *
checked (Tags *self)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (GtkWidget *check = gtk_widget_get_first_child (self->checks); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_ptr_array_add (ids, g_object_get_data (G_OBJECT (check), "tag"));
  g_ptr_array_add (ids, NULL);
  return ids;
}

static gboolean
is_as_before (Tags *self, GPtrArray *ids)
{
  const char *const *before = guichet_recent_get_tags (self->recent);
  guint n = before != NULL ? g_strv_length ((char **) before) : 0;

  if (n != ids->len - 1)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_strv_contains (before, ids->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
on_tagged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  Tags *self = g_object_get_data (G_OBJECT (widget), "tags");
  g_autoptr (GError) error = NULL;

  if (!guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    {
      g_autofree char *text = guichet_words_of_error (error);

      gtk_label_set_text (self->names, text);
    }
  if (gtk_widget_get_root (widget) != NULL && self->recent != NULL)
    self->tagged (self->recent, self->data);
}

static void
on_closed (GtkWidget *widget)
{
  Tags *self = g_object_get_data (G_OBJECT (widget), "tags");
  g_autoptr (GPtrArray) ids = self->recent != NULL ? checked (self) : NULL;

  if (ids != NULL && !is_as_before (self, ids))
    guichet_session_tag_past_async (self->session, self->recent, (const char *const *) ids->pdata,
                                    NULL, on_tagged, g_object_ref (widget));
}

static void
add_check (Tags *self, GuichetDefinition *tag)
{
  const char *const *now = guichet_recent_get_tags (self->recent);
  const char *id = guichet_definition_get_id (tag);
  GtkWidget *check = gtk_check_button_new_with_label (guichet_definition_get_name (tag));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), now != NULL && g_strv_contains (now, id));
  g_object_set_data_full (G_OBJECT (check), "tag", g_strdup (id), g_free);
  gtk_box_append (GTK_BOX (self->checks), check);
}

static void
make_checks (GtkMenuButton *button, gpointer data)
{
  Tags *self = data;
  GListModel *tags = guichet_session_get_tags (self->session);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->checks)) != NULL)
    gtk_box_remove (GTK_BOX (self->checks), child);
  for (guint i = 0; self->recent != NULL && i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (GuichetDefinition) tag = g_list_model_get_item (tags, i);

      add_check (self, tag);
    }
}

static GtkWidget *
popover_new (Tags *self, GtkWidget *widget)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->checks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->checks);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed), widget, G_CONNECT_SWAPPED);
  return popover;
}

GtkWidget *
guichet_inbox_tags_new (GuichetSession *session, GuichetInboxFunc tagged, gpointer data)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  Tags *self = g_new0 (Tags, 1);

  self->session = g_object_ref (session);
  self->tagged = tagged;
  self->data = data;
  self->names = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->names, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->names), "caption");
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->button, _ ("Tags"));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_menu_button_set_popover (self->button, popover_new (self, widget));
  gtk_menu_button_set_create_popup_func (self->button, make_checks, self, NULL);
  gtk_box_append (GTK_BOX (widget), GTK_WIDGET (self->button));
  gtk_box_append (GTK_BOX (widget), GTK_WIDGET (self->names));
  g_object_set_data_full (G_OBJECT (widget), "tags", self, tags_free);
  return widget;
}

void
guichet_inbox_tags_show (GtkWidget *widget, GuichetRecent *recent)
{
  Tags *self = g_object_get_data (G_OBJECT (widget), "tags");
  const char *const *ids = recent != NULL ? guichet_recent_get_tags (recent) : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  g_set_object (&self->recent, recent);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      const char *name = guichet_session_name_of (guichet_session_get_tags (self->session), ids[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? " · " : "", name);
    }
  gtk_label_set_text (self->names, names->str);
  gtk_widget_set_visible (GTK_WIDGET (self->button),
                          recent != NULL && guichet_recent_get_taggable (recent));
  gtk_widget_set_visible (widget, recent != NULL &&
                                      (names->len > 0 || guichet_recent_get_taggable (recent)));
}
