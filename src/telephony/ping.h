/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is it there? One OPTIONS outside a call. Any answer but 408 and 503 will do. */
#pragma once

#include "telephony/ua.h"

G_BEGIN_DECLS

typedef struct _TelPing TelPing;

typedef void (*TelPingDone) (gboolean answered, gpointer user_data);

/* Asks @uri over @route (NULL: where the URI leads). @done is called once, not before this
 * returned; the ping is freed by its maker, in @done or later, but before the user agent. NULL: not
 * a URI. */
TelPing *tel_ping_new (TelUa *ua,
                       const char *uri,
                       const char *route,
                       guint timeout_ms,
                       TelPingDone done,
                       gpointer user_data);
void tel_ping_free (TelPing *ping); /* no callback after it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelPing, tel_ping_free)

G_END_DECLS
