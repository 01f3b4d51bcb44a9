/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies in the model: definitions with every error and its place, which text is whose,
 * variables, files. */
#include "base/fold.h"
#include "base/json.h"
#include "model/canned-file.h"
#include "model/canned-text.h"
#include "model/definitions.h"

#include <string.h>

static ModelDefinitions *
read_centre (const char *replies, GPtrArray *problems)
{
  g_autofree char *text = g_strdup_printf ("{\"canned_replies\":%s}", replies);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return model_definitions_from_json (json_node_get_object (node), problems);
}

static gboolean
has (GPtrArray *problems, const char *path, const char *code)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const ModelProblem *problem = problems->pdata[i];
      if (g_str_equal (problem->path, path) && g_str_equal (problem->code, code))
        return TRUE;
    }
  return FALSE;
}

static void
test_definitions (void)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (ModelDefinitions) centre = read_centre (
      "[{\"id\":\"hello\",\"shortcut\":\"здравей\",\"name\":\"Greeting\",\"category\":\"Start\","
      "\"texts\":{\"fr\":\"Bonjour {customer.name}\",\"bg\":\"Здравейте\"}},"
      "{\"id\":\"bye\",\"name\":\"Bye\",\"texts\":{\"und\":\"Bye\"}}]",
      problems);
  g_autoptr (GString) json = g_string_new (NULL);

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (centre->canned_replies->len, ==, 2);
  model_definitions_write (centre, json);
  g_assert_nonnull (strstr (json->str, "\"shortcut\":\"здравей\""));
}

static void
test_errors (void)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();

  g_assert_null (read_centre (
      "[{\"id\":\"a\",\"shortcut\":\"Été\",\"name\":\" \",\"texts\":{\"fr\":\"x\"}},"
      "{\"id\":\"a\",\"shortcut\":\"ete\",\"name\":\"b\",\"texts\":{\"fr\":\" \\n\"}},"
      "{\"id\":\"c\",\"shortcut\":\"two words\",\"texts\":{}},"
      "{\"id\":\"d\",\"name\":\"d\",\"texts\":{\"french\":\"x\",\"bg\":\"\\u0007\"},\"more\":1}]",
      problems));
  g_assert_true (has (problems, "canned_replies[0].name", "missing"));
  g_assert_true (has (problems, "canned_replies[1].id", "repeated"));
  g_assert_true (has (problems, "canned_replies[1].shortcut", "repeated"));
  g_assert_true (has (problems, "canned_replies[1].texts.fr", "missing"));
  g_assert_true (has (problems, "canned_replies[2].shortcut", "syntax"));
  g_assert_true (has (problems, "canned_replies[2].name", "missing"));
  g_assert_true (has (problems, "canned_replies[2].texts", "missing"));
  g_assert_true (has (problems, "canned_replies[3].texts.french", "syntax"));
  g_assert_true (has (problems, "canned_replies[3].texts.bg", "syntax"));
  g_assert_true (has (problems, "canned_replies[3].more", "unknown_member"));
  g_assert_cmpuint (problems->len, ==, 10);
}

static void
test_text_of (void)
{
  char *three[] = { (char *) "bg", (char *) "Да",  (char *) "en", (char *) "Yes",
                    (char *) "fr", (char *) "Oui", NULL };
  char *any[] = { (char *) "fr", (char *) "Oui", (char *) "und", (char *) "OK", NULL };

  g_assert_cmpstr (model_reply_text (three, "fr_CA", "bg"), ==, "Oui");
  g_assert_cmpstr (model_reply_text (three, "de", "bg"), ==, "Да");
  g_assert_cmpstr (model_reply_text (three, NULL, "de"), ==, "Yes");
  g_assert_cmpstr (model_reply_text (any, "bg", "fr"), ==, "OK");
  g_assert_cmpstr (model_reply_text (any, "fr", "bg"), ==, "Oui");
  g_assert_cmpstr (model_reply_text (NULL, "fr", "bg"), ==, "");
}

static const char *
lookup (const char *name, gpointer data)
{
  return g_str_equal (name, "agent.name") ? "Dana" : g_str_equal (name, "номер") ? "{x}" : NULL;
}

