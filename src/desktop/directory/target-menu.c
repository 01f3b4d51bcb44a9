/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done with one of the directory. Main thread only.
 */

#include "desktop/directory/target-menu.h"

#include "client/directory.h"
#include "desktop/directory/dial.h"
#include "desktop/directory/target-words.h"
#include "desktop/team/im-window.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

static const struct
{
  const char *action;
  const char *words;
} actions[] = {
  { "call", NC_ ("verb", "Call") },
  { "consult", N_ ("Consult") },
  { "conference", N_ ("Add to the conversation") },
  { "transfer", N_ ("Transfer") },
  { "voicemail", N_ ("Transfer to voicemail") },
  { "im", N_ ("Write a message") },
};

/* What stays when the list shows others. */
static GtkWidget *
steady (GtkWidget *row)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);

  return scroller != NULL ? scroller : row;
}

/* Called within the centre. */
static gboolean
is_colleague (GuichetTarget *target)
{
  static const char *const kinds[] = { "agent", "queue", "team", "skill", "entry_point", NULL };

  return g_strv_contains (kinds, guichet_target_get_kind (target));
}

gboolean
guichet_target_act (GtkWidget *widget,
                    GuichetSession *session,
                    GuichetInteraction *interaction,
                    GuichetTarget *target,
                    const char *action)
{
  widget = steady (widget);
  if (!guichet_target_allows (target, action))
    {
      g_autofree char *why = guichet_target_problem (target, action);

      guichet_toast (widget, why);
      return FALSE;
    }
  if (g_str_equal (action, "call") && is_colleague (target))
    guichet_directory_call_colleague_async (session, target, NULL, guichet_command_done,
                                            g_object_ref (widget));
  else if (g_str_equal (action, "call"))
    guichet_dial_call (widget, session, guichet_target_get_number (target));
  else if (g_str_equal (action, "im"))
    guichet_im_window_show (widget, session, guichet_target_get_id (target),
                            guichet_target_get_name (target));
  else if (g_str_equal (action, "voicemail"))
    guichet_session_hand_over_async (session, interaction, "box", guichet_target_get_box (target),
                                     NULL, guichet_command_done, g_object_ref (widget));
  else if (g_str_equal (action, "transfer"))
    guichet_session_transfer_async (session, interaction, target, NULL, guichet_command_done,
                                    g_object_ref (widget));
  else
    guichet_session_consult_async (session, interaction, target, g_str_equal (action, "conference"),
                                   NULL, guichet_command_done, g_object_ref (widget));
  return TRUE;
}

typedef struct
{
  GtkWidget *popover;
  GtkWidget *at;
  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetTarget *target;
  GuichetTargetDone done; /* or NULL */
  gpointer object;        /* of done; weak */
  GtkWidget *before;      /* had the focus; weak */
} Menu;

static void
menu_free (gpointer data)
{
  Menu *menu = data;

  g_object_unref (menu->at);
  g_object_unref (menu->session);
  g_clear_object (&menu->interaction);
  g_object_unref (menu->target);
  g_clear_weak_pointer (&menu->object);
  g_clear_weak_pointer (&menu->before);
  g_free (menu);
}

static void
on_favourite (GtkWidget *choice, Menu *menu)
{
  guichet_directory_set_favourite_async (menu->session, menu->target,
                                         !guichet_target_get_favourite (menu->target), NULL,
                                         guichet_command_done, g_object_ref (steady (menu->at)));
  gtk_popover_popdown (GTK_POPOVER (menu->popover));
}

static void
on_chosen (GtkWidget *choice, Menu *menu)
{
  const char *action = g_object_get_data (G_OBJECT (choice), "action");
  GuichetTarget *target = g_object_get_data (G_OBJECT (choice), "target");
  g_autoptr (GtkWidget) popover = g_object_ref (menu->popover);

  gboolean acted = guichet_target_act (menu->at, menu->session, menu->interaction, target, action);

  gtk_popover_popdown (GTK_POPOVER (popover));
  if (acted && menu->object != NULL)
    menu->done (menu->object);
}

static gboolean
unparent (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  g_object_unref (popover);
  return G_SOURCE_REMOVE;
}

/* Not while it is still being closed. */
static void
on_closed (GtkWidget *popover)
{
  Menu *menu = g_object_get_data (G_OBJECT (popover), "menu");

  if (menu->before != NULL && gtk_widget_get_mapped (menu->before))
    gtk_widget_grab_focus (menu->before);
  g_idle_add (unparent, g_object_ref (popover));
}

