/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shards: each a source of the centre's context that is ready with its epoll set or its next
 * timeout, and turns a context of its own. Centre's thread. */

#include "server/api/shards.h"

#include "base/log.h"

#include <sys/epoll.h>
#include <unistd.h>

#define CONNECTIONS 96 /* of a shard: about the root of what one process holds */
#define TURNS       4  /* in a row, before others have theirs */

struct _Shard
{
  GSource source; /* in the centre's context */
  GMainContext *context;
  int epoll;
  guint n;
  GArray *known; /* GPollFD as in the epoll set, by fd */
  GArray *asked; /* room for the context's next answer */
};

struct _Shards
{
  GPtrArray *list; /* Shard */
};

/* A socket that was closed left the set by itself, and its number may be another's by now. */
static void
tell (Shard *self, int operation, const GPollFD *fd)
{
  struct epoll_event event = { .events = fd->events, .data.fd = fd->fd };

  if (epoll_ctl (self->epoll, operation, fd->fd, &event) == 0 || operation == EPOLL_CTL_DEL)
    return;
  if (epoll_ctl (self->epoll, operation == EPOLL_CTL_ADD ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd->fd,
                 &event) != 0)
    base_log (BASE_LOG_WARNING, "api", "socket_unwatched", "errno", BASE_INT (errno), NULL);
}

/* Both are in the order of the numbers. */
static void
follow (Shard *self, const GPollFD *now, guint n_now)
{
  guint i = 0, j = 0;

  while (i < self->known->len || j < n_now)
    {
      const GPollFD *old = i < self->known->len ? &g_array_index (self->known, GPollFD, i) : NULL;
      const GPollFD *new = j < n_now ? &now[j] : NULL;

      if (new == NULL || (old != NULL && old->fd < new->fd))
        tell (self, EPOLL_CTL_DEL, old);
      else if (old == NULL || new->fd < old->fd)
        tell (self, EPOLL_CTL_ADD, new);
      else if (old->events != new->events)
        tell (self, EPOLL_CTL_MOD, new);
      i += old != NULL && (new == NULL || old->fd <= new->fd);
      j += new != NULL && (old == NULL || new->fd <= old->fd);
    }
  g_array_set_size (self->known, 0);
  g_array_append_vals (self->known, now, n_now);
}

/* What the context waits for, to the epoll set and the source's time. */
static void
watch (Shard *self)
{
  int priority, timeout, n;

  g_main_context_acquire (self->context);
  g_main_context_prepare (self->context, &priority);
  while ((n = g_main_context_query (self->context, G_MAXINT, &timeout,
                                    (GPollFD *) self->asked->data, (int) self->asked->len)) >
         (int) self->asked->len)
    g_array_set_size (self->asked, (guint) n);
  g_main_context_release (self->context);
  follow (self, (const GPollFD *) self->asked->data, (guint) n);
  g_source_set_ready_time (&self->source, timeout < 0 ? -1
                                          : timeout == 0
                                              ? 0
                                              : g_get_monotonic_time () + (gint64) timeout * 1000);
}

static gboolean
on_ready (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Shard *self = (Shard *) source;

  g_main_context_push_thread_default (self->context);
  for (guint i = 0; i < TURNS && g_main_context_iteration (self->context, FALSE); i++)
    ;
  g_main_context_pop_thread_default (self->context);
  watch (self);

  return G_SOURCE_CONTINUE;
}

static void
on_finalize (GSource *source)
{
  Shard *self = (Shard *) source;

  g_main_context_unref (self->context);
  g_array_unref (self->known);
  g_array_unref (self->asked);
  close (self->epoll);
}

static GSourceFuncs shard_funcs = { .dispatch = on_ready, .finalize = on_finalize };

static Shard *
shard_new (void)
{
  Shard *self = (Shard *) g_source_new (&shard_funcs, sizeof *self);

  /* What comes from another thread (a password that was checked) has to wake it. */
  self->context = g_main_context_new_with_flags (G_MAIN_CONTEXT_FLAGS_OWNERLESS_POLLING);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->known = g_array_new (FALSE, FALSE, sizeof (GPollFD));
  self->asked = g_array_sized_new (FALSE, TRUE, sizeof (GPollFD), CONNECTIONS);
  g_array_set_size (self->asked, CONNECTIONS);
  if (self->epoll < 0)
    g_error ("no epoll: %s", g_strerror (errno));
  g_source_add_unix_fd (&self->source, self->epoll, G_IO_IN);
  g_source_set_static_name (&self->source, "shard");
  g_source_attach (&self->source, NULL);

  return self;
}

static void
shard_free (gpointer data)
{
  Shard *self = data;

  g_source_destroy (&self->source);
  g_source_unref (&self->source);
}

Shards *
shards_new (void)
{
  Shards *self = g_new0 (Shards, 1);

  self->list = g_ptr_array_new_with_free_func (shard_free);

  return self;
}

void
shards_free (Shards *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

static Shard *
with_room (Shards *self)
{
  Shard *shard;

  for (guint i = 0; i < self->list->len; i++)
    {
      shard = g_ptr_array_index (self->list, i);
      if (shard->n < CONNECTIONS)
        return shard;
    }
  shard = shard_new ();
  g_ptr_array_add (self->list, shard);

  return shard;
}

Shard *
shards_enter (Shards *self, int fd)
{
  Shard *shard = with_room (self);

  shard->n++;
  for (guint i = 0; i < shard->known->len; i++)
    if (g_array_index (shard->known, GPollFD, i).fd == fd)
      {
        g_array_remove_index (shard->known, i);
        break;
      }
  g_main_context_push_thread_default (shard->context);

  return shard;
}

void
shard_leave (Shard *self)
{
  g_main_context_pop_thread_default (self->context);
  watch (self);
}

void
shard_release (Shard *self)
{
  self->n--;
}
