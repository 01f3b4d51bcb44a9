/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quoted lines and flowed text. Pure; any thread. */
#include "server/channels/email/quotes.h"

#include <string.h>

#define ATTRIBUTION_LINES 3
#define ATTRIBUTION_MAX   400 /* bytes */
#define FLOW_WIDTH        72
#define BYTES_MAX         900 /* bytes of a line as it goes out; SMTP ends at 998 */
#define QUOTE_LINES_MAX   400 /* of earlier text below an answer */

/* --- flowed ----------------------------------------------------------------------------------- */

static guint
quote_depth (const char *line)
{
  return (guint) strspn (line, ">");
}

static void
append_quoted (GString *into, guint depth, const char *text)
{
  for (guint i = 0; i < MIN (depth, 50); i++)
    g_string_append_c (into, '>');
  if (depth > 0)
    g_string_append_c (into, ' ');
  g_string_append (into, text);
}

char *
quotes_unflow (const char *text, gboolean delete_space)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean flowing = FALSE;
  guint depth_before = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint depth = quote_depth (lines[i]);
      char *line = lines[i] + depth;
      gsize size;
      gboolean soft;

      if (*line == ' ')
        line++;
      size = strlen (line);
      soft = size > 0 && line[size - 1] == ' ' && !g_str_equal (line, "-- ");
      if (soft && delete_space)
        line[size - 1] = '\0';
      if (flowing && depth == depth_before && !g_str_equal (line, "-- "))
        g_string_append (result, line);
      else
        {
          if (i > 0)
            g_string_append_c (result, '\n');
          append_quoted (result, depth, line);
        }
      flowing = soft;
      depth_before = depth;
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* One paragraph in lines of FLOW_WIDTH characters, each but the last with a blank at its end. */
static void
flow_line (const char *line, const char *prefix, GString *into)
{
  const char *start = line;

  do
    {
      const char *end = start;
      const char *blank = NULL;
      glong width = 0;

      for (; *end != '\0' && (width <= FLOW_WIDTH || blank == NULL) && end - start < BYTES_MAX;
           end = g_utf8_next_char (end), width++)
        if (*end == ' ')
          blank = end;
      if (*end == '\0')
        blank = NULL;
      else if (blank != NULL)
        end = blank + 1;
      g_string_append (into, prefix);
      if (*prefix == '\0' && (*start == ' ' || *start == '>' || g_str_has_prefix (start, "From ")))
        g_string_append_c (into, ' ');
      g_string_append_len (into, start, end - start);
      g_string_append_c (into, '\n');
      start = end;
    }
  while (*start != '\0');
}

char *
quotes_flow (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) result = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint depth = quote_depth (lines[i]);
      g_autofree char *marks = g_strnfill (depth, '>');
      g_autofree char *prefix = g_strconcat (marks, depth > 0 ? " " : "", NULL);
      char *line = lines[i] + depth;

      if (depth > 0 && *line == ' ')
        line++;
      if (!g_str_equal (line, "-- "))
        g_strchomp (line);
      flow_line (line, prefix, result);
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

char *
quotes_quote (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", QUOTE_LINES_MAX + 1);
  g_autoptr (GString) result = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && i < QUOTE_LINES_MAX; i++)
    g_string_append_printf (result, "%s%s\n",
                            *lines[i] == '>'    ? ">"
                            : *lines[i] == '\0' ? ">"
                                                : "> ",
                            lines[i]);

  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* --- what quotes ------------------------------------------------------------------------------ */

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

static gboolean
has_time (const char *text)
{
  for (const char *p = text; *p != '\0' && p[1] != '\0'; p++)
    if (g_ascii_isdigit (*p) && (g_ascii_isdigit (p[1]) || p[1] == ':' || p[1] == '.'))
      return TRUE;

  return FALSE;
}

/* "On 3 May 2026 at 10:15, Ana <ana@example.org> wrote:", in whatever language: ends with a colon
 * and names a time or an address. */
static gboolean
is_attribution (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gsize size = strlen (trimmed);

  if (size < 8 || size > ATTRIBUTION_MAX || trimmed[size - 1] != ':')
    return FALSE;

  return has_time (trimmed) || strchr (trimmed, '@') != NULL;
}

/* The lines before a quoted block that say whose words follow: as few as name a time, or else an
 * address. */
static guint
attribution_before (char **lines, guint first)
{
  guint end = first;
  guint found = first;
  g_autoptr (GString) text = g_string_new (NULL);

  while (end > 0 && is_blank (lines[end - 1]))
    end--;
  if (end == 0 || first - end > 2)
    return first;
  for (guint n = 1; n <= ATTRIBUTION_LINES && n <= end; n++)
    {
      const char *line = lines[end - n];

      if (is_blank (line) || *line == '>')
        break;
      g_string_prepend (text, " ");
      g_string_prepend (text, line);
      if (!is_attribution (text->str))
        continue;
      if (has_time (text->str))
        return end - n;
      if (found == first)
        found = end - n;
    }

  return found;
}

