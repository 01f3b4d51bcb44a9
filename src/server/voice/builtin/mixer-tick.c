/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tick's side of the mixer: what happens every 20 ms on the mixer's thread. Owns the lists of
 * ports, bridges and plays as the tick sees them. Waits for nobody, allocates and frees nothing. */
#define G_LOG_DOMAIN "guichetd-mixer"

#include "server/voice/builtin/mixer-private.h"

#include <string.h>
#include <unistd.h>

static void
give_back_play (Mixer *mixer, Play *play)
{
  play->next = atomic_load (&mixer->over);
  while (!atomic_compare_exchange_weak (&mixer->over, &play->next, play))
    ;
}

static void
give_back_command (Mixer *mixer, Command *command)
{
  command->next = atomic_load (&mixer->done);
  while (!atomic_compare_exchange_weak (&mixer->done, &command->next, command))
    ;
}

static void
wake_owner (Mixer *mixer)
{
  const guint64 one = 1;

  if (write (mixer->fd, &one, sizeof one) < 0)
    return; /* full: the owner has been told often enough */
}

static void
remove_port (Mixer *mixer, MixerPort *port)
{
  mixer_unlink_listener (port);
  while (port->listeners != NULL)
    mixer_unlink_listener (port->listeners);
  for (MixerPort **at = &mixer->ports; *at != NULL; at = &(*at)->next)
    if (*at == port)
      {
        *at = port->next;
        return;
      }
}

static void
remove_bridge (Mixer *mixer, MixerBridge *bridge)
{
  for (MixerPort *port = mixer->ports; port != NULL; port = port->next)
    if (port->bridge == bridge)
      port->bridge = NULL;
  for (MixerBridge **at = &mixer->bridges; *at != NULL; at = &(*at)->next)
    if (*at == bridge)
      {
        *at = bridge->next;
        return;
      }
}

static void
set_music (MixerPort *port, Command *command)
{
  Sound *old = port->music;

  port->music = command->music;
  port->music_at = 0;
  command->music = old;
}

static void
remove_tap (Mixer *mixer, MixerTap *tap)
{
  for (MixerTap **at = &mixer->taps; *at != NULL; at = &(*at)->next)
    if (*at == tap)
      {
        *at = tap->next;
        return;
      }
}

static void
carry_out (Mixer *mixer, Command *command)
{
  switch (command->kind)
    {
    case COMMAND_ADD_PORT:
      command->port->next = mixer->ports;
      mixer->ports = command->port;
      break;
    case COMMAND_REMOVE_PORT:
      remove_port (mixer, command->port);
      break;
    case COMMAND_ADD_BRIDGE:
      command->bridge->next = mixer->bridges;
      mixer->bridges = command->bridge;
      break;
    case COMMAND_REMOVE_BRIDGE:
      remove_bridge (mixer, command->bridge);
      break;
    case COMMAND_SET_BRIDGE:
      command->port->bridge = command->bridge;
      break;
    case COMMAND_SET_MUSIC:
      set_music (command->port, command);
      break;
    case COMMAND_SET_MUTED:
      command->port->muted = command->on;
      break;
    case COMMAND_SET_SNOOP:
      mixer_unlink_listener (command->port);
      if (command->other != NULL)
        mixer_link_listener (command->port, command->other, command->on);
      break;
    case COMMAND_ADD_TAP:
      command->tap->next = mixer->taps;
      mixer->taps = command->tap;
      break;
    case COMMAND_REMOVE_TAP:
      remove_tap (mixer, command->tap);
      break;
    case COMMAND_PLAY:
      command->play->next = mixer->playing;
      mixer->playing = command->play;
      break;
    }
}

/* The owner stops the plays of what it removes before it removes it. */
static gboolean
give_back_stopped (Mixer *mixer)
{
  gboolean any = FALSE;

  for (Play **at = &mixer->playing; *at != NULL;)
    {
      Play *play = *at;

      if (atomic_load (&play->state) == PLAY_GOES_ON)
        {
          at = &play->next;
          continue;
        }
      *at = play->next;
      give_back_play (mixer, play);
      any = TRUE;
    }

  return any;
}

gboolean
mixer_obey (Mixer *mixer)
{
  Command *newest = atomic_exchange (&mixer->commands, NULL), *oldest = NULL;
  gboolean any = newest != NULL;

  while (newest != NULL)
    {
      Command *command = newest;

      newest = command->next;
      command->next = oldest;
      oldest = command;
    }
  for (Command *command = oldest; command != NULL; command = command->next)
    carry_out (mixer, command);
  /* Before anything is given back: a stopped play may point at what goes. */
  any = give_back_stopped (mixer) || any;
  while (oldest != NULL)
    {
      Command *command = oldest;

      oldest = command->next;
      give_back_command (mixer, command);
    }

  return any;
}

static guint
drop_excess (MixerPort *port, guint fill)
{
  const guint excess = MOST_BLOCKS - PREFILL_BLOCKS;
  guint blocks = 0;

  while (fill - blocks * port->block > port->block * MOST_BLOCKS)
    blocks += excess;
  if (blocks > 0)
    {
      ring_skip (port->ring, blocks * port->block);
      atomic_fetch_add (&port->dropped, blocks);
    }

  return fill - blocks * port->block;
}

/* Takes one block out of the ring into port->in: silence where there is none. */
static void
take_input (MixerPort *port)
{
  guint fill = drop_excess (port, ring_get_fill (port->ring));

  atomic_fetch_add (&port->ticks, 1);
  if (!port->running)
    port->running = fill >= port->block * PREFILL_BLOCKS;
  else if (fill < port->block)
    {
      port->running = FALSE;
      atomic_fetch_add (&port->missing, 1);
    }
  if (port->running)
    ring_read (port->ring, port->in, port->block);
  else
    memset (port->in, 0, port->block * sizeof (gint16));
}

static void
collect_inputs (Mixer *mixer)
{
  for (MixerBridge *bridge = mixer->bridges; bridge != NULL; bridge = bridge->next)
    memset (bridge->sum, 0, mixer->block * sizeof (gint32));

  for (MixerPort *port = mixer->ports; port != NULL; port = port->next)
    {
      take_input (port);
      if (port->muted)
        memset (port->in, 0, port->block * sizeof (gint16));
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

static gboolean
advance_plays (Mixer *mixer)
{
  gboolean any_end = FALSE;

  for (Play **at = &mixer->playing; *at != NULL;)
    {
      Play *play = *at;
      int goes_on = PLAY_GOES_ON;

      if (advance_play (mixer, play))
        {
          at = &play->next;
          continue;
        }
      atomic_compare_exchange_strong (&play->state, &goes_on, PLAY_ENDED);
      *at = play->next;
      give_back_play (mixer, play);
      any_end = TRUE;
    }

  return any_end;
}

void
mixer_tick (Mixer *mixer, guint64 skipped)
{
  gboolean back = mixer_obey (mixer);

  mixer->tick += skipped;
  collect_inputs (mixer);
  back = advance_plays (mixer) || back;
  mixer_write_taps (mixer);
  mixer_make_outputs (mixer);
  mixer->tick++;
  pulse_beat (mixer->pulse);
  if (back)
    wake_owner (mixer);
}
