/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recordings at the engine: what the core decided and how the call is laid out say what is to be
 * recorded now; what differs from what the engine was told is asked for. The core knows of the
 * agent's pauses; music and private talk are left out here. One that the engine went on with while
 * we were not there goes on. Centre's thread. */

#include "base/log.h"
#include "server/centre/recordings.h"
#include "server/centre/voice-private.h"

#include <string.h>

#define RECORD "recording-"
#define NOTICE "notice-"

typedef enum
{
  TELL_SOUND,
  TELL_NOTHING,
  TELL_NOISE,
  TELL_ANEW, /* not known: whoever was here before us told it something */
} Telling;

typedef struct
{
  ModelId interaction;
  char *id;     /* of the recording, NULL: none */
  Telling told; /* what it takes */
  char *notice; /* the request that plays it, or NULL */
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  g_free (taking->id);
  g_free (taking->notice);
  g_free (taking);
}

GHashTable *
voice_recordings_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, taking_free);
}

static Taking *
taking_of (Centre *centre, ModelId interaction, gboolean make)
{
  const gint64 key = (gint64) interaction;
  Taking *taking = g_hash_table_lookup (centre->voice->recordings, &key);

  if (taking != NULL || !make)
    return taking;
  taking = g_new0 (Taking, 1);
  taking->interaction = interaction;
  g_hash_table_insert (centre->voice->recordings, &taking->interaction, taking);

  return taking;
}

static void
forget_if_idle (Centre *centre, Taking *taking)
{
  const gint64 key = (gint64) taking->interaction;

  if (taking->id == NULL && taking->notice == NULL)
    g_hash_table_remove (centre->voice->recordings, &key);
}

static VoiceRequest *
about (const char *recording, VoiceRequestKind kind, const char *event)
{
  g_autofree char *id = g_strjoin ("-", voice_request_kind_name (kind), recording, event, NULL);
  VoiceRequest *request = voice_request_new (kind, id);

  request->record = g_strconcat (RECORD, recording, NULL);

  return request;
}

static void
play_notice (Centre *centre, const Leg *leg, const char *event, GPtrArray *requests)
{
  Taking *taking = taking_of (centre, leg->interaction, TRUE);
  const ModelDefinitions *definitions = centre_definitions (centre);
  const char *notice = definitions->settings.recording.notice;
  VoiceRequest *request;

  if (taking->notice != NULL)
    return;
  taking->notice = g_strjoin ("-", NOTICE "of", leg->name, event, NULL);
  request = voice_request_new (VOICE_REQUEST_PLAY, taking->notice);
  request->leg = g_strdup (leg->name);
  request->media = g_strconcat ("sound:", notice != NULL ? notice : "", NULL);
  g_ptr_array_add (requests, request);
}

static void
start (Centre *centre, const Record *record, const Leg *leg, GPtrArray *requests)
{
  Taking *taking = taking_of (centre, leg->interaction, TRUE);
  Recordings *recordings = centre_recordings (centre);
  g_autofree char *request_id = NULL;
  VoiceRequest *request;

  taking->id = recordings_begin (recordings, record);
  taking->told = TELL_SOUND;
  request_id = g_strconcat (RECORD, taking->id, NULL);
  request = voice_request_new (VOICE_REQUEST_RECORD, request_id);
  request->path = recordings_path (recordings, taking->id);
  request->leg = g_strdup (leg->name);
  request->bridge = voice_bridge_name (leg->interaction, VOICE_PLACE_CUSTOMER);
  g_ptr_array_add (requests, request);
}

static void
tell (Taking *taking, Telling what, const char *event, GPtrArray *requests)
{
  VoiceRequest *request;

  if (taking->told == what)
    return;
  taking->told = what;
  request =
      about (taking->id,
             what == TELL_SOUND ? VOICE_REQUEST_RECORD_RESUME : VOICE_REQUEST_RECORD_PAUSE, event);
  request->noise = what == TELL_NOISE;
  g_ptr_array_add (requests, request);
}

/* Hold music is not recorded, nor what is said while nobody hears the customer. */
static Telling
telling_of (Centre *centre, const Record *record, const Leg *leg)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelQueue *queue = record_queue (record, definitions);

  if (leg->music)
    return TELL_NOTHING;
  if (record->recording.state != MODEL_RECORDING_PAUSED)
    return TELL_SOUND;

  return model_mask_is_noise (queue != NULL ? (ModelMask) queue->mask : MODEL_MASK_AS_CENTRE,
                              &definitions->settings.recording)
             ? TELL_NOISE
             : TELL_NOTHING;
}

static void
stop (Centre *centre, Taking *taking, const char *event, GPtrArray *requests)
{
  VoiceRequest *request;

  if (taking->id != NULL)
    g_ptr_array_add (requests, about (taking->id, VOICE_REQUEST_RECORD_STOP, event));
  g_clear_pointer (&taking->id, g_free);
  if (taking->notice != NULL)
    {
      g_autofree char *id = g_strconcat ("stop-", taking->notice, NULL);

      request = voice_request_new (VOICE_REQUEST_PLAY_STOP, id);
      request->play = g_steal_pointer (&taking->notice);
      g_ptr_array_add (requests, request);
    }
  forget_if_idle (centre, taking);
}

/* The customer's; between colleagues that of whom the caller talks with. */
static const Leg *
leg_to_record (Centre *centre, const Record *record)
{
  for (guint i = 0; record_is_internal (record) && i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->part == MODEL_PART_CONFERENCED &&
          (part->state == PART_ACTIVE || part->state == PART_HELD))
        return voice_leg_of_agent (centre, record->id, part->agent);
    }

  return voice_leg_of_customer (centre, record->id);
}

