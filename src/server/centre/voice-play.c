/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips that are being played in calls, to all who talk there: one at a time in each. Whatever
 * takes the agent or the customer out of the talk ends it, and so does the end of the sound; then,
 * if the agent wanted it so, the call. Not kept: a restart of guichetd forgets them. Centre's
 * thread. */

#include "server/centre/voice-play.h"

#include "base/json.h"
#include "server/centre/voice-private.h"

typedef struct
{
  char *request; /* its id at the engine */
  ModelId interaction;
  char *clip, *label;
  const char *agent;
  gboolean hang_up;
  gint64 at, until;
} Play;

/* One that is to begin as soon as it is durable. */
typedef struct
{
  Centre *centre;
  VoiceRequest *request;
  ModelId interaction;
  CentreReadyFunc done;
  gpointer user_data;
} Beginning;

static void
play_free (gpointer data)
{
  Play *play = data;

  g_free (play->request);
  g_free (play->clip);
  g_free (play->label);
  g_free (play);
}

GHashTable *
voice_plays_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, play_free);
}

static Play *
play_of (Centre *centre, ModelId interaction)
{
  const gint64 key = (gint64) interaction;

  return g_hash_table_lookup (centre->voice->plays, &key);
}

static VoiceRequest *
stop_of (const Play *play)
{
  g_autofree char *id = g_strconcat ("stop-", play->request, NULL);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_PLAY_STOP, id);

  request->play = g_strdup (play->request);

  return request;
}

static void
forget (Centre *centre, Play *play)
{
  const gint64 key = (gint64) play->interaction;

  g_hash_table_remove (centre->voice->plays, &key);
}

/* --- beginning -------------------------------------------------------------------------------- */

ModelCode
centre_voice_may_play (Centre *centre, Record *record, const char *agent)
{
  const Leg *leg = voice_leg_of_customer (centre, record->id);
  const Part *part = record_part_of (record, agent);

  if (part == NULL || leg == NULL || !leg->up || leg->hanging_up || centre->voice->engine == NULL)
    return MODEL_CODE_NOT_CONNECTED;
  if (part->part != MODEL_PART_PRIMARY)
    return MODEL_CODE_NOT_PRIMARY;
  if (part->state == PART_HELD)
    return MODEL_CODE_HELD;

  return part->state == PART_ACTIVE ? MODEL_CODE_ACCEPTED : MODEL_CODE_NOT_CONNECTED;
}

static void
on_begun (gpointer user_data)
{
  Beginning *beginning = user_data;
  const Play *play = play_of (beginning->centre, beginning->interaction);

  /* Or something has ended it meanwhile. */
  if (play != NULL && g_str_equal (play->request, beginning->request->id))
    centre_voice_submit (beginning->centre, voice_request_ref (beginning->request));
  beginning->done (beginning->user_data);
  voice_request_unref (beginning->request);
  g_free (beginning);
}

static VoiceRequest *
request_of (Centre *centre, const Record *record, const Clip *clip)
{
  g_autofree char *id =
      g_strdup_printf ("clip-%s-%" G_GINT64_FORMAT, record->text, centre_seq (centre));
  g_autofree char *path = files_path (store_clips (centre_store (centre)), clip->file);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_PLAY, id);

  request->bridge = g_strconcat ("b", record->text, NULL);
  request->media = g_strconcat ("file:", path, NULL);

  return request;
}

