/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where supervision shows in the window: a page for supervisors, words for agents. Main thread
 * only.
 */

#include "desktop/supervision/supervision-page.h"

#include "desktop/text/words.h"

#include <glib/gi18n.h>

static void
show (GuichetSession *session, GParamSpec *pspec, GtkWidget *view)
{
  AdwViewStack *views = ADW_VIEW_STACK (gtk_widget_get_parent (view));
  gboolean may = guichet_session_is_supervisor (session);

  if (!may && adw_view_stack_get_visible_child (views) == view)
    adw_view_stack_set_visible_child_name (views, "desk");
  adw_view_stack_page_set_visible (adw_view_stack_get_page (views, view), may);
}

GtkWidget *
guichet_supervision_page_add (AdwViewStack *views, GuichetSession *session)
{
  GtkWidget *view = guichet_supervision_view_new (session);
  AdwViewStackPage *page =
      adw_view_stack_add_titled (views, view, "supervision", _ ("Supervision"));

  adw_view_stack_page_set_icon_name (page, "view-reveal-symbolic");
  g_signal_connect_object (session, "notify::role", G_CALLBACK (show), view, 0);
  show (session, NULL, view);
  return view;
}

char *
guichet_supervision_words (const char *name, const char *what, const char *channel)
{
  if (g_str_equal (what, "state"))
    return g_strdup_printf (_ ("%s has set your state."), name);
  if (g_str_equal (what, "next_state"))
    return g_strdup_printf (_ ("%s has set the state that you take after your work in hand."),
                            name);
  if (g_str_equal (what, "channel"))
    /* Translators: a supervisor's name, a channel, as "Web chat" */
    return g_strdup_printf (_ ("%s has set your state on one channel: %s."), name,
                            guichet_words_channel (channel));
  if (g_str_equal (what, "queues"))
    return g_strdup_printf (_ ("%s has changed your queues."), name);
  if (g_str_equal (what, "sign_out"))
    return g_strdup_printf (_ ("%s signs you out as soon as your work in hand is done."), name);
  if (g_str_equal (what, "wrap_up"))
    return g_strdup_printf (_ ("%s has ended your wrap-up."), name);
  if (g_str_equal (what, "force_close"))
    return g_strdup_printf (_ ("%s has closed your work by force."), name);
  if (g_str_equal (what, "recording_started"))
    return g_strdup_printf (_ ("%s has this call recorded."), name);
  if (g_str_equal (what, "recording_paused"))
    return g_strdup_printf (_ ("%s has paused the recording of your call."), name);
  if (g_str_equal (what, "recording_resumed"))
    return g_strdup_printf (_ ("%s has resumed the recording of your call."), name);
  if (g_str_equal (what, "recording_stopped"))
    return g_strdup_printf (_ ("%s has stopped the recording of your call."), name);
  return NULL;
}
