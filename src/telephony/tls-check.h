/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a server's certificate before SIP goes there: sofia-sip reports a refused certificate
 * only as a time-out after half a minute. */
#pragma once

#include <gio/gio.h>

#include "telephony/types.h"

G_BEGIN_DECLS

/* TEL_REASON_NONE = trusted; TEL_REASON_TLS_UNTRUSTED, _UNREACHABLE or _TIMEOUT. Not called when
 * @cancellable was cancelled. */
typedef void (*TelTlsChecked) (TelReason reason, gpointer user_data);

/* @tls_dir: its cafile.pem is trusted; NULL: the system's authorities. @name: whom the
 * certificate must be for. */
void tel_tls_check_async (const char *host,
                          guint port,
                          const char *name,
                          const char *tls_dir,
                          GCancellable *cancellable,
                          TelTlsChecked done,
                          gpointer user_data);

G_END_DECLS
