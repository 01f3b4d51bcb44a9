/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/directory: who can be called, asked, given work or written to, and which of it is
 * possible now, as the core says. Centre's thread. */
#include "server/api/directory.h"
#include "server/api/customer-body.h"
#include "server/api/handlers.h"

#include "base/latin.h"
#include "server/centre/render.h"

#include <string.h>

#define TEXT_MAX  128
#define LIMIT_MAX 200
#define LIMIT     25
/* Of a number that is rather one to dial than one to look for. */
#define DIGITS 6

typedef struct
{
  ApiCall *call;
  const char *text;
  guint kinds;
  gint64 offset, limit;
  Record *record;      /* of the interaction that the actions are about, or NULL */
  const char *forward; /* whose calls would be forwarded there (interned), or NULL */
  const ModelAgent *agent;
  const char *team; /* that the agent is in */
  Directory *directory;
  const DirectoryIndex *index;
  DirectoryOwn *own;
  GHashTable *shown; /* agents (interned) */
  gboolean groups;   /* counts are shown */
  JsonArray *items;
} Asking;

/* --- the question ----------------------------------------------------------------------------- */

static gboolean
read_kinds (ApiCall *call, guint *kinds)
{
  const char *text = api_call_query (call, "kinds");
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ",", DIRECTORY_N_KINDS + 1);
  DirectoryKind kind;

  *kinds = 0;
  for (char **name = names; *name != NULL; name++)
    {
      if (!directory_kind_from_text (*name, &kind))
        {
          api_call_invalid_query (call, "kinds", 0, "not a kind");
          return FALSE;
        }
      *kinds |= 1u << kind;
    }

  return TRUE;
}

static gboolean
read_number (ApiCall *call, const char *name, gint64 least, gint64 most, gint64 *value)
{
  const char *text = api_call_query (call, name);

  if (text == NULL || g_ascii_string_to_signed (text, 10, least, most, value, NULL))
    return TRUE;
  api_call_invalid_query (call, name, most, "not a number");
  return FALSE;
}

/* FALSE: answered. */
static gboolean
read_question (Asking *self)
{
  const char *text = api_call_query (self->call, "text");
  const char *interaction = api_call_query (self->call, "interaction");

  self->text = text != NULL ? text : "";
  self->limit = LIMIT;
  if (!read_kinds (self->call, &self->kinds) ||
      !read_number (self->call, "offset", 0, G_MAXINT32, &self->offset) ||
      !read_number (self->call, "limit", 1, LIMIT_MAX, &self->limit) ||
      !api_read_forward_of (self->call, &self->forward))
    return FALSE;
  if (g_utf8_strlen (self->text, -1) > TEXT_MAX)
    {
      api_call_invalid_query (self->call, "text", TEXT_MAX, "too long");
      return FALSE;
    }
  if (interaction == NULL)
    return TRUE;
  g_free (self->call->parameters[0]);
  self->call->parameters[0] = g_strdup (interaction);
  self->record = api_call_interaction (self->call);
  return self->record != NULL;
}

/* --- who is shown ----------------------------------------------------------------------------- */

static gboolean
sees_agent (const Asking *self, const ModelAgent *agent)
{
  const ModelDefinitions *definitions = centre_definitions (self->call->centre);

  if (g_str_equal (agent->id, self->forward != NULL ? self->forward : self->agent->id))
    return FALSE;
  if (definitions->settings.directory_agents == MODEL_DIRECTORY_TEAM &&
      self->agent->role != MODEL_ROLE_SUPERVISOR &&
      (self->team == NULL ||
       g_strcmp0 (centre_agent_team (self->call->centre, agent->id), self->team) != 0))
    return FALSE;
  return self->record == NULL ||
         model_definitions_slots (definitions, agent, self->record->channel) > 0;
}

/* A number has to do with calls alone. */
static gboolean
takes_numbers (const Asking *self)
{
  return self->record == NULL || self->record->channel == MODEL_CHANNEL_VOICE;
}

