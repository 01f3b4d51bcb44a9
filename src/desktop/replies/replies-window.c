/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manager of replies. What is deleted comes back by the button of the toast that says so, or by
 * Ctrl+Z while there is one. Main thread only.
 */

#include "desktop/replies/replies-window.h"

#include "client/canned-change.h"
#include "desktop/replies/reply-editor.h"
#include "desktop/replies/reply-files.h"
#include "desktop/replies/reply-row.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/widgets/toast.h"
#include "desktop/widgets/undo.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define GUICHET_TYPE_REPLIES_WINDOW (guichet_replies_window_get_type ())
G_DECLARE_FINAL_TYPE (GuichetRepliesWindow,
                      guichet_replies_window,
                      GUICHET,
                      REPLIES_WINDOW,
                      AdwWindow)

struct _GuichetRepliesWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *pages; /* "list", "edit" */
  GtkSearchEntry *search;
  GtkStack *found; /* "list", "none" */
  GtkLabel *none;
  GuichetReplyEditor *editor;

  GuichetSession *session;
  GListStore *shown;
  GuichetUndo *undo; /* of what was deleted */
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetRepliesWindow, guichet_replies_window, ADW_TYPE_WINDOW)

static void
toast (GuichetRepliesWindow *self, const char *text)
{
  guichet_toast_add (self->toasts, text, NULL, 6);
}

static void
on_toast (GtkWidget *widget, const char *action, GVariant *parameter)
{
  toast (GUICHET_REPLIES_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* --- the list --------------------------------------------------------------------------------- */

static gboolean
refresh (gpointer data)
{
  GuichetRepliesWindow *self = data;
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GPtrArray) found =
      guichet_session_search_replies (self->session, query, NULL, G_MAXUINT);

  self->refresh_id = 0;
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       found->pdata, found->len);
  gtk_label_set_text (self->none, *query == '\0'
                                      ? _ ("There are no replies yet. Add one of your own.")
                                      : _ ("No reply fits. Try other words."));
  gtk_stack_set_visible_child_name (self->found, found->len > 0 ? "list" : "none");
  return G_SOURCE_REMOVE;
}

static void
on_search (GuichetRepliesWindow *self)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  refresh (self);
}

static void
refresh_soon (GuichetRepliesWindow *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh, self);
}

static void
edit (GuichetRepliesWindow *self, GuichetCannedReply *reply)
{
  gtk_stack_set_visible_child_name (self->pages, "edit");
  guichet_reply_editor_set (self->editor, reply);
}

static void
on_add (GuichetRepliesWindow *self)
{
  edit (self, NULL);
}

static void
on_activate (GtkListView *view, guint position, GuichetRepliesWindow *self)
{
  g_autoptr (GuichetCannedReply) reply =
      g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (reply != NULL)
    edit (self, reply);
}

static void
on_done (GuichetRepliesWindow *self)
{
  gtk_stack_set_visible_child_name (self->pages, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* --- deleting --------------------------------------------------------------------------------- */

typedef struct
{
  GuichetRepliesWindow *window;
  char *id;
  gint64 revision;
  ModelCannedReply *reply;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->window);
  g_free (deleted->id);
  model_canned_reply_free (deleted->reply);
  g_free (deleted);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetRepliesWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCannedReply) reply =
      guichet_session_save_reply_finish (GUICHET_SESSION (source), result, &error);
  g_autofree char *words = reply == NULL ? guichet_words_of_error (error) : NULL;

  if (words != NULL)
    toast (self, words);
}

static void
restore (gpointer data)
{
  Deleted *deleted = data;
  GuichetRepliesWindow *self = deleted->window;

  guichet_session_save_reply_async (self->session, deleted->id, FALSE, deleted->revision,
                                    deleted->reply, NULL, on_restored, g_object_ref (self));
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  Deleted *deleted = data;
  GuichetRepliesWindow *self = deleted->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  deleted->revision =
      guichet_session_delete_reply_finish (GUICHET_SESSION (source), result, &error);
  if (self->undo == NULL) /* the window was closed meanwhile */
    {
      deleted_free (deleted);
      return;
    }
  if (deleted->revision == 0)
    {
      g_autofree char *words = guichet_words_of_error (error);

      toast (self, words);
      deleted_free (deleted);
      return;
    }
  text = g_strdup_printf (_ ("“%s” is deleted."), deleted->reply->name);
  guichet_undo_offer (self->undo, text, restore, deleted, deleted_free);
}

static void
on_delete (GtkButton *button, GuichetRepliesWindow *self)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (button), "item");
  GuichetCannedReply *reply = gtk_list_item_get_item (item);
  const char *reason = NULL;
  Deleted *deleted;

  if (reply == NULL)
    return;
  if (!guichet_session_may_change_replies (self->session,
                                           !guichet_canned_reply_get_personal (reply), &reason))
    {
      toast (self, _ ("Public replies are changed by supervisors."));
      return;
    }
  deleted = g_new0 (Deleted, 1);
  deleted->window = g_object_ref (self);
  deleted->id = g_strdup (guichet_canned_reply_get_id (reply));
  deleted->reply = guichet_canned_reply_to_model (reply);
  guichet_session_delete_reply_async (self->session, reply, NULL, on_deleted, deleted);
}

