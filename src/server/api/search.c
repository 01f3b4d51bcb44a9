/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search of everything that an agent may see, as it is typed. It is found on the reading thread,
 * all else is done on the centre's. */
#include "server/api/handlers.h"

#include "base/excerpt.h"
#include "base/words.h"
#include "server/api/sight.h"
#include "server/centre/erased.h"
#include "server/centre/people.h"
#include "server/centre/render.h"
#include "server/centre/search.h"
#include "server/channels/im.h"

#define LIMIT_MAX 50

/* What is asked, and what the reading thread finds of it. */
typedef struct
{
  char *query, **words;
  gboolean customers, messages, notes; /* wanted */
  gint64 limit;
  gint32 visible;
  Sight *sight;

  StoreReader *reader; /* while it is read */
  GPtrArray *people, *written, *noted;
  gboolean complete;
  GError *error;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_free (self->query);
  g_strfreev (self->words);
  sight_free (self->sight);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->written, g_ptr_array_unref);
  g_clear_pointer (&self->noted, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* --- on the reading thread -------------------------------------------------------------------- */

static gboolean
may_see (const SearchHit *hit, gpointer user_data)
{
  const Asking *self = user_data;

  return sight_sees_interaction (self->sight, self->reader, hit->interaction, hit->queue);
}

static void
on_read (StoreReader *reader, gpointer data)
{
  Asking *self = data;
  guint limit = (guint) self->limit;

  self->reader = reader;
  if (self->customers)
    self->people = people_find (reader, self->visible, self->query, limit, &self->error);
  if (self->messages && self->error == NULL)
    self->written =
        search_texts (reader, SEARCH_MESSAGES, self->words, limit, may_see, self, &self->error);
  if (self->notes && self->error == NULL)
    self->noted =
        search_texts (reader, SEARCH_NOTES, self->words, limit, may_see, self, &self->error);
  self->complete = !store_reader_stopped (reader);
}

/* --- the answer ------------------------------------------------------------------------------- */

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

/* Who was erased meanwhile was found before. */
static JsonArray *
texts_to_json (ApiCall *call, const GPtrArray *hits, char **words)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < hits->len; i++)
    {
      const SearchHit *hit = g_ptr_array_index (hits, i);

      if (!erased_has (centre_erased (call->centre), hit->interaction))
        json_array_add_object_element (list, hit_to_json (call, hit, words));
    }

  return list;
}

static JsonArray *
people_to_json (ApiCall *call, const GPtrArray *ids)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (Person) person = person_load (call->centre, g_ptr_array_index (ids, i));

      if (person != NULL)
        json_array_add_object_element (list, person_to_json (call->centre, person));
    }

  return list;
}

static void
on_found (ApiCall *call)
{
  Asking *self = call->data;
  JsonObject *answer;

  if (self->error != NULL)
    {
      api_call_store_error (call, self->error);
      return;
    }
  answer = json_object_new ();
  if (self->people != NULL)
    json_object_set_array_member (answer, "customers", people_to_json (call, self->people));
  if (self->written != NULL)
    json_object_set_array_member (answer, "messages",
                                  texts_to_json (call, self->written, self->words));
  if (self->noted != NULL)
    json_object_set_array_member (answer, "interactions",
                                  texts_to_json (call, self->noted, self->words));
  json_object_set_boolean_member (answer, "complete", self->complete);
  api_call_reply (call, 200, answer);
}

static gboolean
wanted (const char *kind, const char *one)
{
  return kind == NULL || g_str_equal (kind, one);
}

static void
ask (ApiCall *call, const char *query, const char *kind, gint64 limit)
{
  Asking *self = g_new0 (Asking, 1);

  self->query = g_strdup (query);
  self->words = base_words_of (query);
  self->customers = wanted (kind, "customers");
  self->messages = wanted (kind, "messages");
  self->notes = wanted (kind, "interactions");
  self->limit = limit;
  self->visible = people_visible (call->centre);
  self->sight = sight_new (call);
  call->data = self;
  call->data_free = asking_free;
  api_call_read (call, on_read, on_found);
}

void
api_search (ApiCall *call)
{
  static const char *const kinds[] = { "customers", "messages", "interactions", NULL };
  const char *query = api_call_query (call, "q");
  const char *kind = api_call_query (call, "kind");
  const char *count = api_call_query (call, "limit");
  gint64 limit = 20;

  if (query == NULL || g_utf8_strlen (query, -1) < 2)
    api_call_invalid_query (call, "q", 2, "at least two letters or digits");
  else if (kind != NULL && !g_strv_contains (kinds, kind))
    api_call_invalid_query (call, "kind", 0, "customers, messages or interactions");
  else if (count != NULL && !g_ascii_string_to_signed (count, 10, 1, LIMIT_MAX, &limit, NULL))
    api_call_invalid_query (call, "limit", LIMIT_MAX, "not a number from 1 to 50");
  else
    ask (call, query, kind, limit);
}
