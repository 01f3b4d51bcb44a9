/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/leave.h"

#include <stdio.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

/* What libraries keep from their own beginning is no leak: before their constructors, and after. */
__attribute__ ((section (".preinit_array"),
                used)) static void (*const before) (void) = __lsan_disable;

__attribute__ ((constructor)) static void
begin (void)
{
  __lsan_enable ();
}
#endif

void
base_leave (int status)
{
  fflush (NULL);
#ifdef __SANITIZE_ADDRESS__
  __lsan_do_leak_check (); /* as at an ordinary end */
#endif
  _exit (status);
}
