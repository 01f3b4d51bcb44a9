/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys of every action, in one table.
 */

#include "desktop/shortcuts.h"

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "win.answer", { "<Control><Shift>Return" } },
  { "win.decline", { "<Control><Shift>d" } },
  { "win.hold", { "<Control>h" } },
  { "win.mute", { "<Control>m" } },
  { "win.keypad", { "<Control>k" } },
  { "win.end", { "<Control><Shift>e" } },
  { "win.notes", { "<Control>n" } },
  { "win.disposition", { "<Control>d" } },
  { "win.tags", { "<Control>t" } },
  { "win.submit", { "<Control>Return" } },
  { "win.extend", { "<Control>e" } },
  { "win.details", { "<Control>i" } },
  { "win.next", { "<Control>Page_Down" } },
  { "win.previous", { "<Control>Page_Up" } },
  { "win.available", { "<Control><Shift>a" } },
  { "win.idle", { "<Control><Shift>i" } },
  { "win.queues", { "<Control>q" } },
  { "win.desk", { "<Alt>1" } },
  { "win.activity", { "<Alt>2" } },
  { "win.settings", { "<Control>comma" } },
  { "win.shortcuts", { "F1", "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control><Shift>q" } },
};

void
guichet_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].keys);
}

const char *
guichet_shortcuts_get_key (guint action, guint key)
{
  return action < G_N_ELEMENTS (shortcuts) ? shortcuts[action].keys[key] : NULL;
}
