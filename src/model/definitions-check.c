/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules between the nouns of a centre: ids once only, what is referred to exists, queues that
 * overflow do so without a circle. Reports all of them. Pure functions. */
#include "model/definitions-check.h"

#include "base/fold.h"
#include "model/canned-text.h"

#include <string.h>

typedef struct
{
  const ModelDefinitions *definitions;
  GPtrArray *problems;
} Check;

/* Adds a problem at a place made of the pattern. */
#define PROBLEM(check, code, message, ...)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *problem_place = g_strdup_printf (__VA_ARGS__);                                \
    model_problems_add ((check)->problems, problem_place, code, "%s", message);                    \
  }                                                                                                \
  G_STMT_END

static void
on_reference (const char *refers, const char *id, const char *path, gpointer data)
{
  Check *check = data;

  if (model_definitions_find (check->definitions, refers, id) == NULL)
    model_problems_add (check->problems, path, "unknown_id", "%s has no %s", refers, id);
}

static void
check_ids (Check *check, const char *list, GPtrArray *nouns)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; nouns != NULL && i < nouns->len; i++)
    {
      char *id = *(char **) nouns->pdata[i];
      if (id != NULL && !g_hash_table_add (seen, id))
        PROBLEM (check, "repeated", "this id stands twice in the list", "%s[%u].id", list, i);
    }
}

/* Where calls are given to a team, it is one that has a number. */
static void
check_numbered (Check *check, const char *id, const char *place)
{
  const ModelTeam *team = model_definitions_team (check->definitions, id);

  if (team != NULL && team->number == NULL)
    PROBLEM (check, "contradiction", "that team has no number of its own", "%s", place);
}

static void
check_overflow_team (Check *check, guint i, const char *when, const ModelOverflow *overflow)
{
  const ModelQueue *queue = check->definitions->queues->pdata[i];
  g_autofree char *place = g_strdup_printf ("queues[%u].%s.team", i, when);

  if ((overflow->action == MODEL_OVERFLOW_TEAM) != (overflow->team != NULL))
    PROBLEM (check, "contradiction", "a team goes with the action team, and it needs one", "%s",
             place);
  if (overflow->action == MODEL_OVERFLOW_TEAM && queue->channel != MODEL_CHANNEL_VOICE)
    PROBLEM (check, "contradiction", "only calls go to a team that has a number",
             "queues[%u].%s.action", i, when);
  check_numbered (check, overflow->team, place);
}

static void
check_overflow (Check *check, guint i, const char *when, const ModelOverflow *overflow)
{
  const ModelQueue *queue = check->definitions->queues->pdata[i];
  const ModelQueue *next = model_definitions_queue (check->definitions, overflow->queue);

  if (overflow->action != MODEL_OVERFLOW_QUEUE && overflow->action != MODEL_OVERFLOW_TEAM &&
      overflow->queue != NULL)
    PROBLEM (check, "contradiction", "a queue only goes with the actions queue and team",
             "queues[%u].%s.queue", i, when);
  if (overflow->action == MODEL_OVERFLOW_QUEUE && overflow->queue == NULL)
    PROBLEM (check, "missing", "the action queue needs a queue", "queues[%u].%s.queue", i, when);
  if ((overflow->action == MODEL_OVERFLOW_VOICEMAIL) != (overflow->box != NULL))
    PROBLEM (check, "contradiction", "a box goes with the action voicemail, and it needs one",
             "queues[%u].%s.box", i, when);
  if (overflow->action == MODEL_OVERFLOW_VOICEMAIL && queue->channel != MODEL_CHANNEL_VOICE)
    PROBLEM (check, "contradiction", "only callers leave voicemail", "queues[%u].%s.action", i,
             when);
  check_overflow_team (check, i, when, overflow);
  if (next == queue)
    PROBLEM (check, "contradiction", "a queue cannot overflow into itself", "queues[%u].%s.queue",
             i, when);
  if (next != NULL && next->channel != queue->channel)
    PROBLEM (check, "contradiction", "that queue is of another channel", "queues[%u].%s.queue", i,
             when);
}

