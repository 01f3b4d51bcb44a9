/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a recording: what Asterisk has of it is fetched and becomes the one file that the
 * centre asked for, or is put away. */
#include "server/voice/asterisk/records.h"

void
ari_recording_put_away (Recording *recording)
{
  for (guint i = 0; i < recording->n_tracks; i++)
    if (recording->tracks[i].snoop != NULL)
      {
        ari_rest_tell (recording->side, "DELETE", NULL, "channels/%s", recording->tracks[i].snoop);
        ari_rest_tell (recording->side, "DELETE", NULL, "recordings/stored/%s",
                       recording->tracks[i].snoop);
      }
}

void
ari_recording_fail (Recording *recording, const char *why)
{
  Asterisk *engine = recording->engine;

  ari_recording_put_away (recording);
  ari_engine_fail (engine, recording->request, VOICE_CODE_FAULT, why);
  g_hash_table_remove (engine->records, recording->request);
}

Pointer *
ari_pointer_new (Recording *recording, guint track)
{
  Pointer *pointer = g_new (Pointer, 1);

  pointer->engine = recording->engine;
  pointer->request = g_strdup (recording->request);
  pointer->track = track;

  return pointer;
}

Recording *
ari_pointer_take (Pointer *pointer, Track **track)
{
  Recording *recording = pointer->engine != NULL
                             ? g_hash_table_lookup (pointer->engine->records, pointer->request)
                             : NULL;

  if (recording != NULL && track != NULL)
    *track = &recording->tracks[pointer->track];
  g_free (pointer->request);
  g_free (pointer);

  return recording;
}

/* --- the file --------------------------------------------------------------------------------- */

static void
on_converted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint64 ms = 0;
  gboolean good = convert_to_opus_finish (result, &ms, &error);
  Recording *recording = ari_pointer_take (user_data, NULL);
  VoiceEvent *event;

  if (recording == NULL)
    return;
  recording->converting = NULL;
  if (!good)
    {
      ari_recording_fail (recording, error->message);
      return;
    }
  event = voice_event_new (VOICE_EVENT_DONE);
  event->request = g_strdup (recording->request);
  event->duration_ms = ms;
  ari_engine_emit (recording->engine, event);
  ari_recording_put_away (recording);
  g_hash_table_remove (recording->engine->records, recording->request);
}

/* One that is kept has begun before its times: they are counted from its end. */
static void
shift_noise (Recording *recording)
{
  const guint64 ms = MAX (convert_length_ms (recording->tracks[0].path),
                          convert_length_ms (recording->tracks[1].path));
  const gint64 before = recording->kept ? (gint64) ms - recording->lasted : 0;

  for (guint i = 0; i < recording->noise->len; i++)
    {
      Stretch *stretch = &g_array_index (recording->noise, Stretch, i);

      stretch->from += before;
      stretch->to += before;
    }
}

/* Of one that is kept a direction may never have begun. */
static gboolean
is_there (const Recording *recording, guint status)
{
  if (status == 200)
    return TRUE;
  for (guint i = 0; i < recording->n_tracks && recording->kept && status == 404; i++)
    if (!recording->tracks[i].fetched || convert_length_ms (recording->tracks[i].path) > 0)
      return TRUE;

  return FALSE;
}

static void
on_fetched (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Track *track;
  Recording *recording = ari_pointer_take (user_data, &track);

  if (recording == NULL)
    return;
  track->fetched = TRUE;
  if (!is_there (recording, status))
    {
      ari_recording_fail (recording, "what was recorded could not be fetched");
      return;
    }
  for (guint i = 0; i < recording->n_tracks; i++)
    if (!recording->tracks[i].fetched)
      return;
  shift_noise (recording);
  recording->converting = ari_pointer_new (recording, 0);
  convert_to_opus (recording->path, recording->tracks[0].path, recording->tracks[1].path,
                   recording->noise, on_converted, recording->converting);
}

static void
fetch (Recording *recording)
{
  recording->fetching = TRUE;
  for (guint i = 0; i < recording->n_tracks; i++)
    {
      Track *track = &recording->tracks[i];
      g_autofree char *uri = g_strdup_printf ("recordings/stored/%s/file", track->snoop);

      node_fetch (recording->side->node, uri, track->path, on_fetched,
                  ari_pointer_new (recording, i));
    }
}

void
ari_recording_fetch (Recording *recording)
{
  for (guint i = 0; i < recording->n_tracks; i++)
    if (!recording->tracks[i].finished)
      return;
  if (!recording->fetching)
    fetch (recording);
}
