/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections in groups: bytes, timeouts and what comes from other threads all reach the shard that
 * they belong to, also when a socket's number is used again. */
#include "server/api/shards.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#define MANY 300 /* more than one shard holds */

typedef struct
{
  int ends[2];
  Shard *shard;
  GMainContext *context;
  GSource *source;
  guint bytes, ticks, tasks;
} Pair;

static gboolean
on_byte (int fd, GIOCondition condition, gpointer user_data)
{
  Pair *pair = user_data;
  char byte;

  g_assert_true (g_main_context_get_thread_default () == pair->context);
  g_assert_cmpint (read (fd, &byte, 1), ==, 1);
  pair->bytes++;

  return G_SOURCE_CONTINUE;
}

static void
pair_open (Pair *pair, Shards *shards)
{
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair->ends), ==, 0);
  pair->shard = shards_enter (shards, pair->ends[0]);
  pair->context = g_main_context_get_thread_default ();
  pair->source = g_unix_fd_source_new (pair->ends[0], G_IO_IN);
  g_source_set_callback (pair->source, G_SOURCE_FUNC (on_byte), pair, NULL);
  g_source_attach (pair->source, pair->context);
  shard_leave (pair->shard);
}

static void
pair_close (Pair *pair)
{
  g_source_destroy (pair->source);
  g_source_unref (pair->source);
  close (pair->ends[0]);
  close (pair->ends[1]);
  shard_release (pair->shard);
}

/* Turns the centre's loop until it is so; a test that hangs is ended by its time. */
static void
until (guint *count, guint wanted)
{
  while (*count < wanted)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (*count, ==, wanted);
}

static void
say (Pair *pair)
{
  g_assert_cmpint (write (pair->ends[1], "x", 1), ==, 1);
}

static void
test_many (void)
{
  Shards *shards = shards_new ();
  g_autofree Pair *pairs = g_new0 (Pair, MANY);
  g_autoptr (GHashTable) contexts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < MANY; i++)
    {
      pair_open (&pairs[i], shards);
      g_hash_table_add (contexts, pairs[i].context);
    }
  g_assert_cmpuint (g_hash_table_size (contexts), >, 1);
  for (guint round = 1; round <= 3; round++)
    {
      for (guint i = 0; i < MANY; i++)
        say (&pairs[i]);
      for (guint i = 0; i < MANY; i++)
        until (&pairs[i].bytes, round);
    }
  for (guint i = 0; i < MANY; i++)
    pair_close (&pairs[i]);
  shards_free (shards);
}

/* A socket closed outside its shard's turn; the next one has its number. */
static void
test_number_used_again (void)
{
  Shards *shards = shards_new ();
  Pair first = { 0 }, second = { 0 };

  pair_open (&first, shards);
  say (&first);
  until (&first.bytes, 1);
  pair_close (&first);
  pair_open (&second, shards);
  g_assert_cmpint (second.ends[0], ==, first.ends[0]);
  say (&second);
  until (&second.bytes, 1);
  pair_close (&second);
  shards_free (shards);
}

static gboolean
on_tick (gpointer user_data)
{
  ((Pair *) user_data)->ticks++;

  return G_SOURCE_REMOVE;
}

static void
in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

static void
on_task (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;

  g_assert_true (g_main_context_get_thread_default () == pair->context);
  pair->tasks++;
}

static void
test_times_and_threads (void)
{
  Shards *shards = shards_new ();
  Pair pair = { 0 };

  pair_open (&pair, shards);
  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (GSource) tick = g_timeout_source_new (n == 1 ? 0 : 5);
      g_autoptr (GSource) idle = g_idle_source_new ();
      g_autoptr (GTask) task = NULL;

      /* Attached from outside its turn. */
      g_source_set_callback (tick, on_tick, &pair, NULL);
      g_source_attach (tick, pair.context);
      g_source_set_callback (idle, on_tick, &pair, NULL);
      g_source_attach (idle, pair.context);
      until (&pair.ticks, 2 * n);
      g_main_context_push_thread_default (pair.context);
      task = g_task_new (NULL, NULL, on_task, &pair);
      g_main_context_pop_thread_default (pair.context);
      g_task_run_in_thread (task, in_thread);
      until (&pair.tasks, n);
    }
  pair_close (&pair);
  shards_free (shards);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shards/many", test_many);
  g_test_add_func ("/shards/number-used-again", test_number_used_again);
  g_test_add_func ("/shards/times-and-threads", test_times_and_threads);

  return g_test_run ();
}
