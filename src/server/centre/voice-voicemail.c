/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callers who are asked for a message: the box's greeting, then a tone while the recording begins;
 * the key #, the box's limit or hanging up ends it. Too short or without a sound it is dropped.
 * After a restart of guichetd an engine that has gone on with the recording is asked to keep it,
 * and who is still there speaks on; whoever had not got that far hears the greeting again. Centre's
 * thread. */

#include "base/log.h"
#include "server/centre/recordings.h"
#include "server/centre/voice-private.h"
#include "server/centre/voicemail.h"
#include "server/voice/builtin/file-sound.h"

#include <string.h>

#define GREETING "voicemail-greeting-"
#define TONE     "voicemail-tone-"
#define MESSAGE  "voicemail-message-"
#define STOP     "voicemail-stop-"

/* Of the sound that is looked at for somebody who speaks. */
#define RATE     16000
#define BLOCK    (RATE / 50)
#define LOUD     250 /* the root of the mean of squares, of 32767: above what lines hiss */
#define LOUD_FOR 10  /* blocks of 20 ms */

typedef struct
{
  Centre *centre;
  ModelId interaction;
  char *leg;      /* NULL: not known yet, as the message is from before our start */
  char *greeting; /* the request that plays it, or NULL */
  char *message;  /* the recording, or NULL: not yet */
  guint limit;    /* source */
  gint32 seconds, least;
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  g_clear_handle_id (&taking->limit, g_source_remove);
  g_free (taking->leg);
  g_free (taking->greeting);
  g_free (taking->message);
  g_free (taking);
}

GHashTable *
voice_voicemails_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, taking_free);
}

static Taking *
taking_of (Centre *centre, ModelId interaction)
{
  const gint64 key = (gint64) interaction;

  return g_hash_table_lookup (centre->voice->voicemails, &key);
}

static void
forget (Taking *taking)
{
  const gint64 key = (gint64) taking->interaction;

  g_hash_table_remove (taking->centre->voice->voicemails, &key);
}

static Taking *
taking_new (Centre *centre, const Record *record)
{
  const ModelVoicemailBox *box =
      model_definitions_voicemail_box (centre_definitions (centre), record->box);
  Taking *taking = g_new0 (Taking, 1);

  taking->centre = centre;
  taking->interaction = record->id;
  taking->seconds = box != NULL ? box->seconds : 180;
  taking->least = box != NULL ? box->least : 0;
  g_hash_table_insert (centre->voice->voicemails, &taking->interaction, taking);

  return taking;
}

/* --- greeting, tone, recording ---------------------------------------------------------------- */

static VoiceRequest *
play (const char *prefix, const char *leg, const char *media)
{
  g_autofree char *id = g_strconcat (prefix, leg, NULL);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_PLAY, id);

  request->leg = g_strdup (leg);
  request->media = g_strdup (media);

  return request;
}

static void
stop_message (Taking *taking)
{
  g_autofree char *id = g_strconcat (STOP, taking->message, NULL);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_RECORD_STOP, id);

  request->record = g_strconcat (MESSAGE, taking->message, NULL);
  centre_voice_submit (taking->centre, request);
}

static gboolean
on_limit (gpointer user_data)
{
  Taking *taking = user_data;

  taking->limit = 0;
  stop_message (taking);

  return G_SOURCE_REMOVE;
}

static void
begin_limit (Taking *taking, gint64 said)
{
  taking->limit = g_timeout_add_seconds ((guint) MAX (taking->seconds - said, 0), on_limit, taking);
}

/* The recording is of what the caller says alone, so the tone is not in it. */
static void
begin_message (Taking *taking, const Record *record, GPtrArray *requests)
{
  Recordings *recordings = centre_recordings (taking->centre);
  g_autofree char *id = NULL;
  VoiceRequest *request;

  taking->message = recordings_begin_in (recordings, record, record->box);
  id = g_strconcat (MESSAGE, taking->message, NULL);
  request = voice_request_new (VOICE_REQUEST_RECORD, id);
  request->leg = g_strdup (taking->leg);
  request->path = recordings_path (recordings, taking->message);
  g_ptr_array_add (requests, request);
  g_ptr_array_add (requests, play (TONE, taking->leg, "tone:confirm"));
  begin_limit (taking, 0);
}

