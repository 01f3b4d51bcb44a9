/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One typed value on its way to the centre. Rows are in the order of typing. Inside this room. */
#pragma once

#include <glib.h>

/* One typed value on its way to the centre. */
typedef struct
{
  gint64 id;         /* order of typing */
  char *key;         /* Idempotency-Key: the same for every attempt with this content */
  char *epoch;       /* of the centre's store: ids mean nothing in another */
  char *interaction; /* id */
  /* "note", "variable", "disposition", "tags", "sentiment", "message", "private" (a message for
   * agents alone), "draft", "private-draft", "subject-draft", "file", "customer" */
  char *kind;
  char *target; /* participation, or interaction for a variable, message and draft */
  char *name;   /* the variable, what names a message or file, else "" */
  char *value;
  gint64 revision; /* the one it was based on; -1: whatever the row before it gets */
  gboolean attempted;
  char *problem; /* "" or why the centre does not take it; "draft" of a draft: not for it */
  char *theirs;  /* of a conflict; of a message: its attachments, subject and
                  * what is done then, as JSON, or "" */
  gint64 theirs_revision;
  gboolean secret; /* never written to disk */
} GuichetRow;

GuichetRow *guichet_row_copy (const GuichetRow *row);
void guichet_row_free (GuichetRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetRow, guichet_row_free)

/* A message of a chat, private or not. */
gboolean guichet_row_is_message (const GuichetRow *row);

/* Not set aside. */
gboolean guichet_row_is_under_way (const GuichetRow *row);

/* Among an array of GuichetRow: NULL if there is none. */
GuichetRow *guichet_rows_find (GPtrArray *rows, gint64 id);
GuichetRow *
guichet_rows_newest (GPtrArray *rows, const char *kind, const char *target, const char *name);

/* The next one of the same value. */
GuichetRow *guichet_rows_next (GPtrArray *rows, const GuichetRow *row);

/* Of an interaction, or NULL for any. */
gboolean guichet_rows_any_under_way (GPtrArray *rows, const char *interaction);
