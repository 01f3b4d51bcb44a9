/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search field over those to whom a chat can be transferred. Who cannot have it now is greyed,
 * with the reason. Main thread only.
 */

#include "desktop/chat/transfer-picker.h"

#include "base/fold.h"
#include "desktop/text/error-words.h"
#include "desktop/text/reason.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/choices.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetTransferPicker
{
  GtkWidget parent_instance;

  GtkWidget *search;
  GtkWidget *view;
  GtkWidget *scroller;
  GtkLabel *note; /* in place of the list */
  GuichetSession *session;
  GListStore *targets;
  GtkCustomFilter *filter;
  GtkSingleSelection *selection;
  GCancellable *asking;
  char *wanted; /* folded */
};

G_DEFINE_FINAL_TYPE (GuichetTransferPicker, guichet_transfer_picker, GTK_TYPE_WIDGET)

static guint picked_signal;

static gboolean
is_possible (GuichetTarget *target)
{
  return *guichet_target_get_problem (target) == '\0';
}

static gboolean
matches (gpointer item, gpointer data)
{
  GuichetTransferPicker *self = data;
  g_autofree char *name = NULL;
  g_autofree char *team = NULL;

  if (self->wanted == NULL || *self->wanted == '\0')
    return TRUE;
  name = base_fold (guichet_target_get_name (item));
  team = base_fold (guichet_target_get_team_name (item));
  return strstr (name, self->wanted) != NULL || strstr (team, self->wanted) != NULL;
}

static void
show_note (GuichetTransferPicker *self, const char *text)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_label_set_text (self->note, text);
  gtk_widget_set_visible (self->scroller, any);
  gtk_widget_set_visible (GTK_WIDGET (self->note), !any);
}

static void
on_search (GuichetTransferPicker *self)
{
  g_free (self->wanted);
  self->wanted = base_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
  if (self->asking == NULL)
    show_note (self, _ ("Nothing found"));
}

static void
pick (GuichetTransferPicker *self, guint position)
{
  g_autoptr (GuichetTarget) target =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (target == NULL)
    return;
  if (is_possible (target))
    g_signal_emit (self, picked_signal, 0, target);
  else
    {
      g_autofree char *why = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                                            guichet_target_get_problem (target));

      guichet_toast (GTK_WIDGET (self), why);
    }
}

static void
on_enter (GuichetTransferPicker *self)
{
  pick (self, gtk_single_selection_get_selected (self->selection));
}

/* A row
 * ..............................................................................................................
 */

static char *
words_of_agent (GuichetTransferPicker *self, GuichetTarget *target)
{
  const char *presence = guichet_words_presence (guichet_target_get_presence (target));
  const char *reason = guichet_target_get_reason (target);
  const char *team = guichet_target_get_team_name (target);
  g_autofree char *why = *reason != '\0' ? guichet_reason_words (self->session, reason) : NULL;
  g_autofree char *state =
      why != NULL ? g_strjoin (" · ", presence, why, NULL) : g_strdup (presence);

  return *team != '\0' ? g_strjoin (" · ", state, team, NULL) : g_steal_pointer (&state);
}

static char *
words_of_queue (GuichetTarget *target)
{
  gint64 waiting = guichet_target_get_waiting (target);

  /* Translators: a queue, and how many wait in it */
  return g_strdup_printf (
      g_dngettext (NULL, "Queue · %d waiting", "Queue · %d waiting", (gulong) waiting),
      (int) waiting);
}

static char *
words_of (GuichetTransferPicker *self, GuichetTarget *target)
{
  const char *kind = guichet_target_get_kind (target);
  const char *problem = is_possible (target)
                            ? NULL
                            : guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SHORT,
                                                  guichet_target_get_problem (target));
  g_autofree char *what = g_str_equal (kind, "agent")   ? words_of_agent (self, target)
                          : g_str_equal (kind, "queue") ? words_of_queue (target)
                                                        : g_strdup (_ ("Skill"));

  return problem != NULL ? g_strjoin (" · ", problem, what, NULL) : g_steal_pointer (&what);
}

static const char *
icon_of (GuichetTarget *target)
{
  const char *presence = guichet_target_get_presence (target);

  if (g_str_equal (guichet_target_get_kind (target), "queue"))
    return "view-list-symbolic";
  if (g_str_equal (guichet_target_get_kind (target), "skill"))
    return "starred-symbolic";
  return g_str_equal (presence, "ready")      ? "user-available-symbolic"
         : g_str_equal (presence, "busy")     ? "user-busy-symbolic"
         : g_str_equal (presence, "on_break") ? "user-away-symbolic"
                                              : "user-offline-symbolic";
}