void
voice_recording_lay_out (Centre *centre,
                         const Record *record,
                         const char *event,
                         GPtrArray *requests)
{
  const ModelRecording state = record->recording.state;
  const Leg *leg = leg_to_record (centre, record);
  gboolean there = leg != NULL && leg->up && !leg->hanging_up && leg->place == VOICE_PLACE_CUSTOMER;
  Taking *taking = taking_of (centre, record->id, FALSE);

  if (state == MODEL_RECORDING_OFF && taking != NULL)
    stop (centre, taking, event, requests);
  if (state == MODEL_RECORDING_OFF || !there)
    return;
  if (state == MODEL_RECORDING_STARTING)
    {
      if (!leg->music)
        play_notice (centre, leg, event, requests);
      return;
    }
  if (taking == NULL || taking->id == NULL)
    {
      /* Of the sound that is left out nothing is begun. */
      if (leg->music || state == MODEL_RECORDING_PAUSED)
        return;
      start (centre, record, leg, requests);
      taking = taking_of (centre, record->id, FALSE);
    }
  tell (taking, telling_of (centre, record, leg), event, requests);
}

/* --- what the engine answers ------------------------------------------------------------------ */

static Taking *
find (Centre *centre, const char *request, gboolean notice)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, centre->voice->recordings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Taking *taking = value;

      if (g_strcmp0 (notice ? taking->notice : taking->id, request) == 0)
        return taking;
    }

  return NULL;
}

static void
tell_core (Centre *centre, ModelId interaction, AcdCommandType type)
{
  AcdCommand command = { .type = (gint32) type, .interaction = interaction };

  centre_command (centre, &command, NULL, NULL, NULL, NULL);
}

/* Who could not be told is not recorded. */
static void
notice_over (Centre *centre, const VoiceEvent *event)
{
  Taking *taking = find (centre, event->request, TRUE);
  ModelId interaction;

  if (taking == NULL)
    return;
  interaction = taking->interaction;
  g_clear_pointer (&taking->notice, g_free);
  forget_if_idle (centre, taking);
  tell_core (centre, interaction,
             event->kind == VOICE_EVENT_DONE ? ACD_COMMAND_RECORD_ANNOUNCED
                                             : ACD_COMMAND_RECORD_FAILED);
}

static void
record_over (Centre *centre, const VoiceEvent *event)
{
  const char *id = event->request + strlen (RECORD);
  Taking *taking = find (centre, id, FALSE);
  gboolean failed = event->kind == VOICE_EVENT_FAILED;
  ModelId interaction = taking != NULL ? taking->interaction : 0;

  /* We end, not the recording: whoever comes after us finds it. */
  if (failed && event->code == VOICE_CODE_STOPPED && event->duration_ms == 0)
    {
      if (taking != NULL)
        g_clear_pointer (&taking->id, g_free);
      return;
    }
  if (failed && event->duration_ms == 0)
    recordings_drop (centre_recordings (centre), id);
  else
    recordings_end (centre_recordings (centre), id, event->duration_ms);
  if (taking == NULL)
    return;
  g_clear_pointer (&taking->id, g_free);
  forget_if_idle (centre, taking);
  /* Not if the call is over: the core hears of that by itself. */
  if (failed && centre_record (centre, interaction) != NULL)
    tell_core (centre, interaction, ACD_COMMAND_RECORD_FAILED);
}

gboolean
voice_recording_over (Centre *centre, const VoiceEvent *event)
{
  if (g_str_has_prefix (event->request, NOTICE))
    notice_over (centre, event);
  else if (g_str_has_prefix (event->request, RECORD))
    record_over (centre, event);
  else
    return g_str_has_prefix (event->request, "stop-" NOTICE);

  if (event->kind == VOICE_EVENT_FAILED && event->code != VOICE_CODE_STOPPED)
    base_log (BASE_LOG_WARNING, "voice", "not_recorded", "request", event->request, "code",
              voice_code_name (event->code), "detail", BASE_TEXT (event->detail), NULL);

  return TRUE;
}

/* It goes on if the call does and is to be recorded still; else what there is of it is kept. */
static void
go_on (Centre *centre, const char *id, const char *interaction)
{
  ModelId number = 0;
  const Record *record = model_id_from_text (MODEL_ID_INTERACTION, interaction, &number)
                             ? centre_record (centre, number)
                             : NULL;
  gboolean wanted = record != NULL && (record->recording.state == MODEL_RECORDING_ON ||
                                       record->recording.state == MODEL_RECORDING_PAUSED);
  Taking *taking = wanted ? taking_of (centre, number, TRUE) : NULL;

  if (taking != NULL && taking->id == NULL)
    {
      taking->id = g_strdup (id);
      taking->told = TELL_ANEW;
      return;
    }
  centre_voice_submit (centre, about (id, VOICE_REQUEST_RECORD_STOP, "found"));
}

gboolean
voice_recording_found (Centre *centre, const char *request)
{
  Recordings *recordings = centre_recordings (centre);
  const char *id = g_str_has_prefix (request, RECORD) ? request + strlen (RECORD) : NULL;
  gint64 begun = 0;
  g_autofree char *interaction = id != NULL ? recordings_take_up (recordings, id, &begun) : NULL;
  VoiceRequest *keep;

  if (interaction == NULL)
    return FALSE;
  base_log (BASE_LOG_INFO, "voice", "recording_found", "recording", id, NULL);
  keep = voice_request_new (VOICE_REQUEST_RECORD_KEEP, request);
  keep->record = g_strdup (request);
  keep->path = recordings_path (recordings, id);
  centre_voice_submit (centre, keep);
  go_on (centre, id, interaction);

  return TRUE;
}
