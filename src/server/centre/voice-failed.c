/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine was asked for and could not do: the core is told how it really is, and the agent
 * that the command failed. The ids of requests under way are kept until each is over.
 * Centre's thread. */

#include "base/json.h"
#include "base/time-text.h"
#include "server/centre/voice-private.h"

#define LATE_SECONDS 8

typedef struct
{
  Centre *centre;
  VoiceRequestKind kind;
  char *leg;
  const char *agent; /* who asked for it, or NULL */
  char *key;         /* of that command, or NULL */
  guint timer;       /* 0: it is late */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_handle_id (&asked->timer, g_source_remove);
  g_free (asked->leg);
  g_free (asked->key);
  g_free (asked);
}

GHashTable *
voice_asked_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, asked_free);
}

static ModelId
interaction_of (const Asked *asked)
{
  const Leg *leg = voice_leg (asked->centre, asked->leg);

  return leg != NULL ? leg->interaction : 0;
}

static gboolean
on_late (gpointer user_data)
{
  Asked *asked = user_data;

  asked->timer = 0;
  voice_stuck (asked->centre, interaction_of (asked), TRUE);

  return G_SOURCE_REMOVE;
}

gboolean
voice_asked_late (Centre *centre, ModelId interaction)
{
  GHashTableIter iter;
  gpointer asked;

  g_hash_table_iter_init (&iter, centre->voice->asked);
  while (g_hash_table_iter_next (&iter, NULL, &asked))
    if (((Asked *) asked)->timer == 0 && interaction_of (asked) == interaction)
      return TRUE;

  return FALSE;
}

void
voice_asked_add (Centre *centre, const VoiceRequest *request, const char *agent, const char *key)
{
  Asked *asked;

  if (request->kind != VOICE_REQUEST_MUSIC_START && request->kind != VOICE_REQUEST_MUSIC_STOP &&
      request->kind != VOICE_REQUEST_BRIDGE_ADD && request->kind != VOICE_REQUEST_ANSWER &&
      request->kind != VOICE_REQUEST_MUTE && request->kind != VOICE_REQUEST_UNMUTE)
    return;
  if (g_hash_table_contains (centre->voice->asked, request->id))
    return;
  asked = g_new0 (Asked, 1);
  asked->centre = centre;
  asked->kind = request->kind;
  asked->timer = g_timeout_add_seconds (LATE_SECONDS, on_late, asked);
  asked->leg = g_strdup (request->leg);
  asked->agent = g_intern_string (agent);
  asked->key = g_strdup (key);
  g_hash_table_insert (centre->voice->asked, g_strdup (request->id), asked);
}

static void
tell_agent (Centre *centre, const char *agent, const char *key, ModelId interaction, VoiceCode code)
{
  JsonObject *object = json_object_new ();
  char text[MODEL_ID_TEXT_SIZE], time[BASE_TIME_TEXT_SIZE];
  gboolean gone = code == VOICE_CODE_NO_SUCH_LEG || code == VOICE_CODE_WRONG_STATE ||
                  code == VOICE_CODE_STOPPED;

  base_json_set_string (object, "type", "command.failed");
  base_json_set_string (object, "at", base_time_write (centre_now (centre), time));
  base_json_set_string (object, "command", key);
  if (interaction != 0)
    base_json_set_string (object, "interaction",
                          model_id_to_text (MODEL_ID_INTERACTION, interaction, text));
  base_json_set_string (object, "reason",
                        model_code (gone ? MODEL_CODE_NOT_CONNECTED : MODEL_CODE_CHANNEL_FAILURE));
  hub_tell (centre->hub, agent, object);
}

/* Whose hold a leg's music is: the customer hears it by who leads, a station by its own part. */
static Part *
part_of_music (Record *record, const Leg *leg)
{
  for (guint i = 0; leg->customer && i < record->parts->len; i++)
    {
      Part *part = g_ptr_array_index (record->parts, i);

      if (part->part == MODEL_PART_PRIMARY && part->state != PART_ENDED)
        return part;
    }

  return leg->customer ? NULL : record_part_of (record, leg->agent);
}

/* The leg hears no music, or still does: so the part is not held, or still is. */
static void
correct_hold (Centre *centre, Leg *leg, gboolean held)
{
  Record *record = centre_record (centre, leg->interaction);
  Part *part = record != NULL ? part_of_music (record, leg) : NULL;
  AcdCommand command = { .type = held ? ACD_COMMAND_STATION_HELD : ACD_COMMAND_STATION_RESUMED,
                         .interaction = leg->interaction };

  leg->music = held;
  if (part == NULL || part->state != (held ? PART_ACTIVE : PART_HELD))
    return;
  command.participation = part->id;
  command.agent = part->agent;
  centre_command (centre, &command, NULL, NULL, NULL, NULL);
}

