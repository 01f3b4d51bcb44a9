/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words below the field: of all that could be said the one that matters most.
 */

#include "desktop/chat/composer-hint.h"

#include "base/card-data.h"
#include "desktop/chat/chat-words.h"
#include "desktop/chat/mail-words.h"

#include <glib/gi18n.h>

/* Before the limit: from then on it is said how much is left. */
#define SAY_BELOW 200

/* Of a note; of a message the channel says it. */
#define NOTE_MAX 4000

/* Characters left, G_MAXINT without a limit. */
static int
left_of (GuichetInteraction *interaction, const char *text, gboolean private)
{
  gint64 limit = private ? NOTE_MAX : guichet_interaction_get_text_limit (interaction);

  return limit == 0 ? G_MAXINT : (int) (limit - g_utf8_strlen (text, -1));
}

static const char *
how_to_send (GuichetInteraction *interaction, gboolean private)
{
  if (guichet_mail_is (interaction))
    return private ? _ ("Ctrl+Enter adds the note · Enter new line")
                   : _ ("Ctrl+Enter sends · Enter new line");
  return private ? _ ("Enter adds the note · Shift+Enter new line")
                 : _ ("Enter sends · Shift+Enter new line");
}

/* What becomes of a card's number that is written, NULL: there is none. The centre masks it in any
 * case; here it is only said before. */
static const char *
card_words (GuichetSession *session, const char *text, const char *subject, gboolean *refused)
{
  const char *rule = guichet_session_get_card_data (session);

  *refused = FALSE;
  if (*rule == '\0' || g_str_equal (rule, "keep") ||
      !(base_card_found (text) || base_card_found (subject)))
    return NULL;
  *refused = g_str_equal (rule, "block");
  return *refused ? _ ("Card numbers cannot be sent: take it out")
                  : _ ("The card number will be masked");
}

char *
guichet_composer_hint (GuichetSession *session,
                       GuichetInteraction *interaction,
                       const char *text,
                       gboolean private,
                       gboolean *wrong)
{
  const char *subject = private ? "" : guichet_interaction_get_subject_draft (interaction);
  gboolean refused = FALSE;
  const char *card = card_words (session, text, subject, &refused);
  int left = left_of (interaction, text, private);
  gboolean many = FALSE;
  g_autofree char *segments = private ? NULL : guichet_chat_segments (interaction, text, &many);
  g_autofree char *until = private ? NULL : guichet_chat_until (interaction);

  *wrong = left < 0 || many || refused;
  if (card != NULL && left >= 0 && !many)
    return g_strdup (card);
  if (segments != NULL)
    return g_steal_pointer (&segments);
  if (left < 0)
    return g_strdup_printf (ngettext ("%d character too many: shorten the message",
                                      "%d characters too many: shorten the message",
                                      (gulong) -left),
                            -left);
  if (left < SAY_BELOW)
    return g_strdup_printf (ngettext ("%d character left", "%d characters left", (gulong) left),
                            left);
  return until != NULL ? g_steal_pointer (&until) : g_strdup (how_to_send (interaction, private));
}
