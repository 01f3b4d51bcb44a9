/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The membership of the agent in each queue. The choices of a row are ready, paused for each reason
 * of the centre, out. Main thread only.
 */

#include "desktop/header/queues-button.h"

#include "desktop/shortcuts.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetQueuesButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkWidget *all_paused;
  GtkBox *all_reasons;
  GtkListBox *list;
  GuichetSession *session;
  GPtrArray *pause_reasons; /* ids, beside the choices "paused" */
  GtkStringList *choices;
  gboolean filling;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetQueuesButton, guichet_queues_button, GTK_TYPE_WIDGET)

/* 0: ready, 1 to n: paused with a reason, n + 1: out. */
static guint
choice_of (GuichetQueuesButton *self, GuichetQueue *queue)
{
  const char *membership = guichet_queue_get_membership (queue);
  guint at;

  if (g_str_equal (membership, "ready"))
    return 0;
  if (g_str_equal (membership, "out"))
    return self->pause_reasons->len + 1;
  if (g_ptr_array_find_with_equal_func (
          self->pause_reasons, guichet_queue_get_membership_reason (queue), g_str_equal, &at))
    return at + 1;
  return self->pause_reasons->len > 0 ? 1 : 0;
}

static void
set_membership (GuichetQueuesButton *self, const char *queue, guint choice)
{
  const char *queues[] = { queue, NULL };
  const char *state = choice == 0 ? "ready" : choice <= self->pause_reasons->len ? "paused" : "out";
  const char *reason = choice > 0 && choice <= self->pause_reasons->len
                           ? g_ptr_array_index (self->pause_reasons, choice - 1)
                           : NULL;

  guichet_session_set_membership_async (self->session, queue != NULL ? queues : NULL, state, reason,
                                        NULL, guichet_command_done, g_object_ref (self));
}

static void
on_chosen (GtkDropDown *drop, GParamSpec *pspec, GuichetQueuesButton *self)
{
  guint chosen = gtk_drop_down_get_selected (drop);

  if (!self->filling && chosen != GTK_INVALID_LIST_POSITION)
    set_membership (self, g_object_get_data (G_OBJECT (drop), "queue"), chosen);
}

static void
make_choices (GuichetQueuesButton *self)
{
  GListModel *reasons = guichet_session_get_reasons (self->session);

  g_ptr_array_set_size (self->pause_reasons, 0);
  g_clear_object (&self->choices);
  self->choices = gtk_string_list_new (NULL);
  gtk_string_list_append (self->choices, _ ("Ready"));
  for (guint i = 0; i < g_list_model_get_n_items (reasons); i++)
    {
      g_autoptr (GuichetDefinition) one = g_list_model_get_item (reasons, i);
      g_autofree char *name = NULL;

      if (g_str_equal (guichet_definition_get_kind (one), "idle") ||
          guichet_definition_get_retired (one))
        continue;
      /* Translators: %s is a reason, as "Paused: lunch" */
      name = g_strdup_printf (_ ("Paused: %s"), guichet_definition_get_name (one));
      gtk_string_list_append (self->choices, name);
      g_ptr_array_add (self->pause_reasons, g_strdup (guichet_definition_get_id (one)));
    }
  gtk_string_list_append (self->choices, _ ("Out"));
}

static GtkWidget *
make_row (GuichetQueuesButton *self, GuichetQueue *queue)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (guichet_queue_get_name (queue));
  GtkWidget *drop = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (self->choices)), NULL);
  gint64 waiting = guichet_queue_get_waiting (queue);
  g_autofree char *spoken =
      g_strdup_printf (_ ("Your place in %s"), guichet_queue_get_name (queue));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), name);
  if (waiting > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%d waiting", "%d waiting", (gulong) waiting), (int) waiting);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), choice_of (self, queue));
  gtk_widget_set_sensitive (drop, guichet_session_get_link_up (self->session));
  guichet_accessible_name (drop, spoken);
  guichet_accessible_name_inner (drop, GTK_TYPE_TOGGLE_BUTTON, spoken);
  guichet_accessible_name_inner (drop, GTK_TYPE_LIST_VIEW, spoken);
  g_object_set_data_full (G_OBJECT (drop), "queue", g_strdup (guichet_queue_get_id (queue)),
                          g_free);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (on_chosen), self);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), drop);
  gtk_widget_set_margin_start (row, 10);
  gtk_widget_set_margin_end (row, 6);
  gtk_widget_set_margin_top (row, 4);
  gtk_widget_set_margin_bottom (row, 4);
  return row;
}

static void
on_all_paused (GuichetQueuesButton *self, GtkButton *button)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->all_paused));
  set_membership (self, NULL, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "choice")));
}

