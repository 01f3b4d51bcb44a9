/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

/* What an agent is told of, each with its own notification and sound. */
typedef enum
{
  GUICHET_ALERT_CALL,
  GUICHET_ALERT_CHAT,    /* a chat is offered */
  GUICHET_ALERT_MAIL,    /* a mail, an SMS, a social message is offered */
  GUICHET_ALERT_MESSAGE, /* a customer writes in a chat that is not in view */
  GUICHET_ALERT_TEAM,    /* a colleague writes */
  GUICHET_ALERT_VOICEMAIL,
} GuichetAlertKind;
#define GUICHET_N_ALERT_KINDS (GUICHET_ALERT_VOICEMAIL + 1)

GuichetAlertKind guichet_alert_of_offer (GuichetOffer *offer);
GuichetAlertKind guichet_alert_of_interaction (GuichetInteraction *interaction);

/* The keys of the settings: whether to notify, and the sound. */
const char *guichet_alert_notify_key (GuichetAlertKind kind);
const char *guichet_alert_sound_key (GuichetAlertKind kind);

/* The sound chosen, "" for none. Free with g_free. */
char *guichet_alert_sound (GSettings *settings, GuichetAlertKind kind);
