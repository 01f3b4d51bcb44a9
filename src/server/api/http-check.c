/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RFC 9112 as strictly as it can be read. Pure functions, any thread. */
#include "server/api/http-check.h"

#include <string.h>

typedef struct
{
  const char *text;
  gsize length;
} Span;

typedef struct
{
  guint hosts, lengths, encodings;
  guint64 length;
  gboolean upgrade;
  gboolean file; /* a body may be as long as a file */
} Seen;

static gboolean
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
is_token (Span span)
{
  for (gsize i = 0; i < span.length; i++)
    if (!is_token_char (span.text[i]))
      return FALSE;

  return span.length > 0;
}

static gboolean
is_value (Span span)
{
  for (gsize i = 0; i < span.length; i++)
    {
      guchar c = (guchar) span.text[i];

      if ((c < 0x20 && c != '\t') || c == 0x7f)
        return FALSE;
    }

  return TRUE;
}

static gboolean
span_is (Span span, const char *text)
{
  return span.length == strlen (text) && g_ascii_strncasecmp (span.text, text, span.length) == 0;
}

static Span
trim (Span span)
{
  while (span.length > 0 && (*span.text == ' ' || *span.text == '\t'))
    {
      span.text++;
      span.length--;
    }
  while (span.length > 0 &&
         (span.text[span.length - 1] == ' ' || span.text[span.length - 1] == '\t'))
    span.length--;

  return span;
}

/* The next line without its CRLF; FALSE where a line does not end so. */
static gboolean
next_line (Span *rest, Span *line)
{
  const char *end = memchr (rest->text, '\n', rest->length);

  if (end == NULL || end == rest->text || end[-1] != '\r')
    return FALSE;
  line->text = rest->text;
  line->length = (gsize) (end - rest->text) - 1;
  rest->length -= line->length + 2;
  rest->text = end + 1;

  return memchr (line->text, '\r', line->length) == NULL;
}

static gboolean
ends_with (Span span, const char *end)
{
  gsize length = strlen (end);

  return span.length > length && memcmp (span.text + span.length - length, end, length) == 0;
}

static gboolean
takes_file (Span method, Span target)
{
  const char *query = memchr (target.text, '?', target.length);
  Span path = { target.text, query != NULL ? (gsize) (query - target.text) : target.length };
  gboolean callback =
      path.length > 5 && memcmp (path.text, "/sms/", 5) == 0 && ends_with (path, "/in");

  return method.length == 4 && memcmp (method.text, "POST", 4) == 0 &&
         (callback || ends_with (path, "/attachments"));
}

static guint
check_request_line (Span line, Seen *seen, const char **why)
{
  const char *first = memchr (line.text, ' ', line.length);
  const char *last = memrchr (line.text, ' ', line.length);
  Span method, target, version;

  *why = "request line";
  if (first == NULL || first == last)
    return 400;
  method = (Span){ line.text, (gsize) (first - line.text) };
  target = (Span){ first + 1, (gsize) (last - first) - 1 };
  seen->file = takes_file (method, target);
  version = (Span){ last + 1, line.length - (gsize) (last + 1 - line.text) };
  if (!is_token (method) || method.length > 16 || target.length == 0 || target.text[0] != '/')
    return 400;
  if (target.length > HTTP_TARGET_MAX)
    return 414;
  for (gsize i = 0; i < target.length; i++)
    if (!g_ascii_isgraph (target.text[i]) || target.text[i] == '#')
      return 400;
  if (version.length == 8 && memcmp (version.text, "HTTP/1.1", 8) == 0)
    return 0;
  *why = "version";

  return version.length == 8 && memcmp (version.text, "HTTP/", 5) == 0 ? 505 : 400;
}

static gboolean
read_length (Span value, guint64 *length)
{
  guint64 result = 0;

  if (value.length == 0 || value.length > 15)
    return FALSE;
  for (gsize i = 0; i < value.length; i++)
    {
      if (!g_ascii_isdigit (value.text[i]))
        return FALSE;
      result = result * 10 + (guint64) (value.text[i] - '0');
    }
  *length = result;

  return TRUE;
}

