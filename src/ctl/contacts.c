/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts out of JSON, CSV and vCard: read, given ids that stay the same from one import to the
 * next, joined with those that the centre has, and sent as definitions, which are checked as any.
 */
#include "ctl/contacts.h"

#include "base/json.h"
#include "base/latin.h"
#include "model/contact.h"

#include <stdio.h>

#define ID_MAX 64

static const BaseJsonLimits limits = { .max_size = 64 * 1024 * 1024, .max_depth = 32 };

/* --- one contact ------------------------------------------------------------------------------ */

/* "Жорж Лабов" with +33…: "zhorzh-labov-33…": the same person next time. */
static char *
id_of (const char *name, const char *number)
{
  g_autofree char *latin = base_latin (name);
  g_autofree char *digits = base_digits (number);
  g_autofree char *whole = g_strjoin (" ", latin, digits, NULL);
  GString *id = g_string_new (NULL);

  for (const char *at = whole; *at != '\0' && id->len < ID_MAX; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (id, g_ascii_tolower (*at));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  if (id->len == 0)
    g_string_append (id, "contact");
  return g_string_free (id, FALSE);
}

/* Those without a name or a number that can be dialled are left out. */
static void
add_contact (JsonArray *contacts, const char *name, const char *organisation, GPtrArray *numbers)
{
  JsonObject *contact;
  JsonArray *array;
  g_autofree char *id = NULL;

  if (name == NULL || *name == '\0')
    name = organisation;
  if (name == NULL || *name == '\0' || numbers->len == 0)
    return;
  id = id_of (name, numbers->pdata[0]);
  contact = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < numbers->len; i++)
    json_array_add_string_element (array, numbers->pdata[i]);
  json_object_set_string_member (contact, "id", id);
  json_object_set_string_member (contact, "name", name);
  if (organisation != NULL && *organisation != '\0')
    json_object_set_string_member (contact, "organisation", organisation);
  json_object_set_array_member (contact, "numbers", array);
  json_array_add_object_element (contacts, contact);
}

static void
add_number (GPtrArray *numbers, const char *text)
{
  g_autofree char *number = g_strstrip (g_strdup (text));

  if (*number != '\0' && strlen (number) <= MODEL_NUMBER_MAX && model_number_valid (number))
    g_ptr_array_add (numbers, g_steal_pointer (&number));
}

/* --- CSV -------------------------------------------------------------------------------------- */

/* The cells of a line, with quotes taken off; *at is behind its end. */
static GPtrArray *
read_line (const char **at, char separator)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (; **at != '\0' && (quoted || **at != '\n'); (*at)++)
    if (**at == '"' && quoted && (*at)[1] == '"')
      g_string_append_c (cell, *(*at)++);
    else if (**at == '"')
      quoted = !quoted;
    else if (**at == separator && !quoted)
      {
        g_ptr_array_add (cells, g_strstrip (g_strdup (cell->str)));
        g_string_truncate (cell, 0);
      }
    else
      g_string_append_c (cell, **at);
  g_ptr_array_add (cells, g_strstrip (g_strdup (cell->str)));
  if (**at == '\n')
    (*at)++;
  return cells;
}

/* Whether a heading says this: "name", "organisation", or any "number…". */
static gboolean
is_head (const char *head, const char *what)
{
  g_autofree char *small = g_ascii_strdown (head, -1);

  return g_str_has_prefix (small, what);
}

static void
read_row (JsonArray *contacts, GPtrArray *heads, GPtrArray *cells)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL, *organisation = NULL;

  for (guint i = 0; i < MIN (heads->len, cells->len); i++)
    if (is_head (heads->pdata[i], "name"))
      name = cells->pdata[i];
    else if (is_head (heads->pdata[i], "organi"))
      organisation = cells->pdata[i];
    else if (is_head (heads->pdata[i], "number"))
      add_number (numbers, cells->pdata[i]);
  add_contact (contacts, name, organisation, numbers);
}

static void
read_csv (JsonArray *contacts, const char *text)
{
  const char *at = text, *end = strchr (text, '\n');
  const char *semicolon = strchr (text, ';');
  char separator = semicolon != NULL && (end == NULL || semicolon < end) ? ';' : ',';
  g_autoptr (GPtrArray) heads = read_line (&at, separator);

  while (*at != '\0')
    {
      g_autoptr (GPtrArray) cells = read_line (&at, separator);

      read_row (contacts, heads, cells);
    }
}

/* --- vCard ------------------------------------------------------------------------------------ */

/* Escapes of RFC 6350 taken off. */
static char *
plain (const char *value)
{
  GString *text = g_string_new (NULL);

  for (const char *at = value; *at != '\0'; at++)
    if (*at == '\\' && at[1] != '\0')
      g_string_append_c (text, *++at == 'n' ? ' ' : *at);
    else
      g_string_append_c (text, *at);
  return g_strstrip (g_string_free (text, FALSE));
}

/* Lines that go on in the next are joined. */
static char **
unfolded (const char *text)
{
  g_autoptr (GRegex) fold = g_regex_new ("\r?\n[ \t]", 0, 0, NULL);
  g_autofree char *joined = g_regex_replace_literal (fold, text, -1, 0, "", 0, NULL);

  return g_strsplit (joined != NULL ? joined : text, "\n", -1);
}

typedef struct
{
  char *name, *organisation;
  GPtrArray *numbers;
} Card;

