/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON that goes over a node's connection. What comes is bounded and read with care: a member
 * that is missing, of another type, too long or not printable reads as none. Any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of one message: a list of all channels of a large node. */
#define WIRE_MAX (16 * 1024 * 1024)

/* NULL: not an object, too large or too deep. */
JsonNode *wire_parse (const char *text, gsize length, GError **error);
/* What a request says on the WebSocket; @body may be NULL. Free with g_free. */
char *wire_request (guint64 id, const char *method, const char *uri, const char *body);

JsonObject *wire_object (JsonObject *object, const char *name);
JsonArray *wire_array (JsonObject *object, const char *name);
/* At most 512 bytes of printable UTF-8. */
const char *wire_text (JsonObject *object, const char *name);
const char *wire_item (JsonArray *array, guint index);
gint64 wire_number (JsonObject *object, const char *name, gint64 fallback);
double wire_double (JsonObject *object, const char *name, double fallback);

/* "PJSIP/world-0000002a" → "world". NULL: not the name of a channel. Free with g_free. */
char *wire_endpoint_of (const char *channel_name);

/* What we write on a channel, to know it again: "call=i12&offer=o7". Keys are ours; free with
 * g_free and g_hash_table_unref. */
char *wire_tag_write (const char *const *pairs);
GHashTable *wire_tag_read (const char *text);

G_END_DECLS
