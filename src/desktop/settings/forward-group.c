/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forwarding of the agent's own calls. A colleague and a queue are chosen by their number, which
 * the centre knows, and shown by name. What is chosen is asked for as soon as it says where to.
 * Main thread only.
 */

#include "desktop/settings/forward-group.h"

#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const char *const cases[] = { "off",        "always",    "busy", "no_answer",
                                     "signed_out", "not_taken", NULL };

typedef struct
{
  GuichetSession *session;
  GtkWidget *group, *when, *to, *number;
  gboolean showing; /* what the centre says */
} Rows;

static void
rows_free (gpointer data)
{
  Rows *rows = data;

  g_object_unref (rows->session);
  g_object_unref (rows->when);
  g_object_unref (rows->to);
  g_object_unref (rows->number);
  g_free (rows);
}

static gboolean
may (const Rows *rows, const char *kind)
{
  g_auto (GStrv) kinds = g_strsplit (guichet_session_get_forward_kinds (rows->session), ",", -1);

  return g_strv_contains ((const char *const *) kinds, kind);
}

static gboolean
to_box (const Rows *rows)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (rows->to)) == 1;
}

static void
say (Rows *rows, const char *words)
{
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (rows->group),
      words != NULL ? words
                    : _ ("Those to your number and from colleagues; not what queues offer you"));
}

static void
arrange (Rows *rows)
{
  gboolean on = adw_combo_row_get_selected (ADW_COMBO_ROW (rows->when)) > 0;

  gtk_widget_set_visible (rows->group, *guichet_session_get_forward_kinds (rows->session) != '\0');
  gtk_widget_set_visible (rows->to, on && may (rows, "voicemail"));
  gtk_widget_set_visible (rows->number, on && !to_box (rows));
}

static void
show (Rows *rows)
{
  const char *when = guichet_session_get_forward_when (rows->session);
  const char *to = guichet_session_get_forward_to (rows->session);
  guint at = 0;

  for (guint i = 0; cases[i] != NULL; i++)
    if (g_str_equal (cases[i], when))
      at = i;
  rows->showing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (rows->when), at);
  if (at > 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (rows->to), g_str_equal (to, "voicemail"));
  gtk_editable_set_text (GTK_EDITABLE (rows->number),
                         guichet_session_get_forward_where (rows->session));
  arrange (rows);
  rows->showing = FALSE;
}

static void
on_session (GtkWidget *group)
{
  show (g_object_get_data (G_OBJECT (group), "rows"));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) group = data;
  Rows *rows = g_object_get_data (G_OBJECT (group), "rows");
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!guichet_session_command_finish (GUICHET_SESSION (source), result, &error))
    words = guichet_words_of_error (error);
  say (rows, words);
}

static void
send (Rows *rows)
{
  const char *when = cases[adw_combo_row_get_selected (ADW_COMBO_ROW (rows->when))];
  const char *target = gtk_editable_get_text (GTK_EDITABLE (rows->number)), *to = "number";

  if (g_str_equal (when, "off"))
    to = target = NULL;
  else if (to_box (rows))
    to = "voicemail", target = NULL;
  else if (*target == '\0')
    return;
  else if (g_str_equal (target, guichet_session_get_forward_where (rows->session)))
    {
      to = guichet_session_get_forward_to (rows->session);
      target = guichet_session_get_forward_target (rows->session);
    }
  guichet_session_set_forwarding_async (rows->session, when, to, target, NULL, on_done,
                                        g_object_ref (rows->group));
}

static void
on_chosen (Rows *rows)
{
  if (rows->showing)
    return;
  arrange (rows);
  send (rows);
}

static GtkWidget *
combo_new (const char *title, const char *const *words)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    gtk_string_list_append (list, _ (words[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  guichet_accessible_name_inner (row, GTK_TYPE_LIST_VIEW, title);
  return row;
}

GtkWidget *
guichet_forward_group_new (GuichetSession *session)
{
  static const char *const when[] = { N_ ("Never"),
                                      N_ ("Always"),
                                      N_ ("When I am busy"),
                                      N_ ("When I do not answer"),
                                      N_ ("When I am signed out"),
                                      N_ ("In each of these three cases"),
                                      NULL };
  static const char *const to[] = { N_ ("A number"), N_ ("My voicemail"), NULL };
  static const char *const what[] = { "notify::forward-when", "notify::forward-to",
                                      "notify::forward-where", "notify::forward-kinds" };
  Rows *rows = g_new0 (Rows, 1);
  AdwPreferencesGroup *group;

  rows->session = g_object_ref (session);
  rows->group = adw_preferences_group_new ();
  rows->when = g_object_ref_sink (combo_new (_ ("When"), when));
  rows->to = g_object_ref_sink (combo_new (_ ("Where to"), to));
  rows->number = g_object_ref_sink (adw_entry_row_new ());
  group = ADW_PREFERENCES_GROUP (rows->group);
  g_object_set_data_full (G_OBJECT (group), "rows", rows, rows_free);
  adw_preferences_group_set_title (group, _ ("Forward my calls"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows->number),
                                 _ ("Number of a colleague, a queue or outside"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (rows->number), TRUE);
  adw_preferences_group_add (group, rows->when);
  adw_preferences_group_add (group, rows->to);
  adw_preferences_group_add (group, rows->number);
  guichet_accessible_name_inner (rows->group, GTK_TYPE_LIST_BOX, _ ("Forward my calls"));
  say (rows, NULL);
  show (rows);
  g_signal_connect_swapped (rows->when, "notify::selected", G_CALLBACK (on_chosen), rows);
  g_signal_connect_swapped (rows->to, "notify::selected", G_CALLBACK (on_chosen), rows);
  g_signal_connect_swapped (rows->number, "apply", G_CALLBACK (send), rows);
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    g_signal_connect_object (session, what[i], G_CALLBACK (on_session), group, G_CONNECT_SWAPPED);
  return rows->group;
}