/* What the centre lets the agent find, and what can have to do with the work at all. */
static gboolean
is_visible (const DirectoryEntry *entry, gpointer user_data)
{
  const Asking *self = user_data;
  const ModelSettings *settings = &centre_definitions (self->call->centre)->settings;

  switch (entry->kind)
    {
    case DIRECTORY_AGENT:
      return sees_agent (self, entry->noun);
    case DIRECTORY_QUEUE:
      return self->record == NULL ||
             ((const ModelQueue *) entry->noun)->channel == (gint32) self->record->channel;
    case DIRECTORY_TEAM:
    case DIRECTORY_SKILL:
      return settings->directory_groups || self->agent->role == MODEL_ROLE_SUPERVISOR;
    case DIRECTORY_ENTRY_POINT:
      return ((const ModelEntryPoint *) entry->noun)->channel ==
             (self->record != NULL ? (gint32) self->record->channel : MODEL_CHANNEL_VOICE);
    case DIRECTORY_SPEED_DIAL:
    case DIRECTORY_CONTACT:
      return takes_numbers (self);
    }

  return FALSE;
}

/* --- one of them ------------------------------------------------------------------------------ */

static void
set_action (JsonObject *actions, const char *name, const char *problem)
{
  base_json_set_string (actions, name, problem != NULL ? problem : "allowed");
}

static void
set_forward (const Asking *self, ModelForwardTo to, const char *id, JsonObject *actions)
{
  if (self->forward != NULL)
    set_action (actions, "forward", api_forward_problem (self->call, self->forward, to, id));
}

/* What can be done with the work in hand. */
static void
set_work (const Asking *self, AcdCommand *command, JsonObject *item, JsonObject *actions)
{
  AcdCore *core = centre_core (self->call->centre);
  const char *voicemail;

  command->agent = self->call->agent;
  command->interaction = self->record->id;
  command->type = ACD_COMMAND_CONSULT;
  set_action (actions, "consult", acd_core_target_problem (core, command, NULL));
  command->on = TRUE;
  set_action (actions, "conference", acd_core_target_problem (core, command, NULL));
  command->on = FALSE;
  command->type = ACD_COMMAND_TRANSFER;
  set_action (actions, "transfer", acd_core_target_problem (core, command, &voicemail));
  if (voicemail != NULL)
    base_json_set_string (item, "to_voicemail", voicemail);
}

/* Colleagues, and whoever of a group is free, are called without a customer, where it is of voice.
 */
static void
set_colleague (const Asking *self,
               ModelChannel channel,
               AcdCommand *command,
               JsonObject *item,
               JsonObject *actions)
{
  AcdCore *core = centre_core (self->call->centre);

  if (channel == MODEL_CHANNEL_VOICE)
    {
      command->type = ACD_COMMAND_CALL;
      command->agent = self->call->agent;
      command->on = TRUE;
      set_action (actions, "call", acd_core_call_problem (core, command));
      command->on = FALSE;
    }
  if (self->record != NULL)
    set_work (self, command, item, actions);
}

/* A number can be called, or brought into the call in hand. */
static void
set_outside (const Asking *self, const char *number, JsonObject *item, JsonObject *actions)
{
  AcdCommand to = { .type = ACD_COMMAND_CALL, .agent = self->call->agent };

  to.on = number != NULL && api_aims_at_team (self->call, number, &to);
  set_action (actions, "call", acd_core_call_problem (centre_core (self->call->centre), &to));
  set_forward (self, MODEL_FORWARD_TO_NUMBER, number, actions);
  to.outside = !to.on;
  to.on = FALSE;
  if (self->record != NULL)
    set_work (self, &to, item, actions);
}

/* What a contact has beside the first, each with what can be done with it. */
static void
set_others (const Asking *self, char **numbers, JsonObject *item)
{
  JsonArray *others = json_array_new ();

  for (guint i = 1; numbers != NULL && numbers[0] != NULL && numbers[i] != NULL; i++)
    {
      JsonObject *other = json_object_new ();
      JsonObject *actions = json_object_new ();

      base_json_set_string (other, "number", numbers[i]);
      set_outside (self, numbers[i], other, actions);
      json_object_set_object_member (other, "actions", actions);
      json_array_add_object_element (others, other);
    }
  json_object_set_array_member (item, "others", others);
}

