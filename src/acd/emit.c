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

void
acd_event_about (AcdCore *core, ModelEvent *event, AcdInteraction *interaction)
{
  event->interaction = interaction->id;
  event->channel = interaction->channel;
  acd_id_map_expect (&core->interactions, interaction->id, interaction);
}

static void
about_request (AcdCore *core, ModelEvent *event, AcdRequest *request)
{
  acd_event_about (core, event, request->interaction);
  acd_id_map_expect (&core->requests, request->id, request);
  event->request = request->id;
  core->queue_hint = request->queue;
  event->queue = request->queue != NULL ? request->queue->id : NULL;
  event->kind = request->kind;
}

ModelEvent *
acd_event_of_request (AcdCore *core, ModelEventType type, AcdRequest *request)
{
  ModelEvent *event = acd_event (core, type);

  about_request (core, event, request);
  event->agent = request->owner != NULL ? request->owner->id : NULL;
  return event;
}

ModelEvent *
acd_event_offering (AcdCore *core, AcdRequest *request, AcdAgent *agent)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_OFFER_CREATED, agent);

  about_request (core, event, request);
  return event;
}

ModelEvent *
acd_event_of_offer (AcdCore *core, ModelEventType type, AcdOffer *offer)
{
  ModelEvent *event = acd_event_of_agent (core, type, offer->agent);

  about_request (core, event, offer->request);
  event->offer = offer->id;
  acd_id_map_expect (&core->offers, offer->id, offer);
  return event;
}

ModelEvent *
acd_event_of_part (AcdCore *core, ModelEventType type, AcdPart *part)
{
  ModelEvent *event = acd_event_of_agent (core, type, part->agent);

  acd_event_about (core, event, part->interaction);
  event->participation = part->id;
  acd_id_map_expect (&core->parts, part->id, part);
  event->queue = part->queue != NULL ? part->queue->id : NULL;
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