void
voice_voicemail_lay_out (Centre *centre, const Record *record, GPtrArray *requests)
{
  const Leg *leg = record_is_internal (record) ? voice_leg_of_agent (centre, record->id, record->by)
                                               : voice_leg_of_customer (centre, record->id);
  const ModelVoicemailBox *box;
  g_autofree char *media = NULL;
  Taking *taking;

  if (record->box == NULL || leg == NULL || !leg->up || leg->hanging_up)
    return;
  taking = taking_of (centre, record->id);
  if (taking != NULL && taking->leg == NULL)
    taking->leg = g_strdup (leg->name);
  if (taking != NULL)
    return;
  box = model_definitions_voicemail_box (centre_definitions (centre), record->box);
  taking = taking_new (centre, record);
  taking->leg = g_strdup (leg->name);
  if (box == NULL || box->greeting == NULL || *box->greeting == '\0')
    {
      begin_message (taking, record, requests);
      return;
    }
  media = g_strconcat ("sound:", box->greeting, NULL);
  taking->greeting = g_strconcat (GREETING, taking->leg, NULL);
  g_ptr_array_add (requests, play (GREETING, taking->leg, media));
}

static Taking *
find (Centre *centre, const char *id, gboolean greeting)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, centre->voice->voicemails);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Taking *taking = value;

      if (g_strcmp0 (greeting ? taking->greeting : taking->message, id) == 0)
        return taking;
    }

  return NULL;
}

/* Heard, cut short by #, or not there: the tone comes, unless the caller has gone. */
static void
greeting_over (Centre *centre, const char *request)
{
  Taking *taking = find (centre, request, TRUE);
  const Leg *leg = taking != NULL ? voice_leg (centre, taking->leg) : NULL;
  const Record *record = taking != NULL ? centre_record (centre, taking->interaction) : NULL;
  g_autoptr (GPtrArray) requests = g_ptr_array_new ();

  if (taking == NULL)
    return;
  g_clear_pointer (&taking->greeting, g_free);
  if (leg == NULL || leg->hanging_up || record == NULL)
    {
      forget (taking);
      return;
    }
  begin_message (taking, record, requests);
  for (guint i = 0; i < requests->len; i++)
    centre_voice_submit (centre, g_ptr_array_index (requests, i));
}

gboolean
voice_voicemail_key (Centre *centre, const Leg *leg, const char *digits)
{
  Taking *taking = leg->interaction != 0 ? taking_of (centre, leg->interaction) : NULL;

  if (taking == NULL || !g_str_equal (digits, "#"))
    return FALSE;
  if (taking->greeting != NULL)
    {
      g_autofree char *id = g_strconcat (STOP, taking->greeting, NULL);
      VoiceRequest *request = voice_request_new (VOICE_REQUEST_PLAY_STOP, id);

      request->play = g_strdup (taking->greeting);
      centre_voice_submit (centre, request);
    }
  else
    stop_message (taking);

  return TRUE;
}

/* --- what was said ---------------------------------------------------------------------------- */

typedef struct
{
  Centre *centre;
  char *id;
  guint64 ms;
} Said;

static void
said_free (Said *said)
{
  g_free (said->id);
  g_free (said);
}

static gboolean
is_loud (const gint16 *samples)
{
  gint64 sum = 0;

  for (guint i = 0; i < BLOCK; i++)
    sum += (gint64) samples[i] * samples[i];

  return sum > (gint64) LOUD * LOUD * BLOCK;
}

static gboolean
somebody_speaks (Sound *sound)
{
  const gint16 *samples = sound_get_samples (sound);
  guint loud = 0;

  for (guint at = 0; at + BLOCK <= sound_get_length (sound); at += BLOCK)
    loud += is_loud (samples + at) ? 1 : 0;

  return loud >= LOUD_FOR;
}

static void
on_kept (gpointer user_data)
{
  Said *said = user_data;

  voicemail_arrived (said->centre, said->id);
  said_free (said);
}