/* The others hear the leg, or still do not: so it is not muted, or still is. */
static void
correct_mute (Centre *centre, Leg *leg, gboolean muted)
{
  Record *record = centre_record (centre, leg->interaction);
  Part *part = record != NULL && leg->party == 0 ? record_part_of (record, leg->agent) : NULL;
  AcdCommand command = { .type = muted ? ACD_COMMAND_MUTE : ACD_COMMAND_UNMUTE };

  leg->muted = muted;
  command.participation = part != NULL ? part->id : leg->party;
  for (guint i = 0; record != NULL && i < record->parts->len; i++)
    {
      part = g_ptr_array_index (record->parts, i);
      if (part->part == MODEL_PART_PRIMARY && part->state != PART_ENDED)
        command.agent = part->agent;
    }
  if (command.participation != 0 && command.agent != NULL)
    centre_command (centre, &command, NULL, NULL, NULL, NULL);
}

/* Without sound it is no call. */
static void
drop (Centre *centre, Leg *leg)
{
  Record *record = centre_record (centre, leg->interaction);
  Part *part = record != NULL && !leg->customer ? record_part_of (record, leg->agent) : NULL;
  AcdCommand command = { .type = ACD_COMMAND_CUSTOMER_LEFT,
                         .interaction = leg->interaction,
                         .reason = model_code (MODEL_CODE_CONNECTION_LOST) };

  voice_put_away (centre, leg, VOICE_CAUSE_FAULT);
  if (leg->second) /* the agent's other call goes on */
    {
      voice_second_ended (centre, leg);
      return;
    }
  if (leg->party != 0)
    {
      command.type = ACD_COMMAND_PARTY_HUNG_UP;
      command.participation = leg->party;
    }
  else if (!leg->customer)
    {
      if (part == NULL)
        return;
      command.type = ACD_COMMAND_STATION_HUNG_UP;
      command.participation = part->id;
      command.agent = leg->agent;
    }
  else if (leg->calling != 0 && !leg->up)
    {
      command.type = ACD_COMMAND_CALL_FAILED;
      command.participation = leg->calling;
    }
  centre_command (centre, &command, NULL, NULL, NULL, NULL);
}

/* The agents in conversation, where nobody asked for it: a call that could not be put together. */
static void
tell_all (Centre *centre, const Leg *leg, VoiceCode code)
{
  Record *record = centre_record (centre, leg->interaction);

  for (guint i = 0; record != NULL && i < record->parts->len; i++)
    {
      Part *part = g_ptr_array_index (record->parts, i);

      if (part->state == PART_ACTIVE || part->state == PART_HELD)
        tell_agent (centre, part->agent, NULL, leg->interaction, code);
    }
}

static void
failed (Centre *centre, const Asked *asked, VoiceCode code)
{
  Leg *leg = voice_leg (centre, asked->leg);

  if (code == VOICE_CODE_FAULT)
    voice_stuck (centre, interaction_of (asked), TRUE);
  if (asked->key != NULL)
    tell_agent (centre, asked->agent, asked->key, leg != NULL ? leg->interaction : 0, code);
  else if (leg != NULL && !leg->hanging_up && code != VOICE_CODE_NO_SUCH_LEG)
    tell_all (centre, leg, code);
  /* The end of a leg that is gone or stopped is a fact of its own and follows. */
  if (leg == NULL || leg->hanging_up || code == VOICE_CODE_STOPPED ||
      code == VOICE_CODE_NO_SUCH_LEG)
    return;
  if (asked->kind == VOICE_REQUEST_BRIDGE_ADD || asked->kind == VOICE_REQUEST_ANSWER)
    drop (centre, leg);
  else if (asked->kind == VOICE_REQUEST_MUSIC_START || asked->kind == VOICE_REQUEST_MUSIC_STOP)
    correct_hold (centre, leg, asked->kind == VOICE_REQUEST_MUSIC_STOP);
  else if (asked->kind == VOICE_REQUEST_MUTE || asked->kind == VOICE_REQUEST_UNMUTE)
    correct_mute (centre, leg, asked->kind == VOICE_REQUEST_UNMUTE);
}

void
voice_asked_over (Centre *centre, const VoiceEvent *event)
{
  Asked *asked;
  char *id;

  if (!g_hash_table_steal_extended (centre->voice->asked, event->request, (gpointer *) &id,
                                    (gpointer *) &asked))
    return;
  if (event->kind == VOICE_EVENT_FAILED)
    failed (centre, asked, event->code);
  else
    voice_stuck (centre, interaction_of (asked), FALSE);
  g_free (id);
  asked_free (asked);
}
