/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manager of clips. Main thread only.
 */

#include "desktop/clips/clips-window.h"

#include "client/clip-change.h"
#include "desktop/clips/clip-editor.h"
#include "desktop/clips/clip-row.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/manager-window.h"
#include "desktop/widgets/row-factory.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define GUICHET_TYPE_CLIPS_WINDOW (guichet_clips_window_get_type ())
G_DECLARE_FINAL_TYPE (GuichetClipsWindow,
                      guichet_clips_window,
                      GUICHET,
                      CLIPS_WINDOW,
                      GuichetManagerWindow)

struct _GuichetClipsWindow
{
  GuichetManagerWindow parent_instance;

  GtkWidget *tabs;
  GtkToggleButton *recordings, *archive;
  GuichetClipEditor *editor;

  GuichetSession *session;
  GuichetClipSound *sound;
  GListStore *shown;
};

G_DEFINE_FINAL_TYPE (GuichetClipsWindow, guichet_clips_window, GUICHET_TYPE_MANAGER_WINDOW)

static void
toast (GuichetClipsWindow *self, const char *text)
{
  guichet_manager_window_say (GUICHET_MANAGER_WINDOW (self), text);
}

/* --- the list --------------------------------------------------------------------------------- */

/* Another search finds others; what is changed itself is shown anew. */
static void
find (GuichetManagerWindow *window, const char *query, gboolean changed)
{
  GuichetClipsWindow *self = GUICHET_CLIPS_WINDOW (window);
  gboolean archived = gtk_toggle_button_get_active (self->archive);
  g_autoptr (GPtrArray) found = guichet_session_search_clips (self->session, query, archived);
  const char *reason = NULL;
  gboolean may = guichet_session_may_change_clips (self->session, FALSE, &reason);

  if (changed)
    g_list_store_remove_all (self->shown);
  guichet_list_show (self->shown, 0, found, NULL);
  guichet_manager_window_show (window, found->len > 0,
                               *query != '\0' ? _ ("No clip fits. Try other words.")
                               : archived     ? _ ("Nothing is archived.")
                                              : _ ("There are no clips yet. Record one."));
  guichet_accessible_grey (
      guichet_manager_window_get_add (window),
      may ? NULL : guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, reason), NULL);
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
  guichet_manager_window_edit (GUICHET_MANAGER_WINDOW (self));
  guichet_clip_editor_set (self->editor, clip);
}

static void
add (GuichetManagerWindow *window)
{
  GuichetClipsWindow *self = GUICHET_CLIPS_WINDOW (window);

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
}

/* --- hearing ---------------------------------------------------------------------------------- */

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetClipsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      guichet_session_hear_clip_finish (GUICHET_SESSION (source), result, &error);

  if (bytes == NULL)
    guichet_manager_window_say_error (GUICHET_MANAGER_WINDOW (self), error);
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
  if (!guichet_manager_window_is_editing (GUICHET_MANAGER_WINDOW (self)))
    toast (self, text);
}

/* --- archiving and deleting ------------------------------------------------------------------- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetClipsWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!guichet_session_save_clip_finish (GUICHET_SESSION (source), result, &error))
    guichet_manager_window_say_error (GUICHET_MANAGER_WINDOW (self), error);
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
  g_autoptr (GError) error = NULL;

  deleted->revision = guichet_session_delete_clip_finish (GUICHET_SESSION (source), result, &error);
  guichet_manager_window_deleted (GUICHET_MANAGER_WINDOW (deleted->window),
                                  guichet_clip_get_label (deleted->clip), error, restore, deleted,
                                  deleted_free);
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
  g_signal_connect_swapped (self->archive, "toggled", G_CALLBACK (guichet_manager_window_find),
                            self);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->recordings));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->archive));
  return box;
}

static void
guichet_clips_window_dispose (GObject *object)
{
  GuichetClipsWindow *self = GUICHET_CLIPS_WINDOW (object);

  G_OBJECT_CLASS (guichet_clips_window_parent_class)->dispose (object);
  g_clear_object (&self->shown);
  g_clear_object (&self->sound);
  g_clear_object (&self->session);
}

static void
guichet_clips_window_class_init (GuichetClipsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_clips_window_dispose;
  GUICHET_MANAGER_WINDOW_CLASS (klass)->find = find;
  GUICHET_MANAGER_WINDOW_CLASS (klass)->add = add;
}

static void
guichet_clips_window_init (GuichetClipsWindow *self)
{
  self->shown = g_list_store_new (GUICHET_TYPE_CLIP);
}

GtkWidget *
guichet_clips_window_new (GtkWindow *parent, GuichetSession *session)
{
  GuichetClipsWindow *self = g_object_new (GUICHET_TYPE_CLIPS_WINDOW, NULL);
  const GuichetManagerLook look = { _ ("Clips"), _ ("Search clips"), _ ("Record a clip"), 560,
                                    520 };

  self->session = g_object_ref (session);
  self->sound = guichet_clip_sound_new (session);
  self->editor = GUICHET_CLIP_EDITOR (guichet_clip_editor_new (self->session, self->sound));
  self->tabs = build_tabs (self);
  adw_header_bar_set_title_widget (
      guichet_manager_window_build (GUICHET_MANAGER_WINDOW (self), parent, &look,
                                    guichet_session_get_clips (session), build_view (self),
                                    GTK_WIDGET (self->editor)),
      self->tabs);
  g_signal_connect_object (self->editor, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "failed", G_CALLBACK (on_sound_failed), self, 0);
  return GTK_WIDGET (self);
}
