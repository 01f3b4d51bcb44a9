/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd from its options to its end: opens the store, starts the engine, listens, says that it
 * is ready, and goes down in order. */
#pragma once

#include <glib.h>

/* Exit codes: what a supervisor of the process may want to tell apart. */
typedef enum
{
  DAEMON_OK = 0,
  DAEMON_FAILED = 1,
  DAEMON_USAGE = 2,
  DAEMON_CONFIG = 3,    /* the daemon's file, the key file, definitions of the demo */
  DAEMON_DIRECTORY = 4, /* missing, not writable, or in use by another guichetd */
  DAEMON_DAMAGED = 5,   /* the store cannot be read */
  DAEMON_NEWER = 6,     /* the store was made by a newer guichetd */
  DAEMON_ADDRESS = 7,   /* a port is in use, an address is not ours */
  DAEMON_ENGINE = 8,    /* the voice engine cannot start or go on */
  DAEMON_STORE = 9,     /* a commit failed */
} DaemonExit;

int daemon_main (int argc, char **argv);