static guint
check_header (Span line, Seen *seen, const char **why)
{
  const char *colon = memchr (line.text, ':', line.length);
  Span name, value;

  *why = "header";
  if (colon == NULL)
    return 400;
  name = (Span){ line.text, (gsize) (colon - line.text) };
  value = trim ((Span){ colon + 1, line.length - name.length - 1 });
  if (!is_token (name) || !is_value (value))
    return 400;

  *why = "host";
  if (span_is (name, "host") && (value.length == 0 || seen->hosts++ > 0))
    return 400;
  *why = "content length";
  if (span_is (name, "content-length") &&
      (seen->lengths++ > 0 || !read_length (value, &seen->length)))
    return 400;
  *why = "transfer encoding";
  if (span_is (name, "transfer-encoding") && (seen->encodings++ > 0 || !span_is (value, "chunked")))
    return 400;
  if (span_is (name, "upgrade"))
    seen->upgrade = TRUE;

  return 0;
}

static guint
check_together (const Seen *seen, HttpHead *result, const char **why)
{
  *why = "no host";
  if (seen->hosts != 1)
    return 400;
  *why = "both content length and transfer encoding";
  if (seen->lengths > 0 && seen->encodings > 0)
    return 400;
  *why = "upgrade with a body";
  if (seen->upgrade && (seen->length > 0 || seen->encodings > 0))
    return 400;
  *why = "too large";
  if (seen->length > (seen->file ? HTTP_FILE_MAX : HTTP_BODY_MAX))
    return 413;

  result->upgrade = seen->upgrade;
  result->length = seen->length;
  result->body = seen->encodings > 0 ? HTTP_BODY_CHUNKED
                 : seen->length > 0  ? HTTP_BODY_LENGTH
                                     : HTTP_BODY_NONE;
  *why = NULL;

  return 0;
}

guint
http_check_head (const char *head, gsize length, HttpHead *result, const char **why)
{
  Span rest = { head, length };
  Span line;
  Seen seen = { 0 };
  guint status, headers = 0;

  *why = "line ends";
  if (!next_line (&rest, &line))
    return 400;
  status = check_request_line (line, &seen, why);
  while (status == 0)
    {
      *why = "line ends";
      if (!next_line (&rest, &line))
        return 400;
      if (line.length == 0)
        return rest.length == 0 ? check_together (&seen, result, why) : 400;
      *why = "too many headers";
      if (++headers > HTTP_HEADERS_MAX)
        return 431;
      status = check_header (line, &seen, why);
    }

  return status;
}

static HttpChunkState
take_size (HttpChunks *self, char c)
{
  if (c == '\r')
    return self->digits > 0 ? HTTP_CHUNK_SIZE_LF : HTTP_CHUNK_BAD;
  if (!g_ascii_isxdigit (c) || ++self->digits > 8)
    return HTTP_CHUNK_BAD;
  self->left = self->left * 16 + (guint64) g_ascii_xdigit_value (c);

  return HTTP_CHUNK_SIZE;
}

static HttpChunkState
take_size_lf (HttpChunks *self, char c)
{
  self->total += self->left;
  self->digits = 0;
  if (c != '\n' || self->total > HTTP_BODY_MAX)
    return HTTP_CHUNK_BAD;

  return self->left == 0 ? HTTP_CHUNK_TRAILER_CR : HTTP_CHUNK_DATA;
}

static HttpChunkState
expect (char c, char wanted, HttpChunkState next)
{
  return c == wanted ? next : HTTP_CHUNK_BAD;
}

gsize
http_chunks_take (HttpChunks *self, const char *bytes, gsize length)
{
  gsize taken = 0;

  while (taken < length && self->state != HTTP_CHUNK_END && self->state != HTTP_CHUNK_BAD)
    {
      char c = bytes[taken++];

      switch (self->state)
        {
        case HTTP_CHUNK_SIZE:
          self->state = take_size (self, c);
          break;
        case HTTP_CHUNK_SIZE_LF:
          self->state = take_size_lf (self, c);
          break;
        case HTTP_CHUNK_DATA:
          if (--self->left == 0)
            self->state = HTTP_CHUNK_DATA_CR;
          break;
        case HTTP_CHUNK_DATA_CR:
          self->state = expect (c, '\r', HTTP_CHUNK_DATA_LF);
          break;
        case HTTP_CHUNK_DATA_LF:
          self->state = expect (c, '\n', HTTP_CHUNK_SIZE);
          break;
        case HTTP_CHUNK_TRAILER_CR:
          self->state = expect (c, '\r', HTTP_CHUNK_TRAILER_LF);
          break;
        case HTTP_CHUNK_TRAILER_LF:
          self->state = expect (c, '\n', HTTP_CHUNK_END);
          break;
        case HTTP_CHUNK_END:
        case HTTP_CHUNK_BAD:
          break;
        }
    }

  return taken;
}
