/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetDefinition and GuichetQueue: two tables of fields; filled by definitions.c. Main loop. */
#include "client/definition.h"

#include "client/fields/centre.h"

struct _GuichetDefinition
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetDefinition, guichet_definition, GUICHET_TYPE_RECORD)

static const GuichetField definition_fields[N_DEFINITION_FIELDS] = {
  [DEFINITION_ID] = { "id", GUICHET_FIELD_STRING },
  [DEFINITION_NAME] = { "name", GUICHET_FIELD_STRING },
  [DEFINITION_KIND] = { "kind", GUICHET_FIELD_STRING },
  [DEFINITION_QUEUES] = { "queues", GUICHET_FIELD_STRV },
  [DEFINITION_CHOICES] = { "choices", GUICHET_FIELD_STRV },
  [DEFINITION_EDITABLE] = { "editable", GUICHET_FIELD_BOOL },
  [DEFINITION_SECURE] = { "secure", GUICHET_FIELD_BOOL },
  [DEFINITION_ON_CARD] = { "on-card", GUICHET_FIELD_INT },
  [DEFINITION_URL] = { "url", GUICHET_FIELD_STRING },
  [DEFINITION_RETIRED] = { "retired", GUICHET_FIELD_BOOL },
};

static void
guichet_definition_class_init (GuichetDefinitionClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), definition_fields,
                                N_DEFINITION_FIELDS);
}

static void
guichet_definition_init (GuichetDefinition *self)
{
}

GUICHET_RECORD_STRING (GuichetDefinition, guichet_definition, id, DEFINITION_ID)
GUICHET_RECORD_STRING (GuichetDefinition, guichet_definition, name, DEFINITION_NAME)
GUICHET_RECORD_STRING (GuichetDefinition, guichet_definition, kind, DEFINITION_KIND)
GUICHET_RECORD_STRING (GuichetDefinition, guichet_definition, url, DEFINITION_URL)
GUICHET_RECORD_STRV (GuichetDefinition, guichet_definition, queues, DEFINITION_QUEUES)
GUICHET_RECORD_STRV (GuichetDefinition, guichet_definition, choices, DEFINITION_CHOICES)
GUICHET_RECORD_BOOL (GuichetDefinition, guichet_definition, editable, DEFINITION_EDITABLE)
GUICHET_RECORD_BOOL (GuichetDefinition, guichet_definition, secure, DEFINITION_SECURE)
GUICHET_RECORD_INT (GuichetDefinition, guichet_definition, on_card, DEFINITION_ON_CARD)
GUICHET_RECORD_BOOL (GuichetDefinition, guichet_definition, retired, DEFINITION_RETIRED)

gboolean
guichet_definition_is_for_queue (GuichetDefinition *self, const char *queue)
{
  const char *const *queues = guichet_definition_get_queues (self);

  return queues[0] == NULL || (queue != NULL && g_strv_contains (queues, queue));
}

struct _GuichetQueue
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetQueue, guichet_queue, GUICHET_TYPE_RECORD)

static const GuichetField queue_fields[N_QUEUE_FIELDS] = {
  [QUEUE_ID] = { "id", GUICHET_FIELD_STRING },
  [QUEUE_NAME] = { "name", GUICHET_FIELD_STRING },
  [QUEUE_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [QUEUE_DISPOSITION_REQUIRED] = { "disposition-required", GUICHET_FIELD_BOOL },
  [QUEUE_WRAP_UP] = { "wrap-up", GUICHET_FIELD_INT },
  [QUEUE_WAITING] = { "waiting", GUICHET_FIELD_INT },
  [QUEUE_DIAL_OUT] = { "dial-out", GUICHET_FIELD_BOOL },
  [QUEUE_MEMBERSHIP] = { "membership", GUICHET_FIELD_STRING },
  [QUEUE_MEMBERSHIP_REASON] = { "membership-reason", GUICHET_FIELD_STRING },
};

static void
guichet_queue_class_init (GuichetQueueClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), queue_fields, N_QUEUE_FIELDS);
}

static void
guichet_queue_init (GuichetQueue *self)
{
}

GUICHET_RECORD_STRING (GuichetQueue, guichet_queue, id, QUEUE_ID)
GUICHET_RECORD_STRING (GuichetQueue, guichet_queue, name, QUEUE_NAME)
GUICHET_RECORD_STRING (GuichetQueue, guichet_queue, channel, QUEUE_CHANNEL)
GUICHET_RECORD_BOOL (GuichetQueue, guichet_queue, disposition_required, QUEUE_DISPOSITION_REQUIRED)
GUICHET_RECORD_INT (GuichetQueue, guichet_queue, wrap_up, QUEUE_WRAP_UP)
GUICHET_RECORD_INT (GuichetQueue, guichet_queue, waiting, QUEUE_WAITING)
GUICHET_RECORD_BOOL (GuichetQueue, guichet_queue, dial_out, QUEUE_DIAL_OUT)
GUICHET_RECORD_STRING (GuichetQueue, guichet_queue, membership, QUEUE_MEMBERSHIP)
GUICHET_RECORD_STRING (GuichetQueue, guichet_queue, membership_reason, QUEUE_MEMBERSHIP_REASON)