/* The call in hand may be given to a box. */
static void
set_box (const Asking *self, const ModelVoicemailBox *box, JsonObject *item, JsonObject *actions)
{
  AcdCommand command = { .type = ACD_COMMAND_TRANSFER, .agent = self->call->agent };

  if (box == NULL || self->record == NULL || self->record->channel != MODEL_CHANNEL_VOICE)
    return;
  command.interaction = self->record->id;
  command.box = box->id;
  base_json_set_string (item, "box", box->id);
  set_action (actions, "voicemail",
              acd_core_target_problem (centre_core (self->call->centre), &command, NULL));
}

static JsonObject *
item_new (DirectoryKind kind, const char *id)
{
  JsonObject *item = json_object_new ();

  base_json_set_string (item, "kind", directory_kind_names[kind]);
  base_json_set_string (item, "id", id);
  return item;
}

static void
set_numbers (JsonObject *item, char **numbers)
{
  JsonArray *array = json_array_new ();

  for (char **number = numbers; number != NULL && *number != NULL; number++)
    json_array_add_string_element (array, *number);
  json_object_set_array_member (item, "numbers", array);
}

static void
set_number (JsonObject *item, const char *number)
{
  char *numbers[] = { (char *) number, NULL };

  set_numbers (item, numbers);
}

static void
set_team (const Asking *self, const char *agent, JsonObject *item)
{
  const ModelTeam *team = model_definitions_team (centre_definitions (self->call->centre),
                                                  centre_agent_team (self->call->centre, agent));

  if (team != NULL)
    json_object_set_object_member (item, "team", render_named (team->id, team->names));
}

static void
add_agent (Asking *self, const ModelAgent *agent, JsonObject *item, JsonObject *actions)
{
  AcdPresenceView view = acd_core_agent_presence (centre_core (self->call->centre), agent->id);
  AcdCommand command = { .target = agent->id };
  JsonObject *presence = json_object_new ();

  base_json_set_string (presence, "presence", model_presence_to_text (view.presence));
  base_json_set_string (presence, "reason", view.reason);
  base_json_set_time (presence, "since", view.since);
  json_object_set_object_member (item, "presence", presence);
  base_json_set_string (item, "name", agent->name);
  set_team (self, agent->id, item);
  set_number (item, agent->number);
  g_hash_table_add (self->shown, (gpointer) g_intern_string (agent->id));
  set_action (actions, "im",
              view.presence == MODEL_PRESENCE_SIGNED_OUT ? model_code (MODEL_CODE_COLLEAGUE_AWAY)
                                                         : NULL);
  set_colleague (self, MODEL_CHANNEL_VOICE, &command, item, actions);
  set_forward (self, MODEL_FORWARD_TO_AGENT, agent->id, actions);
  set_box (self,
           model_definitions_voicemail_of (centre_definitions (self->call->centre), agent->id),
           item, actions);
}

static void
add_group (Asking *self,
           const DirectoryEntry *entry,
           AcdCommand *command,
           ModelNames names,
           JsonObject *item,
           JsonObject *actions)
{
  DirectoryCount count = directory_count (self->directory, entry);
  ModelChannel channel = MODEL_CHANNEL_VOICE;
  AcdQueueView view = { 0 };

  json_object_set_object_member (item, "names", render_names (names));
  json_object_set_int_member (item, "free", count.free);
  json_object_set_int_member (item, "of", count.of);
  if (entry->kind == DIRECTORY_QUEUE)
    {
      acd_core_queue_view (centre_core (self->call->centre), entry->id, &view);
      json_object_set_int_member (item, "waiting", view.waiting);
      channel = (ModelChannel) ((const ModelQueue *) entry->noun)->channel;
      base_json_set_string (item, "channel", model_channel_to_text (channel));
    }
  self->groups = TRUE;
  set_colleague (self, channel, command, item, actions);
  set_forward (self,
               entry->kind == DIRECTORY_QUEUE && channel == MODEL_CHANNEL_VOICE
                   ? MODEL_FORWARD_TO_QUEUE
                   : MODEL_FORWARD_TO_NONE,
               entry->id, actions);
}

/* The first of a queue or team. */
static const ModelVoicemailBox *
box_of_group (const Asking *self, const DirectoryEntry *entry)
{
  const GPtrArray *boxes = centre_definitions (self->call->centre)->voicemail_boxes;

  for (guint i = 0; boxes != NULL && i < boxes->len; i++)
    {
      const ModelVoicemailBox *box = g_ptr_array_index (boxes, i);

      if (g_strcmp0 (entry->kind == DIRECTORY_QUEUE ? box->queue : box->team, entry->id) == 0)
        return box;
    }

  return NULL;
}

