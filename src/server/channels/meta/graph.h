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

/* The form field `message` with which a file of this type is handed over; free with g_free. */
char *meta_graph_upload (const char *type);
/* The body of a message that is the file of that name. */
char *
meta_graph_file (const char *customer, const char *type, const char *name, gboolean instagram);
/* What came of handing it over: @mid is its name. Nobody has seen it, so it may be repeated. */
MetaAnswer
meta_graph_upload_answer (guint status, guint retry_after, const char *body, gsize length);
/* Who somebody is: the name to call them by, or NULL. Free with g_free. */
char *meta_graph_profile (guint status, const char *body, gsize length);

/* @status 0: none came, and @left says whether it may have been taken. Clear with g_free (mid). */
MetaAnswer
meta_graph_answer (guint status, gboolean left, guint retry_after, const char *body, gsize length);

G_END_DECLS
