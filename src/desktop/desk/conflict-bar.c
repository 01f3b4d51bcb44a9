/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The oldest undecided conflict of an interaction: what was typed here beside what the centre
 * holds. Main thread only.
 */

#include "desktop/desk/conflict-bar.h"

#include "desktop/text/words.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetConflictBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *label;
  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetConflict *conflict;
};

G_DEFINE_FINAL_TYPE (GuichetConflictBar, guichet_conflict_bar, GTK_TYPE_WIDGET)

static GuichetConflict *
find (GuichetConflictBar *self)
{
  GListModel *conflicts =
      self->session != NULL ? guichet_session_get_conflicts (self->session) : NULL;

  if (conflicts == NULL || self->interaction == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr (GuichetConflict) one = g_list_model_get_item (conflicts, i);

      if (g_str_equal (guichet_conflict_get_interaction (one),
                       guichet_interaction_get_id (self->interaction)))
        return g_steal_pointer (&one);
    }
  return NULL;
}

/* Ids of dispositions and tags are shown as their names. */
static char *
named (GuichetConflictBar *self, const char *value)
{
  const char *kind = guichet_conflict_get_kind (self->conflict);
  GListModel *of = g_str_equal (kind, "tags") ? guichet_session_get_tags (self->session)
                   : g_str_equal (kind, "disposition")
                       ? guichet_session_get_dispositions (self->session)
                       : NULL;
  g_auto (GStrv) ids = NULL;
  g_autofree char *text = NULL;

  if (g_str_equal (kind, "sentiment") && guichet_words_sentiment (value) != NULL)
    return g_strdup (guichet_words_sentiment (value));
  if (of == NULL)
    return g_strdup (value);
  ids = g_strsplit (value, " ", -1);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      char *name = g_strdup (guichet_session_name_of (of, ids[i]));

      g_free (ids[i]);
      ids[i] = name;
    }
  return g_strjoinv (", ", ids);
}

static void
refresh (GuichetConflictBar *self)
{
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *text = NULL;

  g_clear_object (&self->conflict);
  self->conflict = find (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->conflict != NULL);
  if (self->conflict == NULL)
    return;
  mine = named (self, guichet_conflict_get_mine (self->conflict));
  theirs = named (self, guichet_conflict_get_theirs (self->conflict));
  text = g_strdup_printf (
      _ ("This was changed elsewhere meanwhile.\nTyped here: %s\nAt the centre: %s"), mine, theirs);
  gtk_label_set_text (self->label, text);
}

static void
on_keep_mine (GuichetConflictBar *self)
{
  if (self->conflict != NULL)
    guichet_session_resolve (self->session, self->conflict,
                             guichet_conflict_get_mine (self->conflict));
}

static void
on_use_theirs (GuichetConflictBar *self)
{
  if (self->conflict != NULL)
    guichet_session_resolve (self->session, self->conflict,
                             guichet_conflict_get_theirs (self->conflict));
}

static void
guichet_conflict_bar_dispose (GObject *object)
{
  GuichetConflictBar *self = GUICHET_CONFLICT_BAR (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->conflict);
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_conflict_bar_parent_class)->dispose (object);
}

static void
guichet_conflict_bar_class_init (GuichetConflictBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_conflict_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
guichet_conflict_bar_init (GuichetConflictBar *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mine = gtk_button_new_with_label (_ ("Keep mine"));
  GtkWidget *theirs = gtk_button_new_with_label (_ ("Use the centre’s"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (self->box, "guichet-banner");
  gtk_widget_add_css_class (self->box, "warning-note");
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_box_append (GTK_BOX (buttons), mine);
  gtk_box_append (GTK_BOX (buttons), theirs);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self->box), buttons);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (mine, "clicked", G_CALLBACK (on_keep_mine), self);
  g_signal_connect_swapped (theirs, "clicked", G_CALLBACK (on_use_theirs), self);
}

void
guichet_conflict_bar_set_session (GuichetConflictBar *self, GuichetSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (guichet_session_get_conflicts (session), "items-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

void
guichet_conflict_bar_set_interaction (GuichetConflictBar *self, GuichetInteraction *interaction)
{
  g_set_object (&self->interaction, interaction);
  refresh (self);
}