static gboolean
is_separator (const char *line)
{
  static const char *const words[] = { "original message",     "message d'origine",
                                       "message d’origine",    "message original",
                                       "оригинално съобщение", "ursprüngliche nachricht",
                                       "исходное сообщение",   "оригинальное сообщение",
                                       "originalnachricht",    "mensaje original",
                                       "messaggio originale" };
  g_autofree char *small = NULL;

  if (!g_str_has_prefix (line, "--") || strlen (line) > 120)
    return FALSE;
  small = g_utf8_strdown (line, -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (small, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* The kind of header that a line repeats: 1 from, 2 date, 3 to, 4 subject; 0: none. */
static guint
header_kind (const char *line)
{
  static const struct
  {
    const char *word;
    guint kind;
  } words[] = { { "from:", 1 },       { "de:", 1 },         { "от:", 1 },      { "von:", 1 },
                { "da:", 1 },         { "expéditeur:", 1 }, { "sent:", 2 },    { "date:", 2 },
                { "envoyé:", 2 },     { "изпратено:", 2 },  { "дата:", 2 },    { "gesendet:", 2 },
                { "отправлено:", 2 }, { "enviado:", 2 },    { "inviato:", 2 }, { "to:", 3 },
                { "à:", 3 },          { "до:", 3 },         { "an:", 3 },      { "кому:", 3 },
                { "para:", 3 },       { "a:", 3 },          { "cc:", 3 },      { "копие:", 3 },
                { "subject:", 4 },    { "objet:", 4 },      { "относно:", 4 }, { "тема:", 4 },
                { "betreff:", 4 },    { "asunto:", 4 },     { "oggetto:", 4 } };
  g_autofree char *head = NULL;
  g_autofree char *small = NULL;
  const char *colon = strchr (line, ':');
  gsize size;

  if (colon == NULL || colon - line > 40)
    return 0;
  head = g_strndup (line, (gsize) (colon - line));
  g_strdelimit (head, "*", ' ');
  g_strstrip (head);
  if (g_str_has_suffix (head, "\302\240"))
    head[strlen (head) - 2] = '\0';
  size = strlen (head);
  small = g_utf8_strdown (head, -1);
  for (guint i = 0; size > 0 && i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].word) == strlen (small) + 1 && g_str_has_prefix (words[i].word, small))
      return words[i].kind;

  return 0;
}

/* From, and two other headers in the next lines. */
static gboolean
is_header_block (char **lines, guint first)
{
  guint seen = 0;

  if (header_kind (lines[first]) != 1)
    return FALSE;
  for (guint i = first + 1; lines[i] != NULL && i < first + 6; i++)
    seen |= 1u << header_kind (lines[i]);

  return ((seen >> 2) & 1) + ((seen >> 3) & 1) + ((seen >> 4) & 1) >= 2;
}

static void
mark_to_the_end (char **lines, gboolean *quoted, guint n_lines)
{
  for (guint i = 0; i < n_lines; i++)
    {
      gboolean block = is_header_block (lines, i);
      guint from = i;

      if (quoted[i] || !(block || is_separator (lines[i])))
        continue;
      while (block && from > 0 &&
             (is_blank (lines[from - 1]) || g_str_has_prefix (lines[from - 1], "_____")))
        from--;
      for (; from < n_lines; from++)
        quoted[from] = TRUE;
      return;
    }
}

static gboolean
says_something (char **lines, const gboolean *quoted, guint n_lines)
{
  for (guint i = 0; i < n_lines; i++)
    if (!quoted[i] && !is_blank (lines[i]))
      return TRUE;

  return FALSE;
}

static char *
join (char **lines, const gboolean *quoted, guint n_lines)
{
  g_autoptr (GString) result = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    {
      if (i > 0)
        g_string_append_c (result, '\n');
      if (quoted[i] && *lines[i] != '>')
        g_string_append (result, is_blank (lines[i]) ? ">" : "> ");
      g_string_append (result, lines[i]);
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

char *
quotes_mark (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);
  g_autofree gboolean *quoted = g_new0 (gboolean, n_lines + 1);

  for (guint i = 0; i < n_lines; i++)
    {
      guint from;

      quoted[i] = *lines[i] == '>';
      if (!quoted[i] || (i > 0 && quoted[i - 1]))
        continue;
      for (from = attribution_before (lines, i); from < i; from++)
        quoted[from] = TRUE;
    }
  mark_to_the_end (lines, quoted, n_lines);
  if (!says_something (lines, quoted, n_lines))
    return g_strdup (text);

  return join (lines, quoted, n_lines);
}