/* What cannot be looked at is kept. */
static void
on_looked_at (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Said *said = user_data;
  Recordings *recordings = centre_recordings (said->centre);
  g_autoptr (Sound) sound = file_sound_load_finish (result, NULL);

  if (sound == NULL || somebody_speaks (sound))
    {
      recordings_end_then (recordings, said->id, said->ms, on_kept, said);
      return;
    }
  base_log (BASE_LOG_INFO, "voice", "voicemail_silent", "recording", said->id, NULL);
  recordings_drop (recordings, said->id);
  said_free (said);
}

static void
message_over (Centre *centre, const VoiceEvent *event)
{
  const char *id = event->request + strlen (MESSAGE);
  Taking *taking = find (centre, id, FALSE);
  guint64 least = taking != NULL ? (guint64) taking->least * 1000 : 0;
  const Leg *leg = taking != NULL ? voice_leg (centre, taking->leg) : NULL;
  g_autofree char *path = recordings_path (centre_recordings (centre), id);
  AcdCommand left = { .type = ACD_COMMAND_CUSTOMER_LEFT,
                      .interaction = leg != NULL ? leg->interaction : 0 };
  Said *said;

  /* We end, not the message: whoever comes after us finds it. */
  if (event->kind == VOICE_EVENT_FAILED && event->code == VOICE_CODE_STOPPED)
    {
      if (taking != NULL)
        forget (taking);
      return;
    }
  /* The caller has said it all; one who hung up has left already. */
  if (leg != NULL && leg->agent != NULL)
    left = (AcdCommand){ .type = ACD_COMMAND_END,
                         .interaction = leg->interaction,
                         .agent = leg->agent };
  if (leg != NULL && !leg->hanging_up)
    centre_command (centre, &left, NULL, NULL, NULL, NULL);
  if (event->duration_ms == 0 || event->duration_ms < least)
    recordings_drop (centre_recordings (centre), id);
  else
    {
      said = g_new0 (Said, 1);
      said->centre = centre;
      said->id = g_strdup (id);
      said->ms = event->duration_ms;
      file_sound_load (path, RATE, on_looked_at, said);
    }
  if (taking != NULL)
    forget (taking);
}

static void
take_up (Centre *centre, const char *id, const char *interaction, gint64 said)
{
  ModelId number = 0;
  const Record *record = model_id_from_text (MODEL_ID_INTERACTION, interaction, &number)
                             ? centre_record (centre, number)
                             : NULL;
  Taking *taking;

  if (record == NULL || record->box == NULL || taking_of (centre, number) != NULL)
    return;
  taking = taking_new (centre, record);
  taking->message = g_strdup (id);
  begin_limit (taking, said);
}

/* The engine has one from before our start. */
void
voice_voicemail_found (Centre *centre, const char *request)
{
  Recordings *recordings = centre_recordings (centre);
  const char *id = g_str_has_prefix (request, MESSAGE) ? request + strlen (MESSAGE) : "";
  gint64 begun = 0;
  g_autofree char *interaction = recordings_take_up (recordings, id, &begun);
  g_autofree char *stop = g_strconcat (STOP, request, NULL);
  VoiceRequest *answer = voice_request_new (interaction != NULL ? VOICE_REQUEST_RECORD_KEEP
                                                                : VOICE_REQUEST_RECORD_STOP,
                                            interaction != NULL ? request : stop);

  answer->record = g_strdup (request);
  if (interaction != NULL)
    {
      base_log (BASE_LOG_INFO, "voice", "voicemail_found", "recording", id, NULL);
      answer->path = recordings_path (recordings, id);
      take_up (centre, id, interaction, (centre_now (centre) - begun) / 1000);
    }
  centre_voice_submit (centre, answer);
}

gboolean
voice_voicemail_over (Centre *centre, const VoiceEvent *event)
{
  gboolean message = g_str_has_prefix (event->request, MESSAGE);

  if (g_str_has_prefix (event->request, GREETING))
    greeting_over (centre, event->request);
  else if (message)
    message_over (centre, event);
  else
    return g_str_has_prefix (event->request, TONE) || g_str_has_prefix (event->request, STOP);
  if (event->kind == VOICE_EVENT_FAILED && event->code != VOICE_CODE_STOPPED)
    base_log (BASE_LOG_WARNING, "voice", message ? "voicemail_not_recorded" : "no_greeting",
              "request", event->request, "code", voice_code_name (event->code), "detail",
              BASE_TEXT (event->detail), NULL);

  return TRUE;
}
