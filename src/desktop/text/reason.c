/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reasons of states. Main thread only.
 */

#include "desktop/text/reason.h"

#include "desktop/text/words.h"

char *
guichet_reason_words (GuichetSession *session, const char *reason)
{
  const char *known = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SHORT, reason);

  return g_strdup (known != NULL
                       ? known
                       : guichet_session_name_of (guichet_session_get_reasons (session), reason));
}
