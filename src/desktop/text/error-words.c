/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An error as a sentence: the reason says more than the code, a limit is named.
 */

#include "desktop/text/error-words.h"

#include "client/error.h"
#include "desktop/text/words.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

char *
guichet_words_of_error (const GError *error)
{
  const char *code = guichet_client_error_get_code_name (error);
  const char *reason = guichet_client_error_get_reason (error);
  const char *why = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, reason);
  gint64 limit = guichet_client_error_get_limit (error);

  if (*code == '\0')
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("%s", error->message);
      return g_strdup (_ ("That did not work. Try again."));
    }
  if (why != NULL)
    return g_strdup (why);
  if (limit > 0)
    return g_strdup_printf (
        ngettext ("Longer than %d character, the most that the centre accepts. It is kept here.",
                  "Longer than %d characters, the most that the centre accepts. It is kept here.",
                  (gulong) limit),
        (int) limit);
  return guichet_words (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, code);
}
