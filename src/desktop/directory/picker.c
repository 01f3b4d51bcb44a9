/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search field over those to whom work can go. Who cannot have it now is greyed, with the reason;
 * what was found stands until the answer to what is typed is there. Main thread only.
 */

#include "desktop/directory/picker.h"

#include "client/directory.h"
#include "desktop/directory/kind-filter.h"
#include "desktop/directory/target-list.h"
#include "desktop/directory/target-menu.h"
#include "desktop/directory/target-row.h"
#include "desktop/directory/target-words.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/choices.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetDirectoryPicker
{
  GtkWidget parent_instance;

  GtkWidget *search;
  GtkWidget *filter;
  GtkWidget *view;
  GtkWidget *scroller;
  GtkLabel *why;
  GtkLabel *note; /* in place of the list */
  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetDirectory *directory;
  GtkSingleSelection *selection;
  char *purpose;    /* NULL: nothing is asked for yet */
  char *forward;    /* whose calls, or NULL */
  gboolean entered; /* before the answer to what was typed */
};

G_DEFINE_FINAL_TYPE (GuichetDirectoryPicker, guichet_directory_picker, GTK_TYPE_WIDGET)

static guint picked_signal;

static void
show_note (GuichetDirectoryPicker *self, const char *text)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_label_set_text (self->note, text);
  gtk_widget_set_visible (self->scroller, any);
  gtk_widget_set_visible (GTK_WIDGET (self->note), !any);
}

static void
ask (GuichetDirectoryPicker *self)
{
  self->entered = FALSE;
  if (self->purpose == NULL)
    return;
  guichet_directory_ask (self->directory, gtk_editable_get_text (GTK_EDITABLE (self->search)),
                         guichet_kind_filter_get (GUICHET_KIND_FILTER (self->filter)),
                         self->interaction, self->forward);
}

static void
pick (GuichetDirectoryPicker *self, guint position)
{
  g_autoptr (GuichetTarget) target =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  GuichetTarget *way;

  if (target == NULL || *guichet_target_get_kind (target) == '\0')
    return;
  way = guichet_target_for (target, self->purpose);
  if (guichet_target_allows (way, self->purpose))
    g_signal_emit (self, picked_signal, 0, way);
  else
    {
      g_autofree char *why = guichet_target_problem (way, self->purpose);

      guichet_toast (GTK_WIDGET (self), why);
    }
}

static void
on_answered (GuichetDirectoryPicker *self, const GError *problem)
{
  g_autofree char *words = problem != NULL ? guichet_words_of_error (problem) : NULL;

  show_note (self, words != NULL ? words : _ ("Nothing found"));
  if (self->entered && problem == NULL)
    pick (self, gtk_single_selection_get_selected (self->selection));
  self->entered = FALSE;
}

/* Another answer is read from its first. */
static void
on_items (GuichetDirectoryPicker *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", 0);
    }
}

static void
on_enter (GuichetDirectoryPicker *self)
{
  /* What was typed last is what is meant. */
  self->entered = guichet_directory_is_asking (self->directory);
  if (!self->entered)
    pick (self, gtk_single_selection_get_selected (self->selection));
}

static void
on_acted (gpointer picker)
{
  GtkWidget *popover = gtk_widget_get_ancestor (picker, GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

/* Before the search field, which has a menu of its own. */
static gboolean
on_key (GuichetDirectoryPicker *self, guint key, guint code, GdkModifierType modifiers)
{
  GuichetTarget *target = gtk_single_selection_get_selected_item (self->selection);

  if (key != GDK_KEY_Menu && (key != GDK_KEY_F10 || (modifiers & GDK_SHIFT_MASK) == 0))
    return GDK_EVENT_PROPAGATE;
  if (target == NULL || *guichet_target_get_kind (target) == '\0')
    return GDK_EVENT_STOP;
  guichet_target_menu_popup (guichet_target_row_of (self->view, target), self->session,
                             self->interaction, target, on_acted, self);
  return GDK_EVENT_STOP;
}

void
guichet_directory_picker_restart (GuichetDirectoryPicker *self,
                                  GuichetInteraction *interaction,
                                  const char *purpose,
                                  const char *why)
{
  const char *whom = g_str_equal (purpose, "forward")    ? _ ("Where to")
                     : g_str_equal (purpose, "transfer") ? _ ("Transfer to")
                     : g_str_equal (purpose, "consult")  ? _ ("Whom to consult")
                                                         : _ ("Whom to add");

  guichet_directory_stop (self->directory);
  g_clear_pointer (&self->purpose, g_free); /* so that emptying asks nothing */
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  guichet_kind_filter_reset (GUICHET_KIND_FILTER (self->filter));
  g_set_object (&self->interaction, interaction);
  self->purpose = g_strdup (purpose);
  guichet_target_list_set_purpose (self->view, purpose);
  show_note (self, _ ("Asking the centre…"));
  gtk_label_set_text (self->why, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), whom);
  guichet_accessible_name (self->view, whom);
  gtk_widget_grab_focus (self->search);
  ask (self);
}

void
guichet_directory_picker_restart_forward (GuichetDirectoryPicker *self, const char *agent)
{
  g_free (self->forward);
  self->forward = g_strdup (agent);
  guichet_directory_picker_restart (self, NULL, "forward", NULL);
}

/* Nobody looks: the centre need not tell of changes. */
static void
on_unmap (GuichetDirectoryPicker *self)
{
  guichet_directory_stop (self->directory);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_directory_picker_dispose (GObject *object)
{
  GuichetDirectoryPicker *self = GUICHET_DIRECTORY_PICKER (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->selection);
  g_clear_object (&self->directory);
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  g_clear_pointer (&self->purpose, g_free);
  g_clear_pointer (&self->forward, g_free);
  G_OBJECT_CLASS (guichet_directory_picker_parent_class)->dispose (object);
}

static void
guichet_directory_picker_class_init (GuichetDirectoryPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_directory_picker_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, GUICHET_TYPE_TARGET);
}

static void
guichet_directory_picker_init (GuichetDirectoryPicker *self)
{
}

static GtkLabel *
sentence_new (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_max_width_chars (label, 36);
  gtk_label_set_xalign (label, 0);
  return label;
}

static void
build_search (GuichetDirectoryPicker *self)
{
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Name or number"), NULL);
  guichet_accessible_name_editable (GTK_EDITABLE (self->search), _ ("Transfer to"));
  /* At once: with Enter, the answer to all that was typed before it is waited for. */
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_enter), self);
  self->filter = guichet_kind_filter_new ();
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (ask), self);
}

static void
build (GuichetDirectoryPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->directory)));
  self->why = sentence_new ();
  self->note = sentence_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim");
  build_search (self);
  self->scroller = guichet_choices_new (self->selection, guichet_target_factory_new (self->session),
                                        320, G_CALLBACK (pick), self, &self->view);
  gtk_widget_set_size_request (box, (int) (320 * guichet_text_scale (box)), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->why));
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->filter);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  guichet_choices_lead (self->search, self->view);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  guichet_accessible_name (self->view, _ ("Transfer to"));
}

GtkWidget *
guichet_directory_picker_new (GuichetSession *session)
{
  GuichetDirectoryPicker *self = g_object_new (GUICHET_TYPE_DIRECTORY_PICKER, NULL);

  self->session = g_object_ref (session);
  self->directory = guichet_directory_new (session);
  build (self);
  g_signal_connect_object (self->directory, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->directory, "items-changed", G_CALLBACK (on_items), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
  return GTK_WIDGET (self);
}
