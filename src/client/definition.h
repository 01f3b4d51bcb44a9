/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The centre's definitions as the desk needs them. All properties are read-only and notify.
 *
 * GuichetDefinition: a reason, disposition, tag or variable.
 *   id s, name s (in the agent's language), kind s (reasons: "idle", "pause"; variables: "text",
 * "number", "date", "datetime", "choice"; else ""), queues as (dispositions: empty for all),
 * choices as, editable b, secure b, on-card i (0: not), retired b (shown where used, not offered
 * any more) GuichetQueue: a queue of the agent. id s, name s, channel s, disposition-required b,
 * wrap-up i (seconds), waiting i (-1 unknown), dial-out b, membership s ("ready", "paused", "out"),
 * membership-reason s
 */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_DEFINITION guichet_definition_get_type ()
G_DECLARE_FINAL_TYPE (GuichetDefinition, guichet_definition, GUICHET, DEFINITION, GuichetRecord)

const char *guichet_definition_get_id (GuichetDefinition *self);
const char *guichet_definition_get_name (GuichetDefinition *self);
const char *guichet_definition_get_kind (GuichetDefinition *self);
/* Of a link: its address, with variables. */
const char *guichet_definition_get_url (GuichetDefinition *self);
const char *const *guichet_definition_get_queues (GuichetDefinition *self);
const char *const *guichet_definition_get_choices (GuichetDefinition *self);
gboolean guichet_definition_get_editable (GuichetDefinition *self);
gboolean guichet_definition_get_secure (GuichetDefinition *self);
gint64 guichet_definition_get_on_card (GuichetDefinition *self);
gboolean guichet_definition_get_retired (GuichetDefinition *self);

/* guichet_definition_is_for_queue: TRUE for a definition of all queues, too. */
gboolean guichet_definition_is_for_queue (GuichetDefinition *self, const char *queue);

#define GUICHET_TYPE_QUEUE guichet_queue_get_type ()
G_DECLARE_FINAL_TYPE (GuichetQueue, guichet_queue, GUICHET, QUEUE, GuichetRecord)

const char *guichet_queue_get_id (GuichetQueue *self);
const char *guichet_queue_get_name (GuichetQueue *self);
const char *guichet_queue_get_channel (GuichetQueue *self);
gboolean guichet_queue_get_disposition_required (GuichetQueue *self);
gint64 guichet_queue_get_wrap_up (GuichetQueue *self);
gint64 guichet_queue_get_waiting (GuichetQueue *self);
gboolean guichet_queue_get_dial_out (GuichetQueue *self);
const char *guichet_queue_get_membership (GuichetQueue *self);
const char *guichet_queue_get_membership_reason (GuichetQueue *self);