static void
add_what_it_is (Asking *self, const DirectoryEntry *entry, JsonObject *item, JsonObject *actions)
{
  const ModelContact *contact = entry->noun;
  AcdCommand command = { 0 };

  switch (entry->kind)
    {
    case DIRECTORY_AGENT:
      add_agent (self, entry->noun, item, actions);
      break;
    case DIRECTORY_QUEUE:
      command.queue = entry->id;
      set_box (self, box_of_group (self, entry), item, actions);
      add_group (self, entry, &command, ((const ModelQueue *) entry->noun)->names, item, actions);
      break;
    case DIRECTORY_TEAM:
      command.team = entry->id;
      set_box (self, box_of_group (self, entry), item, actions);
      add_group (self, entry, &command, ((const ModelTeam *) entry->noun)->names, item, actions);
      break;
    case DIRECTORY_SKILL:
      command.skill = entry->id;
      add_group (self, entry, &command, ((const ModelSkill *) entry->noun)->names, item, actions);
      break;
    case DIRECTORY_ENTRY_POINT:
      json_object_set_object_member (item, "names",
                                     render_names (((const ModelEntryPoint *) entry->noun)->names));
      set_numbers (item, ((const ModelEntryPoint *) entry->noun)->addresses);
      command.entry_point = entry->id;
      set_colleague (self, (ModelChannel) ((const ModelEntryPoint *) entry->noun)->channel,
                     &command, item, actions);
      set_forward (self, MODEL_FORWARD_TO_QUEUE, ((const ModelEntryPoint *) entry->noun)->queue,
                   actions);
      break;
    case DIRECTORY_SPEED_DIAL:
      json_object_set_object_member (item, "names",
                                     render_names (((const ModelSpeedDial *) entry->noun)->names));
      set_number (item, ((const ModelSpeedDial *) entry->noun)->number);
      set_outside (self, ((const ModelSpeedDial *) entry->noun)->number, item, actions);
      break;
    case DIRECTORY_CONTACT:
      base_json_set_string (item, "name", contact->name);
      base_json_set_string (item, "organisation", contact->organisation);
      set_numbers (item, contact->numbers);
      set_outside (self, contact->numbers != NULL ? contact->numbers[0] : NULL, item, actions);
      set_others (self, contact->numbers, item);
      break;
    }
}

static void
add_entry (Asking *self, const DirectoryEntry *entry)
{
  const DirectoryMark *mark = directory_own_mark (self->own, entry->kind, entry->id);
  JsonObject *item = item_new (entry->kind, entry->id);
  JsonObject *actions = json_object_new ();

  json_object_set_boolean_member (item, "favourite", mark != NULL && mark->favourite != 0);
  base_json_set_time (item, "used", mark != NULL ? mark->used : 0);
  add_what_it_is (self, entry, item, actions);
  json_object_set_object_member (item, "actions", actions);
  json_array_add_object_element (self->items, item);
}

JsonObject *
api_directory_dial (const DirectoryDial *dial)
{
  JsonObject *item = item_new (DIRECTORY_SPEED_DIAL, dial->id);

  base_json_set_string (item, "name", dial->name);
  set_number (item, dial->number);
  json_object_set_boolean_member (item, "own", TRUE);
  json_object_set_boolean_member (item, "favourite", FALSE);
  base_json_set_time (item, "used", 0);
  return item;
}

static void
add_dial (Asking *self, const DirectoryDial *dial)
{
  JsonObject *item = api_directory_dial (dial);
  JsonObject *actions = json_object_new ();

  set_outside (self, dial->number, item, actions);
  json_object_set_object_member (item, "actions", actions);
  json_array_add_object_element (self->items, item);
}

/* The number itself, as it was typed. */
static void
add_number (Asking *self, const char *number)
{
  JsonObject *item = json_object_new ();
  JsonObject *actions = json_object_new ();

  base_json_set_string (item, "kind", "number");
  base_json_set_string (item, "id", number);
  base_json_set_string (item, "name", number);
  set_number (item, number);
  json_object_set_boolean_member (item, "favourite", FALSE);
  base_json_set_time (item, "used", 0);
  set_outside (self, number, item, actions);
  json_object_set_object_member (item, "actions", actions);
  json_array_add_object_element (self->items, item);
}

