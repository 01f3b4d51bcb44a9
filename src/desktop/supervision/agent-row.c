/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An agent as a supervisor sees one: what he or she does, why and for how long, what is wrong with
 * desk or station, and a line for each piece of work in hand. Main thread only.
 */

#include "desktop/supervision/agent-row.h"

#include "desktop/supervision/agent-menu.h"
#include "desktop/supervision/agent-order.h"
#include "desktop/supervision/agent-record.h"
#include "desktop/text/channel-words.h"
#include "desktop/text/reason.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/timed-line.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetAgentRow
{
  GtkWidget parent_instance;

  GtkBox *box;
  GtkImage *icon;
  GtkLabel *who;
  GtkLabel *what;
  GtkLabel *trouble;
  GtkBox *work;
  GuichetTimerLabel *timer;
  GtkMenuButton *more;

  GuichetSession *session;
  GuichetLiveAgent *agent;
  GListModel *worked; /* what the lines are of */
  gulong handler;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetAgentRow, guichet_agent_row, GTK_TYPE_WIDGET)

static const struct
{
  const char *presence;
  const char *icon;
} icons[] = {
  { "ready", "user-available-symbolic" },
  { "busy", "user-busy-symbolic" },
  { "on_break", "user-away-symbolic" },
  { "signed_out", "user-offline-symbolic" },
};

static void
show_icon (GuichetAgentRow *self)
{
  const char *presence = guichet_live_agent_get_presence (self->agent);

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      gboolean is = g_str_equal (icons[i].presence, presence);

      guichet_widget_set_class (GTK_WIDGET (self->icon), icons[i].presence, is);
      if (is)
        gtk_image_set_from_icon_name (self->icon, icons[i].icon);
    }
}

