/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panel of clips. Archived ones are not in it. What is played is the centre's word, so that a
 * second desk, or one that comes back, shows the same. Main thread only.
 */

#include "desktop/clips/clips-panel.h"

#include "client/clip-change.h"
#include "desktop/clips/clip-row.h"
#include "desktop/desk/allowed.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define PROGRESS_MS 200

struct _GuichetClipsPanel
{
  GtkWidget parent_instance;

  GtkSearchEntry *search;
  GtkStack *found; /* "list", "none" */
  GtkLabel *none;
  GtkListView *view;
  GtkSingleSelection *selection;
  GtkStack *foot; /* "choose", "playing" */
  GtkWidget *play, *play_and_end, *stop;
  GtkLabel *what;
  GtkProgressBar *progress;
  GuichetTimerLabel *left;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GListStore *shown;
  guint refresh_id, progress_id;
};

G_DEFINE_FINAL_TYPE (GuichetClipsPanel, guichet_clips_panel, GTK_TYPE_WIDGET)

/* --- what is listed --------------------------------------------------------------------------- */

static void
list_found (GuichetClipsPanel *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GPtrArray) found = guichet_session_search_clips (self->session, query, FALSE);

  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       found->pdata, found->len);
  gtk_label_set_text (self->none, *query == '\0' ? _ ("There are no clips yet. Record one.")
                                                 : _ ("No clip fits. Try other words."));
  gtk_stack_set_visible_child_name (self->found, found->len > 0 ? "list" : "none");
}

/* Why nothing can be played now, or NULL. */
static const char *
obstacle (GuichetClipsPanel *self)
{
  const char *reason = NULL;

  if (!guichet_session_get_link_up (self->session))
    return guichet_words_find (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, "link_down");
  if (guichet_allowed (self->session, self->interaction, MODEL_ACTION_DTMF, &reason) !=
          MODEL_ALLOWED ||
      guichet_allowed (self->session, self->interaction, MODEL_ACTION_END, &reason) !=
          MODEL_ALLOWED)
    return reason != NULL ? reason : "";
  if (gtk_single_selection_get_selected_item (self->selection) == NULL)
    return _ ("Choose a clip first.");
  return NULL;
}

static gboolean
on_progress (gpointer data)
{
  GuichetClipsPanel *self = data;
  gint64 at = guichet_interaction_get_playing_at (self->interaction);
  gint64 until = guichet_interaction_get_playing_until (self->interaction);
  double part = (double) (guichet_clock_now () - at) / (double) MAX (1, until - at);

  gtk_progress_bar_set_fraction (self->progress, CLAMP (part, 0.0, 1.0));
  return G_SOURCE_CONTINUE;
}

static void
show_playing (GuichetClipsPanel *self, const char *label)
{
  g_autofree char *text = guichet_interaction_get_playing_hangs_up (self->interaction)
                              ? g_strdup_printf (_ ("“%s” is played, then the call ends"), label)
                              : g_strdup_printf (_ ("“%s” is played"), label);

  gtk_label_set_text (self->what, text);
  guichet_timer_label_set_instant (self->left, GUICHET_TIMER_DOWN,
                                   guichet_interaction_get_playing_until (self->interaction));
  on_progress (self);
  if (self->progress_id == 0)
    self->progress_id = g_timeout_add (PROGRESS_MS, on_progress, self);
}

static void
show_foot (GuichetClipsPanel *self)
{
  const char *label =
      self->interaction != NULL ? guichet_interaction_get_playing (self->interaction) : "";
  gboolean playing = *label != '\0';
  gboolean had_focus = gtk_widget_has_focus (playing ? self->play : self->stop) ||
                       (playing && gtk_widget_has_focus (self->play_and_end));
  const char *reason;

  if (playing)
    show_playing (self, label);
  else
    g_clear_handle_id (&self->progress_id, g_source_remove);
  gtk_stack_set_visible_child_name (self->foot, playing ? "playing" : "choose");
  if (self->interaction == NULL)
    return;
  reason = obstacle (self);
  guichet_accessible_grey (self->play, reason, _ ("All in the call hear it"));
  guichet_accessible_grey (self->play_and_end, reason,
                           _ ("At the end of the clip the call is over"));
  if (had_focus)
    gtk_widget_grab_focus (playing ? self->stop : GTK_WIDGET (self->view));
}

