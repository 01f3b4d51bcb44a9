/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/offers/notifier.h"
#include "desktop/offers/quiet.h"

/* Sounds of offers and messages, each kind its own, by the phone's ringer; and the notifications of
 * messages in chats that are not in view. Of calls the phone rings. */
#define GUICHET_TYPE_ALERTS (guichet_alerts_get_type ())
G_DECLARE_FINAL_TYPE (GuichetAlerts, guichet_alerts, GUICHET, ALERTS, GObject)

GuichetAlerts *guichet_alerts_new (GuichetSession *session,
                                   GSettings *settings,
                                   GuichetQuiet *quiet,
                                   GuichetNotifier *notifier);
