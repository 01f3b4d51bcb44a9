/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search of everything that an agent may see, as it is typed. Centre's thread. */
#include "server/api/handlers.h"

#include "base/excerpt.h"
#include "base/words.h"
#include "server/api/sight.h"
#include "server/centre/people.h"
#include "server/centre/render.h"
#include "server/centre/search.h"
#include "server/channels/im.h"

#define LIMIT_MAX 50

static gboolean
may_see (const SearchHit *hit, gpointer user_data)
{
  return sight_of_interaction (user_data, hit->interaction, hit->queue);
}

static const char *
name_of (ApiCall *call, const char *id)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      id != NULL && definitions != NULL ? model_definitions_agent (definitions, id) : NULL;

  return agent != NULL ? agent->name : id;
}

static void
on_between_row (StoreRow *row, gpointer user_data)
{
  *(char **) user_data = g_strdup (store_row_text (row, 6));
}

/* With whom it was written: the customer, or of two agents the other. Free with g_free. */
static char *
with_whom (ApiCall *call, const SearchHit *hit)
{
  g_autofree char *between = NULL;

  if (g_str_equal (hit->channel, model_channel_to_text (MODEL_CHANNEL_IM)) &&
      hit->conversation != NULL)
    store_query (centre_store (call->centre), NULL, on_between_row, &between,
                 STORE_GET_CONVERSATION, hit->conversation);

  return between != NULL ? im_names_for (between, call->agent, centre_definitions (call->centre))
                         : g_strdup (hit->name);
}

static JsonObject *
hit_to_json (ApiCall *call, const SearchHit *hit, char **words)
{
  JsonObject *object = json_object_new ();
  g_autofree char *name = with_whom (call, hit);

  if (hit->conversation != NULL)
    {
      base_json_set_string (object, "conversation", hit->conversation);
      json_object_set_int_member (object, "number", hit->number);
      base_json_set_string (object, "author", hit->author);
    }
  base_json_set_string (object, "interaction", hit->interaction);
  base_json_set_time (object, "at", hit->at);
  base_json_set_string (object, "channel", hit->channel);
  base_json_set_string (object, "queue", hit->queue);
  base_json_set_string (object, "agent", hit->agent);
  base_json_set_string (object, "name", name_of (call, hit->agent));
  json_object_set_object_member (object, "customer",
                                 render_customer (call->centre, hit->phone, name, hit->customer));
  json_object_set_array_member (object, "excerpt", base_excerpt (hit->text, words));

  return object;
}

/* FALSE: answered. */
static gboolean
add_texts (ApiCall *call,
           SearchKind kind,
           const char *member,
           char **words,
           gint64 limit,
           JsonObject *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits =
      search_texts (centre_store (call->centre), kind, words, (guint) limit, may_see, call, &error);
  JsonArray *list;

  if (hits == NULL)
    {
      api_call_store_error (call, error);
      return FALSE;
    }
  list = json_array_new ();
  for (guint i = 0; i < hits->len; i++)
    json_array_add_object_element (list, hit_to_json (call, g_ptr_array_index (hits, i), words));
  json_object_set_array_member (answer, member, list);

  return TRUE;
}

/* FALSE: answered. */
static gboolean
add_customers (ApiCall *call, const char *query, gint64 limit, JsonObject *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = people_find (call->centre, query, (guint) limit, &error);
  JsonArray *list;

  if (ids == NULL)
    {
      api_call_store_error (call, error);
      return FALSE;
    }
  list = json_array_new ();
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (Person) person = person_load (call->centre, g_ptr_array_index (ids, i));

      if (person != NULL)
        json_array_add_object_element (list, person_to_json (call->centre, person));
    }
  json_object_set_array_member (answer, "customers", list);

  return TRUE;
}

static gboolean
wanted (const char *kind, const char *one)
{
  return kind == NULL || g_str_equal (kind, one);
}

void
api_search (ApiCall *call)
{
  static const char *const kinds[] = { "customers", "messages", "interactions", NULL };
  const char *query = api_call_query (call, "q");
  const char *kind = api_call_query (call, "kind");
  const char *count = api_call_query (call, "limit");
  g_auto (GStrv) words = base_words_of (query != NULL ? query : "");
  g_autoptr (JsonObject) answer = json_object_new ();
  gint64 limit = 20;

  if (query == NULL || g_utf8_strlen (query, -1) < 2)
    api_call_invalid_query (call, "q", 2, "at least two letters or digits");
  else if (kind != NULL && !g_strv_contains (kinds, kind))
    api_call_invalid_query (call, "kind", 0, "customers, messages or interactions");
  else if (count != NULL && !g_ascii_string_to_signed (count, 10, 1, LIMIT_MAX, &limit, NULL))
    api_call_invalid_query (call, "limit", LIMIT_MAX, "not a number from 1 to 50");
  else if ((!wanted (kind, "customers") || add_customers (call, query, limit, answer)) &&
           (!wanted (kind, "messages") ||
            add_texts (call, SEARCH_MESSAGES, "messages", words, limit, answer)) &&
           (!wanted (kind, "interactions") ||
            add_texts (call, SEARCH_NOTES, "interactions", words, limit, answer)))
    api_call_reply (call, 200, g_steal_pointer (&answer));
}
