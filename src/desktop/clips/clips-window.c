/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manager of clips. What is deleted comes back by the button of the toast that says so, or by
 * Ctrl+Z while there is one. Main thread only.
 */

#include "desktop/clips/clips-window.h"

#include "client/clip-change.h"
#include "desktop/clips/clip-editor.h"
#include "desktop/clips/clip-row.h"
#include "desktop/text/error-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/widgets/toast.h"
#include "desktop/widgets/undo.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define GUICHET_TYPE_CLIPS_WINDOW (guichet_clips_window_get_type ())
G_DECLARE_FINAL_TYPE (GuichetClipsWindow, guichet_clips_window, GUICHET, CLIPS_WINDOW, AdwWindow)

struct _GuichetClipsWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *pages; /* "list", "edit" */
  GtkWidget *tabs;
  GtkToggleButton *recordings, *archive;
  GtkSearchEntry *search;
  GtkWidget *add;
  GtkStack *found; /* "list", "none" */
  GtkLabel *none;
  GuichetClipEditor *editor;

  GuichetSession *session;
  GuichetClipSound *sound;
  GListStore *shown;
  GuichetUndo *undo; /* of what was deleted */
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetClipsWindow, guichet_clips_window, ADW_TYPE_WINDOW)

static void
toast (GuichetClipsWindow *self, const char *text)
{
  guichet_toast_add (self->toasts, text, NULL, 6);
}

/* --- the list --------------------------------------------------------------------------------- */

/* Another search finds others; what is changed itself is shown anew. */
static void
show_found (GuichetClipsWindow *self, gboolean changed)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search));
  gboolean archived = gtk_toggle_button_get_active (self->archive);
  g_autoptr (GPtrArray) found = guichet_session_search_clips (self->session, query, archived);
  const char *reason = NULL;
  gboolean may = guichet_session_may_change_clips (self->session, FALSE, &reason);

  if (changed)
    g_list_store_remove_all (self->shown);
  guichet_list_show (self->shown, 0, found, NULL);
  gtk_label_set_text (self->none, *query != '\0' ? _ ("No clip fits. Try other words.")
                                  : archived     ? _ ("Nothing is archived.")
                                                 : _ ("There are no clips yet. Record one."));
  gtk_stack_set_visible_child_name (self->found, found->len > 0 ? "list" : "none");
  guichet_accessible_grey (
      self->add,
      may ? NULL : guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, reason), NULL);
}

static gboolean
refresh (gpointer data)
{
  GuichetClipsWindow *self = data;

  self->refresh_id = 0;
  show_found (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
refresh_now (GuichetClipsWindow *self)
{
  show_found (self, FALSE);
}

static void
refresh_soon (GuichetClipsWindow *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh, self);
}

static gboolean
may_change (GuichetClipsWindow *self, GuichetClip *clip)
{
  return guichet_session_may_change_clips (self->session, !guichet_clip_get_personal (clip), NULL);
}

static void
edit (GuichetClipsWindow *self, GuichetClip *clip)
{
  gtk_widget_set_sensitive (self->tabs, FALSE);
  gtk_stack_set_visible_child_name (self->pages, "edit");
  guichet_clip_editor_set (self->editor, clip);
}

static void
on_add (GuichetClipsWindow *self)
{
  if (guichet_session_may_change_clips (self->session, FALSE, NULL))
    edit (self, NULL);
}

static void
on_activate (GtkListView *view, guint position, GuichetClipsWindow *self)
{
  g_autoptr (GuichetClip) clip = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (clip != NULL && may_change (self, clip))
    edit (self, clip);
  else if (clip != NULL)
    toast (self, _ ("Clips for everybody are changed by supervisors."));
}

static void
on_done (GuichetClipsWindow *self)
{
  gtk_widget_set_sensitive (self->tabs, TRUE);
  gtk_stack_set_visible_child_name (self->pages, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* --- hearing ---------------------------------------------------------------------------------- */

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetClipsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      guichet_session_hear_clip_finish (GUICHET_SESSION (source), result, &error);
  g_autofree char *words = bytes == NULL ? guichet_words_of_error (error) : NULL;

  if (words != NULL)
    toast (self, words);
  else if (self->sound != NULL)
    guichet_clip_sound_play (self->sound, bytes, 0);
}

static void
hear (GuichetClipsWindow *self, GuichetClip *clip)
{
  const char *obstacle = guichet_clip_sound_get_obstacle (self->sound);

  if (!g_str_equal (guichet_clip_sound_get_state (self->sound), "idle"))
    guichet_clip_sound_stop (self->sound);
  else if (obstacle != NULL)
    toast (self, obstacle);
  else
    guichet_session_hear_clip_async (self->session, clip, NULL, on_fetched, g_object_ref (self));
}

static void
on_sound_failed (GuichetClipSound *sound, const char *text, GuichetClipsWindow *self)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->pages), "list"))
    toast (self, text);
}

