/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The room an agent has, a row for each channel. Only read here: what it is, the centre says.
 * Main thread only.
 */

#include "desktop/settings/capacity-group.h"

#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const char *const channels[] = { "voice",     "webchat", "sms", "facebook",
                                        "instagram", "email",   NULL };

static char *
room_in_words (int room, int by_themselves)
{
  g_autofree char *all =
      g_strdup_printf (ngettext ("%d at once", "%d at once", (gulong) room), room);

  if (by_themselves >= room)
    return g_steal_pointer (&all);
  /* Translators: the first part is how many there may be at once */
  return g_strdup_printf (
      ngettext ("%s; %d comes by itself", "%s; %d come by themselves", (gulong) by_themselves), all,
      by_themselves);
}

static GtkWidget *
row_new (const char *channel, int room, int by_themselves)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = room_in_words (room, by_themselves);
  g_autofree char *name = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), guichet_words_channel (channel));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (guichet_words_channel_icon (channel)));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  /* Translators: a channel, and how many of it at once */
  name = g_strdup_printf (_ ("%s: %s"), guichet_words_channel (channel), words);
  guichet_accessible_name (row, name);
  return row;
}

GtkWidget *
guichet_capacity_group_new (GuichetSession *session)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Your capacity"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group), _ ("How much you can have in hand; your centre decides it"));
  for (guint i = 0; channels[i] != NULL; i++)
    {
      int by_themselves, room = guichet_session_get_room (session, channels[i], &by_themselves);

      if (room == 0)
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 row_new (channels[i], room, by_themselves));
      n++;
    }
  gtk_widget_set_visible (group, n > 0);
  guichet_accessible_name_inner (group, GTK_TYPE_LIST_BOX, _ ("Your capacity"));
  return group;
}
