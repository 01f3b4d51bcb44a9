/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before the parser: keeps only the lines that offer and answer need, each in strict syntax,
 * because sofia-sip's sdp_parse does not end on some malformed lines ("m=audio 9/2 RT]/AVP 9").
 * Pure, any thread. */
#include "telephony/sdp-private.h"

#include <string.h>

#define MAX_LINE 512

static gboolean
is_made_of (const char *text, const char *more)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (more, *text) == NULL)
      return FALSE;
  return TRUE;
}

/* "audio 9[/2] RTP/AVP 0 8": words of plain characters with one space between. */
static gboolean
is_media (const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);
  guint n = g_strv_length (words);
  if (n > 0 && *words[n - 1] == '\0') /* some end the line with a space */
    n--;
  if (n < 3 || !is_made_of (words[0], "-") || !g_ascii_isdigit (words[1][0]) ||
      !is_made_of (words[1], "/") || !is_made_of (words[2], "/-"))
    return FALSE;
  for (guint i = 3; i < n; i++)
    if (!is_made_of (words[i], "*._+-"))
      return FALSE;
  return strspn (words[1], "0123456789/") == strlen (words[1]) && strlen (words[1]) < 10;
}

static gboolean
is_needed_attribute (const char *value)
{
  static const char *const names[] = { "rtpmap",   "fmtp",     "crypto",   "rtcp",    "ptime",
                                       "sendrecv", "sendonly", "recvonly", "inactive" };
  gsize length = strcspn (value, ":");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == length && strncmp (value, names[i], length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_printable (const char *value)
{
  for (; *value != '\0'; value++)
    if (*value < ' ' || *value > '~')
      return FALSE;
  return TRUE;
}

typedef struct
{
  GString *connection, *attributes, *media;
} Parts;

/* FALSE: the line is broken, and with it the description. */
static gboolean
take_line (Parts *parts, const char *line)
{
  const char *value = line + 2;
  GString *session = line[0] == 'c' ? parts->connection : parts->attributes;
  if (strlen (line) > MAX_LINE || !g_ascii_islower (line[0]) || line[1] != '=')
    return FALSE;
  switch (line[0])
    {
    case 'v':
      return strcmp (value, "0") == 0;
    case 'm':
      if (is_media (value))
        g_string_append_printf (parts->media, "%s\r\n", line);
      return is_media (value);
    case 'c':
      if (!is_made_of (value, " .:/-"))
        return FALSE;
      break;
    case 'a':
      if (!is_needed_attribute (value))
        return TRUE;
      if (!is_printable (value))
        return FALSE;
      break;
    default: /* not ours */
      return TRUE;
    }
  g_string_append_printf (parts->media->len > 0 ? parts->media : session, "%s\r\n", line);
  return TRUE;
}

char *
tel_sdp_guard (const char *text, gsize length)
{
  if (length == 0 || length > TEL_SDP_MAX_BYTES || memchr (text, '\0', length) != NULL)
    return NULL;
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  g_autoptr (GString) connection = g_string_new (NULL), attributes = g_string_new (NULL),
                      media = g_string_new (NULL);
  Parts parts = { connection, attributes, media };
  if (!g_str_has_prefix (lines[0], "v=0"))
    return NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize n = strlen (lines[i]);
      if (n > 0 && lines[i][n - 1] == '\r')
        lines[i][n - 1] = '\0';
      if (*lines[i] != '\0' && !take_line (&parts, lines[i]))
        return NULL;
    }
  return g_strconcat ("v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\n", connection->str, "t=0 0\r\n",
                      attributes->str, media->str, NULL);
}
