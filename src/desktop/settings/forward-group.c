/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forwarding of an agent's own calls: of who sits here, or of one whom a supervisor leads. A
 * colleague and a queue are picked from the directory, or chosen by their number, which the centre
 * knows, and shown by name. What is chosen is asked for as soon as it says where to. Main thread
 * only.
 */

#include "desktop/settings/forward-group.h"

#include "client/supervise.h"
#include "desktop/directory/picker.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const char *const cases[] = { "off",        "always",    "busy", "no_answer",
                                     "signed_out", "not_taken", NULL };

typedef struct
{
  GuichetSession *session;
  GuichetRecord *of; /* the session, or a GuichetLiveAgent */
  GtkWidget *group, *when, *to, *number, *pick, *picker;
  gboolean showing; /* what the centre says */
} Rows;

static void
rows_free (gpointer data)
{
  Rows *rows = data;

  g_object_unref (rows->session);
  g_object_unref (rows->of);
  g_object_unref (rows->when);
  g_object_unref (rows->to);
  g_object_unref (rows->number);
  g_free (rows);
}

/* What is known of it: "when", "to", "where", "target", "kinds". */
static char *
get (const Rows *rows, const char *what)
{
  g_autofree char *name = g_strconcat ("forward-", what, NULL);
  char *value;

  g_object_get (rows->of, name, &value, NULL);
  return value;
}

/* NULL: who sits here. */
static const char *
led (const Rows *rows)
{
  return GUICHET_IS_LIVE_AGENT (rows->of)
             ? guichet_live_agent_get_id (GUICHET_LIVE_AGENT (rows->of))
             : NULL;
}

static gboolean
may (const Rows *rows, const char *kind)
{
  g_autofree char *all = get (rows, "kinds");
  g_auto (GStrv) kinds = g_strsplit (all, ",", -1);

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
      words != NULL        ? words
      : led (rows) != NULL ? _ ("Those to the agent's number and from colleagues; not what queues "
                                "offer")
                           : _ ("Those to your number and from colleagues; not what queues offer "
                                "you"));
}

static void
arrange (Rows *rows)
{
  gboolean on = adw_combo_row_get_selected (ADW_COMBO_ROW (rows->when)) > 0;
  g_autofree char *kinds = get (rows, "kinds");

  gtk_widget_set_visible (rows->group, *kinds != '\0');
  gtk_widget_set_visible (rows->to, on && may (rows, "voicemail"));
  gtk_widget_set_visible (rows->number, on && !to_box (rows));
}

static void
show (Rows *rows)
{
  g_autofree char *when = get (rows, "when");
  g_autofree char *to = get (rows, "to");
  g_autofree char *where = get (rows, "where");
  guint at = 0;

  for (guint i = 0; cases[i] != NULL; i++)
    if (g_str_equal (cases[i], when))
      at = i;
  rows->showing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (rows->when), at);
  if (at > 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (rows->to), g_str_equal (to, "voicemail"));
  gtk_editable_set_text (GTK_EDITABLE (rows->number), where);
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

static const char *
chosen_when (const Rows *rows)
{
  return cases[adw_combo_row_get_selected (ADW_COMBO_ROW (rows->when))];
}

static void
send_to (Rows *rows, const char *when, const char *to, const char *target)
{
  if (led (rows) != NULL)
    guichet_supervise_forwarding_async (rows->session, led (rows), when, to, target, on_done,
                                        g_object_ref (rows->group));
  else
    guichet_session_set_forwarding_async (rows->session, when, to, target, NULL, on_done,
                                          g_object_ref (rows->group));
}

static void
send (Rows *rows)
{
  const char *when = chosen_when (rows);
  const char *target = gtk_editable_get_text (GTK_EDITABLE (rows->number)), *to = "number";
  g_autofree char *now_to = get (rows, "to");
  g_autofree char *now = get (rows, "where");
  g_autofree char *now_target = get (rows, "target");

  if (g_str_equal (when, "off"))
    to = target = NULL;
  else if (to_box (rows))
    to = "voicemail", target = NULL;
  else if (*target == '\0')
    return;
  else if (g_str_equal (target, now))
    {
      to = now_to;
      target = now_target;
    }
  send_to (rows, when, to, target);
}

static void
on_picked (Rows *rows, GuichetTarget *target)
{
  const char *kind = guichet_target_get_kind (target);
  gboolean inside = g_str_equal (kind, "agent") || g_str_equal (kind, "queue");

  gtk_menu_button_popdown (GTK_MENU_BUTTON (rows->pick));
  send_to (rows, chosen_when (rows), inside ? kind : "number",
           inside ? guichet_target_get_id (target) : guichet_target_get_number (target));
}

