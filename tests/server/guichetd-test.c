/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd as the tests kill it: GUICHET_TEST_KILL=POINT:N ends it without mercy when it passes the
 * named point for the Nth time, and what was not synced by then is lost; it counts once the file is
 * there that GUICHET_TEST_FROM names, if it names one. The file that GUICHET_TEST_FAIL names holds
 * the kind of request in which the voice engine fails, with "once" the next of them. Readings of
 * the store tell the socket GUICHET_TEST_READ where they are and wait for a byte: o, their time is
 * over. */
#include "base/leave.h"
#include "server/daemon.h"
#include "server/store/store.h"
#include "server/voice/engine.h"

#include "lossy-vfs.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char *kill_point;
static gint countdown;
static const char *counting_from;

static void
on_point (const char *point)
{
  if (strcmp (point, kill_point) == 0 &&
      (counting_from == NULL || g_file_test (counting_from, G_FILE_TEST_EXISTS)) &&
      g_atomic_int_dec_and_test (&countdown))
    raise (SIGKILL);
}

static const char *failing;

static VoiceCode
on_request (const VoiceRequest *request)
{
  g_autofree char *kind = NULL, *once = NULL;

  if (!g_file_get_contents (failing, &kind, NULL, NULL))
    return VOICE_CODE_OK;
  once = g_strconcat (voice_request_kind_name (request->kind), " once", NULL);
  if (strcmp (kind, once) == 0)
    return unlink (failing) == 0 ? VOICE_CODE_FAULT : VOICE_CODE_OK;

  return strcmp (kind, voice_request_kind_name (request->kind)) == 0 ? VOICE_CODE_FAULT
                                                                     : VOICE_CODE_OK;
}

static const char *readings;

static gboolean
on_read_point (const char *point)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  char byte = 'w';

  g_strlcpy (address.sun_path, readings, sizeof address.sun_path);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    {
      /* Who does not care for the point may have answered and gone by now. */
      send (fd, point, strlen (point), MSG_NOSIGNAL);
      recv (fd, &byte, 1, 0);
    }
  close (fd);

  return byte != 'o';
}

int
main (int argc, char **argv)
{
  const char *wanted = g_getenv ("GUICHET_TEST_KILL");

  if (wanted != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (wanted, ":", 2);

      kill_point = g_strdup (parts[0]);
      countdown = (int) g_ascii_strtoll (parts[1], NULL, 10);
      counting_from = g_getenv ("GUICHET_TEST_FROM");
      store_hook = on_point;
    }
  failing = g_getenv ("GUICHET_TEST_FAIL");
  if (failing != NULL)
    voice_engine_hook = on_request;
  readings = g_getenv ("GUICHET_TEST_READ");
  if (readings != NULL)
    store_read_hook = on_read_point;
  lossy_vfs_register ();

  base_leave (daemon_main (argc, argv));
}
