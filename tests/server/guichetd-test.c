/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd as the tests kill it: GUICHET_TEST_KILL=POINT:N ends it without mercy when it passes the
 * named point for the Nth time, and what was not synced by then is lost. The file that
 * GUICHET_TEST_FAIL names holds the kind of request in which the voice engine fails. */
#include "server/daemon.h"
#include "server/store/store.h"
#include "server/voice/engine.h"

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

static const char *failing;

static VoiceCode
on_request (const VoiceRequest *request)
{
  g_autofree char *kind = NULL;

  if (!g_file_get_contents (failing, &kind, NULL, NULL))
    return VOICE_CODE_OK;

  return strcmp (kind, voice_request_kind_name (request->kind)) == 0 ? VOICE_CODE_FAULT
                                                                     : VOICE_CODE_OK;
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
  failing = g_getenv ("GUICHET_TEST_FAIL");
  if (failing != NULL)
    voice_engine_hook = on_request;
  lossy_vfs_register ();

  return daemon_main (argc, argv);
}
