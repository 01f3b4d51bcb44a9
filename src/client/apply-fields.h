/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What filling of several kinds of records has in common: tables of plain members, names in the
 * agent's language, the customer, values. FALSE with a BASE_ERROR that names the place. Main loop.
 * Inside this room. */
#pragma once

#include "client/apply.h"

/* A table of plain members. */
typedef enum
{
  GUICHET_JSON_TEXT,
  GUICHET_JSON_TIME,
  GUICHET_JSON_INT,
  GUICHET_JSON_BOOL,
} GuichetJsonKind;

typedef struct
{
  const char *name;
  guint field;
  GuichetJsonKind kind;
} GuichetJsonField;

gboolean guichet_apply_fields (GuichetRecord *record,
                               const BaseJson *json,
                               const GuichetJsonField *fields,
                               guint n_fields,
                               GError **error);

#define APPLY_FIELDS(record, json, table, error)                                                   \
  guichet_apply_fields ((record), (json), (table), G_N_ELEMENTS (table), (error))

/* guichet_pick_name: out of the member "names" the one in the agent's language, else English, else
 * any, else fallback. */
const char *guichet_pick_name (const BaseJson *json, const char *fallback);
/* The same of a member of another name. */
const char *guichet_pick_name_in (const BaseJson *json, const char *member, const char *fallback);
/* id → name of the objects in this array: both belong to the JSON. NULL with error set. */
GHashTable *guichet_names_by_id (const BaseJson *json, const char *member, GError **error);
/* Who transferred it, from the member `from`, into these fields; team 0: not wanted. */
gboolean guichet_apply_from (GuichetRecord *record,
                             const BaseJson *json,
                             guint name,
                             guint team,
                             GError **error);

/* The name of a definition or queue, or its id. */
const char *guichet_name_of (GListStore *list, const char *id);

/* Where an agent's own calls go, of a STATE, and which kinds of places may be chosen, of the agent:
 * into five fields from this one on, in the order of SESSION_FORWARD_…. */
gboolean guichet_apply_forwarding (GuichetRecord *record,
                                   guint first,
                                   const BaseJson *state,
                                   GError **error);
gboolean guichet_apply_forward_kinds (GuichetRecord *record,
                                      guint first,
                                      const BaseJson *agent,
                                      GError **error);
/* The name of the agent whose call it was, or "". */
gboolean guichet_apply_forwarded_by (GuichetRecord *record,
                                     const BaseJson *json,
                                     guint field,
                                     GError **error);
gboolean guichet_apply_strings (GuichetRecord *record,
                                guint field,
                                const BaseJson *json,
                                const char *name,
                                GError **error);

/* The member "customer" into these fields. */
gboolean guichet_apply_customer_of (GuichetRecord *record,
                                    const BaseJson *json,
                                    guint number,
                                    guint name,
                                    guint id,
                                    GError **error);

/* The member "channels" of an agent's state, another list of GuichetChannelState. */
gboolean
guichet_apply_channels (GuichetRecord *record, guint field, const BaseJson *state, GError **error);

/* The member "value" as text. */
gboolean guichet_read_value (const BaseJson *json, char **value, GError **error);