/* "On break · Lunch · Counter · signs out when done". */
static char *
what_of (GuichetAgentRow *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *reason = guichet_live_agent_get_reason (self->agent);
  const char *team = guichet_live_agent_get_team_name (self->agent);

  g_ptr_array_add (
      parts, g_strdup (guichet_words_presence (guichet_live_agent_get_presence (self->agent))));
  if (*reason != '\0')
    g_ptr_array_add (parts, guichet_reason_words (self->session, reason));
  if (*team != '\0')
    g_ptr_array_add (parts, g_strdup (team));
  if (guichet_live_agent_get_sign_out_pending (self->agent))
    g_ptr_array_add (parts, g_strdup (_ ("signs out when done")));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static const char *
trouble_of (GuichetAgentRow *self)
{
  if (!guichet_live_agent_troubled (self->agent))
    return NULL;
  if (!guichet_live_agent_get_desk (self->agent))
    return _ ("The desk is not connected");
  return _ ("The phone is not ready");
}

/* --- the work in hand ------------------------------------------------------------------------- */

static const char *
state_words (GuichetLiveWork *work)
{
  const char *state = guichet_live_work_get_state (work);

  if (g_str_equal (state, "offered"))
    return _ ("is offered");
  if (g_str_equal (state, "dialling"))
    return _ ("is dialled");
  if (g_str_equal (state, "held"))
    return _ ("on hold");
  if (g_str_equal (state, "wrap_up"))
    return _ ("wrap-up");
  if (g_str_equal (guichet_live_work_get_role (work), "consulted"))
    return _ ("is consulted");
  if (g_str_equal (guichet_live_work_get_role (work), "supervising"))
    return _ ("monitors");
  return NULL;
}

/* "Call · Billing · on hold". */
static char *
work_words (GuichetAgentRow *self, GuichetLiveWork *work)
{
  const char *queue = guichet_live_work_get_queue (work);
  const char *state = state_words (work);
  const char *recording = guichet_agent_record_words (work);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, (gpointer) guichet_words_channel (guichet_live_work_get_channel (work)));
  if (*queue != '\0')
    g_ptr_array_add (parts, (gpointer) guichet_session_name_of (
                                guichet_session_get_live_queues (self->session), queue));
  if (state != NULL)
    g_ptr_array_add (parts, (gpointer) state);
  if (recording != NULL)
    g_ptr_array_add (parts, (gpointer) recording);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static GtkWidget *
work_line (GuichetAgentRow *self, GuichetLiveWork *work)
{
  g_autofree char *words = work_words (self, work);
  gboolean wrap_up = g_str_equal (guichet_live_work_get_state (work), "wrap_up");

  return guichet_timed_line_new (guichet_words_channel_icon (guichet_live_work_get_channel (work)),
                                 words, wrap_up ? GUICHET_TIMER_WRAP_UP : GUICHET_TIMER_HANDLING,
                                 guichet_live_work_get_since (work));
}

/* A line each for the channels on which nothing comes. */
static void
show_channels (GuichetAgentRow *self)
{
  GListModel *channels = guichet_live_agent_get_channels (self->agent);

  for (guint i = 0; channels != NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (GuichetChannelState) one = g_list_model_get_item (channels, i);
      g_autofree char *words = NULL;

      if (guichet_channel_state_get_ready (one))
        continue;
      words = guichet_channel_words (self->session, one);
      gtk_box_append (self->work,
                      guichet_timed_line_new (
                          guichet_words_channel_icon (guichet_channel_state_get_channel (one)),
                          words, GUICHET_TIMER_PLAIN, guichet_channel_state_get_since (one)));
    }
}

static void
show_work (GuichetAgentRow *self)
{
  GListModel *work = guichet_live_agent_get_work (self->agent);

  if (work == self->worked)
    return;
  g_set_object (&self->worked, work);
  guichet_timed_lines_clear (self->work);
  show_channels (self);
  for (guint i = 0; work != NULL && i < g_list_model_get_n_items (work); i++)
    {
      g_autoptr (GuichetLiveWork) one = g_list_model_get_item (work, i);

      gtk_box_append (self->work, work_line (self, one));
    }
}

/* --- all of it -------------------------------------------------------------------------------- */

static char *
spoken_of (GuichetAgentRow *self, const char *what, const char *trouble)
{
  GListModel *work = guichet_live_agent_get_work (self->agent);
  GListModel *channels = guichet_live_agent_get_channels (self->agent);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, _ ("%s: %s"), guichet_live_agent_get_name (self->agent), what);
  if (trouble != NULL)
    g_string_append_printf (text, ", %s", trouble);
  for (guint i = 0; work != NULL && i < g_list_model_get_n_items (work); i++)
    {
      g_autoptr (GuichetLiveWork) one = g_list_model_get_item (work, i);
      g_autofree char *words = work_words (self, one);

      g_string_append_printf (text, ", %s", words);
    }
  for (guint i = 0; channels != NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (GuichetChannelState) one = g_list_model_get_item (channels, i);
      g_autofree char *words = guichet_channel_words (self->session, one);

      if (!guichet_channel_state_get_ready (one))
        g_string_append_printf (text, ", %s", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
refresh (gpointer data)
{
  GuichetAgentRow *self = data;
  g_autofree char *what = what_of (self);
  const char *trouble = trouble_of (self);
  g_autofree char *spoken = spoken_of (self, what, trouble);
  g_autofree char *more = NULL;
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean out = g_str_equal (guichet_live_agent_get_presence (self->agent), "signed_out");

  self->refresh_id = 0;
  show_icon (self);
  gtk_label_set_text (self->who, guichet_live_agent_get_name (self->agent));
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble != NULL);
  guichet_timer_label_set_caption (self->timer, _ ("For"));
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP,
                                   out ? 0 : guichet_live_agent_get_since (self->agent));
  show_work (self);
  more = g_strdup_printf (_ ("Actions for %s"), guichet_live_agent_get_name (self->agent));
  guichet_accessible_name (GTK_WIDGET (self->more), more);
  guichet_accessible_name_inner (GTK_WIDGET (self->more), GTK_TYPE_TOGGLE_BUTTON, more);
  guichet_widget_set_tip (GTK_WIDGET (self->more), more);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more), !out);
  /* What takes the focus is the list's own item around this. */
  if (item != NULL)
    guichet_accessible_name (item, spoken);
  return G_SOURCE_REMOVE;
}

static void
open_menu (GtkMenuButton *button, gpointer data)
{
  GuichetAgentRow *self = data;
  g_autoptr (GMenuModel) menu = NULL;

  if (self->agent == NULL)
    return;
  menu = guichet_agent_menu_new (self->session, self->agent);
  gtk_menu_button_set_menu_model (button, menu);
}

static void
on_changed (GuichetAgentRow *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

void
guichet_agent_row_set_agent (GuichetAgentRow *self, GuichetLiveAgent *agent)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->agent != NULL)
    g_clear_signal_handler (&self->handler, self->agent);
  g_set_object (&self->agent, agent);
  if (agent == NULL)
    return;
  self->handler = g_signal_connect_swapped (agent, "notify", G_CALLBACK (on_changed), self);
  refresh (self);
}

GuichetLiveAgent *
guichet_agent_row_get_agent (GuichetAgentRow *self)
{
  return self->agent;
}

static void
guichet_agent_row_dispose (GObject *object)
{
  GuichetAgentRow *self = GUICHET_AGENT_ROW (object);

  guichet_agent_row_set_agent (self, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->worked);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_agent_row_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetAgentRow, name)

static void
guichet_agent_row_class_init (GuichetAgentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_agent_row_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/supervision/agent-row.ui");
  BIND (box);
  BIND (icon);
  BIND (who);
  BIND (what);
  BIND (trouble);
  BIND (work);
  BIND (timer);
  BIND (more);
}

static void
guichet_agent_row_init (GuichetAgentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->more, open_menu, self, NULL);
}

GtkWidget *
guichet_agent_row_new (GuichetSession *session)
{
  GuichetAgentRow *self = g_object_new (GUICHET_TYPE_AGENT_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
