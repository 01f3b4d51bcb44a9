/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over HTML as libxml2's parser tells of it: no tree is built, so that depth costs
 * nothing but a counter. Pure; any thread. */
#include "server/channels/email/html-text.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#define DEPTH_MAX 400
#define QUOTE_MAX 20

typedef enum
{
  KIND_INLINE,
  KIND_BLOCK,
  KIND_PARAGRAPH, /* with an empty line around it */
  KIND_SKIPPED    /* with all that is in it */
} Kind;

static const struct
{
  const char *name;
  Kind kind;
} elements[] = {
  { "address", KIND_BLOCK },    { "article", KIND_BLOCK },    { "aside", KIND_BLOCK },
  { "blockquote", KIND_BLOCK }, { "body", KIND_BLOCK },       { "center", KIND_BLOCK },
  { "dd", KIND_BLOCK },         { "div", KIND_BLOCK },        { "dl", KIND_BLOCK },
  { "dt", KIND_BLOCK },         { "fieldset", KIND_BLOCK },   { "figure", KIND_BLOCK },
  { "footer", KIND_BLOCK },     { "form", KIND_BLOCK },       { "h1", KIND_PARAGRAPH },
  { "h2", KIND_PARAGRAPH },     { "h3", KIND_PARAGRAPH },     { "h4", KIND_PARAGRAPH },
  { "h5", KIND_PARAGRAPH },     { "h6", KIND_PARAGRAPH },     { "header", KIND_BLOCK },
  { "hr", KIND_BLOCK },         { "li", KIND_BLOCK },         { "main", KIND_BLOCK },
  { "nav", KIND_BLOCK },        { "ol", KIND_BLOCK },         { "p", KIND_PARAGRAPH },
  { "pre", KIND_PARAGRAPH },    { "section", KIND_BLOCK },    { "table", KIND_BLOCK },
  { "tr", KIND_BLOCK },         { "ul", KIND_BLOCK },         { "applet", KIND_SKIPPED },
  { "audio", KIND_SKIPPED },    { "button", KIND_SKIPPED },   { "canvas", KIND_SKIPPED },
  { "embed", KIND_SKIPPED },    { "head", KIND_SKIPPED },     { "iframe", KIND_SKIPPED },
  { "math", KIND_SKIPPED },     { "noscript", KIND_SKIPPED }, { "object", KIND_SKIPPED },
  { "script", KIND_SKIPPED },   { "select", KIND_SKIPPED },   { "style", KIND_SKIPPED },
  { "svg", KIND_SKIPPED },      { "template", KIND_SKIPPED }, { "textarea", KIND_SKIPPED },
  { "title", KIND_SKIPPED },    { "video", KIND_SKIPPED },
};

typedef struct
{
  Kind kind;
  gboolean quote; /* what it holds quotes */
  gboolean link;
  gboolean pre;
} Open;

typedef struct
{
  htmlParserCtxtPtr parser;
  GString *text;
  GArray *open;      /* Open */
  guint skipping;    /* open elements that are left out */
  guint quotes;      /* open elements that quote */
  guint line_quotes; /* when the last line began */
  guint pres;        /* open elements that keep their blanks */
  guint newlines;    /* wanted before the next word */
  gboolean blank;    /* wanted before the next word */
  gboolean cut;
  char *href;      /* of the open link, or NULL */
  gsize link_from; /* where its text begins */
} Walk;

static Kind
kind_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i].name, name))
      return elements[i].kind;

  return KIND_INLINE;
}

static const char *
attribute (const xmlChar **attributes, const char *name)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[i], name) == 0)
      return attributes[i + 1] != NULL ? (const char *) attributes[i + 1] : "";

  return NULL;
}

