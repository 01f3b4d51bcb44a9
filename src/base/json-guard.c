/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard before json-glib: a recursive descent over the bytes that builds nothing. Its recursion
 * is bounded by the depth limit. Any thread. */
#include "base/json-guard.h"

#include "base/error.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define DEPTH_CEILING 256
#define NUMBER_MAX    400 /* characters of one number: more than any double needs */

const BaseJsonLimits base_json_default_limits = { 1024 * 1024, 32 };

typedef struct
{
  const char *at;
  const char *start;
  const char *end;
  const char *problem; /* NULL while all is well */
  guint depth;
  guint max_depth;
  gboolean too_deep;
} Guard;

static gboolean check_value (Guard *self);

static gboolean
fail (Guard *self, const char *problem)
{
  if (self->problem == NULL)
    self->problem = problem;
  return FALSE;
}

static char
peek (Guard *self)
{
  return self->at < self->end ? *self->at : '\0';
}

static void
skip_space (Guard *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r'))
    self->at++;
}

static gboolean
take_char (Guard *self, char wanted)
{
  if (self->at >= self->end || *self->at != wanted)
    return FALSE;
  self->at++;
  return TRUE;
}

static gsize
skip_digits (Guard *self)
{
  const char *from = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return (gsize) (self->at - from);
}

static gboolean
number_fits (Guard *self, const char *from, gboolean is_integer)
{
  char text[NUMBER_MAX + 1];
  gsize length = (gsize) (self->at - from);

  if (length > NUMBER_MAX)
    return fail (self, "a number too long");
  memcpy (text, from, length);
  text[length] = '\0';
  errno = 0;
  if (is_integer)
    {
      g_ascii_strtoll (text, NULL, 10);
      return errno == ERANGE ? fail (self, "an integer out of range") : TRUE;
    }
  if (!isfinite (g_ascii_strtod (text, NULL)))
    return fail (self, "a number out of range");
  return TRUE;
}

static gboolean
check_number (Guard *self)
{
  const char *from = self->at;
  gboolean is_integer = TRUE;

  take_char (self, '-');
  if (!take_char (self, '0') && skip_digits (self) == 0)
    return fail (self, "a number without digits");
  if (take_char (self, '.'))
    {
      is_integer = FALSE;
      if (skip_digits (self) == 0)
        return fail (self, "a fraction without digits");
    }
  if (take_char (self, 'e') || take_char (self, 'E'))
    {
      is_integer = FALSE;
      if (!take_char (self, '+'))
        take_char (self, '-');
      if (skip_digits (self) == 0)
        return fail (self, "an exponent without digits");
    }
  return number_fits (self, from, is_integer);
}

static gboolean
take_hex4 (Guard *self, guint *value)
{
  *value = 0;
  for (gint i = 0; i < 4; i++)
    {
      if (self->at >= self->end || !g_ascii_isxdigit (*self->at))
        return fail (self, "a bad \\u escape");
      *value = *value * 16 + (guint) g_ascii_xdigit_value (*self->at++);
    }
  return TRUE;
}

static gboolean
check_unicode_escape (Guard *self)
{
  guint high, low;

  if (!take_hex4 (self, &high))
    return FALSE;
  if (high < 0xd800 || high > 0xdfff)
    return TRUE;
  if (high > 0xdbff || !take_char (self, '\\') || !take_char (self, 'u') ||
      !take_hex4 (self, &low) || low < 0xdc00 || low > 0xdfff)
    return fail (self, "a lone surrogate");
  return TRUE;
}

static gboolean
check_string (Guard *self)
{
  self->at++;
  while (self->at < self->end)
    {
      char c = *self->at++;

      if (c == '"')
        return TRUE;
      if ((guchar) c < 0x20)
        return fail (self, "a control character in a string");
      if (c != '\\')
        continue;
      if (take_char (self, 'u'))
        {
          if (!check_unicode_escape (self))
            return FALSE;
        }
      else if (self->at >= self->end || *self->at == '\0' ||
               strchr ("\"\\/bfnrt", *self->at) == NULL)
        return fail (self, "a bad escape");
      else
        self->at++;
    }
  return fail (self, "a string without an end");
}

static gboolean
check_word (Guard *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return fail (self, "a word that JSON does not have");
  self->at += length;
  return TRUE;
}

static gboolean
check_member (Guard *self)
{
  skip_space (self);
  if (peek (self) != '"')
    return fail (self, "a member without a name");
  if (!check_string (self))
    return FALSE;
  skip_space (self);
  if (!take_char (self, ':'))
    return fail (self, "a name without a colon");
  return check_value (self);
}

static gboolean
check_items (Guard *self, char close, gboolean (*check_item) (Guard *))
{
  self->at++;
  if (++self->depth > self->max_depth)
    {
      self->too_deep = TRUE;
      return fail (self, "too deep");
    }
  skip_space (self);
  if (!take_char (self, close))
    {
      do
        {
          if (!check_item (self))
            return FALSE;
          skip_space (self);
        }
      while (take_char (self, ','));
      if (!take_char (self, close))
        return fail (self, "a list without comma or end");
    }
  self->depth--;
  return TRUE;
}

static gboolean
check_value (Guard *self)
{
  skip_space (self);
  if (self->at >= self->end)
    return fail (self, "an end where a value was expected");
  switch (*self->at)
    {
    case '{':
      return check_items (self, '}', check_member);
    case '[':
      return check_items (self, ']', check_value);
    case '"':
      return check_string (self);
    case 't':
      return check_word (self, "true");
    case 'f':
      return check_word (self, "false");
    case 'n':
      return check_word (self, "null");
    default:
      return check_number (self);
    }
}

gboolean
base_json_guard (const char *data, gsize length, const BaseJsonLimits *limits, GError **error)
{
  Guard self = { .at = data, .start = data, .end = data + length };

  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  if (limits == NULL)
    limits = &base_json_default_limits;
  self.max_depth = MIN (limits->max_depth, DEPTH_CEILING);
  if (length > limits->max_size)
    return base_error_set (error, BASE_ERROR_TOO_LARGE, "", (gint64) limits->max_size,
                           "JSON of %" G_GSIZE_FORMAT " bytes", length);
  if (length > 0 && !g_utf8_validate_len (data, length, &self.at))
    return base_error_set (error, BASE_ERROR_SYNTAX, "", 0,
                           "JSON is not UTF-8 at byte %" G_GSIZE_FORMAT, (gsize) (self.at - data));
  self.at = data;
  if (check_value (&self))
    {
      skip_space (&self);
      if (self.at == self.end)
        return TRUE;
      fail (&self, "something after the document");
    }
  return base_error_set (error, self.too_deep ? BASE_ERROR_TOO_DEEP : BASE_ERROR_SYNTAX, "",
                         self.too_deep ? (gint64) self.max_depth : 0,
                         "JSON has %s at byte %" G_GSIZE_FORMAT, self.problem,
                         (gsize) (self.at - self.start));
}