/* Keyed digits, and a hash: never a PIN that can be read. */
static void
check_keypad (Check *check, const ModelVoicemailBox *box, GHashTable *keys, guint i)
{
  /* An agent chooses the PIN of the own box. */
  if (box->key == NULL ? box->pin != NULL : box->pin == NULL && box->agent == NULL)
    PROBLEM (check, "contradiction", "key and pin go together", "voicemail_boxes[%u]", i);
  if (box->key != NULL &&
      (*box->key == '\0' || strspn (box->key, "0123456789") != strlen (box->key)))
    PROBLEM (check, "syntax", "digits alone", "voicemail_boxes[%u].key", i);
  if (box->key != NULL && !g_hash_table_add (keys, box->key))
    PROBLEM (check, "repeated", "another box has this key", "voicemail_boxes[%u].key", i);
  if (box->pin != NULL && !g_str_has_prefix (box->pin, "$argon2id$"))
    PROBLEM (check, "syntax", "what `guichetctl voicemail pin` prints", "voicemail_boxes[%u].pin",
             i);
}

/* One box, of one owner. */
static void
check_voicemail (Check *check)
{
  const GPtrArray *boxes = check->definitions->voicemail_boxes;
  g_autoptr (GHashTable) agents = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  if (boxes != NULL && boxes->len > 10000)
    PROBLEM (check, "length", "more than 10000 boxes", "voicemail_boxes");
  for (guint i = 0; boxes != NULL && i < boxes->len; i++)
    {
      const ModelVoicemailBox *box = boxes->pdata[i];

      if ((box->agent != NULL) + (box->queue != NULL) + (box->team != NULL) != 1)
        PROBLEM (check, "contradiction", "a box is of an agent, a queue or a team",
                 "voicemail_boxes[%u]", i);
      if (box->agent != NULL && !g_hash_table_add (agents, box->agent))
        PROBLEM (check, "repeated", "this agent has a box already", "voicemail_boxes[%u].agent", i);
      check_keypad (check, box, keys, i);
    }
}

static gboolean
fits (const ModelQueue *queue, const char *disposition)
{
  return disposition == NULL || queue->dispositions == NULL ||
         g_strv_contains ((const char *const *) queue->dispositions, disposition);
}

static void
check_automatic (Check *check, guint i, const ModelQueue *queue)
{
  if (!fits (queue, queue->automatic_disposition))
    PROBLEM (check, "contradiction", "the automatic one is not among the queue's dispositions",
             "queues[%u].automatic_disposition", i);
  if (queue->automatic_disposition != NULL && queue->wrap_up.default_disposition != NULL)
    PROBLEM (check, "contradiction", "with an automatic disposition a default is never used",
             "queues[%u].wrap_up.default_disposition", i);
}

static void
check_wrap_up (Check *check, guint i, const ModelQueue *queue)
{
  const ModelWrapUpRules *rules = &queue->wrap_up;

  if (rules->required && rules->default_disposition == NULL && queue->automatic_disposition == NULL)
    PROBLEM (check, "missing", "a required disposition needs a default for when the time is over",
             "queues[%u].wrap_up.default_disposition", i);
  if (rules->required && rules->seconds == 0)
    PROBLEM (check, "contradiction", "a required disposition needs time to be set",
             "queues[%u].wrap_up.seconds", i);
  if (!fits (queue, rules->default_disposition))
    PROBLEM (check, "contradiction", "the default is not among the queue's dispositions",
             "queues[%u].wrap_up.default_disposition", i);
}

static void
check_requirements (Check *check, const char *list, guint i, GPtrArray *requirements)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (requirements != NULL && requirements->len > 8)
    PROBLEM (check, "length", "more than 8 requirements", "%s[%u].requirements", list, i);
  for (guint j = 0; requirements != NULL && j < requirements->len; j++)
    {
      ModelRequirement *requirement = requirements->pdata[j];
      if (requirement->skill != NULL && !g_hash_table_add (seen, requirement->skill))
        PROBLEM (check, "repeated", "this skill is required twice", "%s[%u].requirements[%u].skill",
                 list, i, j);
    }
}

