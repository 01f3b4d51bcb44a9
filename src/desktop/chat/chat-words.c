/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of messages: who, when, what became of them. Owns nothing. Main
 * thread only.
 */

#include "desktop/chat/chat-words.h"

#include "base/sms-text.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"

#include <glib/gi18n.h>
#include <string.h>

/* The centre says it with the message, or else who has or had a part in the work is named there. */
static const char *
colleague_name (GuichetSession *session, GuichetInteraction *interaction, GuichetMessage *message)
{
  const char *id = guichet_message_get_agent (message);
  GListModel *parts = guichet_interaction_get_participations (interaction);

  if (*guichet_message_get_agent_name (message) != '\0')
    return guichet_message_get_agent_name (message);
  for (guint i = 0; parts != NULL && i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (GuichetParticipation) part = g_list_model_get_item (parts, i);

      if (g_str_equal (guichet_participation_get_agent (part), id) &&
          *guichet_participation_get_name (part) != '\0')
        return guichet_participation_get_name (part);
    }
  return guichet_session_name_of (guichet_session_get_colleagues (session), id);
}

char *
guichet_chat_who (GuichetSession *session, GuichetInteraction *interaction, GuichetMessage *message)
{
  const char *author = guichet_message_get_author (message);
  const char *agent = guichet_message_get_agent (message);

  if (g_str_equal (author, "customer"))
    return guichet_who_interaction (interaction);
  if (g_str_equal (author, "bot"))
    return guichet_who_bot (guichet_message_get_from (message));
  if (!g_str_equal (author, "agent"))
    return g_strdup ("");
  if (*agent == '\0' || g_str_equal (agent, guichet_session_get_agent (session)))
    return g_strdup (_ ("You"));
  return g_strdup (colleague_name (session, interaction, message));
}

const char *
guichet_chat_hand_over (void)
{
  return _ ("Handed over by the bot");
}

static const struct
{
  const char *state;
  const char *words;
  const char *icon;
} states[] = {
  { "keeping", N_ ("Being sent"), "content-loading-symbolic" },
  { "pending", N_ ("Being sent"), "content-loading-symbolic" },
  { "sent", N_ ("Sent"), "object-select-symbolic" },
  { "delivered", N_ ("Delivered"), "emblem-ok-symbolic" },
  { "read", N_ ("Read"), "mail-read-symbolic" },
  { "failed", N_ ("Not sent"), "dialog-warning-symbolic" },
};

static int
find_state (GuichetMessage *message)
{
  /* A note arrives nowhere. */
  if (guichet_message_get_private (message) &&
      g_str_equal (guichet_message_get_state (message), "sent"))
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (guichet_message_get_author (message), "agent") &&
        g_str_equal (states[i].state, guichet_message_get_state (message)))
      return (int) i;
  return -1;
}

const char *
guichet_chat_state (GuichetSession *session, GuichetMessage *message)
{
  int found = find_state (message);

  if (found < 0)
    return "";
  if (g_str_equal (states[found].state, "pending") && !guichet_session_get_link_up (session))
    return _ ("Kept here until the link is back");
  return _ (states[found].words);
}

const char *
guichet_chat_state_icon (GuichetMessage *message)
{
  int found = find_state (message);

  return found < 0 ? NULL : states[found].icon;
}

static GDate
day_of (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);
  GDate day;

  g_date_clear (&day, 1);
  if (time != NULL)
    g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (time),
                    (GDateMonth) g_date_time_get_month (time),
                    (GDateYear) g_date_time_get_year (time));
  return day;
}

gboolean
guichet_chat_same_day (gint64 one, gint64 other)
{
  GDate a = day_of (one), b = day_of (other);

  return g_date_valid (&a) && g_date_valid (&b) && g_date_compare (&a, &b) == 0;
}

char *
guichet_chat_day (gint64 at, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);
  GDate day = day_of (at), today = day_of (now);
  int ago = g_date_valid (&day) && g_date_valid (&today) ? g_date_days_between (&day, &today) : 2;

  if (ago == 0)
    return g_strdup (_ ("Today"));
  if (ago == 1)
    return g_strdup (_ ("Yesterday"));
  /* Translators: the day of a message, see g_date_time_format () */
  return time != NULL ? g_date_time_format (time, _ ("%A, %e %B %Y")) : g_strdup ("");
}

char *
guichet_chat_transcript (GuichetSession *session, GuichetInteraction *interaction)
{
  GListModel *messages = guichet_interaction_get_messages (interaction);
  g_autofree char *mark = g_strdup_printf (" (%s)", _ ("Note for colleagues"));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (GuichetMessage) message = g_list_model_get_item (messages, i);
      g_autofree char *who = guichet_chat_who (session, interaction, message);
      g_autoptr (GDateTime) at =
          g_date_time_new_from_unix_local (guichet_message_get_at (message) / 1000);
      g_autofree char *when = at != NULL ? g_date_time_format (at, "%F %H:%M") : g_strdup ("");

      if (!g_str_equal (guichet_message_get_interaction (message),
                        guichet_interaction_get_id (interaction)))
        continue;
      g_string_append_printf (text, "[%s] %s%s%s%s\n", when, who,
                              guichet_message_get_private (message) ? mark : "",
                              *who != '\0' ? ": " : "", guichet_message_get_text (message));
      if (guichet_message_get_hand_over (message))
        g_string_append_printf (text, "— %s —\n", guichet_chat_hand_over ());
    }
  return g_string_free (text, FALSE);
}

const char *
guichet_chat_left (GuichetInteraction *interaction)
{
  const char *cause = guichet_interaction_get_customer_left_cause (interaction);

  if (g_str_equal (cause, "silence") || g_str_equal (cause, "agent_ended"))
    return guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, cause);
  if (g_str_has_suffix (cause, "lost"))
    return _ ("The customer’s connection was lost.");
  return _ ("The customer has left the chat.");
}

char *
guichet_chat_segments (GuichetInteraction *interaction, const char *typed, gboolean *too_long)
{
  gint64 most = guichet_interaction_get_segments (interaction);
  BaseSms sms = base_sms_measure (typed);

  *too_long = most > 0 && sms.segments > most;
  if (*too_long)
    return g_strdup_printf (ngettext ("Longer than %d segment: shorten the message",
                                      "Longer than %d segments: shorten the message",
                                      (gulong) most),
                            (int) most);
  if (most == 0 || sms.segments == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u segment", "%u segments", (gulong) sms.segments),
                          sms.segments);
}

char *
guichet_chat_until (GuichetInteraction *interaction)
{
  gint64 until = guichet_interaction_get_until (interaction);
  g_autoptr (GDateTime) time = until > 0 ? g_date_time_new_from_unix_local (until / 1000) : NULL;

  /* Translators: weekday and time, see g_date_time_format () */
  return time != NULL ? g_date_time_format (time, _ ("Can be answered until %a %H:%M")) : NULL;
}
