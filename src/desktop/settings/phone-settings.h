/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/phone.h"
#include "desktop/offers/quiet.h"

#include <gio/gio.h>

/* Gives the sound settings to the phone now and whenever they change, and starts it. Harmless when
 * repeated. */
void guichet_phone_settings_start (GuichetPhone *phone, GSettings *settings);

/* It rings silently while this says so. Once. */
void guichet_phone_settings_obey (GuichetPhone *phone, GuichetQuiet *quiet);
