/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rest of this room wants of files.c and file-json.c. Main loop. */
#pragma once

#include "base/json.h"
#include "client/files.h"
#include "client/session-private.h"

/* [{"id","name","type","size"}] as GuichetAttachment, all ready; NULL for none. */
gboolean guichet_files_read (const BaseJson *json, GListStore **list, GError **error);
/* The same from, and to, the text of a row. */
GListStore *guichet_files_from_text (const char *text);
/* Those that are ready, or "". Free with g_free. */
/* And the subject of what they go with, and what is done then, or "". */
char *guichet_files_to_text (GListModel *files, const char *subject, const char *then);
char *guichet_files_subject (const char *text);
char *guichet_files_then (const char *text);
/* {"id","name","type","size"} of one, as text; from it. */
char *guichet_file_to_text (GuichetAttachment *file);
GuichetAttachment *guichet_file_from_text (const char *key, const char *text);

/* A row of an earlier window. */
void guichet_files_restore (GuichetSession *self,
                            GuichetInteraction *interaction,
                            const GuichetRow *row);
/* They go with a message: out of the composer, their rows with them. */
void guichet_files_take (GuichetSession *self, GuichetInteraction *interaction);
/* Those of a message that was taken back. */
void
guichet_files_put_back (GuichetSession *self, GuichetInteraction *interaction, GListModel *files);
/* The interaction is over: what went with its draft. */
void guichet_files_forget (GuichetSession *self, const char *interaction);
/* The copies of what is nobody's any more. */
void guichet_files_wipe (GuichetSession *self);
