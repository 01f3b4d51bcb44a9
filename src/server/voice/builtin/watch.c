/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watch on one contact. Owns the question under way and the timer of the next. A question waits
 * as long as the pause between two, so a phone is found to be gone within three times that. */
#define G_LOG_DOMAIN "guichetd-registrar"

#include "server/voice/builtin/watch.h"

#define MOST_MISSES 2

struct _Watch
{
  TelUa *ua;
  char *uri, *flow;
  guint every_ms, misses;
  TelPing *ping;
  GSource *timer;
  WatchLost on_lost;
  gpointer user_data;
};

static void on_answer (gboolean answered, gpointer user_data);

static gboolean
on_timer (gpointer data)
{
  Watch *self = data;

  g_clear_pointer (&self->timer, g_source_unref);
  self->ping = tel_ping_new (self->ua, self->uri, self->flow, self->every_ms, on_answer, self);
  if (self->ping == NULL)
    self->on_lost (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
wait (Watch *self, guint ms)
{
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
on_answer (gboolean answered, gpointer user_data)
{
  Watch *self = user_data;

  g_clear_pointer (&self->ping, tel_ping_free);
  self->misses = answered ? 0 : self->misses + 1;
  if (self->misses >= MOST_MISSES)
    self->on_lost (self->user_data);
  else
    wait (self, answered ? self->every_ms : self->every_ms / 8);
}

Watch *
watch_new (TelUa *ua,
           const char *uri,
           const char *flow,
           guint every_ms,
           WatchLost on_lost,
           gpointer user_data)
{
  Watch *self = g_new0 (Watch, 1);

  self->ua = ua;
  self->uri = g_strdup (uri);
  self->flow = g_strdup (flow);
  self->every_ms = every_ms;
  self->on_lost = on_lost;
  self->user_data = user_data;
  wait (self, every_ms);

  return self;
}

void
watch_free (Watch *self)
{
  if (self == NULL)
    return;

  tel_ping_free (self->ping);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_free (self->uri);
  g_free (self->flow);
  g_free (self);
}
