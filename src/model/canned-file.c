/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of canned replies. CSV is read as RFC 4180 has it and as spreadsheets of several countries
 * write it: the separator is found in the first line, columns by their heading in any of our
 * languages, or in the order name, shortcut, category, text, language without one. Rows that differ
 * in their language alone are one reply. Pure functions. */
#include "model/canned-file.h"

#include "base/fold.h"
#include "base/json.h"

#include <string.h>

#define FILE_REPLIES 10000

typedef enum
{
  COLUMN_NAME,
  COLUMN_SHORTCUT,
  COLUMN_CATEGORY,
  COLUMN_TEXT,
  COLUMN_LANGUAGE,
  N_COLUMNS
} Column;

static const struct
{
  const char *heading; /* folded */
  Column column;
} headings[] = {
  { "name", COLUMN_NAME },          { "nom", COLUMN_NAME },
  { "title", COLUMN_NAME },         { "titre", COLUMN_NAME },
  { "име", COLUMN_NAME },           { "заглавие", COLUMN_NAME },
  { "shortcut", COLUMN_SHORTCUT },  { "raccourci", COLUMN_SHORTCUT },
  { "пряк път", COLUMN_SHORTCUT },  { "съкращение", COLUMN_SHORTCUT },
  { "category", COLUMN_CATEGORY },  { "categorie", COLUMN_CATEGORY },
  { "категория", COLUMN_CATEGORY }, { "text", COLUMN_TEXT },
  { "texte", COLUMN_TEXT },         { "message", COLUMN_TEXT },
  { "content", COLUMN_TEXT },       { "contenu", COLUMN_TEXT },
  { "текст", COLUMN_TEXT },         { "съобщение", COLUMN_TEXT },
  { "language", COLUMN_LANGUAGE },  { "langue", COLUMN_LANGUAGE },
  { "език", COLUMN_LANGUAGE },
};

typedef struct
{
  const char *at;
  const char *end;
  char separator;
  guint line; /* of what is read next, from 1 */
} Reader;

static const char *const column_names[] = { "name", "shortcut", "category", "text", "language" };

/* --- rows ------------------------------------------------------------------------------------- */

static char
separator_of (const char *data, const char *end)
{
  guint commas = 0, semicolons = 0, tabs = 0;
  gboolean quoted = FALSE;

  for (const char *p = data; p < end && (quoted || (*p != '\n' && *p != '\r')); p++)
    {
      quoted = quoted != (*p == '"');
      commas += !quoted && *p == ',';
      semicolons += !quoted && *p == ';';
      tabs += !quoted && *p == '\t';
    }
  if (tabs > commas && tabs > semicolons)
    return '\t';
  return semicolons > commas ? ';' : ',';
}

/* Line ends within a field become \n. */
static char
next_char (Reader *self)
{
  char c = *self->at++;

  if (c == '\r')
    {
      if (self->at < self->end && *self->at == '\n')
        self->at++;
      c = '\n';
    }
  self->line += c == '\n';
  return c;
}

/* FALSE after the last field of its row. */
static gboolean
read_field (Reader *self, GString *field)
{
  gboolean quoted = FALSE;

  while (self->at < self->end)
    {
      char c = next_char (self);
      if (quoted && c == '"' && self->at < self->end && *self->at == '"')
        g_string_append_c (field, next_char (self));
      else if (c == '"' && (quoted || field->len == 0))
        quoted = !quoted;
      else if (!quoted && c == self->separator)
        return TRUE;
      else if (!quoted && c == '\n')
        return FALSE;
      else
        g_string_append_c (field, c);
    }
  return FALSE;
}

static GPtrArray *
read_row (Reader *self)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
  gboolean more = TRUE;

  while (more)
    {
      GString *field = g_string_new (NULL);
      more = read_field (self, field);
      g_ptr_array_add (row, g_strstrip (g_string_free (field, FALSE)));
    }
  return row;
}

static gboolean
is_empty (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    if (*(char *) row->pdata[i] != '\0')
      return FALSE;
  return TRUE;
}

/* Whether the row says which column holds what; then @columns does. */
static gboolean
read_headings (GPtrArray *row, int columns[N_COLUMNS])
{
  guint found = 0;

  for (int i = 0; i < N_COLUMNS; i++)
    columns[i] = -1;
  for (guint i = 0; i < row->len; i++)
    {
      g_autofree char *folded = base_fold (row->pdata[i]);
      for (guint j = 0; j < G_N_ELEMENTS (headings); j++)
        {
          /* What is compared is folded as well: й is и there. */
          g_autofree char *heading = base_fold (headings[j].heading);
          if (g_str_equal (heading, folded) && columns[headings[j].column] < 0)
            {
              columns[headings[j].column] = (int) i;
              found++;
            }
        }
    }
  if (found >= 2 && columns[COLUMN_TEXT] >= 0)
    return TRUE;
  for (int i = 0; i < N_COLUMNS; i++)
    columns[i] = i;
  return FALSE;
}

