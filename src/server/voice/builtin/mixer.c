/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer: in every tick each port gets the saturated sum of its bridge without itself, and the
 * sounds played to it. This is its owner's side: it makes ports, bridges and plays, tells the tick
 * of them by commands on a stack, and frees what comes back. On one thread, but for
 * mixer_port_push () and the counting of ports. */
#define G_LOG_DOMAIN "guichetd-mixer"

#include "server/voice/builtin/mixer-private.h"

#include <sys/eventfd.h>
#include <unistd.h>

static void
bridge_free (MixerBridge *bridge)
{
  g_free (bridge->sum);
  g_free (bridge);
}

static void
play_free (Play *play)
{
  sound_unref (play->sound);
  g_free (play);
}

static void
tap_free (MixerTap *tap)
{
  if (tap->gone != NULL)
    tap->gone (tap->user_data);
  g_free (tap);
}

static void
command_free (Command *command)
{
  if (command->kind == COMMAND_REMOVE_PORT)
    mixer_port_unref (command->port);
  if (command->kind == COMMAND_REMOVE_BRIDGE)
    bridge_free (command->bridge);
  if (command->kind == COMMAND_REMOVE_TAP)
    tap_free (command->tap);
  g_clear_pointer (&command->music, sound_unref);
  g_free (command);
}

Mixer *
mixer_new (guint rate, MixerPlayEnd on_play_end, gpointer user_data)
{
  Mixer *mixer = g_new0 (Mixer, 1);

  mixer->rate = rate;
  mixer->block = rate * MIXER_TICK_MS / 1000;
  mixer->on_play_end = on_play_end;
  mixer->user_data = user_data;
  mixer->pulse = pulse_new ();
  mixer->fd = eventfd (0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (mixer->fd < 0)
    g_error ("no event counter for the mixer: %s", g_strerror (errno));
  mixer->plays = g_hash_table_new (NULL, NULL);
  mixer->out = g_new0 (gint16, mixer->block);
  mixer->stereo = g_new0 (gint16, 2 * mixer->block);
  mixer->base = g_new0 (gint32, mixer->block);
  mixer->whispers = g_new0 (gint32, mixer->block);

  return mixer;
}

void
mixer_free (Mixer *mixer)
{
  if (mixer == NULL)
    return;

  mixer->on_play_end = NULL;
  mixer_obey (mixer);
  for (Play *play = mixer->playing, *next; play != NULL; play = next)
    {
      next = play->next;
      play_free (play);
    }
  mixer_dispatch (mixer);
  for (MixerTap *tap = mixer->taps, *next; tap != NULL; tap = next)
    {
      next = tap->next;
      tap_free (tap);
    }
  for (MixerPort *port = mixer->ports, *next; port != NULL; port = next)
    {
      next = port->next;
      mixer_port_unref (port);
    }
  for (MixerBridge *bridge = mixer->bridges, *next; bridge != NULL; bridge = next)
    {
      next = bridge->next;
      bridge_free (bridge);
    }
  g_hash_table_unref (mixer->plays);
  pulse_unref (mixer->pulse);
  close (mixer->fd);
  g_free (mixer->out);
  g_free (mixer->stereo);
  g_free (mixer->base);
  g_free (mixer->whispers);
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

Pulse *
mixer_get_pulse (Mixer *mixer)
{
  return mixer->pulse;
}

int
mixer_get_fd (Mixer *mixer)
{
  return mixer->fd;
}

/* --- to the tick and back --- */

static Command *
command_new (CommandKind kind, MixerPort *port, MixerBridge *bridge)
{
  Command *command = g_new0 (Command, 1);

  command->kind = kind;
  command->port = port;
  command->bridge = bridge;

  return command;
}

static void
give (Mixer *mixer, Command *command)
{
  command->next = atomic_load (&mixer->commands);
  while (!atomic_compare_exchange_weak (&mixer->commands, &command->next, command))
    ;
}

static void
take_back_plays (Mixer *mixer)
{
  Play *newest = atomic_exchange (&mixer->over, NULL);

  while (newest != NULL)
    {
      Play *play = newest;
      guint id = play->id;
      gboolean report = g_hash_table_remove (mixer->plays, GUINT_TO_POINTER (id));

      newest = play->next;
      play_free (play);
      if (report && mixer->on_play_end != NULL)
        mixer->on_play_end (id, mixer->user_data);
    }
}

void
mixer_dispatch (Mixer *mixer)
{
  guint64 count;
  Command *newest;

  while (read (mixer->fd, &count, sizeof count) > 0)
    ;
  newest = atomic_exchange (&mixer->done, NULL);
  while (newest != NULL)
    {
      Command *command = newest;

      newest = command->next;
      command_free (command);
    }
  take_back_plays (mixer);
}

/* --- ports --- */

MixerPort *
mixer_add_port (Mixer *mixer, MixerOutput output, gpointer user_data, GDestroyNotify destroy)
{
  MixerPort *port = g_new0 (MixerPort, 1);

  g_atomic_ref_count_init (&port->refs);
  port->block = mixer->block;
  port->output = output;
  port->user_data = user_data;
  port->destroy = destroy;
  port->in = g_new0 (gint16, mixer->block);
  port->extra = g_new0 (gint32, mixer->block);
  port->ring = ring_new (mixer->block * ROOM_BLOCKS, sizeof (gint16));
  give (mixer, command_new (COMMAND_ADD_PORT, port, NULL));

  return port;
}

/* What was played to something that goes ends without a word. */
static void
stop_plays_to (Mixer *mixer, MixerPort *port, MixerBridge *bridge)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, mixer->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Play *play = value;
      int goes_on = PLAY_GOES_ON;

      if (play->port != port || play->bridge != bridge)
        continue;
      atomic_compare_exchange_strong (&play->state, &goes_on, PLAY_STOPPED);
      g_hash_table_iter_remove (&iter);
    }
}

