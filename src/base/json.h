/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON from outside: parsed behind the guard, read by typed getters whose errors (BASE_ERROR) name
 * the JSON pointer.
 *
 * A BaseJson is a place in a document: a small struct on the caller's stack, valid while the node
 * it was made from and its parent BaseJson live. "get" wants the member, "opt" takes absent and
 * null for the fallback. On FALSE the error is set and outputs are untouched. Strings belong to the
 * document.
 *
 *   g_autoptr (JsonNode) node = base_json_parse (data, length, NULL, error);
 *   BaseJson root, customer;
 *   if (node == NULL || !base_json_root (&root, node, error) || !base_json_get_object (&root,
 * "customer", &customer, error)
 *       || !base_json_get_string (&customer, "number", 64, &number, error))
 *     return FALSE;  // e.g. "/customer/number: missing"
 */
#pragma once

#include "base/error.h"
#include "base/json-guard.h"

#include <json-glib/json-glib.h>

typedef struct _BaseJson BaseJson;

struct _BaseJson
{
  JsonObject *object; /* either */
  JsonArray *array;   /* or */
  const BaseJson *parent;
  const char *name; /* in parent, or NULL with index */
  guint index;
};

/* base_json_parse: guard, then json-glib. limits NULL: the default. Free with json_node_unref. */
JsonNode *
base_json_parse (const char *data, gsize length, const BaseJsonLimits *limits, GError **error);
JsonNode *base_json_parse_bytes (GBytes *bytes, const BaseJsonLimits *limits, GError **error);

/* base_json_root: the document as an object. base_json_from_object: an object one already has. */
gboolean base_json_root (BaseJson *self, JsonNode *node, GError **error);
void base_json_from_object (BaseJson *self, JsonObject *object);

/* base_json_pointer: where self, or its member (may be NULL), stands. Free with g_free. */
char *base_json_pointer (const BaseJson *self, const char *member);

/* base_json_has: TRUE if the member is there and not null. */
gboolean base_json_has (const BaseJson *self, const char *name);

/* base_json_only: refuses members that are not among the names given, ending with NULL. */
gboolean base_json_only (const BaseJson *self, GError **error, ...) G_GNUC_NULL_TERMINATED;

/* base_json_refuse: sets a BASE_ERROR at a member, for checks of the caller's own. Always FALSE. */
gboolean base_json_refuse (const BaseJson *self,
                           const char *member,
                           BaseErrorCode code,
                           gint64 limit,
                           const char *message,
                           GError **error);

/* max is in characters. */
gboolean base_json_get_string (const BaseJson *self,
                               const char *name,
                               gsize max,
                               const char **out,
                               GError **error);
gboolean base_json_opt_string (const BaseJson *self,
                               const char *name,
                               gsize max,
                               const char *fallback,
                               const char **out,
                               GError **error);

gboolean base_json_get_int (const BaseJson *self,
                            const char *name,
                            gint64 min,
                            gint64 max,
                            gint64 *out,
                            GError **error);
gboolean base_json_opt_int (const BaseJson *self,
                            const char *name,
                            gint64 min,
                            gint64 max,
                            gint64 fallback,
                            gint64 *out,
                            GError **error);

gboolean base_json_get_double (const BaseJson *self,
                               const char *name,
                               double min,
                               double max,
                               double *out,
                               GError **error);

gboolean base_json_get_bool (const BaseJson *self, const char *name, gboolean *out, GError **error);
gboolean base_json_opt_bool (const BaseJson *self,
                             const char *name,
                             gboolean fallback,
                             gboolean *out,
                             GError **error);

/* RFC 3339, to UTC milliseconds. */
gboolean base_json_get_time (const BaseJson *self, const char *name, gint64 *out, GError **error);
gboolean base_json_opt_time (const BaseJson *self,
                             const char *name,
                             gint64 fallback,
                             gint64 *out,
                             GError **error);

/* One of words (ends with NULL, entries may not be), to its index. */
gboolean base_json_get_word (const BaseJson *self,
                             const char *name,
                             const char *const *words,
                             guint *out,
                             GError **error);
gboolean base_json_opt_word (const BaseJson *self,
                             const char *name,
                             const char *const *words,
                             guint fallback,
                             guint *out,
                             GError **error);

/* opt: out->object or out->array is NULL if absent. Lengths of arrays are bounded by max. */
gboolean
base_json_get_object (const BaseJson *self, const char *name, BaseJson *out, GError **error);
gboolean
base_json_opt_object (const BaseJson *self, const char *name, BaseJson *out, GError **error);
gboolean base_json_get_array (const BaseJson *self,
                              const char *name,
                              guint max,
                              BaseJson *out,
                              GError **error);
gboolean base_json_opt_array (const BaseJson *self,
                              const char *name,
                              guint max,
                              BaseJson *out,
                              GError **error);

/* Of an array; length is 0 for an absent one. */
guint base_json_length (const BaseJson *array);
gboolean base_json_item_object (const BaseJson *array, guint index, BaseJson *out, GError **error);
gboolean base_json_item_string (const BaseJson *array,
                                guint index,
                                gsize max,
                                const char **out,
                                GError **error);

/* base_json_get_strings: an array of strings as a new strv. opt: an empty one if absent. Free with
 * g_strfreev. */
gboolean base_json_get_strings (const BaseJson *self,
                                const char *name,
                                guint max_items,
                                gsize max,
                                char ***out,
                                GError **error);
gboolean base_json_opt_strings (const BaseJson *self,
                                const char *name,
                                guint max_items,
                                gsize max,
                                char ***out,
                                GError **error);

/* Builders, on json-glib's own objects. NULL strings and times of 0 become null. */
void base_json_set_string (JsonObject *object, const char *name, const char *value);
void base_json_set_time (JsonObject *object, const char *name, gint64 at);
void base_json_set_strings (JsonObject *object, const char *name, const char *const *values);

/* base_json_node_take_object: a node that owns object. */
JsonNode *base_json_node_take_object (JsonObject *object);

/* base_json_to_text: compact, in the order in which members were set. Free with g_free. */
char *base_json_to_text (JsonObject *object);
