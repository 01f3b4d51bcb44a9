/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes a form apart without copying what is in its parts. Pure; any thread. */
#include "server/channels/sms/parts.h"

#include <string.h>

#define BOUNDARY_MAX 70   /* characters, RFC 2046 */
#define HEAD_MAX     4096 /* bytes of a part's headers */

/* --- headers ---------------------------------------------------------------------------------- */

/* The value of a parameter from where it begins; @at stands behind it then. */
static char *
read_value (const char **at)
{
  GString *value = g_string_new (NULL);
  const char *p = *at;

  if (*p != '"')
    while (*p != '\0' && strchr ("; \t", *p) == NULL)
      g_string_append_c (value, *p++);
  else
    {
      /* Browsers escape quotes alone; elsewhere a backslash is one. */
      for (p++; *p != '\0' && *p != '"'; p++)
        {
          if (p[0] == '\\' && (p[1] == '"' || p[1] == '\\'))
            p++;
          g_string_append_c (value, *p);
        }
      if (*p == '"')
        p++;
    }
  *at = p;

  return g_string_free (value, FALSE);
}

/* A parameter of a header, or NULL. */
static char *
parameter (const char *header, const char *name)
{
  gsize length = strlen (name);
  const char *at = strchr (header, ';');

  while (at != NULL && *at == ';')
    {
      g_autofree char *value = NULL;
      const char *begin;
      gboolean found;

      at++;
      at += strspn (at, " \t");
      begin = at;
      at += strcspn (at, "=;");
      found = (gsize) (at - begin) == length && g_ascii_strncasecmp (begin, name, length) == 0;
      if (*at == '=')
        {
          at++;
          value = read_value (&at);
        }
      if (found && value != NULL)
        return g_utf8_make_valid (value, -1);
      at += strcspn (at, ";");
    }

  return NULL;
}

/* The name of a file, in whichever of its two ways it is given. */
static char *
file_name (const char *disposition)
{
  g_autofree char *extended = parameter (disposition, "filename*");
  const char *text = extended != NULL ? strstr (extended, "''") : NULL;
  g_autofree char *name = NULL;

  if (text == NULL || g_ascii_strncasecmp (extended, "UTF-8", 5) != 0)
    return parameter (disposition, "filename");
  name = g_uri_unescape_string (text + 2, NULL);

  return name != NULL ? g_utf8_make_valid (name, -1) : parameter (disposition, "filename");
}

static const char *
value_of (const char *line, const char *name)
{
  gsize length = strlen (name);

  if (g_ascii_strncasecmp (line, name, length) != 0 || line[length] != ':')
    return NULL;
  line += length + 1;

  return line + strspn (line, " \t");
}

static void
read_head (SmsPart *part, const char *head, gsize length)
{
  g_autofree char *text = g_strndup (head, length);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *value;

      if (part->name == NULL && part->file == NULL &&
          (value = value_of (lines[i], "Content-Disposition")) != NULL)
        {
          part->name = parameter (value, "name");
          part->file = file_name (value);
        }
      else if (part->type == NULL && (value = value_of (lines[i], "Content-Type")) != NULL)
        part->type = g_utf8_make_valid (value, -1);
      else if ((value = value_of (lines[i], "Content-Transfer-Encoding")) != NULL)
        part->base64 = g_ascii_strncasecmp (value, "base64", 6) == 0;
    }
}

/* --- parts ------------------------------------------------------------------------------------ */

typedef struct
{
  GBytes *body;
  const char *data;
  gsize length, at;
  char *mark; /* "\r\n--BOUNDARY" */
  gsize mark_length;
} Form;

static const char *
find (const Form *form, const char *what, gsize length)
{
  return memmem (form->data + form->at, form->length - form->at, what, length);
}

/* From behind a mark to the part's own bytes. FALSE: that is none, or the last mark. */
static gboolean
enter (Form *form, SmsPart *part)
{
  const char *begin = form->data + form->at;
  const char *end;

  while (form->at < form->length && (*begin == ' ' || *begin == '\t'))
    {
      begin++;
      form->at++;
    }
  if (form->length - form->at < 4 || memcmp (begin, "\r\n", 2) != 0)
    return FALSE;
  /* The empty line may follow at once. */
  end = memmem (begin, MIN (form->length - form->at, HEAD_MAX), "\r\n\r\n", 4);
  if (end == NULL)
    return FALSE;
  if (end > begin)
    read_head (part, begin + 2, (gsize) (end - begin) - 2);
  form->at = (gsize) (end - form->data) + 4;

  return TRUE;
}

static gboolean
read_part (Form *form, SmsPartFunc func, gpointer user_data)
{
  SmsPart part = { 0 };
  const char *end = NULL;
  gboolean well = FALSE;

  if (enter (form, &part))
    {
      /* Of an empty part the line's end before the mark is that of the headers. */
      form->at -= 2;
      end = find (form, form->mark, form->mark_length);
    }
  if (end != NULL)
    {
      gsize stop = (gsize) (end - form->data);
      gsize begin = MIN (form->at + 2, stop);

      part.bytes = g_bytes_new_from_bytes (form->body, begin, stop - begin);
      form->at = stop + form->mark_length;
      well = func (&part, user_data);
    }
  g_clear_pointer (&part.bytes, g_bytes_unref);
  g_free (part.name);
  g_free (part.file);
  g_free (part.type);

  return well;
}

static gboolean
is_over (const Form *form)
{
  return form->length - form->at >= 2 && memcmp (form->data + form->at, "--", 2) == 0;
}

gboolean
sms_parts_read (GBytes *body, const char *type, SmsPartFunc func, gpointer user_data)
{
  g_autofree char *boundary = parameter (type, "boundary");
  g_autofree char *mark = NULL;
  Form form = { .body = body };
  const char *first = NULL;

  form.data = g_bytes_get_data (body, &form.length);
  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > BOUNDARY_MAX ||
      form.data == NULL)
    return FALSE;
  form.mark = mark = g_strconcat ("\r\n--", boundary, NULL);
  form.mark_length = strlen (mark);
  if (form.length >= form.mark_length - 2 &&
      memcmp (form.data, mark + 2, form.mark_length - 2) == 0)
    form.at = form.mark_length - 2;
  else if ((first = find (&form, mark, form.mark_length)) != NULL)
    form.at = (gsize) (first - form.data) + form.mark_length;
  else
    return FALSE;
  for (guint n = 0; !is_over (&form); n++)
    if (n >= SMS_PARTS_MAX || !read_part (&form, func, user_data))
      return FALSE;

  return TRUE;
}