static void
test_variables (void)
{
  const char *text = "{agent.name}: {номер}, {номер} {a b} {} {{unknown} {agent.name";
  g_auto (GStrv) names = model_text_variables (text);
  g_autofree char *joined = g_strjoinv ("|", names);
  g_autofree char *filled = model_text_fill (text, lookup, NULL);

  g_assert_cmpstr (joined, ==, "agent.name|номер|unknown");
  g_assert_cmpstr (filled, ==, "Dana: {x}, {x} {a b} {} {{unknown} {agent.name");
}

static void
test_permission (void)
{
  g_assert_cmpint (model_reply_permission (MODEL_ROLE_AGENT, FALSE).verdict, ==, MODEL_ALLOWED);
  g_assert_cmpint (model_reply_permission (MODEL_ROLE_AGENT, TRUE).verdict, ==, MODEL_GREYED);
  g_assert_cmpint (model_reply_permission (MODEL_ROLE_SUPERVISOR, TRUE).verdict, ==, MODEL_ALLOWED);
}

static GPtrArray *
read_file (const char *text, GPtrArray *problems)
{
  return model_canned_file_read (text, strlen (text), problems);
}

static void
test_csv (void)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (GPtrArray) french =
      read_file ("\xef\xbb\xbfRaccourci;Catégorie;Nom;Texte;Langue\r\n"
                 "/merci;Fin;Merci;\"Merci ; \"\"à vous\"\"\r\nBonne journée\";fr\r\n"
                 "/merci;Fin;Merci;Благодаря;bg\r\n;;;;\r\n;;Simple;Un texte;\r\n",
                 problems);
  g_autoptr (GPtrArray) plain = read_file ("Bye,bye,End,Good bye\n", problems);
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *csv = NULL, *json = NULL;
  const ModelCannedReply *first;

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (french->len, ==, 2);
  first = french->pdata[0];
  g_assert_cmpstr (first->shortcut, ==, "merci");
  g_assert_cmpstr (model_reply_text (first->texts, "fr", NULL), ==,
                   "Merci ; \"à vous\"\nBonne journée");
  g_assert_cmpstr (model_reply_text (first->texts, "bg", NULL), ==, "Благодаря");
  g_assert_cmpstr (((const ModelCannedReply *) plain->pdata[0])->category, ==, "End");

  csv = model_canned_file_write_csv (french);
  again = read_file (csv, problems);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_true (model_canned_reply_equal (first, again->pdata[0]));
  g_clear_pointer (&again, g_ptr_array_unref);
  json = model_canned_file_write_json (french);
  again = read_file (json, problems);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_true (model_canned_reply_equal (first, again->pdata[0]));
}

static void
test_wrong_files (void)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autofree char *endless = g_strnfill (5000, 'x');
  g_autofree char *too_long = g_strdup_printf ("name,text\nA,%s\n", endless);

  g_assert_null (read_file ("name,shortcut,text\nA,a b,x\nB,b,\n,,x\n", problems));
  g_assert_true (has (problems, "line 2", "syntax"));
  g_assert_true (has (problems, "line 3", "missing"));
  g_assert_true (has (problems, "line 4", "missing"));
  g_assert_null (read_file ("", problems));
  g_assert_true (has (problems, "", "missing"));
  g_assert_null (read_file ("name,text\nA,\xe9t\xe9\n", problems));
  g_assert_true (has (problems, "", "encoding"));
  g_assert_null (read_file ("[{\"name\":\"x\"}]", problems));
  g_assert_true (has (problems, "1.texts", "missing"));
  g_assert_null (read_file ("{\"other\":[]}", problems));
  g_assert_true (has (problems, "", "syntax"));
  g_assert_null (read_file (too_long, problems));
  g_assert_true (has (problems, "line 2", "length"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canned/definitions", test_definitions);
  g_test_add_func ("/canned/errors", test_errors);
  g_test_add_func ("/canned/text-of", test_text_of);
  g_test_add_func ("/canned/variables", test_variables);
  g_test_add_func ("/canned/permission", test_permission);
  g_test_add_func ("/canned/csv", test_csv);
  g_test_add_func ("/canned/wrong-files", test_wrong_files);
  return g_test_run ();
}
