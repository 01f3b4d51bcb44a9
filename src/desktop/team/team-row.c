/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A colleague in the list: name, presence with its reason, and for how long; of who is signed out,
 * since when. For a supervisor the team, too. Main thread only.
 */

#include "desktop/team/team-row.h"

#include "client/im.h"
#include "desktop/text/format.h"
#include "desktop/text/reason.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/clock.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetTeamRow
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *who;
  GtkLabel *what;
  GtkLabel *at;
  GuichetTimerLabel *timer;
  GtkWidget *write;

  GuichetSession *session;
  GuichetColleague *colleague;
  gulong handler;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetTeamRow, guichet_team_row, GTK_TYPE_WIDGET)

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
show_icon (GuichetTeamRow *self, const char *presence)
{
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      gboolean is = g_str_equal (icons[i].presence, presence);

      guichet_widget_set_class (GTK_WIDGET (self->icon), icons[i].presence, is);
      if (is)
        gtk_image_set_from_icon_name (self->icon, icons[i].icon);
    }
}

/* "On break · Lunch · Counter". */
static char *
what_of (GuichetTeamRow *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *reason = guichet_colleague_get_reason (self->colleague);
  const char *team = guichet_colleague_get_team_name (self->colleague);

  g_ptr_array_add (
      parts, g_strdup (guichet_words_presence (guichet_colleague_get_presence (self->colleague))));
  if (*reason != '\0')
    g_ptr_array_add (parts, guichet_reason_words (self->session, reason));
  if (guichet_session_is_supervisor (self->session) && *team != '\0')
    g_ptr_array_add (parts, g_strdup (team));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
show_since (GuichetTeamRow *self)
{
  gint64 since = guichet_colleague_get_since (self->colleague);
  gboolean out = g_str_equal (guichet_colleague_get_presence (self->colleague), "signed_out");
  g_autofree char *instant = NULL;
  g_autofree char *text = NULL;

  if (out && since != 0)
    {
      instant = guichet_format_instant (since, guichet_clock_now ());
      /* Translators: a time, or a day and a time, as "since 14:05" */
      text = g_strdup_printf (_ ("since %s"), instant);
    }
  gtk_label_set_text (self->at, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->at), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->timer), !out);
  guichet_timer_label_set_caption (self->timer, _ ("For"));
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP, out ? 0 : since);
}

/* Nobody is written to who is not there; what was begun goes on. */
static void
show_write (GuichetTeamRow *self)
{
  const char *name = guichet_colleague_get_name (self->colleague);
  gboolean out =
      g_str_equal (guichet_colleague_get_presence (self->colleague), "signed_out") &&
      guichet_session_find_im (self->session, guichet_colleague_get_id (self->colleague)) == NULL;
  g_autofree char *label = g_strdup_printf (_ ("Write to %s"), name);

  guichet_accessible_name (self->write, label);
  guichet_accessible_grey (self->write, out ? _ ("Signed out: cannot be written to now.") : NULL,
                           label);
}

static void
on_write (GuichetTeamRow *self)
{
  if (self->colleague != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "team.write", "s",
                                guichet_colleague_get_id (self->colleague));
}

static gboolean
refresh (gpointer data)
{
  GuichetTeamRow *self = data;
  g_autofree char *what = what_of (self);
  g_autofree char *spoken = NULL;
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  self->refresh_id = 0;
  show_icon (self, guichet_colleague_get_presence (self->colleague));
  gtk_label_set_text (self->who, guichet_colleague_get_name (self->colleague));
  gtk_label_set_text (self->what, what);
  show_since (self);
  show_write (self);
  /* What takes the focus is the list's own item around this. */
  spoken = g_strdup_printf (_ ("%s: %s"), guichet_colleague_get_name (self->colleague), what);
  if (item != NULL)
    guichet_accessible_name (item, spoken);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetTeamRow *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

void
guichet_team_row_set_colleague (GuichetTeamRow *self, GuichetColleague *colleague)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->colleague != NULL)
    g_clear_signal_handler (&self->handler, self->colleague);
  g_set_object (&self->colleague, colleague);
  if (colleague == NULL)
    return;
  self->handler = g_signal_connect_swapped (colleague, "notify", G_CALLBACK (on_changed), self);
  refresh (self);
}

static void
guichet_team_row_dispose (GObject *object)
{
  GuichetTeamRow *self = GUICHET_TEAM_ROW (object);

  guichet_team_row_set_colleague (self, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_team_row_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetTeamRow, name)

static void
guichet_team_row_class_init (GuichetTeamRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_team_row_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/team/team-row.ui");
  BIND (icon);
  BIND (who);
  BIND (what);
  BIND (at);
  BIND (timer);
  BIND (write);
  gtk_widget_class_bind_template_callback (widget_class, on_write);
}

static void
guichet_team_row_init (GuichetTeamRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_team_row_new (GuichetSession *session)
{
  GuichetTeamRow *self = g_object_new (GUICHET_TYPE_TEAM_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
