/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making events. An event is taken into the state at the moment it is emitted, by the same function
 * that takes in events of the journal. Core's thread. */
#include "acd/state.h"

GQuark
acd_error_quark (void)
{
  return g_quark_from_static_string ("acd-error-quark");
}

ModelEvent *
acd_event (AcdCore *core, ModelEventType type)
{
  return model_event_new (type, core->clock);
}

ModelEvent *
acd_event_of_agent (AcdCore *core, ModelEventType type, AcdAgent *agent)
{
  ModelEvent *event = acd_event (core, type);

  core->hint = agent;
  event->agent = agent->id;
  event->team = agent->team;
  return event;
}

ModelEvent *
acd_event_of_request (AcdCore *core, ModelEventType type, AcdRequest *request)
{
  ModelEvent *event = acd_event (core, type);

  event->request = request->id;
  event->interaction = request->interaction->id;
  core->queue_hint = request->queue;
  event->queue = request->queue != NULL ? request->queue->id : NULL;
  event->agent = request->owner != NULL ? request->owner->id : NULL;
  event->channel = request->interaction->channel;
  event->kind = request->kind;
  return event;
}

ModelEvent *
acd_event_of_offer (AcdCore *core, ModelEventType type, AcdOffer *offer)
{
  ModelEvent *event = acd_event_of_agent (core, type, offer->agent);
  AcdRequest *request = offer->request;

  event->offer = offer->id;
  event->request = request->id;
  event->interaction = request->interaction->id;
  core->queue_hint = request->queue;
  event->queue = request->queue != NULL ? request->queue->id : NULL;
  event->channel = request->interaction->channel;
  event->kind = request->kind;
  return event;
}

ModelEvent *
acd_event_of_part (AcdCore *core, ModelEventType type, AcdPart *part)
{
  ModelEvent *event = acd_event_of_agent (core, type, part->agent);

  event->participation = part->id;
  event->interaction = part->interaction->id;
  event->queue = part->queue != NULL ? part->queue->id : NULL;
  event->channel = part->interaction->channel;
  event->part = part->part;
  return event;
}

/* Takes the event. That it fits the state is the decision's own business, so a misfit is a fault of
 * this program. */
void
acd_emit (AcdCore *core, ModelEvent *event)
{
  g_autoptr (GError) error = NULL;

  if (!acd_apply (core, event, &error))
    g_error ("the core decided %s, which does not fit its state: %s",
             model_event_type_to_text ((ModelEventType) event->type), error->message);
  g_ptr_array_add (core->events, event);
}

gboolean
acd_refuse (GError **error, AcdError code, ModelCode reason)
{
  g_set_error_literal (error, ACD_ERROR, (int) code, model_code (reason));
  return FALSE;
}

gboolean
acd_refuse_member (GError **error, AcdError code, const char *member)
{
  g_set_error_literal (error, ACD_ERROR, (int) code, member);
  return FALSE;
}
