/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manager of replies. Main thread only.
 */

#include "desktop/replies/replies-window.h"

#include "client/canned-change.h"
#include "desktop/replies/reply-editor.h"
#include "desktop/replies/reply-files.h"
#include "desktop/replies/reply-row.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/manager-window.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define GUICHET_TYPE_REPLIES_WINDOW (guichet_replies_window_get_type ())
G_DECLARE_FINAL_TYPE (GuichetRepliesWindow,
                      guichet_replies_window,
                      GUICHET,
                      REPLIES_WINDOW,
                      GuichetManagerWindow)

struct _GuichetRepliesWindow
{
  GuichetManagerWindow parent_instance;

  GuichetReplyEditor *editor;

  GuichetSession *session;
  GListStore *shown;
};

G_DEFINE_FINAL_TYPE (GuichetRepliesWindow, guichet_replies_window, GUICHET_TYPE_MANAGER_WINDOW)

/* --- the list --------------------------------------------------------------------------------- */

static void
find (GuichetManagerWindow *window, const char *query, gboolean changed)
{
  GuichetRepliesWindow *self = GUICHET_REPLIES_WINDOW (window);
  g_autoptr (GPtrArray) found =
      guichet_session_search_replies (self->session, query, NULL, G_MAXUINT);

  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       found->pdata, found->len);
  guichet_manager_window_show (window, found->len > 0,
                               *query == '\0' ? _ ("There are no replies yet. Add one of your own.")
                                              : _ ("No reply fits. Try other words."));
}

static void
edit (GuichetRepliesWindow *self, GuichetCannedReply *reply)
{
  guichet_manager_window_edit (GUICHET_MANAGER_WINDOW (self));
  guichet_reply_editor_set (self->editor, reply);
}

static void
add (GuichetManagerWindow *window)
{
  edit (GUICHET_REPLIES_WINDOW (window), NULL);
}

static void
on_activate (GtkListView *view, guint position, GuichetRepliesWindow *self)
{
  g_autoptr (GuichetCannedReply) reply =
      g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (reply != NULL)
    edit (self, reply);
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

  if (reply == NULL)
    guichet_manager_window_say_error (GUICHET_MANAGER_WINDOW (self), error);
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
  g_autoptr (GError) error = NULL;

  deleted->revision =
      guichet_session_delete_reply_finish (GUICHET_SESSION (source), result, &error);
  guichet_manager_window_deleted (GUICHET_MANAGER_WINDOW (deleted->window), deleted->reply->name,
                                  error, restore, deleted, deleted_free);
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
      guichet_manager_window_say (GUICHET_MANAGER_WINDOW (self),
                                  _ ("Public replies are changed by supervisors."));
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

static void
guichet_replies_window_dispose (GObject *object)
{
  GuichetRepliesWindow *self = GUICHET_REPLIES_WINDOW (object);

  G_OBJECT_CLASS (guichet_replies_window_parent_class)->dispose (object);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);
}

static void
guichet_replies_window_class_init (GuichetRepliesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_replies_window_dispose;
  GUICHET_MANAGER_WINDOW_CLASS (klass)->find = find;
  GUICHET_MANAGER_WINDOW_CLASS (klass)->add = add;
  gtk_widget_class_install_action (widget_class, "replies.import", "b", on_import);
  gtk_widget_class_install_action (widget_class, "replies.export", NULL, on_export);
}

static void
guichet_replies_window_init (GuichetRepliesWindow *self)
{
  self->shown = g_list_store_new (GUICHET_TYPE_CANNED_REPLY);
}

GtkWidget *
guichet_replies_window_new (GtkWindow *parent, GuichetSession *session)
{
  GuichetRepliesWindow *self = g_object_new (GUICHET_TYPE_REPLIES_WINDOW, NULL);
  const GuichetManagerLook look = { _ ("Canned replies"), _ ("Search replies"), _ ("Add a reply"),
                                    600, 620 };

  self->session = g_object_ref (session);
  self->editor = GUICHET_REPLY_EDITOR (guichet_reply_editor_new (self->session));
  adw_header_bar_pack_end (
      guichet_manager_window_build (GUICHET_MANAGER_WINDOW (self), parent, &look,
                                    guichet_session_get_canned_replies (session), build_view (self),
                                    GTK_WIDGET (self->editor)),
      build_menu (self));
  return GTK_WIDGET (self);
}
