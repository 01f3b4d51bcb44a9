/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is recorded now, by the id of its RECORD: a tap of the mixer and the file that it fills. A
 * record leaves the table when its file is whole. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"

typedef struct
{
  Builtin *engine;
  char *request;
  Leg *leg;       /* gone once there is no tap */
  Bridge *bridge; /* or NULL */
  MixerTap *tap;  /* NULL: it is ending */
} Record;

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->request);
  g_free (record);
}

static void
end_tap (Record *record)
{
  if (record->tap != NULL)
    mixer_remove_tap (record->engine->mixer, record->tap);
  record->tap = NULL;
  record->leg = NULL;
  record->bridge = NULL;
}

static void
on_end (guint64 duration_ms, const char *fault, gpointer user_data)
{
  Record *record = user_data;
  Builtin *self = record->engine;
  VoiceEvent *event = voice_event_new (fault ? VOICE_EVENT_FAILED : VOICE_EVENT_DONE);

  end_tap (record);
  event->request = g_strdup (record->request);
  event->duration_ms = duration_ms;
  event->code = fault ? VOICE_CODE_FAULT : VOICE_CODE_OK;
  event->detail = g_strdup (fault);
  g_hash_table_remove (self->records, record->request);
  builtin_emit (self, event);
  builtin_settle (self);
}

void
records_handle_start (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);
  Bridge *bridge = NULL;
  g_autoptr (GError) error = NULL;
  Recording *recording;
  Record *record;

  if (leg == NULL)
    return;
  if (request->bridge != NULL)
    {
      bridge = g_hash_table_lookup (self->bridges, request->bridge);
      if (bridge == NULL)
        {
          builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_BRIDGE, NULL);
          return;
        }
    }
  if (g_hash_table_contains (self->records, request->id))
    {
      builtin_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
      return;
    }

  record = g_new0 (Record, 1);
  recording = recorder_begin (self->recorder, request->path, bridge ? 2 : 1, on_end, record,
                              record_free, &error);
  if (recording == NULL)
    {
      builtin_fail (self, request->id,
                    g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) ? VOICE_CODE_EXISTS
                                                                           : VOICE_CODE_FAULT,
                    error->message);
      g_free (record);
      return;
    }
  record->engine = self;
  record->request = g_strdup (request->id);
  record->leg = leg;
  record->bridge = bridge;
  record->tap =
      mixer_add_tap (self->mixer, link_get_port (leg->link), bridge ? bridge->bridge : NULL,
                     recording_get_ring (recording), recording_no_more, recording);
  g_hash_table_insert (self->records, record->request, record);
}

static Record *
find (Builtin *self, const VoiceRequest *request)
{
  Record *record = g_hash_table_lookup (self->records, request->record);

  if (record == NULL || record->tap == NULL)
    {
      builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_RECORD, NULL);
      return NULL;
    }

  return record;
}

static void
set_mode (Builtin *self, VoiceRequest *request, MixerTapMode mode)
{
  Record *record = find (self, request);

  if (record == NULL)
    return;
  mixer_tap_set_mode (record->tap, mode);
  builtin_done (self, request->id);
}

void
records_handle_pause (Builtin *self, VoiceRequest *request)
{
  set_mode (self, request, request->noise ? MIXER_TAP_NOISE : MIXER_TAP_NOTHING);
}

void
records_handle_resume (Builtin *self, VoiceRequest *request)
{
  set_mode (self, request, MIXER_TAP_SOUND);
}

void
records_handle_stop (Builtin *self, VoiceRequest *request)
{
  Record *record = find (self, request);

  if (record == NULL)
    return;
  end_tap (record);
  builtin_done (self, request->id);
}

void
records_end_of (Builtin *self, const Leg *leg, const Bridge *bridge)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Record *record = value;

      if ((leg != NULL && record->leg == leg) || (bridge != NULL && record->bridge == bridge))
        end_tap (record);
    }
}
