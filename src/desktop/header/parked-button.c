/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of parked calls. A row is kept as long as its call is parked, so that a press is not
 * lost by what changes beside it. Main thread only.
 */

#include "desktop/header/parked-button.h"

#include "client/parked.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetParkedButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel *count;
  GtkListBox *list;
  GuichetSession *session;
  GHashTable *said; /* ids of the agent's own whose places were said */
};

G_DEFINE_FINAL_TYPE (GuichetParkedButton, guichet_parked_button, GTK_TYPE_WIDGET)

static void
on_fetched (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetParkedButton) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  if (guichet_session_command_finish (GUICHET_SESSION (session), result, &error) ||
      gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  problem = guichet_words_of_error (error);
  gtk_widget_error_bell (GTK_WIDGET (self));
  guichet_toast (GTK_WIDGET (self), problem);
}

static void
on_fetch (GtkWidget *fetch, GuichetParkedButton *self)
{
  GuichetParked *parked = g_object_get_data (G_OBJECT (fetch), "parked");

  guichet_session_fetch_async (self->session, parked, NULL, on_fetched, g_object_ref (self));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static const char *
who_of (GuichetParked *parked)
{
  const char *name = guichet_parked_get_customer_name (parked);

  if (*name != '\0')
    return name;
  name = guichet_parked_get_customer_number (parked);
  return *name != '\0' ? name : _ ("Unknown caller");
}

/* Who parked it, and in which queue it belongs; or that it is on its way. */
static gboolean
to_words (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  GuichetParked *parked = user_data;
  const char *queue = guichet_parked_get_queue_name (parked);

  if (*g_value_get_string (from) != '\0')
    g_value_set_string (to, _ ("Being fetched…"));
  else if (*queue != '\0')
    /* Translators: an agent, a queue */
    g_value_take_string (
        to, g_strdup_printf (_ ("By %s · %s"), guichet_parked_get_by_name (parked), queue));
  else
    /* Translators: an agent */
    g_value_take_string (to, g_strdup_printf (_ ("By %s"), guichet_parked_get_by_name (parked)));
  return TRUE;
}

static gboolean
to_free (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_boolean (to, *g_value_get_string (from) == '\0');
  return TRUE;
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_fetch (GuichetParkedButton *self, GuichetParked *parked, const char *place)
{
  GtkWidget *fetch = gtk_button_new_with_label (_ ("Retrieve"));
  /* Translators: %1$s is the number of a place, %2$s who is parked there */
  g_autofree char *name = g_strdup_printf (_ ("Retrieve from %1$s: %2$s"), place, who_of (parked));

  gtk_widget_set_valign (fetch, GTK_ALIGN_CENTER);
  guichet_accessible_name (fetch, name);
  g_object_set_data_full (G_OBJECT (fetch), "parked", g_object_ref (parked), g_object_unref);
  g_object_bind_property_full (parked, "fetched-by", fetch, "sensitive", G_BINDING_SYNC_CREATE,
                               to_free, NULL, NULL, NULL);
  g_signal_connect_object (fetch, "clicked", G_CALLBACK (on_fetch), self, 0);
  return fetch;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  GuichetParkedButton *self = user_data;
  GuichetParked *parked = item;
  g_autofree char *place = g_strdup_printf ("%" G_GINT64_FORMAT, guichet_parked_get_place (parked));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *about = make_label (NULL, "dim");
  GtkWidget *timer = guichet_timer_label_new ();

  guichet_timer_label_set_caption (GUICHET_TIMER_LABEL (timer), _ ("Parked for"));
  guichet_timer_label_set_kind (GUICHET_TIMER_LABEL (timer), GUICHET_TIMER_WAITING);
  guichet_timer_label_set_limit (GUICHET_TIMER_LABEL (timer), guichet_parked_get_until (parked));
  guichet_timer_label_set_instant (GUICHET_TIMER_LABEL (timer), GUICHET_TIMER_UP,
                                   guichet_parked_get_since (parked));
  gtk_widget_set_hexpand (words, TRUE);
  g_object_bind_property_full (parked, "fetched-by", about, "label", G_BINDING_SYNC_CREATE,
                               to_words, NULL, g_object_ref (parked), g_object_unref);
  gtk_box_append (GTK_BOX (words), make_label (who_of (parked), "heading"));
  gtk_box_append (GTK_BOX (words), about);
  gtk_box_append (GTK_BOX (row), make_label (place, "title-3"));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), timer);
  gtk_box_append (GTK_BOX (row), make_fetch (self, parked, place));
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  return row;
}

/* The agent has to tell somebody where the call is. */
static void
say_own (GuichetParkedButton *self, GListModel *all)
{
  const char *agent = guichet_session_get_agent (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetParked) parked = g_list_model_get_item (all, i);
      g_autofree char *text = NULL;

      if (!g_str_equal (guichet_parked_get_by (parked), agent) ||
          !g_hash_table_add (self->said, g_strdup (guichet_parked_get_id (parked))))
        continue;
      /* Translators: who is parked, the number of the place */
      text = g_strdup_printf (_ ("%s is parked at %d."), who_of (parked),
                              (int) guichet_parked_get_place (parked));
      guichet_toast (GTK_WIDGET (self), text);
    }
}

static void
forget_gone (GuichetParkedButton *self, GListModel *all)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->said);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      gboolean there = FALSE;

      for (guint i = 0; !there && i < g_list_model_get_n_items (all); i++)
        {
          g_autoptr (GuichetParked) parked = g_list_model_get_item (all, i);

          there = g_str_equal (guichet_parked_get_id (parked), id);
        }
      if (!there)
        g_hash_table_iter_remove (&iter);
    }
}

static void
on_changed (GuichetParkedButton *self)
{
  GListModel *all = guichet_session_get_parked (self->session);
  guint n = g_list_model_get_n_items (all);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *name =
      g_strdup_printf (ngettext ("%u parked call", "%u parked calls", (gulong) n), n);

  gtk_label_set_text (self->count, number);
  guichet_accessible_name (self->button, name);
  guichet_widget_set_tip (self->button, name);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (n == 0)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  forget_gone (self, all);
  say_own (self, all);
}

static void
guichet_parked_button_dispose (GObject *object)
{
  GuichetParkedButton *self = GUICHET_PARKED_BUTTON (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_pointer (&self->said, g_hash_table_unref);
  G_OBJECT_CLASS (guichet_parked_button_parent_class)->dispose (object);
}

static void
guichet_parked_button_class_init (GuichetParkedButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_parked_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_parked_button_init (GuichetParkedButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->button = gtk_menu_button_new ();
  self->count = GTK_LABEL (gtk_label_new (NULL));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  guichet_accessible_name (GTK_WIDGET (self->list), _ ("Parked calls"));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "heading");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("view-pin-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
guichet_parked_button_set_session (GuichetParkedButton *self, GuichetSession *session)
{
  GListModel *all = guichet_session_get_parked (session);

  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, all, make_row, self, NULL);
  g_signal_connect_object (all, "items-changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  on_changed (self);
}

void
guichet_parked_button_open (GuichetParkedButton *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  else
    guichet_toast (GTK_WIDGET (self), _ ("No call is parked."));
}
