/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links to telephone numbers, as other programs hand them over: tel: (RFC 3966), sip: and sips:
 * (RFC 3261, section 19.1), callto:. Pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The number to dial as its writer spelled it, without what separates its digits; owned by the
 * caller. NULL: no such link, or one that names no number ("sip:alice@…"). */
char *guichet_phone_link_number (const char *uri);

G_END_DECLS
