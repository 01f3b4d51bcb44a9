/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which kind of news something is, and where its settings are. Pure. Main thread only.
 */

#include "desktop/offers/alert-kind.h"

static const struct
{
  const char *notify;
  const char *sound;
} keys[GUICHET_N_ALERT_KINDS] = {
  [GUICHET_ALERT_CALL] = { "notifications", "sound-call" },
  [GUICHET_ALERT_CHAT] = { "notify-chat", "sound-chat" },
  [GUICHET_ALERT_MAIL] = { "notify-mail", "sound-mail" },
  [GUICHET_ALERT_MESSAGE] = { "notify-message", "sound-message" },
  [GUICHET_ALERT_TEAM] = { "notify-team", "sound-team" },
  [GUICHET_ALERT_VOICEMAIL] = { "notify-voicemail", "sound-voicemail" },
};

static GuichetAlertKind
of_channel (const char *channel, GuichetAlertKind customers)
{
  return g_str_equal (channel, "im") ? GUICHET_ALERT_TEAM : customers;
}

GuichetAlertKind
guichet_alert_of_offer (GuichetOffer *offer)
{
  const char *channel = guichet_offer_get_channel (offer);

  if (g_str_equal (channel, "voice"))
    return GUICHET_ALERT_CALL;
  return of_channel (channel,
                     g_str_equal (channel, "webchat") ? GUICHET_ALERT_CHAT : GUICHET_ALERT_MAIL);
}

GuichetAlertKind
guichet_alert_of_interaction (GuichetInteraction *interaction)
{
  return of_channel (guichet_interaction_get_channel (interaction), GUICHET_ALERT_MESSAGE);
}

const char *
guichet_alert_notify_key (GuichetAlertKind kind)
{
  return keys[kind].notify;
}

const char *
guichet_alert_sound_key (GuichetAlertKind kind)
{
  return keys[kind].sound;
}

char *
guichet_alert_sound (GSettings *settings, GuichetAlertKind kind)
{
  return g_settings_get_string (settings, keys[kind].sound);
}
