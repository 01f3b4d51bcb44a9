/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The team that the agent works in. It is another one when the centre says so: what cannot be is
 * said below the name, and the row shows what is. Main thread only.
 */

#include "desktop/settings/own-team-row.h"

#include "client/definition.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetOwnTeamRow
{
  AdwComboRow parent_instance;

  GuichetSession *session;
  char *wanted; /* chosen, and not yet answered */
};

#define GUICHET_TYPE_OWN_TEAM_ROW guichet_own_team_row_get_type ()
G_DECLARE_FINAL_TYPE (GuichetOwnTeamRow, guichet_own_team_row, GUICHET, OWN_TEAM_ROW, AdwComboRow)
G_DEFINE_FINAL_TYPE (GuichetOwnTeamRow, guichet_own_team_row, ADW_TYPE_COMBO_ROW)

static guint
position_of (GuichetOwnTeamRow *self, const char *team)
{
  GListModel *teams = guichet_session_get_teams (self->session);
  guint n = g_list_model_get_n_items (teams);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GuichetDefinition) one = g_list_model_get_item (teams, i);

      if (g_str_equal (guichet_definition_get_id (one), team))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
refresh (GuichetOwnTeamRow *self)
{
  guint n = g_list_model_get_n_items (guichet_session_get_teams (self->session));
  const char *team = self->wanted != NULL ? self->wanted : guichet_session_get_team (self->session);

  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position_of (self, team));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
}

static void
say (GuichetOwnTeamRow *self, const char *words)
{
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self),
      words != NULL ? words
                    : _ ("You see its members, and what is transferred to it comes to you"));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetOwnTeamRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    words = guichet_words_of_error (error);
  g_clear_pointer (&self->wanted, g_free);
  if (self->session == NULL)
    return;
  say (self, words);
  refresh (self);
}

static void
on_selected (GuichetOwnTeamRow *self)
{
  GuichetDefinition *chosen = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));
  const char *team = chosen != NULL ? guichet_definition_get_id (chosen) : NULL;

  if (team == NULL || self->wanted != NULL ||
      g_str_equal (team, guichet_session_get_team (self->session)))
    return;
  self->wanted = g_strdup (team);
  guichet_session_set_team_async (self->session, team, NULL, on_done, g_object_ref (self));
}

static void
guichet_own_team_row_dispose (GObject *object)
{
  GuichetOwnTeamRow *self = GUICHET_OWN_TEAM_ROW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (guichet_own_team_row_parent_class)->dispose (object);
}

static void
guichet_own_team_row_class_init (GuichetOwnTeamRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_own_team_row_dispose;
}

static void
guichet_own_team_row_init (GuichetOwnTeamRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Team"));
  guichet_accessible_name_inner (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW, _ ("Team"));
  say (self, NULL);
}

GtkWidget *
guichet_own_team_row_new (GuichetSession *session)
{
  GuichetOwnTeamRow *self = g_object_new (GUICHET_TYPE_OWN_TEAM_ROW, NULL);
  GListModel *teams = guichet_session_get_teams (session);
  g_autoptr (GtkExpression) name =
      gtk_property_expression_new (GUICHET_TYPE_DEFINITION, NULL, "name");

  self->session = g_object_ref (session);
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), name);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), teams);
  refresh (self);
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
  g_signal_connect_object (session, "notify::team", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (teams, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
