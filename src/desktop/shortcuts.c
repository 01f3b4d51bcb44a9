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
  const char *group; /* that begins with it, or NULL */
  const char *title;
} shortcuts[] = {
  { "win.answer", { "<Control><Shift>Return" }, N_ ("Calls"), N_ ("Answer") },
  { "win.decline", { "<Control><Shift>d" }, NULL, N_ ("Decline") },
  { "win.hold", { "<Control>h" }, NULL, N_ ("Hold or resume") },
  { "win.mute", { "<Control>m" }, NULL, N_ ("Mute or unmute") },
  { "win.keypad", { "<Control>k" }, NULL, N_ ("Keypad") },
  { "win.end", { "<Control><Shift>e" }, NULL, N_ ("End the call") },
  { "win.transfer", { "<Control><Shift>t" }, N_ ("Together"), N_ ("Transfer") },
  { "win.consult", { "<Control><Shift>o" }, NULL, N_ ("Consult a colleague") },
  { "win.end-consult", { "<Control><Shift>x" }, NULL, N_ ("End the consult") },
  { "win.confer",
    { "<Control><Shift>m" },
    NULL,
    N_ ("Add a colleague, or the one who is consulted") },
  { "win.leave", { "<Control><Shift>l" }, NULL, N_ ("Leave it to the others") },
  { "win.park", { "<Control><Shift>k" }, NULL, N_ ("Park the call") },
  { "win.parked", { "<Control><Alt>k" }, NULL, N_ ("Parked calls") },
  { "win.hold-colleague", { "<Control><Shift>h" }, NULL, N_ ("Hold the colleague, or talk on") },
  { "win.unread", { "<Control>j" }, N_ ("Chats"), N_ ("Jump to unread") },
  { "win.replies", { "<Control>r" }, NULL, N_ ("Canned replies, or clips of a call") },
  { "win.private", { "<Control><Shift>n" }, NULL, N_ ("Note for colleagues, or message") },
  { "win.spelling", { "F7" }, NULL, N_ ("Next wrong word") },
  { "win.copy", { "<Control><Shift>c" }, NULL, N_ ("Copy the whole chat") },
  { "win.accept-all", { "<Control><Alt>Return" }, NULL, N_ ("Accept all chats") },
  { "win.send-resolve", { "<Control><Alt>e" }, NULL, N_ ("Send and resolve") },
  { "win.send-pending", { "<Control><Alt>p" }, NULL, N_ ("Send and mark as pending") },
  { "win.send-escalate", { "<Control><Alt>s" }, NULL, N_ ("Send and escalate") },
  { "win.unassign", { "<Control><Shift>b" }, NULL, N_ ("Unassign the chat") },
  { "win.beside", { "<Control>b" }, NULL, N_ ("Two chats side by side") },
  { "win.notes", { "<Control>n" }, N_ ("Notes and wrap-up"), N_ ("Notes") },
  { "win.disposition", { "<Control>d" }, NULL, N_ ("Disposition") },
  { "win.tags", { "<Control>t" }, NULL, N_ ("Add a tag") },
  { "win.extend", { "<Control>e" }, NULL, N_ ("Extend the wrap-up") },
  { "win.submit", { "<Control>Return" }, NULL, N_ ("Submit the wrap-up") },
  { "win.available", { "<Control><Shift>a" }, N_ ("Your state"), N_ ("Available") },
  { "win.idle", { "<Control><Shift>i" }, NULL, N_ ("Idle with a reason") },
  { "win.queues", { "<Control>q" }, NULL, N_ ("Queues") },
  { "win.next", { "<Control>Page_Down" }, N_ ("Window"), N_ ("Next piece of work") },
  { "win.previous", { "<Control>Page_Up" }, NULL, N_ ("Previous piece of work") },
  { "win.details", { "<Control>i" }, NULL, N_ ("Details") },
  { "win.launch", { "<Control>l" }, NULL, N_ ("Launch") },
  { "win.desk", { "<Alt>1" }, NULL, N_ ("Desk") },
  { "win.activity", { "<Alt>2" }, NULL, N_ ("Activity") },
  { "win.team", { "<Alt>3" }, NULL, N_ ("Team") },
  { "win.supervision", { "<Alt>4" }, NULL, N_ ("Supervision, for supervisors") },
  { "win.search", { "<Control>f" }, NULL, N_ ("Search everything") },
  { "win.conversations", { "<Control>o" }, NULL, N_ ("Conversations") },
  { "win.directory", { "<Control><Shift>f" }, NULL, N_ ("Directory") },
  { "win.dial", { "<Control><Alt>n" }, NULL, N_ ("Call a number") },
  { "win.settings", { "<Control>comma" }, NULL, N_ ("Settings") },
  { "win.shortcuts", { "F1", "<Control>question" }, NULL, N_ ("Keyboard shortcuts") },
  { "window.close", { "<Control>w" }, NULL, N_ ("Close the window") },
  { "app.quit", { "<Control><Shift>q" }, NULL, N_ ("Quit") },
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

gboolean
guichet_shortcuts_get (guint n, GuichetShortcut *shortcut)
{
  if (n >= G_N_ELEMENTS (shortcuts))
    return FALSE;
  shortcut->keys = shortcuts[n].keys;
  shortcut->group = shortcuts[n].group != NULL ? _ (shortcuts[n].group) : NULL;
  shortcut->title = _ (shortcuts[n].title);
  return TRUE;
}
