/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts the chats with unread messages. The latest is the one whose count grew last. Main thread
 * only.
 */

#include "desktop/offers/unread-pill.h"

#include "desktop/text/who.h"
#include "desktop/widgets/accessible.h"

#include <glib/gi18n.h>

#define NAME_CHARS 28

struct _GuichetUnreadPill
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel *name;
  GtkLabel *label;
  GuichetSession *session;
  char *latest; /* interaction id */
  guint count;
  gboolean wanted;
};

enum
{
  PROP_0,
  PROP_COUNT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint chosen;

G_DEFINE_FINAL_TYPE (GuichetUnreadPill, guichet_unread_pill, GTK_TYPE_WIDGET)

/* The latest that still is unread, or any that is; NULL: none. */
static GuichetInteraction *
find_unread (GuichetUnreadPill *self, guint *count)
{
  GListModel *list = guichet_session_get_interactions (self->session);
  GuichetInteraction *found = NULL;

  *count = 0;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (list, i);

      if (guichet_interaction_get_unread (one) == 0)
        continue;
      ++*count;
      if (found == NULL || g_strcmp0 (guichet_interaction_get_id (one), self->latest) == 0)
        found = one; /* the list holds it */
    }
  return found;
}

static void
refresh (GuichetUnreadPill *self)
{
  guint count;
  GuichetInteraction *latest = find_unread (self, &count);
  g_autofree char *who = latest != NULL ? guichet_who_interaction (latest) : g_strdup ("");
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u unread chat", "%u unread chats", count), count);
  g_autofree char *spoken = g_strdup_printf ("%s · %s", who, text);

  gtk_label_set_text (self->name, who);
  gtk_label_set_text (self->label, text);
  guichet_accessible_name (self->button, spoken);
  gtk_widget_set_visible (GTK_WIDGET (self), self->wanted && count > 0);
  if (count == self->count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNT]);
}

static void
on_clicked (GuichetUnreadPill *self)
{
  guint count;
  GuichetInteraction *latest = find_unread (self, &count);

  if (latest != NULL)
    g_signal_emit (self, chosen, 0, latest);
}

static void
on_unread (GuichetInteraction *interaction, GParamSpec *pspec, GuichetUnreadPill *self)
{
  if (guichet_interaction_get_unread (interaction) > 0)
    {
      g_free (self->latest);
      self->latest = g_strdup (guichet_interaction_get_id (interaction));
    }
  refresh (self);
}

static void
on_interactions (GListModel *list,
                 guint position,
                 guint removed,
                 guint added,
                 GuichetUnreadPill *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (list, i);

      g_signal_handlers_disconnect_by_data (one, self);
      g_signal_connect_object (one, "notify::unread", G_CALLBACK (on_unread), self, 0);
    }
  refresh (self);
}

static void
guichet_unread_pill_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, GUICHET_UNREAD_PILL (object)->count);
}

static void
guichet_unread_pill_dispose (GObject *object)
{
  GuichetUnreadPill *self = GUICHET_UNREAD_PILL (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_pointer (&self->latest, g_free);
  G_OBJECT_CLASS (guichet_unread_pill_parent_class)->dispose (object);
}

static void
guichet_unread_pill_class_init (GuichetUnreadPillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_unread_pill_dispose;
  G_OBJECT_CLASS (klass)->get_property = guichet_unread_pill_get_property;
  props[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  chosen = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 1, GUICHET_TYPE_INTERACTION);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_unread_pill_init (GuichetUnreadPill *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->name = GTK_LABEL (gtk_label_new (NULL));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->name, NAME_CHARS);
  gtk_label_set_xalign (self->name, 0);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->button, "osd");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 12);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
guichet_unread_pill_set_wanted (GuichetUnreadPill *self, gboolean wanted)
{
  self->wanted = wanted;
  refresh (self);
}

GtkWidget *
guichet_unread_pill_new (GuichetSession *session)
{
  GuichetUnreadPill *self = g_object_new (GUICHET_TYPE_UNREAD_PILL, NULL);
  GListModel *list = guichet_session_get_interactions (session);

  self->session = g_object_ref (session);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_interactions), self, 0);
  on_interactions (list, 0, 0, g_list_model_get_n_items (list), self);
  return GTK_WIDGET (self);
}
