/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Legs that nobody hears, and legs that hear another one's talk without being in its bridge. On the
 * voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"

static void
set_muted (Builtin *self, VoiceRequest *request, gboolean muted)
{
  Leg *leg = leg_find (self, request);

  if (leg == NULL)
    return;
  leg->muted = muted;
  mixer_set_muted (self->mixer, link_get_port (leg->link), muted);
  builtin_done (self, request->id);
}

void
listen_handle_mute (Builtin *self, VoiceRequest *request)
{
  set_muted (self, request, TRUE);
}

void
listen_handle_unmute (Builtin *self, VoiceRequest *request)
{
  set_muted (self, request, FALSE);
}

static gboolean
is_listened_to (Builtin *self, const Leg *leg)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Leg *) value)->other == leg)
      return TRUE;

  return FALSE;
}

void
listen_handle_snoop (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);
  Leg *other = leg ? g_hash_table_lookup (self->legs, request->other) : NULL;

  if (leg == NULL)
    return;
  if (other == NULL)
    {
      builtin_fail (self, request->id, VOICE_CODE_NO_SUCH_LEG, "other");
      return;
    }
  if (leg->bridge != NULL || other->other != NULL || is_listened_to (self, leg))
    {
      builtin_fail (self, request->id, VOICE_CODE_WRONG_STATE,
                    "who listens is in no bridge, and nobody listens to who listens");
      return;
    }
  leg->other = other;
  mixer_set_snoop (self->mixer, link_get_port (leg->link), link_get_port (other->link),
                   request->whisper);
  builtin_done (self, request->id);
}

void
listen_stop (Leg *leg)
{
  if (leg->other != NULL)
    mixer_set_snoop (leg->engine->mixer, link_get_port (leg->link), NULL, FALSE);
  leg->other = NULL;
}

void
listen_handle_stop (Builtin *self, VoiceRequest *request)
{
  Leg *leg = leg_find (self, request);

  if (leg == NULL)
    return;
  listen_stop (leg);
  builtin_done (self, request->id);
}

void
listen_end_of (Leg *leg)
{
  GHashTableIter iter;
  gpointer value;

  listen_stop (leg);
  g_hash_table_iter_init (&iter, leg->engine->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Leg *) value)->other == leg)
      listen_stop (value);
}
