/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tick asks nobody: while mixer_tick () runs, with ports, bridges, music and plays coming and
 * going, no memory is taken or freed and no lock is taken. The functions that would are replaced
 * here and count. A sanitizer has its own: the test is then skipped. */
#include "server/voice/builtin/mixer.h"
#include "server/voice/builtin/outlet.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED

int
main (void)
{
  return 77;
}

#else

#define BLOCK 320

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *memory, size_t size);
void __libc_free (void *memory);

static gboolean in_tick;
static guint n_memory, n_locks;

void *
malloc (size_t size)
{
  n_memory += in_tick ? 1 : 0;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_memory += in_tick ? 1 : 0;
  return __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  n_memory += in_tick ? 1 : 0;
  return __libc_realloc (memory, size);
}

void
free (void *memory)
{
  n_memory += in_tick ? 1 : 0;
  __libc_free (memory);
}

int
pthread_mutex_lock (pthread_mutex_t *mutex)
{
  static int (*real) (pthread_mutex_t *);

  n_locks += in_tick ? 1 : 0;
  if (real == NULL)
    real = (int (*) (pthread_mutex_t *)) dlsym (RTLD_NEXT, "pthread_mutex_lock");

  return real (mutex);
}

void
g_mutex_lock (GMutex *mutex)
{
  n_locks += in_tick ? 1 : 0;
  while (!g_mutex_trylock (mutex))
    g_thread_yield ();
}

static void
on_output (const gint16 *block, guint n_samples, guint64 tick, gpointer outlet)
{
  outlet_put (outlet, block, tick);
}

static void
release (gpointer outlet)
{
  outlet_unref (outlet);
}

static void
release_ring (gpointer ring)
{
  ring_free (ring);
}

static void
tick (Mixer *mixer)
{
  in_tick = TRUE;
  mixer_tick (mixer, 0);
  in_tick = FALSE;
}

static void
test_quiet (void)
{
  Mixer *mixer = mixer_new (16000, NULL, NULL);
  gint16 block[BLOCK] = { 1 };
  Sound *sound = sound_new_take (g_new0 (gint16, 500), 500);

  for (guint round = 0; round < 200; round++)
    {
      Outlet *outlet = outlet_new (mixer_get_pulse (mixer), BLOCK);
      MixerPort *port = mixer_add_port (mixer, on_output, outlet, release);
      MixerPort *listener = mixer_add_port (mixer, on_output, outlet_ref (outlet), release);
      MixerBridge *bridge = mixer_add_bridge (mixer);
      Ring *ring = ring_new (BLOCK, 2 * sizeof (gint16));
      MixerTap *tap = mixer_add_tap (mixer, port, bridge, ring, release_ring, ring);

      mixer_set_snoop (mixer, listener, port, TRUE);
      mixer_set_muted (mixer, port, round % 2);
      mixer_set_bridge (mixer, port, bridge);
      mixer_port_push (port, block, BLOCK);
      mixer_play (mixer, port, NULL, sound, FALSE);
      mixer_play (mixer, NULL, bridge, sound, TRUE);
      tick (mixer);
      mixer_set_music (mixer, port, sound);
      tick (mixer);
      mixer_set_music (mixer, port, NULL);
      mixer_stop_play (mixer, mixer_play (mixer, port, NULL, sound, TRUE));
      tick (mixer);
      mixer_remove_tap (mixer, tap);
      mixer_remove_bridge (mixer, bridge);
      tick (mixer);
      mixer_remove_port (mixer, port);
      mixer_remove_port (mixer, listener);
      tick (mixer);
      if (round % 3 == 0)
        mixer_dispatch (mixer);
    }
  g_assert_cmpuint (n_memory, ==, 0);
  g_assert_cmpuint (n_locks, ==, 0);
  mixer_free (mixer);
  sound_unref (sound);

  /* The count does count. */
  in_tick = TRUE;
  g_free (g_malloc (10));
  in_tick = FALSE;
  g_assert_cmpuint (n_memory, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/mixer/quiet", test_quiet);

  return g_test_run ();
}

#endif
