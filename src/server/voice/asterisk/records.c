/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recordings: Asterisk writes what a leg says and, in a call of several, what it hears; when it
 * ends both are fetched, deleted there, and become the one file that the centre asked for. Their
 * names say which request they are of, so that whoever comes after us finds them. */
#include "server/voice/asterisk/records.h"
#include "server/voice/asterisk/wire.h"

#include "base/log.h"

#include <glib/gstdio.h>
#include <string.h>

#define IN_NAMES G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-"

void
ari_recording_free (gpointer data)
{
  Recording *recording = data;

  if (recording->converting != NULL)
    recording->converting->engine = NULL;
  for (guint i = 0; i < recording->n_tracks; i++)
    {
      if (recording->tracks[i].path != NULL)
        g_unlink (recording->tracks[i].path);
      g_free (recording->tracks[i].snoop);
      g_free (recording->tracks[i].path);
    }
  g_free (recording->request);
  g_free (recording->path);
  g_free (recording->leg);
  g_free (recording->bridge);
  g_array_unref (recording->noise);
  g_free (recording);
}

/* --- the recording ---------------------------------------------------------------------------- */

static void
on_asked (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Recording *recording = ari_pointer_take (user_data, NULL);

  if (recording != NULL && !recording->stopping && status / 100 != 2)
    ari_recording_fail (recording, "Asterisk does not record it");
}

static void
begin (Recording *recording, guint i, const Leg *leg)
{
  Track *track = &recording->tracks[i];
  g_autofree char *app = ari_listen_app (leg->side);
  g_autofree char *uri = NULL;

  track->snoop = g_strdup_printf (ARI_RECORDS "%u-%08x-%s", i, g_random_int (), recording->request);
  g_strcanon (track->snoop, IN_NAMES, '_');
  track->path = g_strdup_printf ("%s.%u.wav", recording->path, i);
  recording->n_tracks = i + 1;
  uri = g_strdup_printf ("%s/snoop?spy=%s&whisper=none&app=%s&appArgs=snoop&snoopId=%s", leg->path,
                         i == 0 ? "in" : "out", app, track->snoop);
  node_ask (leg->side->node, "POST", uri, NULL, on_asked, ari_pointer_new (recording, i));
}

/* What was paused until now is not in the file, what was muted is to get noise. */
static void
end_stretch (Recording *recording)
{
  const gint64 now = g_get_monotonic_time (), since = MAX (recording->since, recording->begun);
  const gint64 before = recording->begun + recording->paused_for;
  Stretch stretch = { (since - before) / 1000, (now - before) / 1000 };

  if (recording->begun == 0)
    return;
  if (recording->muted)
    g_array_append_val (recording->noise, stretch);
  if (recording->paused)
    recording->paused_for += now - since;
}

static void
stop (Recording *recording)
{
  if (recording->stopping)
    return;
  recording->stopping = TRUE;
  end_stretch (recording);
  recording->lasted = (g_get_monotonic_time () - recording->begun - recording->paused_for) / 1000;
  for (guint i = 0; i < recording->n_tracks; i++)
    ari_rest_tell (recording->side, "POST", NULL, "recordings/live/%s/stop",
                   recording->tracks[i].snoop);
}

static Recording *
find (Side *side, const char *name, guint *track)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, side->engine->records);
  while (name != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      Recording *recording = value;

      for (*track = 0; *track < recording->n_tracks; (*track)++)
        if (recording->side == side && g_strcmp0 (recording->tracks[*track].snoop, name) == 0)
          return recording;
    }

  return NULL;
}

gboolean
ari_records_take (Side *side, const char *channel)
{
  guint i;
  Recording *recording = find (side, channel, &i);
  g_autofree char *uri = NULL;

  if (recording == NULL)
    return FALSE;
  uri = g_strdup_printf ("channels/%s/record?name=%s&format=wav16&ifExists=overwrite", channel,
                         channel);
  node_ask (side->node, "POST", uri, NULL, on_asked, ari_pointer_new (recording, i));
  recording->tracks[i].ours = recording->tracks[i].seen = TRUE;
  if (recording->begun == 0)
    recording->begun = g_get_monotonic_time ();
  if (recording->paused)
    ari_rest_tell (side, "POST", NULL, "recordings/live/%s/pause", channel);
  if (recording->muted)
    ari_rest_tell (side, "POST", NULL, "recordings/live/%s/mute", channel);
  if (recording->stopping)
    ari_rest_tell (side, "POST", NULL, "recordings/live/%s/stop", channel);

  return TRUE;
}

