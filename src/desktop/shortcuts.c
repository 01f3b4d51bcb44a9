/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys of every action, in one table.
 */

#include "desktop/shortcuts.h"

#include "desktop/widgets/accessible.h"

#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "win.answer", { "<Control><Shift>Return" } },
  { "win.decline", { "<Control><Shift>d" } },
  { "win.accept-all", { "<Control><Alt>Return" } },
  { "win.hold", { "<Control>h" } },
  { "win.mute", { "<Control>m" } },
  { "win.keypad", { "<Control>k" } },
  { "win.end", { "<Control><Shift>e" } },
  { "win.unread", { "<Control>j" } },
  { "win.replies", { "<Control>r" } },
  { "win.private", { "<Control><Shift>n" } },
  { "win.spelling", { "F7" } },
  { "win.copy", { "<Control><Shift>c" } },
  { "win.transfer", { "<Control><Shift>t" } },
  { "win.unassign", { "<Control><Shift>b" } },
  { "win.consult", { "<Control><Shift>o" } },
  { "win.confer", { "<Control><Shift>m" } },
  { "win.leave", { "<Control><Shift>l" } },
  { "win.park", { "<Control><Shift>k" } },
  { "win.parked", { "<Control><Alt>k" } },
  { "win.end-consult", { "<Control><Shift>x" } },
  { "win.hold-colleague", { "<Control><Shift>h" } },
  { "win.beside", { "<Control>b" } },
  { "win.send-resolve", { "<Control><Alt>e" } },
  { "win.send-pending", { "<Control><Alt>p" } },
  { "win.send-escalate", { "<Control><Alt>s" } },
  { "win.notes", { "<Control>n" } },
  { "win.disposition", { "<Control>d" } },
  { "win.tags", { "<Control>t" } },
  { "win.submit", { "<Control>Return" } },
  { "win.extend", { "<Control>e" } },
  { "win.launch", { "<Control>l" } },
  { "win.details", { "<Control>i" } },
  { "win.next", { "<Control>Page_Down" } },
  { "win.previous", { "<Control>Page_Up" } },
  { "win.available", { "<Control><Shift>a" } },
  { "win.idle", { "<Control><Shift>i" } },
  { "win.queues", { "<Control>q" } },
  { "win.desk", { "<Alt>1" } },
  { "win.activity", { "<Alt>2" } },
  { "win.team", { "<Alt>3" } },
  { "win.supervision", { "<Alt>4" } },
  { "win.search", { "<Control>f" } },
  { "win.conversations", { "<Control>o" } },
  { "win.directory", { "<Control><Shift>f" } },
  { "win.dial", { "<Control><Alt>n" } },
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

char *
guichet_shortcuts_tip (const char *text, const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (g_str_equal (shortcuts[i].action, action))
      {
        g_autofree char *keys = NULL;
        GdkModifierType modifiers;
        guint key;

        gtk_accelerator_parse (shortcuts[i].keys[0], &key, &modifiers);
        keys = gtk_accelerator_get_label (key, modifiers);
        /* Translators: what a button does and its key, as "Hold (Ctrl+H)" */
        return g_strdup_printf (_ ("%s (%s)"), text, keys);
      }
  g_return_val_if_reached (g_strdup (text));
}

void
guichet_shortcuts_grey (GtkWidget *widget, const char *reason, const char *text, const char *action)
{
  g_autofree char *tip = guichet_shortcuts_tip (text, action);

  guichet_accessible_grey (widget, reason, tip);
}

void
guichet_shortcuts_set_tip (GtkWidget *widget, const char *text, const char *action)
{
  g_autofree char *tip = guichet_shortcuts_tip (text, action);

  guichet_widget_set_tip (widget, tip);
}

const char *
guichet_shortcuts_get_key (guint action, guint key)
{
  return action < G_N_ELEMENTS (shortcuts) ? shortcuts[action].keys[key] : NULL;
}
