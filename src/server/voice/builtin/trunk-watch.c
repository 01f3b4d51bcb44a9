/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watch on one trunk. Owns the question under way and the timer of the next. On the voice
 * thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/trunk-watch.h"

#define MOST_MISSES 2

struct _TrunkWatch
{
  TelUa *ua;
  const VoiceTrunk *trunk;
  guint every_ms, misses;
  gboolean known, ready;
  TelPing *ping;
  GSource *timer;
  TrunkWatchFunc func;
  gpointer user_data;
};

static void wait (TrunkWatch *self, guint ms);

static void
on_answer (gboolean answered, gpointer user_data)
{
  TrunkWatch *self = user_data;

  g_clear_pointer (&self->ping, tel_ping_free);
  self->misses = answered ? 0 : self->misses + 1;
  if ((answered || self->misses >= MOST_MISSES) && (!self->known || self->ready != answered))
    {
      self->known = TRUE;
      self->ready = answered;
      self->func (self->trunk, answered, self->user_data);
    }
  wait (self, answered ? self->every_ms : self->every_ms / 4);
}

static gboolean
on_timer (gpointer data)
{
  TrunkWatch *self = data;

  g_clear_pointer (&self->timer, g_source_unref);
  self->ping = tel_ping_new (self->ua, self->trunk->proxy, NULL, self->every_ms, on_answer, self);

  return G_SOURCE_REMOVE;
}

static void
wait (TrunkWatch *self, guint ms)
{
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

TrunkWatch *
trunk_watch_new (TelUa *ua,
                 const VoiceTrunk *trunk,
                 guint every_ms,
                 TrunkWatchFunc func,
                 gpointer user_data)
{
  TrunkWatch *self = g_new0 (TrunkWatch, 1);

  self->ua = ua;
  self->trunk = trunk;
  self->every_ms = every_ms;
  self->func = func;
  self->user_data = user_data;
  wait (self, 0);

  return self;
}

void
trunk_watch_free (gpointer watch)
{
  TrunkWatch *self = watch;

  tel_ping_free (self->ping);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_free (self);
}