/* --- the answer ------------------------------------------------------------------------------- */

static GArray *
places_of (const Asking *self, gboolean favourites)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->own->marks->len; i++)
    {
      const DirectoryMark *mark = self->own->marks->pdata[i];
      guint place;

      if ((favourites ? mark->favourite : mark->used) != 0 &&
          directory_index_place (self->index, mark->kind, mark->id, &place))
        g_array_append_val (places, place);
    }

  return places;
}

static GPtrArray *
dials_that_fit (const Asking *self)
{
  GPtrArray *dials = g_ptr_array_new ();
  gboolean wanted = takes_numbers (self) &&
                    (self->kinds == 0 || (self->kinds & (1u << DIRECTORY_SPEED_DIAL)) != 0);

  for (guint i = 0; wanted && i < self->own->dials->len; i++)
    {
      DirectoryDial *dial = self->own->dials->pdata[i];

      if (directory_text_fits (self->text, dial->name, dial->number))
        g_ptr_array_add (dials, dial);
    }

  return dials;
}

/* The number that was typed, or NULL. Free with g_free. */
static char *
number_typed (const Asking *self)
{
  g_autofree char *digits = base_digits (self->text);

  if (!takes_numbers (self) || self->kinds != 0 || digits == NULL || strlen (digits) < 3)
    return NULL;
  return customer_number_clean (self->text);
}

/* What stands at this place: the number where it is one to dial, then own speed dials, then what
 * was found, then a shorter number. */
static void
add_place (Asking *self, gint64 place, const char *number, GPtrArray *dials, GArray *found)
{
  gboolean first = number != NULL && strlen (number) >= DIGITS;

  if (first && place-- == 0)
    add_number (self, number);
  else if (place < dials->len)
    add_dial (self, dials->pdata[place]);
  else if (place - dials->len < found->len)
    add_entry (self, directory_index_entry (
                         self->index, g_array_index (found, guint, (guint) place - dials->len)));
  else
    add_number (self, number);
}

static void
answer (Asking *self)
{
  g_autoptr (GArray) favourites = places_of (self, TRUE);
  g_autoptr (GArray) recent = places_of (self, FALSE);
  DirectoryQuestion question = { self->text, self->kinds, is_visible, self, favourites, recent };
  g_autoptr (GArray) found = directory_index_find (self->index, &question);
  g_autoptr (GPtrArray) dials = dials_that_fit (self);
  g_autofree char *number = number_typed (self);
  gint64 total = dials->len + found->len + (number != NULL ? 1 : 0);
  gint64 end = MIN (self->offset + self->limit, total);
  JsonObject *object = json_object_new ();

  self->items = json_array_new ();
  self->shown = g_hash_table_new (g_str_hash, g_str_equal);
  for (gint64 place = self->offset; place < end; place++)
    add_place (self, place, number, dials, found);
  json_object_set_array_member (object, "items", self->items);
  json_object_set_int_member (object, "total", total);
  json_object_set_boolean_member (object, "complete", end >= total);
  directory_watch (self->directory, self->call->agent, self->shown, self->groups);
  api_call_reply_durable (self->call, 200, object);
}

static void
on_ready (gpointer user_data)
{
  ApiCall *call = user_data;
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  g_autoptr (GError) error = NULL;
  Asking asking = { .call = call, .directory = centre_directory (call->centre) };

  if (!read_question (&asking))
    return;
  asking.agent = definitions != NULL ? model_definitions_agent (definitions, call->agent) : NULL;
  asking.index = directory_index (asking.directory);
  if (asking.agent == NULL || asking.index == NULL)
    {
      api_call_not_found (call);
      return;
    }
  asking.team = centre_agent_team (call->centre, call->agent);
  asking.own = directory_own (directory_owns (asking.directory), call->agent, &error);
  if (asking.own != NULL)
    answer (&asking);
  else
    api_call_store_error (call, error);
}

void
api_directory_get (ApiCall *call)
{
  directory_when_ready (centre_directory (call->centre), on_ready, api_call_ref (call),
                        (GDestroyNotify) api_call_unref);
}
