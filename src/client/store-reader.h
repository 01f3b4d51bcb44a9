/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetReader: questions to the local file beside what is written there: a handle of its own for
 * reading, one question at a time on a thread of GTask's. Inside this room. */
#pragma once

#include <gio/gio.h>

typedef struct _GuichetReader GuichetReader;

GuichetReader *guichet_reader_new (const char *dir, GError **error);
void guichet_reader_unref (GuichetReader *self);

/* The tasks return a GPtrArray of GuichetSeen, or GUICHET_CLIENT_ERROR_STORE. */
void guichet_reader_find (GuichetReader *self, GTask *task, char **words, guint limit);
void guichet_reader_read (GuichetReader *self,
                          GTask *task,
                          const char *conversation,
                          gint64 before,
                          guint limit);