/* --- archiving and deleting ------------------------------------------------------------------- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetClipsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (guichet_session_save_clip_finish (GUICHET_SESSION (source), result, &error))
    return;
  words = guichet_words_of_error (error);
  toast (self, words);
}

static void
archive (GuichetClipsWindow *self, GuichetClip *clip)
{
  const GuichetClipWish wish = { .label = guichet_clip_get_label (clip),
                                 .tags = guichet_clip_get_tags (clip),
                                 .archived = !guichet_clip_get_archived (clip) };

  guichet_session_save_clip_async (self->session, guichet_clip_get_id (clip),
                                   guichet_clip_get_revision (clip), &wish, NULL, on_saved,
                                   g_object_ref (self));
}

typedef struct
{
  GuichetClipsWindow *window;
  GuichetClip *clip;
  gint64 revision;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->window);
  g_object_unref (deleted->clip);
  g_free (deleted);
}

static void
restore (gpointer data)
{
  Deleted *deleted = data;
  GuichetClipsWindow *self = deleted->window;
  const GuichetClipWish wish = { .label = guichet_clip_get_label (deleted->clip),
                                 .tags = guichet_clip_get_tags (deleted->clip),
                                 .archived = guichet_clip_get_archived (deleted->clip) };

  guichet_session_save_clip_async (self->session, guichet_clip_get_id (deleted->clip),
                                   deleted->revision, &wish, NULL, on_saved, g_object_ref (self));
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  Deleted *deleted = data;
  GuichetClipsWindow *self = deleted->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  deleted->revision = guichet_session_delete_clip_finish (GUICHET_SESSION (source), result, &error);
  if (self->undo == NULL) /* the window was closed meanwhile */
    {
      deleted_free (deleted);
      return;
    }
  if (deleted->revision == 0)
    {
      text = guichet_words_of_error (error);
      toast (self, text);
      deleted_free (deleted);
      return;
    }
  text = g_strdup_printf (_ ("“%s” is deleted."), guichet_clip_get_label (deleted->clip));
  guichet_undo_offer (self->undo, text, restore, deleted, deleted_free);
}

static void delete (GuichetClipsWindow *self, GuichetClip *clip)
{
  Deleted *deleted = g_new0 (Deleted, 1);

  deleted->window = g_object_ref (self);
  deleted->clip = g_object_ref (clip);
  guichet_session_delete_clip_async (self->session, clip, NULL, on_deleted, deleted);
}

/* --- rows ------------------------------------------------------------------------------------- */

typedef struct
{
  const char *key, *icon;
  void (*act) (GuichetClipsWindow *self, GuichetClip *clip);
  gboolean changes;
} RowButton;

static const RowButton row_buttons[] = {
  { "hear", "media-playback-start-symbolic", hear, FALSE },
  { "archive", "folder-symbolic", archive, TRUE },
  { "delete", "user-trash-symbolic", delete, TRUE },
};

static void
on_clicked (GtkButton *button, GuichetClipsWindow *self)
{
  const RowButton *what = g_object_get_data (G_OBJECT (button), "what");
  GuichetClip *clip = gtk_list_item_get_item (g_object_get_data (G_OBJECT (button), "item"));

  if (clip == NULL)
    return;
  if (what->changes && !may_change (self, clip))
    toast (self, _ ("Clips for everybody are changed by supervisors."));
  else
    what->act (self, clip);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetClipsWindow *self)
{
  GtkWidget *row = guichet_clip_row_new ();

  for (guint i = 0; i < G_N_ELEMENTS (row_buttons); i++)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (row_buttons[i].icon);

      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "item", item);
      g_object_set_data (G_OBJECT (button), "what", (gpointer) &row_buttons[i]);
      g_object_set_data (G_OBJECT (row), row_buttons[i].key, button);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, 0);
      guichet_clip_row_add (GUICHET_CLIP_ROW (row), button);
    }
  gtk_list_item_set_child (item, row);
}

