/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the session asks of the phone. */
#pragma once

#include "client/phone.h"

/* guichet_phone_set_account: a{sv} as SetAccount wants it (floating is sunk), kept in memory and
 * given again to a phone that comes back; NULL clears it here and there. */
void guichet_phone_set_account (GuichetPhone *self, GVariant *account);

/* guichet_phone_has_account: the phone itself says so; an account outlives the window that set it.
 */
gboolean guichet_phone_has_account (GuichetPhone *self);

/* guichet_phone_set_alive: while TRUE the phone's lease is renewed. */
void guichet_phone_set_alive (GuichetPhone *self, gboolean alive);

/* guichet_phone_is_settled: its first answer, or the lack of one, is in. Notified as "present" or
 * "settled". */
gboolean guichet_phone_is_settled (GuichetPhone *self);
