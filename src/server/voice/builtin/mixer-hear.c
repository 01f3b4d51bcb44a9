/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everyone hears in a tick: the bridge without oneself, sounds, music, and for those who
 * listen to another port what that one hears and says. A part of the tick's side of the mixer, on
 * its thread; owns the links between listeners and those they listen to. */
#define G_LOG_DOMAIN "guichetd-mixer"

#include "server/voice/builtin/mixer-private.h"

#include <string.h>

void
mixer_unlink_listener (MixerPort *listener)
{
  if (listener->other == NULL)
    return;

  for (MixerPort **at = &listener->other->listeners; *at != NULL; at = &(*at)->next_listener)
    if (*at == listener)
      {
        *at = listener->next_listener;
        break;
      }
  listener->other = NULL;
  listener->next_listener = NULL;
}

void
mixer_link_listener (MixerPort *listener, MixerPort *other, gboolean whisper)
{
  listener->other = other;
  listener->whisper = whisper;
  listener->next_listener = other->listeners;
  other->listeners = listener;
}

/* Into mixer->base, not yet saturated. */
static void
hear (Mixer *mixer, MixerPort *port)
{
  gint32 *base = mixer->base;

  if (port->music != NULL && !port->plays)
    {
      const gint16 *samples = sound_get_samples (port->music);
      guint n = sound_get_length (port->music);

      for (guint s = 0; s < mixer->block; s++)
        {
          base[s] = samples[port->music_at];
          port->music_at = (port->music_at + 1) % n;
        }
    }
  else if (port->music == NULL && port->bridge != NULL)
    for (guint s = 0; s < mixer->block; s++)
      base[s] = port->bridge->sum[s] - port->in[s] + (port->plays ? port->extra[s] : 0);
  else
    for (guint s = 0; s < mixer->block; s++)
      base[s] = port->plays ? port->extra[s] : 0;
}

static void
put_out (Mixer *mixer, MixerPort *port, const gint32 *sound)
{
  for (guint s = 0; s < mixer->block; s++)
    mixer->out[s] = (gint16) CLAMP (sound[s], G_MININT16, G_MAXINT16);
  port->output (mixer->out, mixer->block, mixer->tick, port->user_data);
}

/* A listener's own sounds are added; its bridge and music do not count. */
static void
tell_listener (Mixer *mixer, const MixerPort *port, MixerPort *listener)
{
  gint16 *out = mixer->out;

  for (guint s = 0; s < mixer->block; s++)
    {
      gint32 sum = mixer->base[s] + port->in[s] + (listener->plays ? listener->extra[s] : 0);

      out[s] = (gint16) CLAMP (sum, G_MININT16, G_MAXINT16);
    }
  listener->output (out, mixer->block, mixer->tick, listener->user_data);
  if (listener->whisper)
    for (guint s = 0; s < mixer->block; s++)
      mixer->whispers[s] += listener->in[s];
}

void
mixer_make_outputs (Mixer *mixer)
{
  for (MixerPort *port = mixer->ports; port != NULL; port = port->next)
    {
      if (port->other != NULL)
        continue;
      hear (mixer, port);
      if (port->listeners != NULL)
        {
          memset (mixer->whispers, 0, mixer->block * sizeof (gint32));
          for (MixerPort *at = port->listeners; at != NULL; at = at->next_listener)
            tell_listener (mixer, port, at);
          for (guint s = 0; s < mixer->block; s++)
            mixer->base[s] += mixer->whispers[s];
        }
      put_out (mixer, port, mixer->base);
    }
}