static char *
name_of (const RowButton *what, GuichetClip *clip)
{
  const char *label = guichet_clip_get_label (clip);

  if (what->act == hear)
    return g_strdup_printf (_ ("Hear %s"), label);
  if (what->act == delete)
    return g_strdup_printf (_ ("Delete %s"), label);
  return guichet_clip_get_archived (clip)
             ? g_strdup_printf (_ ("Take %s out of the archive"), label)
             : g_strdup_printf (_ ("Archive %s"), label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetClipsWindow *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GuichetClip *clip = gtk_list_item_get_item (item);
  gboolean may = may_change (self, clip);

  guichet_clip_row_show (GUICHET_CLIP_ROW (row), clip);
  for (guint i = 0; i < G_N_ELEMENTS (row_buttons); i++)
    {
      const RowButton *what = &row_buttons[i];
      GtkWidget *button = g_object_get_data (G_OBJECT (row), what->key);
      g_autofree char *name = name_of (what, clip);

      if (what->act == archive)
        gtk_button_set_icon_name (GTK_BUTTON (button), guichet_clip_get_archived (clip)
                                                           ? "edit-undo-symbolic"
                                                           : what->icon);
      guichet_accessible_name (button, name);
      guichet_accessible_grey (
          button,
          may || !what->changes ? NULL : _ ("Clips for everybody are changed by supervisors."),
          name);
    }
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
build_view (GuichetClipsWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  return guichet_row_choices_new (G_LIST_MODEL (self->shown), factory, _ ("Clips"),
                                  G_CALLBACK (on_activate), self);
}

static GtkWidget *
build_tabs (GuichetClipsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->recordings = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Recordings")));
  self->archive = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Archive")));
  gtk_toggle_button_set_group (self->archive, self->recordings);
  gtk_toggle_button_set_active (self->recordings, TRUE);
  g_signal_connect_swapped (self->archive, "toggled", G_CALLBACK (refresh_now), self);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->recordings));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->archive));
  return box;
}

static GtkWidget *
build_top (GuichetClipsWindow *self)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->add = gtk_button_new_with_label (_ ("Record a clip"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), TRUE);
  guichet_accessible_name (GTK_WIDGET (self->search), _ ("Search clips"));
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search clips"));
  g_object_set (self->search, "placeholder-text", _ ("Search clips"), NULL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (refresh_now), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  gtk_widget_add_css_class (self->add, "suggested-action");
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (top), self->add);
  return top;
}

static GtkWidget *
build_list (GuichetClipsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->found = GTK_STACK (gtk_stack_new ());
  self->none = guichet_label_nothing (NULL);
  gtk_stack_add_named (self->found, build_view (self), "list");
  gtk_stack_add_named (self->found, GTK_WIDGET (self->none), "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->found), TRUE);
  gtk_box_append (GTK_BOX (box), build_top (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->found));
  return box;
}

static void
guichet_clips_window_dispose (GObject *object)
{
  GuichetClipsWindow *self = GUICHET_CLIPS_WINDOW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->undo);
  G_OBJECT_CLASS (guichet_clips_window_parent_class)->dispose (object);
  g_clear_object (&self->shown);
  g_clear_object (&self->sound);
  g_clear_object (&self->session);
}

static void
guichet_clips_window_class_init (GuichetClipsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_clips_window_dispose;
}

static void
guichet_clips_window_init (GuichetClipsWindow *self)
{
  self->shown = g_list_store_new (GUICHET_TYPE_CLIP);
}

static void
build (GuichetClipsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->pages = GTK_STACK (gtk_stack_new ());
  self->editor = GUICHET_CLIP_EDITOR (guichet_clip_editor_new (self->session, self->sound));
  self->tabs = build_tabs (self);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), self->tabs);
  gtk_stack_add_named (self->pages, build_list (self), "list");
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->editor), "edit");
  g_signal_connect_object (self->editor, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_start (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->pages), 8);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->pages), 12);
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pages));
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  self->undo =
      guichet_undo_new (GTK_WIDGET (self), self->toasts, self->pages, GTK_EDITABLE (self->search));
}

GtkWidget *
guichet_clips_window_new (GtkWindow *parent, GuichetSession *session)
{
  GuichetClipsWindow *self = g_object_new (GUICHET_TYPE_CLIPS_WINDOW, NULL);
  GtkWindow *window = GTK_WINDOW (self);

  self->session = g_object_ref (session);
  self->sound = guichet_clip_sound_new (session);
  gtk_window_set_title (window, _ ("Clips"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  gtk_window_set_default_size (window, 560, 520);
  guichet_window_close_by_escape (GTK_WIDGET (self));
  build (self);
  g_signal_connect_object (self->sound, "failed", G_CALLBACK (on_sound_failed), self, 0);
  g_signal_connect_object (guichet_session_get_clips (session), "items-changed",
                           G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
