/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What mails have and chats have not: quotes, parts that are not kept. Main thread only.
 */

#include "desktop/chat/mail-words.h"

#include <glib/gi18n.h>

gboolean
guichet_mail_is (GuichetInteraction *interaction)
{
  return g_str_equal (guichet_interaction_get_channel (interaction), "email");
}

char *
guichet_mail_own_words (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) own = g_string_new (NULL);
  gboolean quotes = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '>')
        quotes = TRUE;
      else if (*lines[i] != '\0' || (own->len > 0 && !g_str_has_suffix (own->str, "\n\n")))
        g_string_append_printf (own, "%s\n", lines[i]);
    }
  if (!quotes)
    return NULL;
  return g_strchomp (g_string_free (g_steal_pointer (&own), FALSE));
}

char *
guichet_mail_missing (GuichetMessage *message)
{
  gint64 left_out = guichet_message_get_left_out (message);
  g_autofree char *files = NULL;

  if (left_out > 0)
    files =
        g_strdup_printf (ngettext ("%d attachment is in the mailbox alone",
                                   "%d attachments are in the mailbox alone", (gulong) left_out),
                         (int) left_out);
  if (!guichet_message_get_cut (message))
    return g_steal_pointer (&files);
  if (files == NULL)
    return g_strdup (_ ("The mail is longer: the rest is in the mailbox alone"));
  return g_strjoin (" · ", _ ("The mail is longer: the rest is in the mailbox alone"), files, NULL);
}
