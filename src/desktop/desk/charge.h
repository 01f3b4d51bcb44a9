/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

/* Notices when work in which the agent only took part comes into his or her charge, because
 * somebody else left it. Emits "taken" (GuichetInteraction *). */
#define GUICHET_TYPE_CHARGE (guichet_charge_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCharge, guichet_charge, GUICHET, CHARGE, GObject)

GuichetCharge *guichet_charge_new (GuichetSession *session);
