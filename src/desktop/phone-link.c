/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Links to telephone numbers. Whatever wrote them is a stranger: bounded, and nothing but digits
 * behind one plus comes out. Pure, any thread.
 */

#include "desktop/phone-link.h"

#include <string.h>

#define URI_MAX    512
#define DIGITS_MIN 2
#define DIGITS_MAX 20

static const char *const schemes[] = { "tel:", "callto:", "sips:", "sip:" };

/* A local number's context says how it begins where it is written in full (RFC 3966, 5.1.5). */
static char *
context_of (const char *parameters)
{
  g_auto (GStrv) all = g_strsplit (parameters, ";", -1);

  for (guint i = 0; all[i] != NULL; i++)
    if (g_ascii_strncasecmp (all[i], "phone-context=+", 15) == 0)
      return g_strdup (all[i] + strlen ("phone-context="));

  return NULL;
}

/* FALSE: there is something that no number has. */
static gboolean
append_digits (GString *number, const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text) || (*text == '+' && number->len == 0))
      g_string_append_c (number, *text);
    else if (strchr (" -.()/", *text) == NULL)
      return FALSE;

  return TRUE;
}

static const char *
skip_scheme (const char *uri)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (uri, schemes[i], strlen (schemes[i])) == 0)
      {
        uri += strlen (schemes[i]);
        return uri + strspn (uri, "/"); /* some write callto://, some libraries tel:/// */
      }

  return NULL;
}

char *
guichet_phone_link_number (const char *uri)
{
  const char *rest = uri != NULL && strlen (uri) <= URI_MAX ? skip_scheme (uri) : NULL;
  g_autofree char *text = rest != NULL ? g_uri_unescape_string (rest, NULL) : NULL;
  g_autoptr (GString) number = g_string_new (NULL);
  g_autofree char *context = NULL;
  char *parameters;
  gsize digits;

  if (text == NULL)
    return NULL;
  parameters = text + strcspn (text, ";?@");
  if (*parameters == ';')
    context = context_of (parameters + 1);
  *parameters = '\0';
  if (context != NULL && *text != '+' && !append_digits (number, context))
    return NULL;
  if (!append_digits (number, text))
    return NULL;
  digits = number->len - (number->str[0] == '+');
  if (digits < DIGITS_MIN || digits > DIGITS_MAX)
    return NULL;

  return g_strdup (number->str);
}
