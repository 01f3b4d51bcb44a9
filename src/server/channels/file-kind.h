/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a stranger's file is, by its bytes and not by what was said of it; and a name for it that is
 * safe to show and to save under. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FILE_NAME_MAX 120 /* characters */

/* The types that are taken where the daemon's file says nothing; blanks between them. */
extern const char file_kind_default[];

/* Of the first and last bytes and the (cleaned) name: the type, "executable" for what a desk could
 * be made to run, or "" for what is not known. Constant text. */
const char *file_kind (const guint8 *head,
                       gsize head_length,
                       const guint8 *tail,
                       gsize tail_length,
                       const char *name);
/* @types: names with blanks between; a whole class as in image/ followed by a star. */
gboolean file_kind_is_allowed (const char *types, const char *type);

/* Without folders, control and direction characters, not too long, never empty or hidden; where it
 * has no ending, or one that its type does not have, with that of its type. Free with g_free. */
char *file_name_clean (const char *name, const char *type);

G_END_DECLS
