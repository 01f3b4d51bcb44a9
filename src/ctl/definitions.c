/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions from a file: the model finds every error here already, so that a bad file never
 * reaches the daemon, which checks once more what it is sent. */
#include "ctl/definitions.h"

#include "base/json.h"
#include "ctl/report.h"
#include "model/definitions.h"

#include <stdio.h>

static const BaseJsonLimits limits = { .max_size = 64 * 1024 * 1024, .max_depth = 32 };

/* The file's text once it has been found right, or NULL with an error that lists every problem. */
static char *
read_checked (const char *file, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (ModelDefinitions) definitions = NULL;
  g_autoptr (GString) list = NULL;

  if (!g_file_get_contents (file, &text, &length, &failure))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_INPUT, failure->message);
      return NULL;
    }
  node = base_json_parse (text, length, &limits, &failure);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_REFUSED, "%s: %s", file,
                   failure != NULL ? failure->message : "the document is not an object");
      return NULL;
    }
  definitions = model_definitions_from_json (json_node_get_object (node), problems);
  if (definitions != NULL)
    return g_steal_pointer (&text);
  list = g_string_new (NULL);
  g_string_append_printf (list, "%s: %u error%s, nothing was changed", file, problems->len,
                          problems->len == 1 ? "" : "s");
  for (guint i = 0; i < problems->len; i++)
    {
      const ModelProblem *problem = problems->pdata[i];

      g_string_append_printf (list, "\n%s: %s", problem->path, problem->message);
    }
  g_set_error_literal (error, CTL_ERROR, CTL_ERROR_REFUSED, list->str);
  return NULL;
}

gboolean
ctl_definitions_check (const CtlOptions *options, GError **error)
{
  g_autofree char *text = read_checked (options->arguments[0], error);

  if (text == NULL)
    return FALSE;
  printf ("%s: no errors\n", options->arguments[0]);
  return TRUE;
}

gboolean
ctl_definitions_apply (const CtlOptions *options, GError **error)
{
  g_autofree char *text = read_checked (options->arguments[0], error);
  g_autoptr (CtlLink) link = NULL;
  g_autoptr (JsonNode) answer = NULL;

  if (text == NULL)
    return FALSE;
  link = ctl_link_new (options->data);
  answer = ctl_link_call (link, "PUT", "/admin/definitions", text, error);
  if (answer == NULL)
    return FALSE;
  printf ("version %" G_GINT64_FORMAT " is in force\n",
          json_object_get_int_member_with_default (json_node_get_object (answer), "version", 0));
  return TRUE;
}

gboolean
ctl_definitions_print (const CtlOptions *options, GError **error)
{
  g_autoptr (CtlLink) link = ctl_link_new (options->data);
  g_autoptr (JsonNode) answer = ctl_link_call (link, "GET", "/admin/definitions", NULL, error);
  JsonNode *definitions;

  if (answer == NULL)
    return FALSE;
  definitions = json_object_get_member (json_node_get_object (answer), "definitions");
  ctl_report_json (definitions != NULL ? definitions : answer);
  return TRUE;
}
