/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/desk: all that a desk needs to begin, and from where its stream goes on. It is made in
 * one go on the centre's thread and leaves when all that it shows is durable. */
#include "server/api/handlers.h"

#include "base/time-text.h"
#include "server/centre/erased.h"
#include "server/centre/parked.h"
#include "server/centre/recent.h"
#include "server/centre/render.h"

static gboolean
is_offered (GArray *offers, ModelId interaction)
{
  for (guint i = 0; i < offers->len; i++)
    if (g_array_index (offers, AcdOfferView, i).interaction == interaction)
      return TRUE;

  return FALSE;
}

static JsonArray *
offers_of (ApiCall *call, GArray *offers)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < offers->len; i++)
    json_array_add_object_element (
        array, render_offer (call->centre, &g_array_index (offers, AcdOfferView, i)));

  return array;
}

static JsonArray *
interactions_of (ApiCall *call, GArray *offers)
{
  g_autoptr (GArray) parts =
      acd_core_agent_participations (centre_core (call->centre), call->agent);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < parts->len; i++)
    {
      ModelId id = g_array_index (parts, AcdParticipationView, i).interaction;
      Record *record = centre_record (call->centre, id);

      if (record != NULL && !is_offered (offers, id))
        json_array_add_object_element (array,
                                       render_interaction_for (call->centre, record, call->agent));
    }
  for (guint i = 0; i < offers->len; i++)
    {
      Record *record =
          centre_record (call->centre, g_array_index (offers, AcdOfferView, i).interaction);

      if (record != NULL)
        json_array_add_object_element (array, render_interaction (call->centre, record));
    }

  return array;
}

void
api_desk_get (ApiCall *call)
{
  g_autoptr (GArray) offers = acd_core_agent_offers (centre_core (call->centre), call->agent);
  g_autoptr (GError) error = NULL;
  JsonArray *recent =
      recent_list (call->centre, STORE_GET_RECENT_OF_AGENT, call->agent, G_MAXINT64, 50, &error);
  JsonObject *desk;
  char time[BASE_TIME_TEXT_SIZE];

  if (recent == NULL)
    {
      api_call_store_error (call, error);
      return;
    }
  desk = api_call_mark (call);
  base_json_set_string (desk, "epoch", hub_get_epoch (centre_hub (call->centre)));
  base_json_set_string (desk, "server_time", base_time_write (centre_now (call->centre), time));
  json_object_set_object_member (desk, "agent", render_agent (call->centre, call->agent));
  json_object_set_object_member (desk, "state", render_state (call->centre, call->agent));
  json_object_set_array_member (desk, "memberships",
                                render_memberships (call->centre, call->agent));
  json_object_set_array_member (desk, "offers", offers_of (call, offers));
  json_object_set_array_member (desk, "interactions", interactions_of (call, offers));
  json_object_set_array_member (desk, "parked", centre_parked_render (call->centre, call->agent));
  json_object_set_array_member (desk, "recent", recent);
  base_json_set_time (desk, "erased", erased_last (centre_erased (call->centre)));
  render_definitions (call->centre, call->agent, desk);
  api_call_reply_durable (call, 200, desk);
}
