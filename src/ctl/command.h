/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What guichetctl can do: one row a command. */
#pragma once

#include "ctl/link.h"

G_BEGIN_DECLS

/* What the options before and after the command said. */
typedef struct
{
  char *data;
  gboolean force;
  gboolean json;
  gint64 since;
  int limit;
  char *interaction;
  char **arguments; /* after the command's own words, as many as the row says */
} CtlOptions;

typedef struct
{
  const char *words; /* "agent set-password" */
  int n_arguments;
  const char *arguments; /* for the help */
  const char *help;
  gboolean (*run) (const CtlOptions *options, GError **error);
} CtlCommand;

extern const CtlCommand ctl_commands[]; /* ends with NULL words */

/* The row that the words begin with, or NULL; *used is how many words it took. */
const CtlCommand *ctl_command_find (char **words, guint *used);

G_END_DECLS
