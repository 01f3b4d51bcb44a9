/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the words for a code; the tables are in words-centre.c, words-error.c and words-phone.c.
 * Main thread only (gettext answers in the process's language).
 */

#include "desktop/text/words-tables.h"

#include <glib/gi18n.h>

static const GuichetWord *const tables[] = {
  [GUICHET_WORDS_CENTRE] = guichet_words_centre,
  [GUICHET_WORDS_ERROR] = guichet_words_error,
  [GUICHET_WORDS_PHONE] = guichet_words_phone,
  [GUICHET_WORDS_CALL_END] = guichet_words_call_end,
  [GUICHET_WORDS_LINK] = guichet_words_link,
  [GUICHET_WORDS_NOT_REACHED] = guichet_words_not_reached,
};

static const GuichetWord states[] = {
  { "offline", N_ ("Signed out"), NULL },
  { "idle", N_ ("Idle"), NULL },
  { "available", N_ ("Available"), NULL },
  { NULL },
};

/* Of a person: languages have other words for a line. */
static const GuichetWord presences[] = {
  { "ready", NC_ ("presence", "Ready to take a call"), NULL },
  { "busy", NC_ ("presence", "Busy"), NULL },
  { "on_break", NC_ ("presence", "On break"), NULL },
  { "signed_out", NC_ ("presence", "Signed out"), NULL },
  { NULL },
};

static const GuichetWord memberships[] = {
  { "out", N_ ("Out"), NULL },
  { "ready", N_ ("Ready"), NULL },
  { "paused", N_ ("Paused"), NULL },
  { NULL },
};

static const GuichetWord channels[] = {
  { "voice", N_ ("Call"), NULL },
  { "webchat", N_ ("Web chat"), NULL },
  { "sms", N_ ("SMS"), NULL },
  { "facebook", N_ ("Facebook"), NULL },
  { "instagram", N_ ("Instagram"), NULL },
  { "email", N_ ("E-mail"), NULL },
  { "im", N_ ("Instant message"), NULL },
  { NULL },
};

static const GuichetWord recents[] = {
  { "handled", N_ ("Handled"), NULL },
  { "missed", N_ ("Missed"), NULL },
  { "declined", N_ ("Declined"), NULL },
  { "withdrawn", N_ ("Taken back"), NULL },
  { "abandoned", N_ ("Customer gave up"), NULL },
  { "not_reached", N_ ("Not reached"), NULL },
  { NULL },
};

static const GuichetWord stations[] = {
  { "softphone", N_ ("This computer"), NULL },
  { "desk_phone", N_ ("Desk phone"), NULL },
  { "outside_number", N_ ("Outside number"), NULL },
  { NULL },
};

static const GuichetWord *
find (const GuichetWord *table, const char *code)
{
  for (; code != NULL && table->code != NULL; table++)
    if (g_str_equal (table->code, code))
      return table;
  return NULL;
}

const char *
guichet_words_find (GuichetWordsSource source, GuichetWordsLength length, const char *code)
{
  const GuichetWord *word = find (tables[source], code);

  if (word == NULL)
    return NULL;
  return _ (length == GUICHET_WORDS_SHORT ? word->label : word->sentence);
}

char *
guichet_words (GuichetWordsSource source, GuichetWordsLength length, const char *code)
{
  const char *known = guichet_words_find (source, length, code);

  if (known != NULL)
    return g_strdup (known);
  if (code == NULL || *code == '\0')
    return g_strdup (length == GUICHET_WORDS_SHORT ? _ ("Unknown reason")
                                                   : _ ("The centre gave no reason."));
  if (length == GUICHET_WORDS_SHORT)
    return g_strdup (code);
  /* Translators: %s is a code such as "engine_lost" that this version does not know */
  return g_strdup_printf (_ ("Something happened that this version has no words for: “%s”."), code);
}

static const char *
name_of (const GuichetWord *table, const char *code)
{
  const GuichetWord *word = find (table, code);

  return word != NULL ? _ (word->label) : code != NULL ? code : "";
}

const char *
guichet_words_state (const char *state)
{
  return name_of (states, state);
}

const char *
guichet_words_presence (const char *presence)
{
  const GuichetWord *word = find (presences, presence);

  return word != NULL ? g_dpgettext2 (NULL, "presence", word->label)
                      : (presence != NULL ? presence : "");
}

const char *
guichet_words_membership (const char *membership)
{
  return name_of (memberships, membership);
}

const char *
guichet_words_recording (ModelRecordingAction action)
{
  switch (action)
    {
    case MODEL_RECORDING_START:
      return _ ("Record this call");
    case MODEL_RECORDING_PAUSE:
      return _ ("Pause recording");
    case MODEL_RECORDING_RESUME:
      return _ ("Resume recording");
    case MODEL_RECORDING_EXTEND:
      return _ ("Extend the pause");
    case MODEL_RECORDING_STOP:
      return _ ("Stop recording");
    }
  return "";
}

const char *
guichet_words_channel (const char *channel)
{
  return name_of (channels, channel);
}

const char *
guichet_words_status (const char *status)
{
  if (g_str_equal (status, "pending"))
    return _ ("pending");
  return g_str_equal (status, "escalated") ? _ ("escalated") : NULL;
}

const char *
guichet_words_sentiment (const char *sentiment)
{
  if (g_str_equal (sentiment, "positive"))
    return _ ("Satisfied customer");
  if (g_str_equal (sentiment, "neutral"))
    return _ ("Neutral customer");
  return g_str_equal (sentiment, "negative") ? _ ("Dissatisfied customer") : NULL;
}

const char *
guichet_words_channel_icon (const char *channel)
{
  static const struct
  {
    const char *channel, *icon;
  } icons[] = {
    { "voice", "call-start-symbolic" },
    { "webchat", "chat-message-new-symbolic" },
    { "sms", "phone-symbolic" },
    { "facebook", "guichet-facebook-symbolic" },
    { "instagram", "camera-photo-symbolic" },
    { "email", "mail-unread-symbolic" },
    { "im", "system-users-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].channel, channel))
      return icons[i].icon;
  return "chat-message-new-symbolic";
}

const char *
guichet_words_recent (const char *kind)
{
  return name_of (recents, kind);
}

const char *
guichet_words_station (const char *kind)
{
  return name_of (stations, kind);
}
