/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd as the tests kill it: GUICHET_TEST_KILL=POINT:N ends it without mercy when it passes the
 * named point for the Nth time, and what was not synced by then is lost. */
#include "server/daemon.h"
#include "server/store/store.h"

#include "lossy-vfs.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static char *kill_point;
static gint countdown;

static void
on_point (const char *point)
{
  if (strcmp (point, kill_point) == 0 && g_atomic_int_dec_and_test (&countdown))
    raise (SIGKILL);
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
      store_hook = on_point;
    }
  lossy_vfs_register ();

  return daemon_main (argc, argv);
}
