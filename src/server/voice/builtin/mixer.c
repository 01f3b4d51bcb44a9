/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer: in every tick each port gets the saturated sum of its bridge without itself, and the
 * sounds played to it. Owns ports, bridges and plays under one lock, which a tick holds for its
 * microseconds; each port's incoming ring has a lock of its own, so that the streaming threads of
 * the legs never wait for a tick. */
#define G_LOG_DOMAIN "guichetd-mixer"

#include "server/voice/builtin/mixer.h"

#include <string.h>

/* A leg's sound waits for this much before it is heard, so that small delays do not tear it. */
#define PREFILL_BLOCKS 2
/* More than this is too late: the oldest goes, down to PREFILL_BLOCKS. */
#define RING_BLOCKS 6

struct _MixerBridge
{
  gint32 *sum; /* of this tick */
};

struct _MixerPort
{
  gatomicrefcount refs;
  guint block;
  MixerOutput output;
  gpointer user_data;
  MixerBridge *bridge;
  Sound *music;
  guint music_at;
  gint16 *in;     /* this tick's block of the leg */
  gint32 *extra;  /* sounds played to this port in this tick */
  gboolean plays; /* extra holds something */
  MixerCounts counts;
  GMutex lock; /* guards what follows, and counts */
  gint16 *ring;
  guint start, fill; /* in samples */
  gboolean running;  /* prefilled and not dry since */
};

typedef struct
{
  guint id;
  MixerPort *port;
  MixerBridge *bridge;
  Sound *sound;
  guint at;
  gboolean loop;
} Play;

struct _Mixer
{
  guint rate, block;
  guint64 tick;
  guint last_play;
  MixerPlayEnd on_play_end;
  gpointer user_data;
  GMutex lock;
  GPtrArray *ports;
  GPtrArray *bridges;
  GPtrArray *plays;
  GArray *ended; /* plays that ended in this tick */
  gint16 *out;
};

static gint16
saturate (gint32 value)
{
  return (gint16) CLAMP (value, G_MININT16, G_MAXINT16);
}

static void
bridge_free (gpointer data)
{
  MixerBridge *bridge = data;

  g_free (bridge->sum);
  g_free (bridge);
}

static void
play_free (gpointer data)
{
  Play *play = data;

  sound_unref (play->sound);
  g_free (play);
}

Mixer *
mixer_new (guint rate, MixerPlayEnd on_play_end, gpointer user_data)
{
  Mixer *mixer = g_new0 (Mixer, 1);

  mixer->rate = rate;
  mixer->block = rate * MIXER_TICK_MS / 1000;
  mixer->on_play_end = on_play_end;
  mixer->user_data = user_data;
  g_mutex_init (&mixer->lock);
  mixer->ports = g_ptr_array_new_with_free_func ((GDestroyNotify) mixer_port_unref);
  mixer->bridges = g_ptr_array_new_with_free_func (bridge_free);
  mixer->plays = g_ptr_array_new_with_free_func (play_free);
  mixer->ended = g_array_new (FALSE, FALSE, sizeof (guint));
  mixer->out = g_new0 (gint16, mixer->block);

  return mixer;
}

void
mixer_free (Mixer *mixer)
{
  if (mixer == NULL)
    return;

  g_ptr_array_unref (mixer->plays);
  g_ptr_array_unref (mixer->ports);
  g_ptr_array_unref (mixer->bridges);
  g_array_unref (mixer->ended);
  g_mutex_clear (&mixer->lock);
  g_free (mixer->out);
  g_free (mixer);
}

guint
mixer_get_rate (Mixer *mixer)
{
  return mixer->rate;
}

guint
mixer_get_block (Mixer *mixer)
{
  return mixer->block;
}

/* Takes one block out of the ring into port->in: silence where there is none. */
static void
take_input (MixerPort *port)
{
  guint size = port->block * RING_BLOCKS;

  g_mutex_lock (&port->lock);
  port->counts.ticks++;
  if (!port->running)
    port->running = port->fill >= port->block * PREFILL_BLOCKS;
  else if (port->fill < port->block)
    {
      port->running = FALSE;
      port->counts.missing++;
    }
  if (port->running)
    {
      guint first = MIN (port->block, size - port->start);

      memcpy (port->in, port->ring + port->start, first * sizeof (gint16));
      memcpy (port->in + first, port->ring, (port->block - first) * sizeof (gint16));
      port->start = (port->start + port->block) % size;
      port->fill -= port->block;
    }
  else
    memset (port->in, 0, port->block * sizeof (gint16));
  g_mutex_unlock (&port->lock);
}

