/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between sdp.c and sdp-write.c only. */
#pragma once

#include "telephony/sdp.h"

G_BEGIN_DECLS

/* The lines of @text that matter, in strict syntax; NULL when it is broken. */
char *tel_sdp_guard (const char *text, gsize length);

guint tel_sdp_default_payload (TelCodec codec);
guint tel_sdp_default_dtmf (TelCodec codec);
const char *tel_sdp_suite_name (TelSuite suite);
void tel_sdp_write_agreed_media (GString *s,
                                 TelSdpLocal *local,
                                 const TelSdpAgreed *agreed,
                                 const char *protocol,
                                 TelDirection direction);
char *tel_sdp_finish (TelSdpLocal *local, const char *media);

G_END_DECLS
