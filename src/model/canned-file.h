/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies in a file, as people pass them on: JSON, the form of the definitions, or CSV as
 * spreadsheets write it (name, shortcut, category, text, language; comma, semicolon or tab). Pure
 * functions. */
#pragma once

#include "model/canned-reply.h"

G_BEGIN_DECLS

/* What @data holds, of whichever form; GPtrArray of ModelCannedReply. NULL if there are problems,
 * all of which have then been added: the path is "line N" in CSV, "N.member" in JSON, counted from
 * 1. */
GPtrArray *model_canned_file_read (const char *data, gsize length, GPtrArray *problems);

/* Free with g_free. @replies: of ModelCannedReply. */
char *model_canned_file_write_csv (GPtrArray *replies);
char *model_canned_file_write_json (GPtrArray *replies);

G_END_DECLS