void
centre_voice_play (Centre *centre,
                   Record *record,
                   const char *agent,
                   const Clip *clip,
                   gboolean hang_up,
                   StoreBatch *batch,
                   CentreReadyFunc done,
                   gpointer user_data)
{
  Beginning *beginning = g_new0 (Beginning, 1);
  Play *play = play_of (centre, record->id);
  JsonObject *journal = json_object_new ();

  if (play != NULL)
    {
      centre_voice_submit (centre, stop_of (play));
      forget (centre, play);
    }
  beginning->centre = centre;
  beginning->request = request_of (centre, record, clip);
  beginning->interaction = record->id;
  beginning->done = done;
  beginning->user_data = user_data;
  play = g_new0 (Play, 1);
  play->request = g_strdup (beginning->request->id);
  play->interaction = record->id;
  play->clip = g_strdup (clip->id);
  play->label = g_strdup (clip->label);
  play->agent = g_intern_string (agent);
  play->hang_up = hang_up;
  play->at = centre_now (centre);
  play->until = play->at + clip->ms;
  g_hash_table_insert (centre->voice->plays, &play->interaction, play);
  base_json_set_string (journal, "type", "clip.played");
  base_json_set_string (journal, "interaction", record->text);
  base_json_set_string (journal, "agent", agent);
  base_json_set_string (journal, "clip", clip->id);
  json_object_set_boolean_member (journal, "hang_up", hang_up);
  centre_journal (centre, record, "clip.played", journal, batch);
  centre_touch (centre, record, "playing", batch, on_begun, beginning);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void
tell (Centre *centre, ModelId interaction, const char *cause)
{
  Record *record = centre_record (centre, interaction);

  if (record != NULL)
    centre_touch (centre, record, cause, store_batch_new (), NULL, NULL);
}

gboolean
centre_voice_play_stop (Centre *centre, Record *record)
{
  Play *play = play_of (centre, record->id);

  if (play == NULL)
    return FALSE;
  centre_voice_submit (centre, stop_of (play));
  forget (centre, play);
  tell (centre, record->id, "play_stopped");

  return TRUE;
}

static gboolean
takes_out (Centre *centre, const ModelEvent *event, const Play *play)
{
  Record *record;
  const Part *part;

  switch ((guint) event->type)
    {
    case MODEL_EVENT_INTERACTION_CUSTOMER_LEFT:
    case MODEL_EVENT_INTERACTION_CLOSED:
      return TRUE;
    case MODEL_EVENT_PARTICIPATION_HELD:
    case MODEL_EVENT_PARTICIPATION_LEFT:
      record = centre_record (centre, event->interaction);
      part = record != NULL ? record_part_of (record, play->agent) : NULL;
      return part == NULL || part->state != PART_ACTIVE || part->part != MODEL_PART_PRIMARY;
    default:
      return FALSE;
    }
}

void
centre_voice_play_act (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Play *play = event->interaction != 0 ? play_of (centre, event->interaction) : NULL;

  if (play == NULL || !takes_out (centre, event, play))
    return;
  g_ptr_array_add (requests, stop_of (play));
  forget (centre, play);
}

static Play *
play_by_request (Centre *centre, const char *request)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, centre->voice->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (((Play *) value)->request, request))
      return value;

  return NULL;
}

gboolean
voice_play_over (Centre *centre, const VoiceEvent *event)
{
  Play *play;
  AcdCommand command = { .type = ACD_COMMAND_END };
  gboolean hang_up;

  if (!g_str_has_prefix (event->request, "clip-") &&
      !g_str_has_prefix (event->request, "stop-clip-"))
    return FALSE;
  play = play_by_request (centre, event->request);
  if (play == NULL)
    return event->kind == VOICE_EVENT_DONE || event->code == VOICE_CODE_STOPPED;
  command.interaction = play->interaction;
  command.agent = play->agent;
  hang_up = play->hang_up && event->kind == VOICE_EVENT_DONE;
  forget (centre, play);
  tell (centre, command.interaction,
        event->kind == VOICE_EVENT_DONE ? "play_ended" : "play_failed");
  if (hang_up)
    centre_command (centre, &command, NULL, NULL, NULL, NULL);

  return event->kind == VOICE_EVENT_DONE;
}

void
centre_voice_render_play (Centre *centre, const Record *record, JsonObject *object)
{
  const Play *play = play_of (centre, record->id);
  JsonObject *playing;

  if (play == NULL)
    {
      json_object_set_null_member (object, "playing");
      return;
    }
  playing = json_object_new ();
  base_json_set_string (playing, "clip", play->clip);
  base_json_set_string (playing, "label", play->label);
  base_json_set_string (playing, "by", play->agent);
  base_json_set_time (playing, "at", play->at);
  base_json_set_time (playing, "until", play->until);
  json_object_set_boolean_member (playing, "hang_up", play->hang_up);
  json_object_set_object_member (object, "playing", playing);
}