static gboolean
is_hidden (const xmlChar **attributes)
{
  const char *style = attribute (attributes, "style");
  g_autoptr (GString) plain = NULL;

  if (attribute (attributes, "hidden") != NULL)
    return TRUE;
  if (style == NULL)
    return FALSE;
  plain = g_string_new (NULL);
  for (const char *p = style; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (plain, g_ascii_tolower (*p));

  return strstr (plain->str, "display:none") != NULL;
}

/* The marks that mail programs put around what they quote. */
static gboolean
is_quote (const char *name, const xmlChar **attributes)
{
  static const char *const classes[] = { "gmail_quote",     "gmail_attr",       "yahoo_quoted",
                                         "moz-cite-prefix", "protonmail_quote", "zmail_extra" };
  static const char *const ids[] = { "divRplyFwdMsg", "appendonsend",
                                     "mail-editor-reference-message-container",
                                     "OLK_SRC_BODY_SECTION" };
  const char *class = attribute (attributes, "class");
  const char *id = attribute (attributes, "id");

  if (g_str_equal (name, "blockquote"))
    return class == NULL || strstr (class, "indent") == NULL;
  for (guint i = 0; class != NULL && i < G_N_ELEMENTS (classes); i++)
    if (strstr (class, classes[i]) != NULL && strstr (class, "gmail_quote_container") != class)
      return TRUE;
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (ids); i++)
    if (strstr (id, ids[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* --- text ------------------------------------------------------------------------------------- */

static void
begin_line (Walk *self, guint quotes)
{
  for (guint i = 0; i < MIN (quotes, QUOTE_MAX); i++)
    g_string_append (self->text, "> ");
}

static void
want_lines (Walk *self, guint lines)
{
  self->newlines = MAX (self->newlines, lines);
  self->blank = FALSE;
}

static void
flush (Walk *self)
{
  if (self->text->len == 0)
    self->newlines = 0;
  if (self->newlines > 0 || self->text->len == 0)
    {
      for (guint i = 0; i < self->newlines; i++)
        {
          g_string_append_c (self->text, '\n');
          if (i + 1 < self->newlines)
            begin_line (self, MIN (self->quotes, self->line_quotes));
        }
      begin_line (self, self->quotes);
      self->line_quotes = self->quotes;
      self->blank = FALSE;
    }
  else if (self->blank)
    g_string_append_c (self->text, ' ');
  self->newlines = 0;
  self->blank = FALSE;
}

static void
add_word (Walk *self, const char *word, gsize size)
{
  flush (self);
  g_string_append_len (self->text, word, (gssize) size);
}

static void
add_preformatted (Walk *self, const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (text[i] == '\n')
      self->newlines++;
    else if (text[i] != '\r')
      add_word (self, text + i, 1);
}

/* A no-break space is a blank as any other. */
static gsize
blank_at (const char *text, gsize left)
{
  if (g_ascii_isspace (*text))
    return 1;

  return left > 1 && (guint8) text[0] == 0xc2 && (guint8) text[1] == 0xa0 ? 2 : 0;
}

static void
on_characters (void *data, const xmlChar *characters, int size)
{
  Walk *self = data;
  const char *text = (const char *) characters;
  gsize length = (gsize) size;

  if (self->skipping > 0)
    return;
  if (self->pres > 0)
    {
      add_preformatted (self, text, length);
      return;
    }
  for (gsize i = 0; i < length;)
    {
      gsize start = i;
      gsize blank;

      while (i < length && blank_at (text + i, length - i) == 0)
        i++;
      if (i > start)
        add_word (self, text + start, i - start);
      while (i < length && (blank = blank_at (text + i, length - i)) > 0)
        {
          self->blank = self->newlines == 0;
          i += blank;
        }
    }
}

/* --- elements --------------------------------------------------------------------------------- */

static void
open_link (Walk *self, const xmlChar **attributes)
{
  const char *href = attribute (attributes, "href");

  g_clear_pointer (&self->href, g_free);
  if (href != NULL &&
      (g_ascii_strncasecmp (href, "http://", 7) == 0 ||
       g_ascii_strncasecmp (href, "https://", 8) == 0 ||
       g_ascii_strncasecmp (href, "mailto:", 7) == 0 || g_ascii_strncasecmp (href, "tel:", 4) == 0))
    self->href = g_strdup (href);
  self->link_from = self->text->len;
}

/* "text (address)" unless the text says the address already. */
static void
close_link (Walk *self)
{
  g_autofree char *href = g_steal_pointer (&self->href);
  const char *plain;
  const char *said;

  if (href == NULL)
    return;
  plain = strchr (href, ':') + 1;
  plain += strspn (plain, "/");
  said = self->link_from <= self->text->len ? self->text->str + self->link_from : "";
  if (strstr (said, plain) != NULL || self->text->len == self->link_from)
    return;
  if (g_str_has_suffix (plain, "/"))
    {
      g_autofree char *bare = g_strndup (plain, strlen (plain) - 1);

      if (strstr (said, bare) != NULL)
        return;
    }
  g_string_append_printf (self->text, " (%s)", href);
}

static void
add_special (Walk *self, const char *name, const xmlChar **attributes)
{
  const char *alt;

  if (g_str_equal (name, "br"))
    {
      self->newlines = MIN (self->newlines + 1, 3);
      self->blank = FALSE;
    }
  else if (g_str_equal (name, "hr"))
    add_word (self, "----", 4);
  else if (g_str_equal (name, "li"))
    {
      add_word (self, "•", strlen ("•"));
      self->blank = TRUE;
    }
  else if (g_str_equal (name, "td") || g_str_equal (name, "th"))
    self->blank = self->newlines == 0;
  else if (g_str_equal (name, "img") && (alt = attribute (attributes, "alt")) != NULL &&
           *alt != '\0')
    {
      add_word (self, "[", 1);
      g_string_append (self->text, alt);
      g_string_append_c (self->text, ']');
    }
  else if (g_str_equal (name, "a"))
    open_link (self, attributes);
}

static void
on_start (void *data, const xmlChar *element, const xmlChar **attributes)
{
  Walk *self = data;
  const char *name = (const char *) element;
  Open open = { kind_of (name), FALSE, g_str_equal (name, "a"), g_str_equal (name, "pre") };

  if (self->open->len >= DEPTH_MAX)
    {
      self->cut = TRUE;
      xmlStopParser (self->parser);
      return;
    }
  if (open.kind != KIND_SKIPPED && is_hidden (attributes))
    open.kind = KIND_SKIPPED;
  open.quote = open.kind != KIND_SKIPPED && is_quote (name, attributes);
  if (open.kind == KIND_SKIPPED)
    self->skipping++;
  else if (self->skipping == 0)
    {
      if (open.kind == KIND_PARAGRAPH)
        want_lines (self, 2);
      else if (open.kind == KIND_BLOCK || open.quote)
        want_lines (self, 1);
    }
  self->quotes += open.quote;
  self->pres += open.pre;
  g_array_append_val (self->open, open);
  if (self->skipping == 0)
    add_special (self, name, attributes);
}

static void
on_end (void *data, const xmlChar *element)
{
  Walk *self = data;
  Open open;

  if (self->open->len == 0)
    return;
  open = g_array_index (self->open, Open, self->open->len - 1);
  g_array_set_size (self->open, self->open->len - 1);
  self->skipping -= open.kind == KIND_SKIPPED;
  self->quotes -= open.quote;
  self->pres -= open.pre;
  if (open.link && self->skipping == 0)
    close_link (self);
  if (self->skipping > 0)
    return;
  if (open.kind == KIND_PARAGRAPH)
    want_lines (self, 2);
  else if (open.kind == KIND_BLOCK || open.quote)
    want_lines (self, 1);
}

static void
parse (htmlParserCtxtPtr parser, const xmlSAXHandler *handler, Walk *walk)
{
  *parser->sax = *handler;
  parser->userData = walk;
  htmlCtxtUseOptions (parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                  HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding (parser, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument (parser);
  xmlFreeDoc (parser->myDoc);
  parser->myDoc = NULL;
  htmlFreeParserCtxt (parser);
}

char *
html_to_text (const char *html, gboolean *cut)
{
  xmlSAXHandler handler = { .startElement = on_start,
                            .endElement = on_end,
                            .characters = on_characters,
                            .ignorableWhitespace = on_characters,
                            .cdataBlock = on_characters };
  Walk walk = { .text = g_string_new (NULL), .open = g_array_new (FALSE, FALSE, sizeof (Open)) };
  gsize size = strlen (html);
  gsize end = MIN (size, HTML_TEXT_MAX);

  while (end < size && end > 0 && ((guint8) html[end] & 0xc0) == 0x80)
    end--;
  walk.cut = end < size;
  walk.parser = end > 0 ? htmlCreateMemoryParserCtxt (html, (int) end) : NULL;
  if (walk.parser != NULL)
    parse (walk.parser, &handler, &walk);
  g_array_unref (walk.open);
  g_free (walk.href);
  *cut = *cut || walk.cut;

  return g_string_free (walk.text, FALSE);
}