static void
collect_inputs (Mixer *mixer)
{
  for (guint i = 0; i < mixer->bridges->len; i++)
    {
      MixerBridge *bridge = mixer->bridges->pdata[i];

      memset (bridge->sum, 0, mixer->block * sizeof (gint32));
    }

  for (guint i = 0; i < mixer->ports->len; i++)
    {
      MixerPort *port = mixer->ports->pdata[i];

      take_input (port);
      if (port->plays)
        memset (port->extra, 0, mixer->block * sizeof (gint32));
      port->plays = FALSE;
      if (port->bridge != NULL && port->music == NULL)
        for (guint s = 0; s < mixer->block; s++)
          port->bridge->sum[s] += port->in[s];
    }
}

/* Adds one block of a play where it goes. FALSE at its end. */
static gboolean
advance_play (Mixer *mixer, Play *play)
{
  gint32 *to = play->port ? play->port->extra : play->bridge->sum;
  guint n = sound_get_length (play->sound);
  const gint16 *samples = sound_get_samples (play->sound);

  if (play->port != NULL)
    play->port->plays = TRUE;
  for (guint s = 0; s < mixer->block; s++)
    {
      if (play->at >= n && play->loop)
        play->at = 0;
      if (play->at >= n)
        return FALSE;
      to[s] += samples[play->at++];
    }

  return play->loop || play->at < n;
}

static void
advance_plays (Mixer *mixer)
{
  for (guint i = mixer->plays->len; i > 0; i--)
    {
      Play *play = mixer->plays->pdata[i - 1];
      guint id = play->id;

      if (advance_play (mixer, play))
        continue;
      g_array_append_val (mixer->ended, id);
      g_ptr_array_remove_index (mixer->plays, i - 1);
    }
}

static void
make_output (Mixer *mixer, MixerPort *port)
{
  gint16 *out = mixer->out;

  if (port->music != NULL)
    {
      const gint16 *samples = sound_get_samples (port->music);
      guint n = sound_get_length (port->music);

      for (guint s = 0; s < mixer->block; s++)
        {
          out[s] = port->plays ? saturate (port->extra[s]) : samples[port->music_at];
          port->music_at = port->plays ? port->music_at : (port->music_at + 1) % n;
        }
    }
  else if (port->bridge != NULL)
    for (guint s = 0; s < mixer->block; s++)
      out[s] = saturate (port->bridge->sum[s] - port->in[s] + (port->plays ? port->extra[s] : 0));
  else
    for (guint s = 0; s < mixer->block; s++)
      out[s] = port->plays ? saturate (port->extra[s]) : 0;

  port->output (out, mixer->block, mixer->tick, port->user_data);
}

static void
report_ends (Mixer *mixer)
{
  g_autofree guint *ended = NULL;
  gsize n = 0;

  g_mutex_lock (&mixer->lock);
  if (mixer->ended->len > 0)
    ended = g_array_steal (mixer->ended, &n);
  g_mutex_unlock (&mixer->lock);

  for (gsize i = 0; i < n; i++)
    mixer->on_play_end (ended[i], mixer->user_data);
}

void
mixer_tick (Mixer *mixer, guint64 skipped)
{
  gboolean ends;

  g_mutex_lock (&mixer->lock);
  mixer->tick += skipped;
  collect_inputs (mixer);
  advance_plays (mixer);
  for (guint i = 0; i < mixer->ports->len; i++)
    make_output (mixer, mixer->ports->pdata[i]);
  mixer->tick++;
  ends = mixer->ended->len > 0;
  g_mutex_unlock (&mixer->lock);

  if (ends && mixer->on_play_end != NULL)
    report_ends (mixer);
}

MixerPort *
mixer_add_port (Mixer *mixer, MixerOutput output, gpointer user_data)
{
  MixerPort *port = g_new0 (MixerPort, 1);

  g_atomic_ref_count_init (&port->refs);
  g_mutex_init (&port->lock);
  port->block = mixer->block;
  port->output = output;
  port->user_data = user_data;
  port->in = g_new0 (gint16, mixer->block);
  port->extra = g_new0 (gint32, mixer->block);
  port->ring = g_new0 (gint16, mixer->block * RING_BLOCKS);

  g_mutex_lock (&mixer->lock);
  g_ptr_array_add (mixer->ports, port);
  g_mutex_unlock (&mixer->lock);

  return port;
}