/* What Asterisk finished and nobody asked for (any more) does not stay there. */
void
ari_records_finished (Side *side, const char *name, gboolean failed)
{
  guint i;
  Recording *recording = find (side, name, &i);

  if (recording == NULL)
    {
      if (g_str_has_prefix (name, ARI_RECORDS))
        ari_rest_tell (side, "DELETE", NULL, "recordings/stored/%s", name);
      return;
    }
  if (failed)
    {
      ari_recording_fail (recording, "Asterisk could not write it");
      return;
    }
  recording->tracks[i].finished = TRUE;
  if (recording->found)
    return;
  stop (recording);
  ari_recording_fetch (recording);
}

void
ari_records_end_of (Asterisk *self, const char *leg, const char *bridge)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Recording *recording = value;

      if ((leg != NULL && g_strcmp0 (recording->leg, leg) == 0) ||
          (bridge != NULL && g_strcmp0 (recording->bridge, bridge) == 0))
        stop (recording);
    }
}

static void
end_all (Asterisk *self, const Side *side, VoiceCode code, const char *why)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Recording *recording = value;

      if (side != NULL && recording->side != side)
        continue;
      if (!recording->found)
        ari_engine_fail (self, recording->request, code, why);
      g_hash_table_iter_remove (&iter);
    }
}

void
ari_records_end_at (Side *side)
{
  end_all (side->engine, side, VOICE_CODE_FAULT, "the node is gone");
  side->searched = FALSE; /* what it has of them when it is back is put away */
}

void
ari_records_close (Asterisk *self)
{
  end_all (self, NULL, VOICE_CODE_STOPPED, NULL);
}

/* --- from before us --------------------------------------------------------------------------- */

static Recording *
recording_new (Side *side, const char *request)
{
  Recording *recording = g_new0 (Recording, 1);

  recording->engine = side->engine;
  recording->side = side;
  recording->request = g_strdup (request);
  recording->noise = g_array_new (FALSE, FALSE, sizeof (Stretch));
  g_hash_table_insert (side->engine->records, recording->request, recording);

  return recording;
}

static gboolean
is_our_name (const char *name)
{
  return g_str_has_prefix (name, ARI_RECORDS) && name[strspn (name, IN_NAMES "_")] == '\0';
}

/* The track of this name, of a recording that is made for it; NULL: the name is none of ours. */
static Track *
find_again (Side *side, const char *name)
{
  static const gsize before = sizeof ARI_RECORDS "0-01234567-" - 1;
  guint i;
  Recording *recording = find (side, name, &i);

  if (recording != NULL)
    return &recording->tracks[i];
  if (side->searched || !is_our_name (name) || strlen (name) <= before)
    return NULL;
  i = name[strlen (ARI_RECORDS)] == '1';
  recording = g_hash_table_lookup (side->engine->records, name + before);
  if (recording == NULL)
    recording = recording_new (side, name + before);
  else if (recording->side != side || recording->tracks[i].snoop != NULL)
    return NULL;
  recording->found = TRUE;
  recording->n_tracks = MAX (recording->n_tracks, i + 1);
  recording->tracks[i].snoop = g_strdup (name);

  return &recording->tracks[i];
}

void
ari_records_stored (Side *side, const char *name)
{
  if (find_again (side, name) == NULL && is_our_name (name))
    ari_rest_tell (side, "DELETE", NULL, "recordings/stored/%s", name);
}

gboolean
ari_records_live (Side *side, const char *channel)
{
  Track *track = find_again (side, channel);

  if (track != NULL)
    track->ours = track->seen = TRUE;

  return track != NULL;
}

void
ari_records_look (Side *side)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, side->engine->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < ((Recording *) value)->n_tracks; i++)
      if (((Recording *) value)->side == side)
        ((Recording *) value)->tracks[i].seen = FALSE;
}

/* Those that ended while nobody told us are finished, those from before us are told. */
void
ari_records_looked (Side *side)
{
  g_autoptr (GList) all = g_hash_table_get_values (side->engine->records);

  for (GList *at = all; at != NULL; at = at->next)
    {
      Recording *recording = at->data;
      VoiceEvent *event;

      if (recording->side != side)
        continue;
      for (guint i = 0; i < recording->n_tracks; i++)
        if (!recording->tracks[i].seen && (recording->tracks[i].ours || recording->found))
          recording->tracks[i].finished = TRUE;
      if (!recording->found)
        ari_recording_fetch (recording);
      if (!recording->found || side->searched)
        continue;
      event = voice_event_new (VOICE_EVENT_RECORD_FOUND);
      event->request = g_strdup (recording->request);
      ari_engine_emit (side->engine, event);
    }
  side->searched = TRUE;
}

