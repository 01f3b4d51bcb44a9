/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panel of replies. Without a search everything is listed, the public ones by category, then
 * the agent's own; a search shows the 25 best. Texts are not laid out before they are seen. Main
 * thread only.
 */

#include "desktop/replies/replies-panel.h"

#include "client/canned-change.h"
#include "desktop/replies/fill-form.h"
#include "desktop/replies/reply-fill.h"
#include "desktop/replies/reply-row.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/widgets/util.h"
#include "model/canned-text.h"

#include <glib/gi18n.h>

#define SEARCH_MS 250
#define FOUND_MAX 25

struct _GuichetRepliesPanel
{
  GtkWidget parent_instance;

  GtkStack *pages; /* "list", "fill" */
  GtkSearchEntry *search;
  GtkDropDown *categories;
  GtkStack *found; /* "list", "none" */
  GtkLabel *none;
  GuichetFillForm *form;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GListStore *shown;
  GtkStringList *names; /* of categories; the first is "all" */
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetRepliesPanel, guichet_replies_panel, GTK_TYPE_WIDGET)

/* --- what is listed --------------------------------------------------------------------------- */

static const char *
wanted_category (GuichetRepliesPanel *self)
{
  guint at = gtk_drop_down_get_selected (self->categories);

  return at == 0 || at == GTK_INVALID_LIST_POSITION ? NULL
                                                    : gtk_string_list_get_string (self->names, at);
}

/* Public ones first, then the agent's own. */
static GPtrArray *
sorted (GPtrArray *all)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (int own = 0; own <= 1; own++)
    for (guint i = 0; i < all->len; i++)
      if (guichet_canned_reply_get_personal (all->pdata[i]) == own)
        g_ptr_array_add (list, g_object_ref (all->pdata[i]));
  g_ptr_array_unref (all);
  return list;
}

static void
list_found (GuichetRepliesPanel *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search));
  gboolean searching = *query != '\0';
  GPtrArray *found = guichet_session_search_replies (self->session, query, wanted_category (self),
                                                     searching ? FOUND_MAX : G_MAXUINT);
  guint all = g_list_model_get_n_items (guichet_session_get_canned_replies (self->session));

  if (!searching)
    found = sorted (found);
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       found->pdata, found->len);
  gtk_label_set_text (self->none, all == 0 ? _ ("There are no replies yet. Add one of your own.")
                                           : _ ("No reply fits. Try other words."));
  gtk_stack_set_visible_child_name (self->found, found->len > 0 ? "list" : "none");
  g_ptr_array_unref (found);
}

static void
list_categories (GuichetRepliesPanel *self)
{
  GListModel *all = guichet_session_get_canned_replies (self->session);
  g_autofree char *chosen = g_strdup (wanted_category (self));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint at = 0;

  g_ptr_array_add (names, (gpointer) _ ("All categories"));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetCannedReply) one = g_list_model_get_item (all, i);
      const char *name = guichet_canned_reply_get_category (one);

      if (*name != '\0' && !g_str_equal (names->pdata[names->len - 1], name))
        g_ptr_array_add (names, (gpointer) name);
    }
  for (guint i = 1; chosen != NULL && i < names->len; i++)
    at = g_str_equal (names->pdata[i], chosen) ? i : at;
  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)),
                          (const char *const *) names->pdata);
  gtk_drop_down_set_selected (self->categories, at);
}