static gboolean
refresh (gpointer data)
{
  GuichetClipsPanel *self = data;

  self->refresh_id = 0;
  list_found (self);
  show_foot (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (GuichetClipsPanel *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh, self);
}

/* --- playing ---------------------------------------------------------------------------------- */

static void
play (GuichetClipsPanel *self, gboolean hang_up)
{
  GuichetClip *clip = gtk_single_selection_get_selected_item (self->selection);

  if (self->interaction == NULL || clip == NULL || obstacle (self) != NULL)
    return;
  guichet_session_play_clip_async (self->session, self->interaction, clip, hang_up, NULL,
                                   guichet_command_done, g_object_ref (self));
}

static void
on_play (GuichetClipsPanel *self)
{
  play (self, FALSE);
}

static void
on_play_and_end (GuichetClipsPanel *self)
{
  play (self, TRUE);
}

static void
on_stop (GuichetClipsPanel *self)
{
  if (self->interaction != NULL)
    guichet_session_stop_clip_async (self->session, self->interaction, NULL, guichet_command_done,
                                     g_object_ref (self));
}

static void
on_activate (GtkListView *view, guint position, GuichetClipsPanel *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  play (self, FALSE);
}

/* What stopped it, where that was not its end and not the agent. */
static const char *
words_of_stop (const char *cause)
{
  if (g_str_equal (cause, "held"))
    return _ ("The clip was stopped: the call is on hold.");
  if (g_str_equal (cause, "customer_left"))
    return _ ("The clip was stopped: the customer hung up.");
  if (g_str_equal (cause, "play_failed"))
    return _ ("The clip could not be played. Record it anew.");
  return NULL;
}

static void
on_changed (GuichetSession *session,
            GuichetInteraction *interaction,
            const char *cause,
            GuichetClipsPanel *self)
{
  gboolean was = g_object_get_data (G_OBJECT (interaction), "clip-is-played") != NULL;
  gboolean is = *guichet_interaction_get_playing (interaction) != '\0';
  const char *words = was && !is ? words_of_stop (cause) : NULL;

  g_object_set_data (G_OBJECT (interaction), "clip-is-played", GINT_TO_POINTER (is));
  if (words != NULL)
    guichet_toast (GTK_WIDGET (self), words);
  if (interaction == self->interaction)
    show_foot (self);
}

static void
on_stop_search (GuichetClipsPanel *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* --- building --------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, guichet_clip_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  guichet_clip_row_show (GUICHET_CLIP_ROW (gtk_list_item_get_child (item)),
                         gtk_list_item_get_item (item));
}

static GtkWidget *
build_view (GuichetClipsPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "replies");
  guichet_accessible_name (GTK_WIDGET (self->view), _ ("Clips"));
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (show_foot), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  return scroller;
}

static GtkWidget *
build_found (GuichetClipsPanel *self)
{
  self->found = GTK_STACK (gtk_stack_new ());
  self->none = guichet_label_nothing (NULL);
  gtk_stack_add_named (self->found, build_view (self), "list");
  gtk_stack_add_named (self->found, GTK_WIDGET (self->none), "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->found), TRUE);
  return GTK_WIDGET (self->found);
}

static GtkWidget *
build_choose (GuichetClipsPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->play = gtk_button_new_with_label (_ ("Play"));
  self->play_and_end = gtk_button_new_with_label (_ ("Play and hang up"));
  gtk_widget_add_css_class (self->play, "suggested-action");
  g_signal_connect_swapped (self->play, "clicked", G_CALLBACK (on_play), self);
  g_signal_connect_swapped (self->play_and_end, "clicked", G_CALLBACK (on_play_and_end), self);
  gtk_box_append (GTK_BOX (box), self->play);
  gtk_box_append (GTK_BOX (box), self->play_and_end);
  return box;
}

static GtkWidget *
build_playing (GuichetClipsPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->what = guichet_label_wrapped (NULL, NULL);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->left = GUICHET_TIMER_LABEL (guichet_timer_label_new ());
  self->stop = gtk_button_new_with_label (_ ("Stop"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  guichet_accessible_name (GTK_WIDGET (self->progress), _ ("How far the clip is"));
  guichet_timer_label_set_caption (self->left, _ ("Left of the clip"));
  guichet_accessible_name (self->stop, _ ("Stop the clip"));
  g_signal_connect_swapped (self->stop, "clicked", G_CALLBACK (on_stop), self);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->left));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->what));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->stop);
  return box;
}

static GtkWidget *
build_foot (GuichetClipsPanel *self)
{
  self->foot = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->foot, FALSE);
  gtk_stack_set_hhomogeneous (self->foot, FALSE);
  gtk_stack_add_named (self->foot, build_choose (self), "choose");
  gtk_stack_add_named (self->foot, build_playing (self), "playing");
  return GTK_WIDGET (self->foot);
}

static void
build_search (GuichetClipsPanel *self)
{
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ ("Search clips"), NULL);
  guichet_accessible_name (GTK_WIDGET (self->search), _ ("Search clips"));
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Search clips"));
  /* Not "search-changed", which comes after an Enter that was typed right behind the letters. */
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (list_found), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_play), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_stop_search), self);
}

static GtkWidget *
build_list (GuichetClipsPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *manage = gtk_button_new_with_label (_ ("Manage clips…"));

  build_search (self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (manage), "win.manage-clips");
  gtk_widget_add_css_class (manage, "flat");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), build_found (self));
  gtk_box_append (GTK_BOX (box), build_foot (self));
  gtk_box_append (GTK_BOX (box), manage);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  return box;
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_clips_panel_dispose (GObject *object)
{
  GuichetClipsPanel *self = GUICHET_CLIPS_PANEL (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  g_clear_object (&self->shown);
  G_OBJECT_CLASS (guichet_clips_panel_parent_class)->dispose (object);
}

static void
guichet_clips_panel_class_init (GuichetClipsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_clips_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_clips_panel_init (GuichetClipsPanel *self)
{
  self->shown = g_list_store_new (GUICHET_TYPE_CLIP);
}

GtkWidget *
guichet_clips_panel_new (GuichetSession *session)
{
  GuichetClipsPanel *self = g_object_new (GUICHET_TYPE_CLIPS_PANEL, NULL);

  self->session = g_object_ref (session);
  gtk_widget_set_parent (build_list (self), GTK_WIDGET (self));
  g_signal_connect_object (guichet_session_get_clips (session), "items-changed",
                           G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (session, "notify::link-up", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (refresh_soon), NULL);
  return GTK_WIDGET (self);
}

void
guichet_clips_panel_set_interaction (GuichetClipsPanel *self, GuichetInteraction *interaction)
{
  if (!g_set_object (&self->interaction, interaction))
    return;
  if (interaction != NULL)
    g_object_set_data (G_OBJECT (interaction), "clip-is-played",
                       GINT_TO_POINTER (*guichet_interaction_get_playing (interaction) != '\0'));
  show_foot (self);
  refresh_soon (self);
}

void
guichet_clips_panel_focus (GuichetClipsPanel *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