static void
add_choice (Menu *menu,
            GtkWidget *box,
            GuichetTarget *target,
            const char *action,
            const char *words)
{
  GtkWidget *choice = guichet_choice_new (words);
  g_autofree char *why =
      guichet_target_allows (target, action) ? NULL : guichet_target_problem (target, action);
  g_autofree char *spoken =
      guichet_target_get_others (menu->target) != NULL
          ? g_strdup_printf (_ ("%s: %s"), words, guichet_target_get_number (target))
          : g_strdup (words);

  g_object_set_data (G_OBJECT (choice), "action", (gpointer) action);
  g_object_set_data_full (G_OBJECT (choice), "target", g_object_ref (target), g_object_unref);
  g_signal_connect (choice, "clicked", G_CALLBACK (on_chosen), menu);
  guichet_accessible_name (choice, spoken);
  guichet_accessible_grey (choice, why, NULL);
  gtk_box_append (GTK_BOX (box), choice);
}

static void
add_actions (Menu *menu, GtkWidget *box, GuichetTarget *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (*guichet_target_get_action (target, actions[i].action) != '\0')
      add_choice (menu, box, target, actions[i].action,
                  i == 0 ? C_ ("verb", "Call") : gettext (actions[i].words));
}

/* Above what can be done with it, where there are several. */
static void
add_number (Menu *menu, GtkWidget *box, GuichetTarget *target)
{
  GtkWidget *label = gtk_label_new (guichet_target_get_number (target));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  add_actions (menu, box, target);
}

static void
add_numbers (Menu *menu, GtkWidget *box, GListModel *others)
{
  add_number (menu, box, menu->target);
  for (guint i = 0; i < g_list_model_get_n_items (others); i++)
    {
      g_autoptr (GuichetTarget) other = g_list_model_get_item (others, i);

      add_number (menu, box, other);
    }
}

static void
add_choices (Menu *menu, GtkWidget *box)
{
  const char *kind = guichet_target_get_kind (menu->target);
  gboolean favourite = guichet_target_get_favourite (menu->target);
  GListModel *others = guichet_target_get_others (menu->target);
  GtkWidget *choice;

  if (others != NULL)
    add_numbers (menu, box, others);
  else
    add_actions (menu, box, menu->target);
  if (g_str_equal (kind, "number") || guichet_target_get_own (menu->target))
    return;
  choice = guichet_choice_new (favourite ? _ ("No longer a favourite") : _ ("Make it a favourite"));
  guichet_accessible_name (choice, gtk_button_get_label (GTK_BUTTON (choice)));
  g_signal_connect (choice, "clicked", G_CALLBACK (on_favourite), menu);
  gtk_box_append (GTK_BOX (box), choice);
}

/* Many numbers do not fit a small window. */
static GtkWidget *
scrolled (GtkWidget *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_object_set (scroller, "child", box, "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height",
                360, "propagate-natural-height", TRUE, "propagate-natural-width", TRUE, NULL);
  return scroller;
}

void
guichet_target_menu_popup (GtkWidget *at,
                           GuichetSession *session,
                           GuichetInteraction *interaction,
                           GuichetTarget *target,
                           GuichetTargetDone done,
                           gpointer object)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  Menu *menu = g_new0 (Menu, 1);

  menu->popover = gtk_popover_new ();
  g_set_weak_pointer (&menu->before, gtk_root_get_focus (gtk_widget_get_root (at)));
  menu->at = g_object_ref (at);
  menu->session = g_object_ref (session);
  g_set_object (&menu->interaction, interaction);
  menu->target = g_object_ref (target);
  g_object_set_data_full (G_OBJECT (menu->popover), "menu", menu, menu_free);
  add_choices (menu, box);
  gtk_popover_set_child (GTK_POPOVER (menu->popover),
                         guichet_target_get_others (target) != NULL ? scrolled (box) : box);
  guichet_accessible_name (menu->popover, guichet_target_get_name (target));
  gtk_widget_set_parent (menu->popover, at);
  g_signal_connect (menu->popover, "closed", G_CALLBACK (on_closed), NULL);
  if (done != NULL)
    {
      menu->done = done;
      g_set_weak_pointer (&menu->object, object);
    }
  gtk_popover_popup (GTK_POPOVER (menu->popover));
}