static gboolean
refresh (gpointer data)
{
  GuichetRepliesPanel *self = data;

  self->refresh_id = 0;
  list_categories (self);
  list_found (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (GuichetRepliesPanel *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh, self);
}

/* --- inserting -------------------------------------------------------------------------------- */

static void
insert (GuichetRepliesPanel *self, const char *text)
{
  gtk_stack_set_visible_child_name (self->pages, "list");
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.insert-reply", "s", text);
}

void
guichet_replies_panel_fill (GuichetRepliesPanel *self, GuichetCannedReply *reply)
{
  g_auto (GStrv) variables = NULL;
  const char *text;

  if (self->interaction == NULL)
    return;
  text = guichet_reply_text (reply, self->interaction);
  variables = model_text_variables (text);
  if (*variables == NULL)
    {
      insert (self, text);
      return;
    }
  guichet_fill_form_set (self->form, reply, self->interaction);
  gtk_stack_set_visible_child_name (self->pages, "fill");
  guichet_fill_form_focus (self->form);
}

static void
on_activate (GtkListView *view, guint position, GuichetRepliesPanel *self)
{
  g_autoptr (GuichetCannedReply) reply =
      g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (reply != NULL)
    guichet_replies_panel_fill (self, reply);
}

/* Enter in the search takes the best. */
static void
on_search_activate (GuichetRepliesPanel *self)
{
  list_found (self);
  on_activate (NULL, 0, self);
}

static void
on_insert (GuichetFillForm *form, const char *text, GuichetRepliesPanel *self)
{
  insert (self, text);
}

static void
on_cancel (GuichetRepliesPanel *self)
{
  gtk_stack_set_visible_child_name (self->pages, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_stop_search (GuichetRepliesPanel *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.write", NULL);
}

/* --- building --------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, guichet_reply_row_new ());
}

/* A heading where another category begins; a search has its own order. */
static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetRepliesPanel *self)
{
  guint at = gtk_list_item_get_position (item);
  GuichetCannedReply *reply = gtk_list_item_get_item (item);
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
  g_autoptr (GuichetCannedReply) before =
      at > 0 ? g_list_model_get_item (G_LIST_MODEL (self->shown), at - 1) : NULL;

  guichet_reply_row_show (GUICHET_REPLY_ROW (gtk_list_item_get_child (item)), reply,
                          searching ? reply : before,
                          guichet_reply_text (reply, self->interaction));
}

static GtkWidget *
build_view (GuichetRepliesPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  return guichet_row_choices_new (G_LIST_MODEL (self->shown), factory, _ ("Replies"),
                                  G_CALLBACK (on_activate), self);
}

static GtkWidget *
build_found (GuichetRepliesPanel *self)
{
  self->found = GTK_STACK (gtk_stack_new ());
  self->none = guichet_label_nothing (NULL);
  gtk_stack_add_named (self->found, build_view (self), "list");
  gtk_stack_add_named (self->found, GTK_WIDGET (self->none), "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->found), TRUE);
  return GTK_WIDGET (self->found);
}

static GtkWidget *
build_manage (void)
{
  GtkWidget *manage = gtk_button_new_with_label (_ ("Manage replies…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (manage), "win.manage-replies");
  gtk_widget_add_css_class (manage, "flat");
  return manage;
}

static GtkWidget *
build_list (GuichetRepliesPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->names = gtk_string_list_new ((const char *const[]){ _ ("All categories"), NULL });
  self->categories = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (self->names), NULL));
  gtk_search_entry_set_search_delay (self->search, SEARCH_MS);
  g_object_set (self->search, "placeholder-text", _ ("Search replies, or type / in the message"),
                NULL);
  guichet_accessible_name (GTK_WIDGET (self->search), _ ("Search replies"));
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search replies"));
  guichet_accessible_name (GTK_WIDGET (self->categories), _ ("Category"));
  guichet_accessible_name_inner (GTK_WIDGET (self->categories), GTK_TYPE_LIST_VIEW, _ ("Category"));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (list_found), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activate), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_stop_search), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->categories));
  gtk_box_append (GTK_BOX (box), build_found (self));
  gtk_box_append (GTK_BOX (box), build_manage ());
  g_signal_connect_swapped (self->categories, "notify::selected", G_CALLBACK (list_found), self);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  return box;
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_replies_panel_dispose (GObject *object)
{
  GuichetRepliesPanel *self = GUICHET_REPLIES_PANEL (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->categories != NULL)
    g_signal_handlers_disconnect_by_data (self->categories, self);
  self->categories = NULL;
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  g_clear_object (&self->shown);
  G_OBJECT_CLASS (guichet_replies_panel_parent_class)->dispose (object);
}

static void
guichet_replies_panel_class_init (GuichetRepliesPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_replies_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_replies_panel_init (GuichetRepliesPanel *self)
{
  self->shown = g_list_store_new (GUICHET_TYPE_CANNED_REPLY);
  self->pages = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->pages), GTK_WIDGET (self));
}

GtkWidget *
guichet_replies_panel_new (GuichetSession *session)
{
  GuichetRepliesPanel *self = g_object_new (GUICHET_TYPE_REPLIES_PANEL, NULL);

  self->session = g_object_ref (session);
  self->form = GUICHET_FILL_FORM (guichet_fill_form_new (session));
  gtk_stack_add_named (self->pages, build_list (self), "list");
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->form), "fill");
  g_signal_connect_object (self->form, "insert", G_CALLBACK (on_insert), self, 0);
  g_signal_connect_object (self->form, "done", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_canned_replies (session), "items-changed",
                           G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (refresh_soon), NULL);
  return GTK_WIDGET (self);
}

void
guichet_replies_panel_set_interaction (GuichetRepliesPanel *self, GuichetInteraction *interaction)
{
  if (!g_set_object (&self->interaction, interaction))
    return;
  gtk_stack_set_visible_child_name (self->pages, "list");
  refresh_soon (self);
}

void
guichet_replies_panel_focus (GuichetRepliesPanel *self)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->pages), "fill"))
    guichet_fill_form_focus (self->form);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
