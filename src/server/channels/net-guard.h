/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the centre lets itself be sent by strangers: which addresses of files are fetched, and to
 * which machines a connection may go. Pure; any thread. */
#pragma once

#include <glib.h>
#include <sys/socket.h>

G_BEGIN_DECLS

#define NET_GUARD_URL_MAX 4096

/* An address of the public Internet: not of this machine, a private network, a tunnel into one, a
 * group. */
gboolean net_guard_is_public (const struct sockaddr *address);
/* 127.0.0.0/8, ::1. */
gboolean net_guard_is_loopback (const struct sockaddr *address);

/* Whether @url may be fetched: https, without user, at one of these hosts (".example" stands for
 * all below example, NULL: none). @loopback: also http and https to this machine by its address.
 * In @host (free with g_free, may be NULL) whom it names. */
gboolean
net_guard_allows (const char *url, const char *const *hosts, gboolean loopback, char **host);

G_END_DECLS
