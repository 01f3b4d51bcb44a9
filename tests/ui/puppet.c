/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The small centre of the client's tests as a program of its own, so that a desk can be shown what
 * a real centre says seldom. Prints its address, then carries out one line of standard input at a
 * time and answers each with one line:
 *
 *   desk MEMBER JSON          a member of the snapshot
 *   event TYPE MEMBERS        stores an event and sends it; MEMBERS is the inside of its object
 *   say JSON                  sends what is not stored
 *   odd METHOD PATH STATUS BODY   the next such request gets this
 *   hold METHOD PATH          does not answer the next such request before release
 *   sip on|off                whether a sign-in gives a line for the softphone
 *   secrets ADDRESS           keeps tokens as the Secret Service of that bus
 *   secrets ADDRESS AGENT     …and has the one of this agent for this centre
 *   kept                      how many it keeps
 *   drop | away | back        breaks the stream; refuses connections; comes back
 *   last PREFIX | count PREFIX    of the requests
 */

#include "../client/fake-centre.h"
#include "../client/fake-secrets.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  FakeCentre *centre;
  FakeSecrets *secrets;
  GMainLoop *loop;
  GDataInputStream *input;
} Puppet;

static void
reply (const char *text)
{
  printf ("%s\n", text);
  fflush (stdout);
}

static gboolean
obey_stream (Puppet *puppet, const char *verb, char **words)
{
  if (g_str_equal (verb, "drop"))
    fake_centre_drop (puppet->centre);
  else if (g_str_equal (verb, "away"))
    fake_centre_stop_listening (puppet->centre);
  else if (g_str_equal (verb, "back"))
    fake_centre_listen (puppet->centre);
  else if (g_str_equal (verb, "release"))
    fake_centre_release (puppet->centre);
  else if (g_str_equal (verb, "say"))
    fake_centre_say (puppet->centre, words[1]);
  else if (g_str_equal (verb, "sip"))
    fake_centre_set_sip (puppet->centre, g_str_equal (words[1], "on"));
  else
    return FALSE;
  return TRUE;
}

static void
keep_secrets (Puppet *puppet, const char *address, const char *agent)
{
  if (puppet->secrets == NULL)
    puppet->secrets = fake_secrets_new (address);
  if (agent != NULL)
    fake_secrets_keep (puppet->secrets, fake_centre_url (puppet->centre), agent, FAKE_CENTRE_TOKEN);
}

static void
obey (Puppet *puppet, const char *line)
{
  g_auto (GStrv) two = g_strsplit (line, " ", 2);
  g_auto (GStrv) three = g_strsplit (line, " ", 3);
  g_auto (GStrv) five = g_strsplit (line, " ", 5);
  g_autofree char *answer = NULL;

  if (obey_stream (puppet, two[0], two))
    answer = g_strdup ("ok");
  else if (g_str_equal (two[0], "desk") && g_strv_length (three) == 3)
    fake_centre_set_desk (puppet->centre, three[1], three[2]);
  else if (g_str_equal (two[0], "event") && g_strv_length (three) == 3)
    fake_centre_event (puppet->centre, three[1], three[2]);
  else if (g_str_equal (two[0], "odd") && g_strv_length (five) == 5)
    fake_centre_answer_next (puppet->centre, five[1], five[2],
                             (guint) g_ascii_strtoull (five[3], NULL, 10), five[4]);
  else if (g_str_equal (two[0], "hold") && g_strv_length (three) == 3)
    fake_centre_hold_next (puppet->centre, three[1], three[2]);
  else if (g_str_equal (two[0], "secrets") && two[1] != NULL)
    keep_secrets (puppet, three[1], three[2]);
  else if (g_str_equal (two[0], "kept") && puppet->secrets != NULL)
    answer = g_strdup_printf ("%u", fake_secrets_count (puppet->secrets));
  else if (g_str_equal (two[0], "last") && two[1] != NULL)
    answer = g_strdup (fake_centre_last (puppet->centre, two[1]));
  else if (g_str_equal (two[0], "count") && two[1] != NULL)
    answer = g_strdup_printf ("%u", fake_centre_count (puppet->centre, two[1]));
  else
    answer = g_strdup ("what?");
  reply (answer != NULL ? answer : "ok");
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Puppet *puppet = data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (puppet->input, result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (puppet->loop);
      return;
    }
  obey (puppet, line);
  g_data_input_stream_read_line_async (puppet->input, G_PRIORITY_DEFAULT, NULL, on_line, puppet);
}

int
main (void)
{
  g_autoptr (FakeCentre) centre = fake_centre_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) stdin_ = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stdin_);
  Puppet puppet = { centre, NULL, loop, input };

  fake_centre_set_heartbeat (centre, 1000);
  reply (fake_centre_url (centre));
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, on_line, &puppet);
  g_main_loop_run (loop);
  g_clear_pointer (&puppet.secrets, fake_secrets_free);
  return 0;
}
