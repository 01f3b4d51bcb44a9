/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the centre's JSON to records: each function fills one record in place, so that what is bound
 * to it stays bound. The centre sends whole objects and nothing is computed here; only what was
 * typed and is not yet at the centre is laid over it. FALSE with a BASE_ERROR that names the place.
 * Main loop. Inside this room. */
#pragma once

#include "base/json.h"
#include "client/outbox.h"
#include "client/record.h"

#include <gio/gio.h>

typedef struct
{
  GListStore *queues;  /* GuichetQueue */
  GListStore *reasons; /* GuichetDefinition, these five */
  GListStore *dispositions;
  GListStore *tags;
  GListStore *teams; /* that the agent may be in */
  GListStore *variables;
  GListStore *links;
  GuichetOutbox *outbox; /* may be NULL */
  const char *agent;
} GuichetContext;

typedef gboolean (*GuichetApply) (GuichetRecord *record,
                                  const BaseJson *json,
                                  const GuichetContext *context,
                                  GError **error);

gboolean guichet_apply_parked (GuichetRecord *record,
                               const BaseJson *json,
                               const GuichetContext *context,
                               GError **error);
gboolean guichet_apply_definition (GuichetRecord *record,
                                   const BaseJson *json,
                                   const GuichetContext *context,
                                   GError **error);
gboolean guichet_apply_queue (GuichetRecord *record,
                              const BaseJson *json,
                              const GuichetContext *context,
                              GError **error);
gboolean guichet_apply_offer (GuichetRecord *record,
                              const BaseJson *json,
                              const GuichetContext *context,
                              GError **error);
gboolean guichet_apply_interaction (GuichetRecord *record,
                                    const BaseJson *json,
                                    const GuichetContext *context,
                                    GError **error);
/* The members "conversation" and "waiting_since", if there are any, into an interaction. */
gboolean guichet_apply_conversation (GuichetRecord *record, const BaseJson *json, GError **error);
gboolean guichet_apply_recent (GuichetRecord *record,
                               const BaseJson *json,
                               const GuichetContext *context,
                               GError **error);
gboolean guichet_apply_message (GuichetRecord *message,
                                const BaseJson *json,
                                const GuichetContext *context,
                                GError **error);
gboolean guichet_apply_customer (GuichetRecord *record,
                                 const BaseJson *json,
                                 const GuichetContext *context,
                                 GError **error);

/* Lists. Field 0 of every record is its id. */
gpointer guichet_list_find (GListStore *list, const char *id, guint *position);
gboolean guichet_list_remove (GListStore *list, const char *id);

/* guichet_list_sync: makes list what array says, in its order, keeping records by their member
 * "id". NULL array: empties. */
gboolean guichet_list_sync (GListStore *list,
                            const BaseJson *array,
                            GuichetApply apply,
                            const GuichetContext *context,
                            GError **error);