/* --- requests --------------------------------------------------------------------------------- */

void
ari_records_handle (Asterisk *self, VoiceRequest *request)
{
  Leg *leg = ari_leg_find (self, request);
  Recording *recording;

  if (leg == NULL || ari_leg_waits (leg, request))
    return;
  if (request->bridge != NULL && !g_hash_table_contains (self->bridges, request->bridge))
    {
      ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_BRIDGE, NULL);
      return;
    }
  if (g_hash_table_contains (self->records, request->id) ||
      g_file_test (request->path, G_FILE_TEST_EXISTS))
    {
      ari_engine_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
      return;
    }
  recording = recording_new (leg->side, request->id);
  recording->path = g_strdup (request->path);
  recording->leg = g_strdup (leg->id);
  recording->bridge = g_strdup (request->bridge);
  begin (recording, 0, leg);
  if (request->bridge != NULL)
    begin (recording, 1, leg);
}

static Recording *
of_request (Asterisk *self, VoiceRequest *request)
{
  Recording *recording = g_hash_table_lookup (self->records, request->record);

  if (recording == NULL || recording->stopping || recording->found)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_RECORD, NULL);
      return NULL;
    }

  return recording;
}

/* The one before us may have got as far as the channel, or to half of a file. */
static void
keep (Recording *recording, guint i)
{
  Track *track = &recording->tracks[i];

  track->path = g_strdup_printf ("%s.%u.wav", recording->path, i);
  g_unlink (track->path);
  if (!track->finished)
    ari_rest_tell (recording->side, "POST", NULL,
                   "channels/%s/record?name=%s&format=wav16&ifExists=fail", track->snoop,
                   track->snoop);
}

void
ari_records_handle_keep (Asterisk *self, VoiceRequest *request)
{
  Recording *recording = g_hash_table_lookup (self->records, request->record);

  if (recording == NULL || !recording->found || !g_str_equal (request->id, request->record))
    {
      ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_RECORD, NULL);
      return;
    }
  recording->found = FALSE;
  recording->kept = recording->blind = TRUE;
  recording->begun = g_get_monotonic_time ();
  recording->path = g_strdup (request->path);
  if (recording->tracks[0].snoop == NULL)
    {
      ari_recording_fail (recording, "it had not begun");
      return;
    }
  for (guint i = 0; i < recording->n_tracks; i++)
    keep (recording, i);
  ari_recording_fetch (recording);
}

static void
say (Recording *recording, gboolean on, const char *what)
{
  for (guint i = 0; i < recording->n_tracks; i++)
    if (recording->tracks[i].ours)
      ari_rest_tell (recording->side, on ? "POST" : "DELETE", NULL, "recordings/live/%s/%s",
                     recording->tracks[i].snoop, what);
}

/* What is paused is not in the file, what is muted is silence there, and gets noise at its end. */
static void
set_mode (Recording *recording, gboolean paused, gboolean muted)
{
  end_stretch (recording);
  /* Nothing is heard between the one and the other. */
  for (gint on = TRUE; on >= FALSE; on--)
    {
      if ((recording->blind || recording->muted != muted) && muted == on)
        say (recording, on, "mute");
      if ((recording->blind || recording->paused != paused) && paused == on)
        say (recording, on, "pause");
    }
  recording->blind = FALSE;
  recording->paused = paused;
  recording->muted = muted;
  recording->since = g_get_monotonic_time ();
}

static void
handle_mode (Asterisk *self, VoiceRequest *request, gboolean paused, gboolean muted)
{
  Recording *recording = of_request (self, request);

  if (recording == NULL)
    return;
  set_mode (recording, paused, muted);
  ari_engine_done (self, request->id);
}

void
ari_records_handle_pause (Asterisk *self, VoiceRequest *request)
{
  handle_mode (self, request, !request->noise, request->noise);
}

void
ari_records_handle_resume (Asterisk *self, VoiceRequest *request)
{
  handle_mode (self, request, FALSE, FALSE);
}

void
ari_records_handle_stop (Asterisk *self, VoiceRequest *request)
{
  Recording *recording, *found = g_hash_table_lookup (self->records, request->record);

  if (found != NULL && found->found)
    {
      ari_recording_put_away (found);
      g_hash_table_remove (self->records, request->record);
      ari_engine_done (self, request->id);
      return;
    }
  recording = of_request (self, request);
  if (recording == NULL)
    return;
  stop (recording);
  ari_engine_done (self, request->id);
}
