/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desk without work. By the agent's state, by what the centre may offer, and by the agent's
 * place in the queues. Main thread only.
 */

#include "desktop/desk/empty-page.h"

#include "desktop/demo/demo-invitation.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetEmptyPage
{
  GtkWidget parent_instance;

  AdwStatusPage *page;
  GtkWidget *join;
  GuichetSession *session;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetEmptyPage, guichet_empty_page, GTK_TYPE_WIDGET)

/* Of the queues of calls, or of all that bring writing. */
typedef struct
{
  guint all;
  guint ready;
} Places;

static Places
places_in (GuichetEmptyPage *self, gboolean writing)
{
  GListModel *queues = guichet_session_get_queues (self->session);
  Places places = { 0, 0 };

  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      if (g_str_equal (guichet_queue_get_channel (queue), "voice") == writing)
        continue;
      places.all++;
      places.ready += g_str_equal (guichet_queue_get_membership (queue), "ready");
    }
  return places;
}

/* Nothing written can come. */
static gboolean
is_out (GuichetEmptyPage *self)
{
  Places places = places_in (self, TRUE);

  return guichet_session_get_takes_chats (self->session) && places.all > 0 && places.ready == 0;
}

static void
show_words (GuichetEmptyPage *self, gboolean out)
{
  /* By what the centre may offer: calls, chats, both. */
  static const char *const words[][4] = {
    { N_ ("Waiting for a call"), N_ ("The next call shows as a card in the corner."),
      N_ ("No call in hand"), N_ ("Choose Available at the top to receive calls.") },
    { N_ ("Waiting for a chat"), N_ ("The next chat shows as a card in the corner."),
      N_ ("No chat in hand"), N_ ("Choose Available at the top to receive chats.") },
    { N_ ("Waiting for a customer"), N_ ("The next call or chat shows as a card in the corner."),
      N_ ("No customer in hand"), N_ ("Choose Available at the top to receive calls and chats.") },
  };
  gboolean available = g_str_equal (guichet_session_get_agent_state (self->session), "available");
  gboolean chats = guichet_session_get_takes_chats (self->session) && !out;
  guint kind = !chats ? 0 : guichet_session_get_takes_calls (self->session) ? 2 : 1;
  const char *joining = _ ("You are in none of your queues for chats, so none comes to you.");
  g_autofree char *calls = NULL;

  adw_status_page_set_icon_name (self->page,
                                 kind == 1 ? "chat-message-new-symbolic" : "call-start-symbolic");
  if (!out)
    {
      adw_status_page_set_title (self->page, _ (words[kind][available ? 0 : 2]));
      adw_status_page_set_description (self->page, _ (words[kind][available ? 1 : 3]));
      return;
    }
  if (guichet_session_get_takes_calls (self->session) && places_in (self, FALSE).ready > 0)
    {
      calls = g_strdup_printf ("%s\n%s", _ (words[0][available ? 1 : 3]), joining);
      adw_status_page_set_title (self->page, _ (words[0][available ? 0 : 2]));
      adw_status_page_set_description (self->page, calls);
      return;
    }
  adw_status_page_set_icon_name (self->page, "chat-message-new-symbolic");
  adw_status_page_set_title (self->page, _ ("Not in the queues for chats"));
  adw_status_page_set_description (self->page, joining);
}

static gboolean refresh (gpointer data);

static void
on_changed (GuichetEmptyPage *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

static gboolean
refresh (gpointer data)
{
  GuichetEmptyPage *self = data;
  GListModel *queues = guichet_session_get_queues (self->session);
  gboolean out = is_out (self);

  self->refresh_id = 0;
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      g_signal_handlers_disconnect_by_func (queue, on_changed, self);
      g_signal_connect_object (queue, "notify::membership", G_CALLBACK (on_changed), self,
                               G_CONNECT_SWAPPED);
    }
  show_words (self, out);
  gtk_widget_set_visible (self->join, out);
  return G_SOURCE_REMOVE;
}

/* All of them: which ones is for the menu of the queues. */
static void
on_join (GuichetEmptyPage *self)
{
  GListModel *queues = guichet_session_get_queues (self->session);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      if (!g_str_equal (guichet_queue_get_channel (queue), "voice"))
        g_strv_builder_add (builder, guichet_queue_get_id (queue));
    }
  names = g_strv_builder_end (builder);
  guichet_session_set_membership_async (self->session, (const char **) names, "ready", NULL, NULL,
                                        guichet_command_done, g_object_ref (self));
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_empty_page_dispose (GObject *object)
{
  GuichetEmptyPage *self = GUICHET_EMPTY_PAGE (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_empty_page_parent_class)->dispose (object);
}

static void
guichet_empty_page_class_init (GuichetEmptyPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_empty_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_empty_page_init (GuichetEmptyPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->page = ADW_STATUS_PAGE (adw_status_page_new ());
  self->join = gtk_button_new_with_label (_ ("Join the queues for chats"));
  gtk_widget_add_css_class (self->join, "pill");
  gtk_widget_add_css_class (self->join, "suggested-action");
  gtk_widget_set_halign (self->join, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->join, "clicked", G_CALLBACK (on_join), self);
  gtk_box_append (GTK_BOX (box), self->join);
  gtk_box_append (GTK_BOX (box), guichet_demo_invitation_new ());
  adw_status_page_set_child (self->page, box);
  gtk_widget_set_parent (GTK_WIDGET (self->page), GTK_WIDGET (self));
}

GtkWidget *
guichet_empty_page_new (GuichetSession *session)
{
  static const char *const of_session[] = { "notify::agent-state", "notify::takes-calls",
                                            "notify::takes-chats" };
  GuichetEmptyPage *self = g_object_new (GUICHET_TYPE_EMPTY_PAGE, NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (of_session); i++)
    g_signal_connect_object (session, of_session[i], G_CALLBACK (on_changed), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_queues (session), "items-changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
