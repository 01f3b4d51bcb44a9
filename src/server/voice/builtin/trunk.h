/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which declared trunk a request comes from, and what of it may be believed. */
#pragma once

#include "server/voice/builtin/builtin.h"
#include "telephony/request.h"

G_BEGIN_DECLS

/* The trunk that owns this numeric address, or NULL. */
VoiceTrunk *trunk_at (GPtrArray *trunks, const char *address);

/* The trunk by the request's network address, then, for an INVITE from elsewhere, by digest if any
 * trunk has a user. NULL: none; *@answered says whether the request was answered already (401,
 * 403). */
VoiceTrunk *
trunk_of_request (GPtrArray *trunks, const char *realm, TelRequest *request, gboolean *answered);

/* A trunk by its name, or the first that takes outgoing calls for NULL; NULL: none. */
VoiceTrunk *trunk_by_name (GPtrArray *trunks, const char *name);

/* "192.0.2.7" or "2001:db8::1" in "192.0.2.0/24", "2001:db8::/32" or a single address. */
gboolean trunk_address_matches (const char *pattern, const char *address);

/* The request's X- headers that the trunk maps, as variable → value; NULL: none. Values that are
 * not UTF-8 or longer than 512 bytes are dropped, as is every header that is not mapped. */
GHashTable *trunk_map_variables (const VoiceTrunk *trunk, TelRequest *request);

gboolean
trunk_get_srtp (const VoiceTrunk *trunk, TelSrtp *srtp); /* FALSE: media is not a word we know */

/* User part of a SIP URI, unescaped; NULL: none, "anonymous", or not printable UTF-8. */
char *trunk_uri_user (const char *uri);

G_END_DECLS