/* --- replies ---------------------------------------------------------------------------------- */

static char *
take (GPtrArray *row, const int columns[N_COLUMNS], Column column)
{
  int at = columns[column];
  const char *text = at >= 0 && (guint) at < row->len ? row->pdata[at] : "";

  if (column == COLUMN_SHORTCUT && *text == '/')
    text++;
  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
say (GPtrArray *problems, guint line, const char *code, const char *message)
{
  g_autofree char *path = g_strdup_printf ("line %u", line);

  model_problems_add (problems, path, code, "%s", message);
}

static gboolean
same_but_text (const ModelCannedReply *a, const ModelCannedReply *b)
{
  return g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->shortcut, b->shortcut) == 0 &&
         g_strcmp0 (a->category, b->category) == 0;
}

/* Sorted by language, as the tables of fields have it. FALSE: it has one in this language. */
static gboolean
add_text (ModelCannedReply *reply, const char *language, const char *text)
{
  GPtrArray *texts = g_ptr_array_new ();
  guint at = 0;

  for (;
       reply->texts != NULL && reply->texts[at] != NULL && strcmp (reply->texts[at], language) < 0;
       at += 2)
    ;
  if (reply->texts != NULL && g_strcmp0 (reply->texts[at], language) == 0)
    {
      g_ptr_array_unref (texts);
      return FALSE;
    }
  for (guint i = 0; reply->texts != NULL && reply->texts[i] != NULL; i++)
    g_ptr_array_add (texts, reply->texts[i]);
  g_ptr_array_insert (texts, (int) at, g_strdup (language));
  g_ptr_array_insert (texts, (int) at + 1, g_strdup (text));
  g_ptr_array_add (texts, NULL);
  g_free (reply->texts);
  reply->texts = (ModelNames) g_ptr_array_free (texts, FALSE);
  return TRUE;
}

static void
check_lengths (const ModelCannedReply *reply, const char *text, guint line, GPtrArray *problems)
{
  const struct
  {
    const char *text;
    glong max;
    Column column;
  } bounds[] = {
    { reply->name, MODEL_REPLY_NAME_MAX, COLUMN_NAME },
    { reply->category, MODEL_REPLY_CATEGORY_MAX, COLUMN_CATEGORY },
    { text, MODEL_REPLY_TEXT_MAX, COLUMN_TEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (bounds[i].text != NULL && g_utf8_strlen (bounds[i].text, -1) > bounds[i].max)
      say (problems, line, "length", column_names[bounds[i].column]);
}

static void
take_row (GPtrArray *row,
          const int columns[N_COLUMNS],
          guint line,
          GPtrArray *replies,
          GPtrArray *problems)
{
  g_autoptr (ModelCannedReply) reply = model_canned_reply_new ();
  ModelCannedReply *before = replies->len > 0 ? replies->pdata[replies->len - 1] : NULL;
  g_autofree char *text = take (row, columns, COLUMN_TEXT);
  g_autofree char *language = take (row, columns, COLUMN_LANGUAGE);
  const char *of = language != NULL ? language : MODEL_REPLY_ANY;

  reply->name = take (row, columns, COLUMN_NAME);
  reply->shortcut = take (row, columns, COLUMN_SHORTCUT);
  reply->category = take (row, columns, COLUMN_CATEGORY);
  if (reply->name == NULL)
    reply->name = g_strdup (reply->shortcut);
  check_lengths (reply, text, line, problems);
  if (reply->name == NULL)
    say (problems, line, "missing", "name");
  else if (text == NULL)
    say (problems, line, "missing", "text");
  else if (!model_language_valid (of))
    say (problems, line, "syntax", "language");
  else if (reply->shortcut != NULL && !model_reply_shortcut_valid (reply->shortcut))
    say (problems, line, "syntax", "shortcut");
  else if (before != NULL && same_but_text (before, reply) && add_text (before, of, text))
    return;
  else
    {
      add_text (reply, of, text);
      g_ptr_array_add (replies, g_steal_pointer (&reply));
    }
}

static void
read_csv (Reader *self, GPtrArray *replies, GPtrArray *problems)
{
  int columns[N_COLUMNS];
  gboolean first = TRUE;

  while (self->at < self->end && replies->len <= FILE_REPLIES)
    {
      guint line = self->line;
      g_autoptr (GPtrArray) row = read_row (self);
      gboolean heading = first && !is_empty (row) && read_headings (row, columns);

      first = first && is_empty (row);
      if (!heading && !is_empty (row))
        take_row (row, columns, line, replies, problems);
    }
}

static void
read_item (JsonNode *node, guint number, GPtrArray *replies, GPtrArray *problems)
{
  g_autoptr (ModelCannedReply) reply = model_canned_reply_new ();
  g_autofree char *path = g_strdup_printf ("%u", number);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      model_problems_add (problems, path, "type", "an object expected");
      return;
    }
  json_object_remove_member (json_node_get_object (node), "id");
  model_fields_read (&model_canned_reply_body_noun, json_node_get_object (node), path, reply,
                     problems);
  model_canned_reply_check (reply, path, problems);
  g_ptr_array_add (replies, g_steal_pointer (&reply));
}

static void
read_json (const char *data, gsize length, GPtrArray *replies, GPtrArray *problems)
{
  BaseJsonLimits limits = { .max_size = 64 * 1024 * 1024, .max_depth = 8 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = base_json_parse (data, length, &limits, &error);
  JsonArray *array = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), "canned_replies");
      array =
          member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
    }
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    array = json_node_get_array (node);
  if (array == NULL)
    model_problems_add (problems, "", "syntax", "%s",
                        error != NULL ? error->message : "no list canned_replies");
  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), FILE_REPLIES + 1); i++)
    read_item (json_array_get_element (array, i), i + 1, replies, problems);
}

