/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd: the contact centre. */
#include "base/leave.h"
#include "server/daemon.h"

int
main (int argc, char **argv)
{
  base_leave (daemon_main (argc, argv));
}