static void
check_taking (Check *check, guint i, const ModelQueue *queue)
{
  if (queue->take && queue->channel == MODEL_CHANNEL_VOICE)
    PROBLEM (check, "contradiction", "calls are not taken from the queue", "queues[%u].take", i);
}

static void
check_queue (Check *check, guint i)
{
  const ModelQueue *queue = check->definitions->queues->pdata[i];
  gint32 least = queue->channel == MODEL_CHANNEL_VOICE ? 5 : 15;
  gint32 most = queue->channel == MODEL_CHANNEL_VOICE ? 120 : 300;

  if (queue->ring_seconds != 0 && (queue->ring_seconds < least || queue->ring_seconds > most))
    PROBLEM (check, "range", "5 to 120 seconds for calls, 15 to 300 for other channels",
             "queues[%u].ring_seconds", i);
  if (queue->silence_seconds > 0 && queue->channel != MODEL_CHANNEL_WEBCHAT)
    PROBLEM (check, "contradiction", "only chats are closed on silence",
             "queues[%u].silence_seconds", i);
  check_automatic (check, i, queue);
  check_taking (check, i, queue);
  check_wrap_up (check, i, queue);
  check_requirements (check, "queues", i, queue->requirements);
  for (guint j = 0; queue->hours != NULL && j < queue->hours->len; j++)
    if (!model_hours_valid (queue->hours->pdata[j]))
      PROBLEM (check, "syntax", "days are mon to sun, from is before until, both HH:MM",
               "queues[%u].hours[%u]", i, j);
  check_overflow (check, i, "when_closed", &queue->when_closed);
  check_overflow (check, i, "when_full", &queue->when_full);
  check_overflow (check, i, "when_unstaffed", &queue->when_unstaffed);
  check_overflow (check, i, "when_waited_too_long", &queue->when_waited_too_long);
}

static gboolean
is_color (const char *text)
{
  return strlen (text) == 7 && *text == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6;
}

/* A chat's address stands in a URL: one segment of it, told from a file by having no dot. */
static gboolean
is_chat_address (const char *address)
{
  gsize length = strlen (address);

  return length > 0 && length <= 64 &&
         strspn (address, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length;
}

static void
check_chat (Check *check, guint i, const ModelEntryPoint *entry)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int j = 0; entry->addresses != NULL && entry->addresses[j] != NULL; j++)
    if (entry->channel == MODEL_CHANNEL_WEBCHAT && !is_chat_address (entry->addresses[j]))
      PROBLEM (check, "syntax", "the address of a chat is 1 to 64 of a-z 0-9 _ -",
               "entry_points[%u].addresses[%d]", i, j);
  if (entry->chat.color != NULL && !is_color (entry->chat.color))
    PROBLEM (check, "syntax", "a color is #rrggbb", "entry_points[%u].chat.color", i);
  if (entry->chat.fields != NULL && entry->chat.fields->len > 16)
    PROBLEM (check, "length", "more than 16 fields", "entry_points[%u].chat.fields", i);
  for (guint j = 0; entry->chat.fields != NULL && j < entry->chat.fields->len; j++)
    {
      const ModelChatField *field = entry->chat.fields->pdata[j];
      if (field->variable != NULL && !g_hash_table_add (seen, field->variable))
        PROBLEM (check, "repeated", "this variable is asked for twice",
                 "entry_points[%u].chat.fields[%u].variable", i, j);
    }
}