/* With the mixer's lock: what was played to something that goes. */
static void
end_plays_to (Mixer *mixer, MixerPort *port, MixerBridge *bridge)
{
  for (guint i = mixer->plays->len; i > 0; i--)
    {
      Play *play = mixer->plays->pdata[i - 1];

      if ((port != NULL && play->port == port) || (bridge != NULL && play->bridge == bridge))
        g_ptr_array_remove_index (mixer->plays, i - 1);
    }
}

void
mixer_remove_port (Mixer *mixer, MixerPort *port)
{
  g_mutex_lock (&mixer->lock);
  end_plays_to (mixer, port, NULL);
  port->bridge = NULL;
  g_ptr_array_remove_fast (mixer->ports, port);
  g_mutex_unlock (&mixer->lock);
}

MixerPort *
mixer_port_ref (MixerPort *port)
{
  g_atomic_ref_count_inc (&port->refs);

  return port;
}

void
mixer_port_unref (MixerPort *port)
{
  if (!g_atomic_ref_count_dec (&port->refs))
    return;

  g_clear_pointer (&port->music, sound_unref);
  g_mutex_clear (&port->lock);
  g_free (port->in);
  g_free (port->extra);
  g_free (port->ring);
  g_free (port);
}

void
mixer_port_push (MixerPort *port, const gint16 *samples, guint n_samples)
{
  guint size = port->block * RING_BLOCKS;

  g_mutex_lock (&port->lock);
  while (n_samples > 0)
    {
      guint end = (port->start + port->fill) % size;
      guint n = MIN (MIN (n_samples, size - end), size - port->fill);

      if (n == 0)
        {
          guint excess = port->block * (RING_BLOCKS - PREFILL_BLOCKS);

          port->start = (port->start + excess) % size;
          port->fill -= excess;
          port->counts.dropped += RING_BLOCKS - PREFILL_BLOCKS;
          continue;
        }
      memcpy (port->ring + end, samples, n * sizeof (gint16));
      port->fill += n;
      samples += n;
      n_samples -= n;
    }
  g_mutex_unlock (&port->lock);
}

void
mixer_port_get_counts (MixerPort *port, MixerCounts *counts)
{
  g_mutex_lock (&port->lock);
  *counts = port->counts;
  g_mutex_unlock (&port->lock);
}

MixerBridge *
mixer_add_bridge (Mixer *mixer)
{
  MixerBridge *bridge = g_new0 (MixerBridge, 1);

  bridge->sum = g_new0 (gint32, mixer->block);
  g_mutex_lock (&mixer->lock);
  g_ptr_array_add (mixer->bridges, bridge);
  g_mutex_unlock (&mixer->lock);

  return bridge;
}

void
mixer_remove_bridge (Mixer *mixer, MixerBridge *bridge)
{
  g_mutex_lock (&mixer->lock);
  end_plays_to (mixer, NULL, bridge);
  for (guint i = 0; i < mixer->ports->len; i++)
    {
      MixerPort *port = mixer->ports->pdata[i];

      if (port->bridge == bridge)
        port->bridge = NULL;
    }
  g_ptr_array_remove_fast (mixer->bridges, bridge);
  g_mutex_unlock (&mixer->lock);
}

void
mixer_set_bridge (Mixer *mixer, MixerPort *port, MixerBridge *bridge)
{
  g_mutex_lock (&mixer->lock);
  port->bridge = bridge;
  g_mutex_unlock (&mixer->lock);
}

void
mixer_set_music (Mixer *mixer, MixerPort *port, Sound *music)
{
  g_mutex_lock (&mixer->lock);
  g_clear_pointer (&port->music, sound_unref);
  port->music = music ? sound_ref (music) : NULL;
  port->music_at = 0;
  g_mutex_unlock (&mixer->lock);
}

guint
mixer_play (Mixer *mixer, MixerPort *port, MixerBridge *bridge, Sound *sound, gboolean loop)
{
  Play *play = g_new0 (Play, 1);
  guint id;

  play->port = port;
  play->bridge = bridge;
  play->sound = sound_ref (sound);
  play->loop = loop && sound_get_length (sound) > 0;

  g_mutex_lock (&mixer->lock);
  id = ++mixer->last_play;
  play->id = id;
  g_ptr_array_add (mixer->plays, play);
  g_mutex_unlock (&mixer->lock);

  return id;
}

gboolean
mixer_stop_play (Mixer *mixer, guint play)
{
  gboolean found = FALSE;

  g_mutex_lock (&mixer->lock);
  for (guint i = 0; i < mixer->plays->len && !found; i++)
    if (((Play *) mixer->plays->pdata[i])->id == play)
      {
        g_ptr_array_remove_index (mixer->plays, i);
        found = TRUE;
      }
  g_mutex_unlock (&mixer->lock);

  return found;
}
