/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetctl: administers a guichetd on this machine. Exit status: 0 done, 1 refused, 2 the command
 * line makes no sense, 3 no guichetd to be reached, 4 a file or the input could not be read. */
#include "ctl/command.h"

#include <locale.h>
#include <stdio.h>

#define DEFAULT_DATA "/var/lib/guichet"

static int
exit_status (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return 2;
  if (error->domain != CTL_ERROR)
    return 1;
  switch ((CtlError) error->code)
    {
    case CTL_ERROR_USAGE:
      return 2;
    case CTL_ERROR_UNREACHABLE:
      return 3;
    case CTL_ERROR_INPUT:
      return 4;
    case CTL_ERROR_REFUSED:
    case CTL_ERROR_PROTOCOL:
      break;
    }
  return 1;
}

static char *
commands_help (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (const CtlCommand *row = ctl_commands; row->words != NULL; row++)
    {
      g_autofree char *usage = g_strdup_printf ("%s %s", row->words, row->arguments);

      g_string_append_printf (text, "  %-28s %s\n", usage, row->help);
    }
  return g_string_free (text, FALSE);
}

static gboolean
run (CtlOptions *options, char **words, GError **error)
{
  guint used = 0;
  const CtlCommand *command = words != NULL ? ctl_command_find (words, &used) : NULL;

  if (command == NULL)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "%s; guichetctl --help lists the commands",
                   words == NULL ? "which command?" : "there is no such command");
      return FALSE;
    }
  options->arguments = words + used;
  if ((int) g_strv_length (options->arguments) != command->n_arguments)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "usage: guichetctl %s %s", command->words,
                   command->arguments);
      return FALSE;
    }
  return command->run (options, error);
}

int
main (int argc, char **argv)
{
  CtlOptions options = { 0 };
  g_auto (GStrv) words = NULL;
  GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options.data,
      "guichetd's data directory (default " DEFAULT_DATA ")", "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "status: as JSON", NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force, "agent sign-out: in spite of open work",
      NULL },
    { "since", 0, 0, G_OPTION_ARG_INT64, &options.since, "journal: events after this number",
      "SEQ" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, "journal: at most so many", "N" },
    { "interaction", 0, 0, G_OPTION_ARG_STRING, &options.interaction, "journal: of one interaction",
      "ID" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "COMMAND" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *help = commands_help ();
  g_autoptr (GError) error = NULL;
  int status = 0;

  setlocale (LC_ALL, "");
  context = g_option_context_new ("- administer a contact centre");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, help);
  if (g_option_context_parse (context, &argc, &argv, &error))
    {
      if (options.data == NULL)
        options.data = g_strdup (DEFAULT_DATA);
      run (&options, words, &error);
    }
  if (error != NULL)
    {
      fprintf (stderr, "guichetctl: %s\n", error->message);
      status = exit_status (error);
    }
  g_free (options.data);
  g_free (options.interaction);
  return status;
}