/* It leads somewhere: to a queue, or first to a team that has a number. */
static void
check_way (Check *check, guint i, const ModelEntryPoint *entry)
{
  const ModelQueue *queue = model_definitions_queue (check->definitions, entry->queue);
  g_autofree char *place = g_strdup_printf ("entry_points[%u].team", i);

  if (entry->queue == NULL && entry->team == NULL)
    PROBLEM (check, "missing", "an entry point leads to a queue, or to a team that has a number",
             "entry_points[%u].queue", i);
  if (queue != NULL && queue->channel != entry->channel)
    PROBLEM (check, "contradiction", "that queue is of another channel", "entry_points[%u].queue",
             i);
  if (entry->team != NULL && entry->channel != MODEL_CHANNEL_VOICE)
    PROBLEM (check, "contradiction", "only calls go to a team that has a number", "%s", place);
  check_numbered (check, entry->team, place);
}

/* An address leads to one entry point of its channel. */
static void
check_entry_points (Check *check)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < check->definitions->entry_points->len; i++)
    {
      const ModelEntryPoint *entry = check->definitions->entry_points->pdata[i];
      check_requirements (check, "entry_points", i, entry->requirements);
      check_chat (check, i, entry);
      check_way (check, i, entry);
      if (entry->language != NULL && !model_language_valid (entry->language))
        PROBLEM (check, "syntax", "not a language such as fr or pt_BR", "entry_points[%u].language",
                 i);
      for (int j = 0; entry->addresses != NULL && entry->addresses[j] != NULL; j++)
        if (!g_hash_table_add (seen,
                               g_strdup_printf ("%d %s", entry->channel, entry->addresses[j])))
          PROBLEM (check, "repeated", "this address leads to another entry point already",
                   "entry_points[%u].addresses[%d]", i, j);
    }
}

/* What comes by itself is never more than what there is room for; a call is never asked for. */
static void
check_slots (Check *check, const char *place, GPtrArray *list)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const ModelSlots *slots = list->pdata[i];
      if (slots->automatic > slots->count)
        PROBLEM (check, "range", "auto is at most count", "%s.slots[%u].auto", place, i);
      if (slots->automatic >= 0 && slots->channel == MODEL_CHANNEL_VOICE)
        PROBLEM (check, "contradiction", "calls always come by themselves", "%s.slots[%u].auto",
                 place, i);
    }
}

static gboolean
has_number (const Check *check, const char *id)
{
  const ModelTeam *team = model_definitions_team (check->definitions, id);

  return team != NULL && team->number != NULL;
}

/* Nobody signs in for a number. */
static void
check_team_of (Check *check, guint i, const ModelAgent *agent)
{
  if (has_number (check, agent->team))
    PROBLEM (check, "contradiction", "a team that has a number has no agents", "agents[%u].team",
             i);
  for (int j = 0; agent->teams != NULL && agent->teams[j] != NULL; j++)
    if (has_number (check, agent->teams[j]))
      PROBLEM (check, "contradiction", "a team that has a number has no agents",
               "agents[%u].teams[%d]", i, j);
}

static void
check_teams (Check *check)
{
  const GPtrArray *teams = check->definitions->teams;

  for (guint i = 0; teams != NULL && i < teams->len; i++)
    {
      const ModelTeam *team = teams->pdata[i];
      if ((team->number != NULL) != (team->calls > 0))
        PROBLEM (check, "missing", "a number, and how many calls it takes at once, go together",
                 "teams[%u].%s", i, team->number != NULL ? "calls" : "number");
      if (team->number == NULL)
        continue;
      if (!model_number_valid (team->number))
        PROBLEM (check, "syntax", "not a number", "teams[%u].number", i);
      else if (model_definitions_team_at (check->definitions, team->number) != team)
        PROBLEM (check, "repeated", "another team has this number", "teams[%u].number", i);
    }
}