/* A pause has a reason, for all queues as well as for one. */
static void
fill_reasons (GuichetQueuesButton *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->all_reasons))) != NULL)
    gtk_box_remove (self->all_reasons, child);
  for (guint i = 1; i <= self->pause_reasons->len; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (gtk_string_list_get_string (self->choices, i));

      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "choice", GUINT_TO_POINTER (i));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_all_paused), self);
      gtk_box_append (self->all_reasons, button);
    }
}

/* The rows are made when the popover opens. */
static void
fill (GuichetQueuesButton *self)
{
  GListModel *queues = guichet_session_get_queues (self->session);
  GtkWidget *child;

  self->filling = TRUE;
  make_choices (self);
  fill_reasons (self);
  gtk_widget_set_visible (self->all_paused, self->pause_reasons->len > 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      gtk_list_box_append (self->list, make_row (self, queue));
      gtk_widget_set_focusable (gtk_widget_get_last_child (GTK_WIDGET (self->list)), FALSE);
      guichet_accessible_name (gtk_widget_get_last_child (GTK_WIDGET (self->list)),
                               guichet_queue_get_name (queue));
    }
  self->filling = FALSE;
}

static gboolean refresh (gpointer data);

static void
on_changed (GuichetQueuesButton *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

static gboolean
refresh (gpointer data)
{
  GuichetQueuesButton *self = data;
  GListModel *queues = guichet_session_get_queues (self->session);
  guint n = g_list_model_get_n_items (queues);
  guint ready = 0;
  g_autofree char *text = NULL;

  self->refresh_id = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      g_signal_handlers_disconnect_by_func (queue, on_changed, self);
      g_signal_connect_object (queue, "notify", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      ready += g_str_equal (guichet_queue_get_membership (queue), "ready");
    }
  /* Translators: in how many of the agent's queues he or she is ready */
  text = g_strdup_printf (ngettext ("%u of %u queue", "%u of %u queues", n), ready, n);
  gtk_label_set_text (self->label, text);
  return G_SOURCE_REMOVE;
}

static void
guichet_queues_button_dispose (GObject *object)
{
  GuichetQueuesButton *self = GUICHET_QUEUES_BUTTON (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->choices);
  g_clear_object (&self->session);
  g_clear_pointer (&self->pause_reasons, g_ptr_array_unref);
  G_OBJECT_CLASS (guichet_queues_button_parent_class)->dispose (object);
}

static void
guichet_queues_button_class_init (GuichetQueuesButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_queues_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_all_button (const char *label, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  guichet_accessible_name (button, name);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void
on_all_ready (GuichetQueuesButton *self)
{
  set_membership (self, NULL, 0);
}

static void
on_all_out (GuichetQueuesButton *self)
{
  set_membership (self, NULL, self->pause_reasons->len + 1);
}

static GtkWidget *
make_all_paused (GuichetQueuesButton *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->all_reasons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->all_reasons));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("All paused"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  guichet_accessible_name (button, _ ("Paused in all queues"));
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static GtkWidget *
build_popover (GuichetQueuesButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *ready = make_all_button (_ ("All ready"), _ ("Ready in all queues"));
  GtkWidget *out = make_all_button (_ ("All out"), _ ("Out of all queues"));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  guichet_accessible_name (GTK_WIDGET (self->list), _ ("Queues"));
  g_signal_connect_swapped (ready, "clicked", G_CALLBACK (on_all_ready), self);
  g_signal_connect_swapped (out, "clicked", G_CALLBACK (on_all_out), self);
  gtk_box_append (GTK_BOX (all), ready);
  self->all_paused = make_all_paused (self);
  gtk_box_append (GTK_BOX (all), self->all_paused);
  gtk_box_append (GTK_BOX (all), out);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (box, (int) (340 * guichet_text_scale (box)), -1);
  gtk_widget_add_css_class (popover, "queues");
  gtk_box_append (GTK_BOX (box), all);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (fill), self);
  return popover;
}

static void
guichet_queues_button_init (GuichetQueuesButton *self)
{
  self->pause_reasons = g_ptr_array_new_with_free_func (g_free);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_menu_button_set_child (self->button, GTK_WIDGET (self->label));
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  gtk_menu_button_set_popover (self->button, build_popover (self));
  guichet_accessible_name (GTK_WIDGET (self->button), _ ("Your queues"));
  guichet_shortcuts_set_tip (GTK_WIDGET (self->button), _ ("Your queues"), "win.queues");
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
}

void
guichet_queues_button_set_session (GuichetQueuesButton *self, GuichetSession *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (guichet_session_get_queues (session), "items-changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  refresh (self);
}

void
guichet_queues_button_popup (GuichetQueuesButton *self)
{
  gtk_menu_button_popup (self->button);
}
