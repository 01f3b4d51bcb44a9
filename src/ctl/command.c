/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of guichetctl's commands and the code of those that are one request. */
#include "ctl/command.h"

#include "ctl/contacts.h"
#include "ctl/definitions.h"
#include "ctl/password.h"
#include "ctl/report.h"

#include <stdio.h>

static char *
path_of (const char *format, const char *id)
{
  g_autofree char *escaped = id != NULL ? g_uri_escape_string (id, NULL, FALSE) : g_strdup ("");
  g_auto (GStrv) parts = g_strsplit (format, "{}", 2);

  return g_strjoinv (escaped, parts);
}

/* A command that is one request. */
static JsonNode *
call (const CtlOptions *options,
      const char *method,
      const char *format,
      const char *body,
      GError **error)
{
  g_autoptr (CtlLink) link = ctl_link_new (options->data);
  g_autofree char *path = path_of (format, options->arguments[0]);

  return ctl_link_call (link, method, path, body, error);
}

static gboolean
send (const CtlOptions *options,
      const char *method,
      const char *format,
      const char *body,
      GError **error)
{
  g_autoptr (JsonNode) answer = call (options, method, format, body, error);

  return answer != NULL;
}

/* What is asked for without echo is the body's one member. */
static JsonNode *
send_secret (const CtlOptions *options,
             const char *method,
             const char *format,
             const char *member,
             GError **error)
{
  g_autofree char *secret = ctl_password_read (error);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonNode *answer;

  if (secret == NULL)
    return NULL;
  json_node_take_object (body, json_object_new ());
  json_object_set_string_member (json_node_get_object (body), member, secret);
  text = json_to_string (body, FALSE);
  answer = call (options, method, format, text, error);
  explicit_bzero (secret, strlen (secret));
  explicit_bzero (text, strlen (text));

  return answer;
}

static gboolean
set_password (const CtlOptions *options, GError **error)
{
  g_autoptr (JsonNode) answer =
      send_secret (options, "PUT", "/admin/agents/{}/password", "password", error);

  return answer != NULL;
}

static gboolean
set_pin (const CtlOptions *options, GError **error)
{
  g_autoptr (JsonNode) answer =
      send_secret (options, "PUT", "/admin/agents/{}/voicemail_pin", "pin", error);

  return answer != NULL;
}

static gboolean
reset_pin (const CtlOptions *options, GError **error)
{
  return send (options, "DELETE", "/admin/agents/{}/voicemail_pin", NULL, error);
}

static gboolean
make_pin (const CtlOptions *options, GError **error)
{
  g_autoptr (JsonNode) answer = send_secret (options, "POST", "/admin/pin", "pin", error);

  if (answer == NULL)
    return FALSE;
  g_print ("%s\n", json_object_get_string_member (json_node_get_object (answer), "pin"));
  return TRUE;
}

static gboolean
sign_out (const CtlOptions *options, GError **error)
{
  return send (options, "POST", "/admin/agents/{}/sign_out",
               options->force ? "{\"force\":true}" : "{\"force\":false}", error);
}

static gboolean
end_wrap_up (const CtlOptions *options, GError **error)
{
  return send (options, "POST", "/admin/participations/{}/wrap_up/end", "{}", error);
}

static gboolean
export_customer (const CtlOptions *options, GError **error)
{
  g_autoptr (JsonNode) answer = call (options, "GET", "/admin/customers/{}/export", NULL, error);

  if (answer == NULL)
    return FALSE;
  ctl_report_json (answer);
  return TRUE;
}

static gboolean
erase_customer (const CtlOptions *options, GError **error)
{
  return send (options, "DELETE", "/admin/customers/{}", NULL, error);
}

const CtlCommand ctl_commands[] = {
  { "check", 1, "FILE", "say every error of a centre's definitions; needs no guichetd",
    ctl_definitions_check },
  { "apply", 1, "FILE", "check the definitions and make them the centre's, all or nothing",
    ctl_definitions_apply },
  { "definitions", 0, "", "print the definitions in force", ctl_definitions_print },
  { "status", 0, "", "agents, queues and calls now", ctl_report_status },
  { "journal", 0, "", "print stored events, one JSON object a line", ctl_report_journal },
  { "agent set-password", 1, "AGENT", "ask for a new password (or read a line of standard input)",
    set_password },
  { "agent sign-out", 1, "AGENT", "sign an agent out; with --force in spite of open work",
    sign_out },
  { "voicemail pin", 0, "",
    "ask for the PIN of a box and print its hash for the definitions (or read a line)", make_pin },
  { "voicemail set-pin", 1, "AGENT", "ask for the PIN of an agent's own box (or read a line)",
    set_pin },
  { "voicemail reset-pin", 1, "AGENT",
    "forget it: the one of the definitions holds, if there is one", reset_pin },
  { "wrap-up end", 1, "PARTICIPATION", "end a wrap-up on the agent's behalf", end_wrap_up },
  { "contacts import", 1, "FILE",
    "put outside contacts of a .json, .csv or .vcf file into the directory", ctl_contacts_import },
  { "customer export", 1, "CUSTOMER", "print everything that is stored of one customer",
    export_customer },
  { "customer erase", 1, "CUSTOMER", "erase one customer everywhere", erase_customer },
  { NULL },
};

const CtlCommand *
ctl_command_find (char **words, guint *used)
{
  for (const CtlCommand *row = ctl_commands; row->words != NULL; row++)
    {
      g_auto (GStrv) wanted = g_strsplit (row->words, " ", -1);
      guint n = g_strv_length (wanted), i = 0;

      while (i < n && words[i] != NULL && g_str_equal (words[i], wanted[i]))
        i++;
      if (i == n)
        {
          *used = n;
          return row;
        }
    }
  return NULL;
}