static void
check_agents (Check *check)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < check->definitions->agents->len; i++)
    {
      const ModelAgent *agent = check->definitions->agents->pdata[i];
      g_autoptr (GHashTable) skills = g_hash_table_new (g_str_hash, g_str_equal);
      g_autofree char *place = g_strdup_printf ("agents[%u]", i);
      check_slots (check, place, agent->slots);
      check_team_of (check, i, agent);
      if (agent->number != NULL && !g_hash_table_add (numbers, agent->number))
        PROBLEM (check, "repeated", "another agent has this number", "agents[%u].number", i);
      for (guint j = 0; j < agent->skills->len; j++)
        {
          ModelSkillLevel *level = agent->skills->pdata[j];
          if (level->skill != NULL && !g_hash_table_add (skills, level->skill))
            PROBLEM (check, "repeated", "this skill stands here twice",
                     "agents[%u].skills[%u].skill", i, j);
        }
    }
}

static void
check_variables (Check *check)
{
  for (guint i = 0; i < check->definitions->variables->len; i++)
    {
      const ModelVariable *variable = check->definitions->variables->pdata[i];
      if (variable->secure && variable->on_card != 0)
        PROBLEM (check, "contradiction", "a secure variable never stands on a card",
                 "variables[%u].on_card", i);
      if ((variable->type == MODEL_VARIABLE_CHOICE) != (variable->choices != NULL))
        PROBLEM (check, "contradiction", "choices go with the type choice, and it needs them",
                 "variables[%u].choices", i);
    }
}

/* Once, and nothing else in braces. */
static gboolean
has_one (const char *text, const char *word)
{
  const char *at = strstr (text, word);

  return at != NULL && strchr (text, '{') == at && strchr (at + 1, '{') == NULL;
}

/* The room is a part of the path or fragment, never of the host: it is one service's. */
static gboolean
is_room_url (const char *url)
{
  g_auto (GStrv) parts = g_strsplit (url, "{room}", 2);
  g_autofree char *tried = NULL;
  const char *path;

  if (!g_str_has_prefix (url, "https://") || !has_one (url, "{room}"))
    return FALSE;
  for (const char *c = url; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) || strchr ("<>\"\\", *c) != NULL)
      return FALSE;
  path = strchr (url + strlen ("https://"), '/');
  tried = g_strconcat (parts[0], "room", parts[1], NULL);
  return path != NULL && path < strstr (url, "{room}") && path[-1] != '/' &&
         g_uri_is_valid (tried, G_URI_FLAGS_NONE, NULL);
}

static void
check_meeting_room (Check *check)
{
  const ModelMeetingRoom *room = &check->definitions->settings.meeting_room;

  if (room->url != NULL && !is_room_url (room->url))
    PROBLEM (check, "syntax", "not an address such as https://meet.example/{room}",
             "settings.meeting_room.url");
  if (room->url == NULL && room->texts != NULL)
    PROBLEM (check, "missing", "a text for a room, but no room", "settings.meeting_room.url");
  for (char **text = room->texts; text != NULL && *text != NULL; text += 2)
    if (!has_one (text[1], "{link}"))
      PROBLEM (check, "missing", "the text does not say {link} once",
               "settings.meeting_room.texts.%s", text[0]);
}

static void
check_settings (Check *check)
{
  const ModelSettings *settings = &check->definitions->settings;
  g_autoptr (GTimeZone) zone =
      settings->time_zone != NULL ? model_hours_zone (settings->time_zone) : NULL;

  check_slots (check, "settings", settings->slots);
  check_meeting_room (check);
  if (settings->time_zone != NULL && zone == NULL)
    PROBLEM (check, "syntax", "not a time zone such as Europe/Paris", "settings.time_zone");
  for (guint i = 0; settings->holidays != NULL && i < settings->holidays->len; i++)
    if (!model_holiday_valid (settings->holidays->pdata[i]))
      PROBLEM (check, "syntax", "a date is YYYY-MM-DD or MM-DD, from is before until, both HH:MM",
               "settings.holidays[%u]", i);
  for (int i = 0; settings->languages != NULL && settings->languages[i] != NULL; i++)
    if (!model_language_valid (settings->languages[i]))
      PROBLEM (check, "syntax", "not a language such as fr or pt_BR", "settings.languages[%d]", i);
}