static void
card_clear (Card *card)
{
  g_clear_pointer (&card->name, g_free);
  g_clear_pointer (&card->organisation, g_free);
  g_ptr_array_set_size (card->numbers, 0);
}

static void
read_property (Card *card, const char *line, JsonArray *contacts)
{
  g_autofree char *name = g_ascii_strup (line, (gssize) strcspn (line, ";:"));
  const char *colon = strchr (line, ':');
  g_autofree char *value = colon != NULL ? plain (colon + 1) : NULL;
  const char *dot = strrchr (name, '.'); /* of a group */
  const char *what = dot != NULL ? dot + 1 : name;

  if (value == NULL)
    return;
  if (g_str_equal (what, "BEGIN"))
    card_clear (card);
  else if (g_str_equal (what, "END"))
    add_contact (contacts, card->name, card->organisation, card->numbers);
  else if (g_str_equal (what, "FN") && card->name == NULL)
    card->name = g_steal_pointer (&value);
  else if (g_str_equal (what, "ORG") && card->organisation == NULL)
    card->organisation = g_strndup (value, strcspn (value, ";"));
  else if (g_str_equal (what, "TEL"))
    add_number (card->numbers, g_str_has_prefix (value, "tel:") ? value + 4 : value);
}

static void
read_vcard (JsonArray *contacts, const char *text)
{
  g_auto (GStrv) lines = unfolded (text);
  Card card = { .numbers = g_ptr_array_new_with_free_func (g_free) };

  for (char **line = lines; *line != NULL; line++)
    read_property (&card, g_strchomp (*line), contacts);
  card_clear (&card);
  g_ptr_array_unref (card.numbers);
}

/* --- the file --------------------------------------------------------------------------------- */

static gboolean
read_json (JsonArray *contacts, const char *file, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) node = base_json_parse (text, length, &limits, &failure);
  JsonArray *list;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_INPUT, "%s: %s", file,
                   failure != NULL ? failure->message : "not a list of contacts");
      return FALSE;
    }
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *one = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_OBJECT (one))
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_INPUT, "%s: [%u] is not a contact", file, i);
          return FALSE;
        }
      json_array_add_element (contacts, json_node_copy (one));
    }
  return TRUE;
}

/* NULL with error set. */
static JsonArray *
read_file (const char *file, GError **error)
{
  g_autoptr (JsonArray) contacts = json_array_new ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = NULL;
  const char *body;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, &failure) ||
      !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_INPUT, "%s",
                   failure != NULL ? failure->message : "the file is not UTF-8");
      return NULL;
    }
  body = g_str_has_prefix (text, "\357\273\277") ? text + 3 : text;
  if (g_str_has_suffix (file, ".json"))
    return read_json (contacts, file, body, strlen (body), error) ? g_steal_pointer (&contacts)
                                                                  : NULL;
  if (g_str_has_suffix (file, ".csv"))
    read_csv (contacts, body);
  else if (g_str_has_suffix (file, ".vcf"))
    read_vcard (contacts, body);
  else
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "%s: not a .json, .csv or .vcf file", file);
      return NULL;
    }
  return g_steal_pointer (&contacts);
}

/* Those that the centre has first, in their order. */
static JsonArray *
joined (JsonArray *before, JsonArray *contacts)
{
  g_autoptr (GHashTable) fresh = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *all = json_array_new ();

  for (guint i = json_array_get_length (contacts); i-- > 0;)
    {
      JsonObject *one = json_array_get_object_element (contacts, i);
      const char *id = json_object_get_string_member_with_default (one, "id", "");

      /* Of two lines for one person the last counts. */
      if (g_hash_table_add (fresh, (gpointer) id))
        json_array_add_object_element (all, json_object_ref (one));
    }
  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    {
      JsonObject *one = json_array_get_object_element (before, i);

      if (!g_hash_table_contains (fresh,
                                  json_object_get_string_member_with_default (one, "id", "")))
        json_array_add_object_element (all, json_object_ref (one));
    }
  return all;
}

gboolean
ctl_contacts_import (const CtlOptions *options, GError **error)
{
  g_autoptr (JsonArray) contacts = read_file (options->arguments[0], error);
  g_autoptr (CtlLink) link = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) done = NULL;
  g_autofree char *text = NULL;
  JsonObject *definitions;
  JsonNode *node;

  if (contacts == NULL)
    return FALSE;
  link = ctl_link_new (options->data);
  answer = ctl_link_call (link, "GET", "/admin/definitions", NULL, error);
  if (answer == NULL)
    return FALSE;
  node = json_object_get_member (json_node_get_object (answer), "definitions");
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_REFUSED,
                           "there are no definitions yet; apply them first");
      return FALSE;
    }
  definitions = json_node_get_object (node);
  json_object_remove_member (definitions, "version");
  json_object_set_array_member (definitions, "contacts",
                                joined (json_object_has_member (definitions, "contacts")
                                            ? json_object_get_array_member (definitions, "contacts")
                                            : NULL,
                                        contacts));
  text = json_to_string (node, FALSE);
  done = ctl_link_call (link, "PUT", "/admin/definitions", text, error);
  if (done == NULL)
    return FALSE;
  printf ("%u contacts are read, %u are in the directory\n", json_array_get_length (contacts),
          json_array_get_length (json_object_get_array_member (definitions, "contacts")));
  return TRUE;
}