static GtkWidget *
line_new (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_margin_start (row, 6);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (lines), line_new ("heading"));
  gtk_box_append (GTK_BOX (lines), line_new ("caption"));
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GuichetTransferPicker *self)
{
  GuichetTarget *target = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *icon = gtk_widget_get_first_child (row);
  GtkWidget *name = gtk_widget_get_first_child (gtk_widget_get_next_sibling (icon));
  g_autofree char *what = words_of (self, target);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", guichet_target_get_name (target), what);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_of (target));
  gtk_label_set_text (GTK_LABEL (name), guichet_target_get_name (target));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), what);
  guichet_widget_set_class (name, "dim", !is_possible (target));
  gtk_widget_set_tooltip_text (row, what);
  if (gtk_widget_get_parent (row) != NULL)
    guichet_accessible_name (gtk_widget_get_parent (row), spoken);
}

/* Asking
 * .............................................................................................................
 */

/* Of each kind those who are possible first. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  static const char *const kinds[] = { "agent", "queue", "skill" };
  int at[2] = { 0, 0 };
  GuichetTarget *targets[] = { (GuichetTarget *) a, (GuichetTarget *) b };

  for (int i = 0; i < 2; i++)
    for (int j = 0; j < (int) G_N_ELEMENTS (kinds); j++)
      if (g_str_equal (guichet_target_get_kind (targets[i]), kinds[j]))
        at[i] = j * 2 + !is_possible (targets[i]);
  if (at[0] != at[1])
    return at[0] - at[1];
  return g_utf8_collate (guichet_target_get_name (targets[0]),
                         guichet_target_get_name (targets[1]));
}

static void
on_targets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetTransferPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);
  g_autofree char *problem = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (all != NULL)
    g_list_store_splice (self->targets, 0, 0, all->pdata, all->len);
  else
    problem = guichet_words_of_error (error);
  g_list_store_sort (self->targets, compare, NULL);
  gtk_single_selection_set_selected (self->selection, 0);
  show_note (self, problem != NULL ? problem : _ ("Nothing found"));
}

void
guichet_transfer_picker_restart (GuichetTransferPicker *self,
                                 GuichetInteraction *interaction,
                                 const char *purpose)
{
  const char *whom = g_str_equal (purpose, "transfer")  ? _ ("Transfer to")
                     : g_str_equal (purpose, "consult") ? _ ("Whom to consult")
                                                        : _ ("Whom to add");

  g_cancellable_cancel (self->asking);
  g_set_object (&self->asking, NULL);
  self->asking = g_cancellable_new ();
  g_list_store_remove_all (self->targets);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  on_search (self);
  show_note (self, _ ("Asking the centre…"));
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), whom);
  guichet_accessible_name (self->view, whom);
  gtk_widget_grab_focus (self->search);
  guichet_session_targets_async (self->session, interaction, purpose, self->asking, on_targets,
                                 g_object_ref (self));
}

/* Class
 * ..............................................................................................................
 */

static void
guichet_transfer_picker_dispose (GObject *object)
{
  GuichetTransferPicker *self = GUICHET_TRANSFER_PICKER (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->targets);
  g_clear_object (&self->session);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (guichet_transfer_picker_parent_class)->dispose (object);
}

static void
guichet_transfer_picker_class_init (GuichetTransferPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_transfer_picker_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_TARGET);
}

static GtkWidget *
build_view (GuichetTransferPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  self->scroller =
      guichet_choices_new (self->selection, factory, 320, G_CALLBACK (pick), self, &self->view);
  return self->scroller;
}

static void
build_search (GuichetTransferPicker *self)
{
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Agent, queue or skill"), "search-delay", 0,
                NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Transfer to"));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_enter), self);
}

static void
guichet_transfer_picker_init (GuichetTransferPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkFilterListModel *filtered;

  self->targets = g_list_store_new (GUICHET_TYPE_TARGET);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->targets)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_label_set_max_width_chars (self->note, 36);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim");
  build_search (self);
  gtk_widget_set_size_request (box, 300, -1);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), build_view (self));
  guichet_choices_lead (self->search, self->view);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  guichet_accessible_name (self->view, _ ("Transfer to"));
}

GtkWidget *
guichet_transfer_picker_new (GuichetSession *session)
{
  GuichetTransferPicker *self = g_object_new (GUICHET_TYPE_TRANSFER_PICKER, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