GPtrArray *
model_canned_file_read (const char *data, gsize length, GPtrArray *problems)
{
  g_autoptr (GPtrArray) replies =
      g_ptr_array_new_with_free_func ((GDestroyNotify) model_canned_reply_free);
  guint before = problems->len;
  Reader reader = { data, data + length, ',', 1 };

  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    reader.at += 3;
  if (!g_utf8_validate_len (reader.at, (gsize) (reader.end - reader.at), NULL))
    {
      model_problems_add (problems, "", "encoding", "not UTF-8");
      return NULL;
    }
  while (reader.at < reader.end && g_ascii_isspace (*reader.at))
    next_char (&reader);
  reader.separator = separator_of (reader.at, reader.end);
  if (reader.at < reader.end && (*reader.at == '{' || *reader.at == '['))
    read_json (reader.at, (gsize) (reader.end - reader.at), replies, problems);
  else
    read_csv (&reader, replies, problems);
  if (problems->len == before && replies->len == 0)
    model_problems_add (problems, "", "missing", "no reply in it");
  if (replies->len > FILE_REPLIES)
    model_problems_add (problems, "", "length", "more than %d replies", FILE_REPLIES);
  return problems->len == before ? g_steal_pointer (&replies) : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* A spreadsheet would take a text that begins so for a formula. */
static gboolean
is_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@", *text) != NULL;
}

static void
append_field (GString *csv, const char *text, gboolean last)
{
  gboolean quote = text != NULL && (strpbrk (text, ",;\t\"\n") != NULL || is_formula (text) ||
                                    g_ascii_isspace (*text));

  if (quote)
    g_string_append_c (csv, '"');
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  if (quote)
    g_string_append_c (csv, '"');
  g_string_append (csv, last ? "\r\n" : ",");
}

char *
model_canned_file_write_csv (GPtrArray *replies)
{
  GString *csv = g_string_new ("\xef\xbb\xbf"); /* else spreadsheets guess the encoding */

  for (guint i = 0; i < N_COLUMNS; i++)
    append_field (csv, column_names[i], i == N_COLUMNS - 1);
  for (guint i = 0; i < replies->len; i++)
    {
      const ModelCannedReply *reply = replies->pdata[i];
      for (guint j = 0; reply->texts != NULL && reply->texts[j] != NULL; j += 2)
        {
          gboolean any = g_str_equal (reply->texts[j], MODEL_REPLY_ANY);
          append_field (csv, reply->name, FALSE);
          append_field (csv, reply->shortcut, FALSE);
          append_field (csv, reply->category, FALSE);
          append_field (csv, reply->texts[j + 1], FALSE);
          append_field (csv, any ? "" : reply->texts[j], TRUE);
        }
    }
  return g_string_free (csv, FALSE);
}

char *
model_canned_file_write_json (GPtrArray *replies)
{
  GString *json = g_string_new ("{\"canned_replies\":[");

  for (guint i = 0; i < replies->len; i++)
    {
      g_string_append (json, i == 0 ? "\n" : ",\n");
      model_fields_write (&model_canned_reply_body_noun, replies->pdata[i], json);
    }
  g_string_append (json, "\n]}\n");
  return g_string_free (json, FALSE);
}
