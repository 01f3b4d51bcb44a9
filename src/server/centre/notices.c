/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of notices as values, as JSON, and as news. Centre's thread. */
#include "server/centre/notices.h"

#include "base/json.h"

void
agent_notice_free (gpointer data)
{
  AgentNotice *notice = data;

  g_free (notice->id);
  g_free (notice->agent);
  g_free (notice->sender);
  g_free (notice->audience);
  g_free (notice->priority);
  g_free (notice->text);
  g_free (notice->about);
  g_free (notice);
}

void
agent_notice_on_row (StoreRow *row, gpointer array)
{
  AgentNotice *notice = g_new0 (AgentNotice, 1);

  notice->id = g_strdup (store_row_text (row, 0));
  notice->at = store_row_int (row, 1);
  notice->sender = g_strdup (store_row_text (row, 2));
  notice->audience = g_strdup (store_row_text (row, 3));
  notice->priority = g_strdup (store_row_text (row, 4));
  notice->text = g_strdup (store_row_text (row, 5));
  notice->read = store_row_int (row, 6) != 0;
  notice->about = g_strdup (store_row_text (row, 7));
  notice->over = store_row_int (row, 8);
  notice->agent = g_strdup (store_row_text (row, 9));
  g_ptr_array_add (array, notice);
}

static JsonObject *
from_json (Centre *centre, const char *sender)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, sender) : NULL;
  JsonObject *from = json_object_new ();

  base_json_set_string (from, "agent", sender);
  base_json_set_string (from, "name", agent != NULL ? agent->name : sender);

  return from;
}

static JsonObject *
service_json (const AgentNotice *notice)
{
  JsonObject *service = json_object_new ();

  base_json_set_string (service, "kind", notice->about);
  base_json_set_string (service, "name", notice->text);
  if (notice->over != 0)
    base_json_set_time (service, "back_at", notice->over);
  else
    json_object_set_null_member (service, "back_at");

  return service;
}

JsonObject *
agent_notice_to_json (Centre *centre, const AgentNotice *notice)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", notice->id);
  base_json_set_time (object, "at", notice->at);
  if (notice->about != NULL)
    json_object_set_object_member (object, "service", service_json (notice));
  else
    json_object_set_object_member (object, "from", from_json (centre, notice->sender));
  base_json_set_string (object, "audience", notice->audience);
  base_json_set_string (object, "priority", notice->priority);
  base_json_set_string (object, "text", notice->text);
  json_object_set_boolean_member (object, "read", notice->read);

  return object;
}

JsonObject *
agent_notice_journal (const char *type, const char *by, const char *id)
{
  JsonObject *journal = json_object_new ();

  base_json_set_string (journal, "type", type);
  if (by != NULL)
    base_json_set_string (journal, "agent", by);
  base_json_set_string (journal, "notice", id);

  return journal;
}

JsonObject *
agent_notice_news (Centre *centre, const AgentNotice *notice, gboolean deleted)
{
  JsonObject *news = json_object_new ();
  JsonArray *notices = json_array_new ();
  JsonArray *gone = json_array_new ();

  if (deleted)
    json_array_add_string_element (gone, notice->id);
  else
    json_array_add_object_element (notices, agent_notice_to_json (centre, notice));
  json_object_set_array_member (news, "notices", notices);
  json_object_set_array_member (news, "deleted", gone);

  return news;
}
