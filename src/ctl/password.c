/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a password from the terminal without showing it, or from a pipe. */
#include "ctl/password.h"

#include "ctl/link.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_PASSWORD 1024

/* One line of standard input without its end; NULL at its end or when it is too long. */
static char *
read_line (void)
{
  char line[MAX_PASSWORD + 2];
  char *result = NULL;
  gsize length;

  if (fgets (line, sizeof line, stdin) != NULL)
    {
      length = strcspn (line, "\r\n");
      if (length < MAX_PASSWORD)
        {
          line[length] = '\0';
          result = g_strdup (line);
        }
    }
  explicit_bzero (line, sizeof line);
  return result;
}

static char *
ask (const char *prompt)
{
  struct termios shown, hidden;
  char *line;

  fputs (prompt, stderr);
  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return NULL;
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  line = read_line ();
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  fputc ('\n', stderr);
  return line;
}

char *
ctl_password_read (GError **error)
{
  gboolean terminal = isatty (STDIN_FILENO) == 1;
  g_autofree char *first = terminal ? ask ("New password: ") : read_line ();
  g_autofree char *again = NULL;
  gboolean same;

  if (first == NULL || *first == '\0' || !g_utf8_validate (first, -1, NULL))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_INPUT,
                   "no password was given (a line of UTF-8, at most %d bytes)", MAX_PASSWORD);
      return NULL;
    }
  if (!terminal)
    return g_steal_pointer (&first);
  again = ask ("Once more: ");
  same = again != NULL && g_str_equal (first, again);
  if (again != NULL)
    explicit_bzero (again, strlen (again));
  if (same)
    return g_steal_pointer (&first);
  explicit_bzero (first, strlen (first));
  g_set_error_literal (error, CTL_ERROR, CTL_ERROR_INPUT, "the two passwords differ");
  return NULL;
}
