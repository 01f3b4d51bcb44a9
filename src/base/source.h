/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is counted as one where strangers are limited: a host of IPv4, and of IPv6 a network of 64
 * bits, since a host there may use it all. Any thread. */
#pragma once

#include <glib.h>

/* base_source_key: of a numeric address; what is none stays as it is. Free with g_free. */
char *base_source_key (const char *address);