/* --- files ------------------------------------------------------------------------------------ */

static void
on_import (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guichet_reply_files_import (widget, GUICHET_REPLIES_WINDOW (widget)->session,
                              g_variant_get_boolean (parameter));
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guichet_reply_files_export (widget, GUICHET_REPLIES_WINDOW (widget)->session);
}

static GtkWidget *
build_menu (GuichetRepliesWindow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("Import for me…"), "replies.import(false)");
  if (guichet_session_may_change_replies (self->session, TRUE, NULL))
    g_menu_append (menu, _ ("Import for everybody…"), "replies.import(true)");
  g_menu_append (menu, _ ("Export all…"), "replies.export");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  guichet_accessible_name (button, _ ("Import and export"));
  guichet_accessible_name_inner (button, GTK_TYPE_TOGGLE_BUTTON, _ ("Import and export"));
  guichet_widget_set_tip (button, _ ("Import and export"));
  return button;
}

/* --- building --------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetRepliesWindow *self)
{
  GtkWidget *row = guichet_reply_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "item", item);
  g_object_set_data (G_OBJECT (row), "delete", button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_delete), self, 0);
  guichet_reply_row_add (GUICHET_REPLY_ROW (row), button);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetRepliesWindow *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "delete");
  GuichetCannedReply *reply = gtk_list_item_get_item (item);
  gboolean personal = guichet_canned_reply_get_personal (reply);
  gboolean may = guichet_session_may_change_replies (self->session, !personal, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Delete %s"), guichet_canned_reply_get_name (reply));

  guichet_reply_row_show (GUICHET_REPLY_ROW (row), reply, NULL,
                          guichet_canned_reply_text (reply, NULL, g_get_language_names ()[0]));
  guichet_accessible_name (button, name);
  guichet_accessible_grey (button, may ? NULL : _ ("Public replies are changed by supervisors."),
                           name);
}

static GtkWidget *
build_view (GuichetRepliesWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  return guichet_row_choices_new (G_LIST_MODEL (self->shown), factory, _ ("Canned replies"),
                                  G_CALLBACK (on_activate), self);
}

static GtkWidget *
build_list (GuichetRepliesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *add = gtk_button_new_with_label (_ ("Add a reply"));

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->found = GTK_STACK (gtk_stack_new ());
  self->none = guichet_label_nothing (NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), TRUE);
  guichet_accessible_name (GTK_WIDGET (self->search), _ ("Search replies"));
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search replies"));
  g_object_set (self->search, "placeholder-text", _ ("Search replies"), NULL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (top), add);
  gtk_stack_add_named (self->found, build_view (self), "list");
  gtk_stack_add_named (self->found, GTK_WIDGET (self->none), "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->found), TRUE);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->found));
  return box;
}

static void
guichet_replies_window_dispose (GObject *object)
{
  GuichetRepliesWindow *self = GUICHET_REPLIES_WINDOW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->undo);
  G_OBJECT_CLASS (guichet_replies_window_parent_class)->dispose (object);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);
}

static void
guichet_replies_window_class_init (GuichetRepliesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_replies_window_dispose;
  gtk_widget_class_install_action (widget_class, "win.toast", "s", on_toast);
  gtk_widget_class_install_action (widget_class, "replies.import", "b", on_import);
  gtk_widget_class_install_action (widget_class, "replies.export", NULL, on_export);
}

static void
guichet_replies_window_init (GuichetRepliesWindow *self)
{
  self->shown = g_list_store_new (GUICHET_TYPE_CANNED_REPLY);
}

static void
build (GuichetRepliesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->pages = GTK_STACK (gtk_stack_new ());
  self->editor = GUICHET_REPLY_EDITOR (guichet_reply_editor_new (self->session));
  gtk_stack_add_named (self->pages, build_list (self), "list");
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->editor), "edit");
  g_signal_connect_object (self->editor, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_start (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->pages), 8);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), build_menu (self));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pages));
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  self->undo =
      guichet_undo_new (GTK_WIDGET (self), self->toasts, self->pages, GTK_EDITABLE (self->search));
}

GtkWidget *
guichet_replies_window_new (GtkWindow *parent, GuichetSession *session)
{
  GuichetRepliesWindow *self = g_object_new (GUICHET_TYPE_REPLIES_WINDOW, NULL);
  GtkWindow *window = GTK_WINDOW (self);

  self->session = g_object_ref (session);
  gtk_window_set_title (window, _ ("Canned replies"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  gtk_window_set_default_size (window, 600, 620);
  guichet_window_close_by_escape (GTK_WIDGET (self));
  build (self);
  g_signal_connect_object (guichet_session_get_canned_replies (session), "items-changed",
                           G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
