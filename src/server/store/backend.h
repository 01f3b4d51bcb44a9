/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of store must do. One writer (the store thread) and two readers (the centre's thread
 * and the one for readings), each with a connection of its own; readers see what the writer has
 * committed. */
#pragma once

#include "server/store/store.h"

G_BEGIN_DECLS

typedef struct
{
  char type; /* s, i, b as in store.h */
  char *text;
  gint64 number;
  GBytes *bytes;
} StoreValue;

typedef struct
{
  StoreChange change;
  guint n_values;
  StoreValue *values;
} StoreOp;

/* FALSE: the question is to end with STORE_ERROR_STOPPED. */
typedef gboolean (*StoreGoOnFunc) (gpointer user_data);

typedef struct _StoreBackend StoreBackend;
struct _StoreBackend
{
  const char *name;
  gpointer (*open) (const char *directory, GError **error);
  gboolean (*begin) (gpointer self, GError **error);
  gboolean (*apply) (gpointer self, const StoreOp *op, GError **error);
  gboolean (*commit) (gpointer self, GError **error);
  void (*rollback) (gpointer self);
  gboolean (*query) (gpointer self,
                     StoreQuery query,
                     const StoreValue *values,
                     guint n_values,
                     StoreRowFunc each,
                     gpointer user_data,
                     GError **error);
  /* This connection writes nothing; @may_go_on is asked again and again within a question. */
  void (*only_read) (gpointer self, StoreGoOnFunc may_go_on, gpointer user_data);
  const char *(*row_text) (StoreRow *row, int column);
  gint64 (*row_int) (StoreRow *row, int column);
  GBytes *(*row_bytes) (StoreRow *row, int column);
  void (*close) (gpointer self);
};

extern const StoreBackend store_sqlite;

G_END_DECLS