void
mixer_remove_port (Mixer *mixer, MixerPort *port)
{
  stop_plays_to (mixer, port, NULL);
  give (mixer, command_new (COMMAND_REMOVE_PORT, port, NULL));
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

  if (port->destroy != NULL)
    port->destroy (port->user_data);
  g_clear_pointer (&port->music, sound_unref);
  ring_free (port->ring);
  g_free (port->in);
  g_free (port->extra);
  g_free (port);
}

void
mixer_port_push (MixerPort *port, const gint16 *samples, guint n_samples)
{
  guint lost = n_samples - ring_write (port->ring, samples, n_samples);

  if (lost > 0)
    atomic_fetch_add (&port->dropped, (lost + port->block - 1) / port->block);
}

void
mixer_port_get_counts (MixerPort *port, MixerCounts *counts)
{
  counts->ticks = atomic_load (&port->ticks);
  counts->dropped = atomic_load (&port->dropped);
  counts->missing = atomic_load (&port->missing);
}

/* --- bridges, music, plays --- */

MixerBridge *
mixer_add_bridge (Mixer *mixer)
{
  MixerBridge *bridge = g_new0 (MixerBridge, 1);

  bridge->sum = g_new0 (gint32, mixer->block);
  give (mixer, command_new (COMMAND_ADD_BRIDGE, NULL, bridge));

  return bridge;
}

void
mixer_remove_bridge (Mixer *mixer, MixerBridge *bridge)
{
  stop_plays_to (mixer, NULL, bridge);
  give (mixer, command_new (COMMAND_REMOVE_BRIDGE, NULL, bridge));
}

void
mixer_set_bridge (Mixer *mixer, MixerPort *port, MixerBridge *bridge)
{
  give (mixer, command_new (COMMAND_SET_BRIDGE, port, bridge));
}

void
mixer_set_music (Mixer *mixer, MixerPort *port, Sound *music)
{
  Command *command = command_new (COMMAND_SET_MUSIC, port, NULL);

  command->music = music ? sound_ref (music) : NULL;
  give (mixer, command);
}

void
mixer_set_muted (Mixer *mixer, MixerPort *port, gboolean muted)
{
  Command *command = command_new (COMMAND_SET_MUTED, port, NULL);

  command->on = muted;
  give (mixer, command);
}

void
mixer_set_snoop (Mixer *mixer, MixerPort *listener, MixerPort *other, gboolean whisper)
{
  Command *command = command_new (COMMAND_SET_SNOOP, listener, NULL);

  command->other = other;
  command->on = whisper;
  give (mixer, command);
}

MixerTap *
mixer_add_tap (Mixer *mixer,
               MixerPort *port,
               MixerBridge *bridge,
               Ring *ring,
               GDestroyNotify gone,
               gpointer user_data)
{
  MixerTap *tap = g_new0 (MixerTap, 1);
  Command *command = command_new (COMMAND_ADD_TAP, port, bridge);

  tap->port = port;
  tap->bridge = bridge;
  tap->ring = ring;
  tap->gone = gone;
  tap->user_data = user_data;
  command->tap = tap;
  give (mixer, command);

  return tap;
}

void
mixer_tap_set_mode (MixerTap *tap, MixerTapMode mode)
{
  if (mode != MIXER_TAP_SOUND)
    atomic_store (&tap->noise, mode == MIXER_TAP_NOISE);
  atomic_store (&tap->still, mode == MIXER_TAP_SOUND ? TAP_AFTER : TAP_PAUSED);
}

void
mixer_remove_tap (Mixer *mixer, MixerTap *tap)
{
  Command *command = command_new (COMMAND_REMOVE_TAP, NULL, NULL);

  command->tap = tap;
  give (mixer, command);
}

guint
mixer_play (Mixer *mixer, MixerPort *port, MixerBridge *bridge, Sound *sound, gboolean loop)
{
  Play *play = g_new0 (Play, 1);
  Command *command = command_new (COMMAND_PLAY, NULL, NULL);
  guint id = ++mixer->last_play;

  play->id = id;
  play->port = port;
  play->bridge = bridge;
  play->sound = sound_ref (sound);
  play->loop = loop && sound_get_length (sound) > 0;
  g_hash_table_insert (mixer->plays, GUINT_TO_POINTER (id), play);
  command->play = play;
  give (mixer, command);

  return id;
}

gboolean
mixer_stop_play (Mixer *mixer, guint id)
{
  Play *play = g_hash_table_lookup (mixer->plays, GUINT_TO_POINTER (id));
  int goes_on = PLAY_GOES_ON;

  if (play == NULL || !atomic_compare_exchange_strong (&play->state, &goes_on, PLAY_STOPPED))
    return FALSE;
  g_hash_table_remove (mixer->plays, GUINT_TO_POINTER (id));

  return TRUE;
}