static void
check_link (Check *check, guint i)
{
  const ModelLink *link = check->definitions->links->pdata[i];
  g_auto (GStrv) names = link->url != NULL ? model_text_variables (link->url) : NULL;

  if (link->url != NULL && !model_link_url_valid (link->url))
    PROBLEM (check, "syntax",
             "not an address such as https://crm.example/?number={customer.number}",
             "links[%u].url", i);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      const ModelVariable *variable = model_definitions_variable (check->definitions, *name);

      if (variable == NULL && !model_link_knows (*name))
        PROBLEM (check, "unknown_id", "the address has a variable that there is not",
                 "links[%u].url", i);
      else if (variable != NULL && variable->secure)
        PROBLEM (check, "contradiction", "a secure variable never stands in an address",
                 "links[%u].url", i);
    }
}

static void
check_links (Check *check)
{
  const GPtrArray *links = check->definitions->links;

  if (links != NULL && links->len > MODEL_LINKS_MAX)
    PROBLEM (check, "length", "more than 50 links", "links");
  for (guint i = 0; links != NULL && i < links->len; i++)
    check_link (check, i);
}

/* A shortcut leads to one of them, in whatever case it is typed. */
static void
check_canned_replies (Check *check)
{
  GPtrArray *replies = check->definitions->canned_replies;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (replies != NULL && replies->len > MODEL_REPLIES_PUBLIC)
    PROBLEM (check, "length", "more than 2000 canned replies", "canned_replies");
  for (guint i = 0; replies != NULL && i < replies->len; i++)
    {
      const ModelCannedReply *reply = replies->pdata[i];
      g_autofree char *path = g_strdup_printf ("canned_replies[%u]", i);
      model_canned_reply_check (reply, path, check->problems);
      if (reply->shortcut != NULL && !g_hash_table_add (seen, base_fold (reply->shortcut)))
        PROBLEM (check, "repeated", "another reply has this shortcut",
                 "canned_replies[%u].shortcut", i);
    }
}

static void
check_directory (Check *check)
{
  const GPtrArray *contacts = check->definitions->contacts;
  const GPtrArray *dials = check->definitions->speed_dials;

  if (contacts != NULL && contacts->len > MODEL_CONTACTS_MAX)
    PROBLEM (check, "length", "more than 100000 contacts", "contacts");
  if (dials != NULL && dials->len > MODEL_SPEED_DIALS_MAX)
    PROBLEM (check, "length", "more than 200 speed dials", "speed_dials");
  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      const ModelContact *contact = contacts->pdata[i];

      for (guint j = 0; contact->numbers != NULL && contact->numbers[j] != NULL; j++)
        if (!model_number_valid (contact->numbers[j]))
          PROBLEM (check, "syntax", "not a number", "contacts[%u].numbers[%u]", i, j);
    }
  for (guint i = 0; dials != NULL && i < dials->len; i++)
    {
      const ModelSpeedDial *dial = dials->pdata[i];

      if (dial->number != NULL && !model_number_valid (dial->number))
        PROBLEM (check, "syntax", "not a number", "speed_dials[%u].number", i);
    }
}

void
model_definitions_check (const ModelDefinitions *definitions, GPtrArray *problems)
{
  Check check = { definitions, problems };

  for (const ModelField *field = model_definitions_noun.fields; field->name != NULL; field++)
    if (field->type == MODEL_FIELD_OBJECTS)
      check_ids (&check, field->name, *(GPtrArray **) ((char *) definitions + field->offset));
  model_fields_references (&model_definitions_noun, definitions, "", on_reference, &check);
  check_settings (&check);
  for (guint i = 0; i < definitions->queues->len; i++)
    check_queue (&check, i);
  check_entry_points (&check);
  check_teams (&check);
  check_agents (&check);
  check_variables (&check);
  check_canned_replies (&check);
  check_links (&check);
  check_voicemail (&check);
  check_directory (&check);
}