/* Made when it is first opened. */
static void
make_picker (GtkMenuButton *button, gpointer data)
{
  Rows *rows = data;
  GtkWidget *popover;

  if (rows->picker == NULL)
    {
      popover = gtk_popover_new ();
      rows->picker = guichet_directory_picker_new (rows->session);
      gtk_popover_set_child (GTK_POPOVER (popover), rows->picker);
      gtk_menu_button_set_popover (button, popover);
      g_signal_connect_swapped (rows->picker, "picked", G_CALLBACK (on_picked), rows);
    }
  guichet_directory_picker_restart_forward (
      GUICHET_DIRECTORY_PICKER (rows->picker),
      led (rows) != NULL ? led (rows) : guichet_session_get_agent (rows->session));
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

static void
add_pick (Rows *rows)
{
  rows->pick = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (rows->pick), "system-search-symbolic");
  gtk_widget_add_css_class (rows->pick, "flat");
  gtk_widget_set_valign (rows->pick, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (rows->pick, _ ("Choose from the directory"));
  guichet_accessible_name (rows->pick, _ ("Choose from the directory"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (rows->pick), make_picker, rows, NULL);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (rows->number), rows->pick);
}

/* In the words of who sits here, or of who leads the agent. */
static void
add_choices (Rows *rows)
{
  static const char *const own_when[] = { N_ ("Never"),
                                          N_ ("Always"),
                                          N_ ("When I am busy"),
                                          N_ ("When I do not answer"),
                                          N_ ("When I am signed out"),
                                          N_ ("In each of these three cases"),
                                          NULL };
  static const char *const led_when[] = { N_ ("Never"),
                                          N_ ("Always"),
                                          N_ ("When busy"),
                                          N_ ("When not answered"),
                                          N_ ("When signed out"),
                                          N_ ("In each of these three cases"),
                                          NULL };
  static const char *const own_to[] = { N_ ("A number"), N_ ("My voicemail"), NULL };
  static const char *const led_to[] = { N_ ("A number"), N_ ("The agent's voicemail"), NULL };
  gboolean own = led (rows) == NULL;

  rows->when = g_object_ref_sink (combo_new (_ ("When"), own ? own_when : led_when));
  rows->to = g_object_ref_sink (combo_new (_ ("Where to"), own ? own_to : led_to));
}

/* The platform cuts the title of a group. */
static void
wrap_title (GtkWidget *widget, const char *title)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), title))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap_title (child, title);
}

GtkWidget *
guichet_forward_group_new (GuichetSession *session, GuichetLiveAgent *agent)
{
  static const char *const what[] = { "notify::forward-when", "notify::forward-to",
                                      "notify::forward-where", "notify::forward-kinds" };
  Rows *rows = g_new0 (Rows, 1);
  /* Translators: %s is the agent whom a supervisor leads */
  g_autofree char *title = agent != NULL ? g_strdup_printf (_ ("Forward the calls of %s"),
                                                            guichet_live_agent_get_name (agent))
                                         : g_strdup (_ ("Forward my calls"));
  AdwPreferencesGroup *group;

  rows->session = g_object_ref (session);
  rows->of = g_object_ref (agent != NULL ? GUICHET_RECORD (agent) : GUICHET_RECORD (session));
  rows->group = adw_preferences_group_new ();
  add_choices (rows);
  rows->number = g_object_ref_sink (adw_entry_row_new ());
  group = ADW_PREFERENCES_GROUP (rows->group);
  g_object_set_data_full (G_OBJECT (group), "rows", rows, rows_free);
  adw_preferences_group_set_title (group, title);
  wrap_title (rows->group, title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows->number),
                                 _ ("Number of a colleague, a queue or outside"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (rows->number), TRUE);
  add_pick (rows);
  adw_preferences_group_add (group, rows->when);
  adw_preferences_group_add (group, rows->to);
  adw_preferences_group_add (group, rows->number);
  guichet_accessible_name_inner (rows->group, GTK_TYPE_LIST_BOX, title);
  say (rows, NULL);
  show (rows);
  g_signal_connect_swapped (rows->when, "notify::selected", G_CALLBACK (on_chosen), rows);
  g_signal_connect_swapped (rows->to, "notify::selected", G_CALLBACK (on_chosen), rows);
  g_signal_connect_swapped (rows->number, "apply", G_CALLBACK (send), rows);
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    g_signal_connect_object (rows->of, what[i], G_CALLBACK (on_session), group, G_CONNECT_SWAPPED);
  return rows->group;
}
