/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of an agent's channels on which nothing comes. Main thread only. */
#include "desktop/text/channel-words.h"

#include "desktop/text/reason.h"
#include "desktop/text/words.h"

#include <glib/gi18n.h>

char *
guichet_channel_words (GuichetSession *session, GuichetChannelState *channel)
{
  const char *name = guichet_words_channel (guichet_channel_state_get_channel (channel));
  const char *by = guichet_channel_state_get_name (channel);
  g_autofree char *reason =
      guichet_reason_words (session, guichet_channel_state_get_reason (channel));
  /* Translators: the supervisor who has set the state of an agent */
  g_autofree char *who = *by != '\0' ? g_strdup_printf (_ ("set by %s"), by) : NULL;

  return g_strjoin (" · ", name, guichet_words_state ("idle"), reason, who, NULL);
}
