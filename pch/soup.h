/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nearly every file of what talks HTTP reads, compiled once. Each file includes what it needs all the same: clang builds without this. */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <sqlite3.h>
