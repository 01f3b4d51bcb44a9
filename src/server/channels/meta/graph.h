/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Meta's send API is told and answers. Pure; any thread. */
#pragma once

#include "model/codes.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  META_SENT,  /* mid */
  META_LATER, /* it was not taken: again after so many seconds */
  META_FAILED /* code */
} MetaOutcome;

typedef struct
{
  MetaOutcome outcome;
  char *mid;
  guint seconds;
  gboolean all; /* LATER: nothing of this account is taken for so long */
  ModelCode code;
} MetaAnswer;

/* The body of a message to this customer; free with g_free. */
char *meta_graph_message (const char *customer, const char *text);

/* @status 0: none came, and @left says whether it may have been taken. Clear with g_free (mid). */
MetaAnswer
meta_graph_answer (guint status, gboolean left, guint retry_after, const char *body, gsize length);

G_END_DECLS
