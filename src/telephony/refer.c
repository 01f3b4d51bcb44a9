/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refer-To with its Replaces. Strangers' input: bounded before it is parsed. Pure, any thread. */
#include "telephony/refer.h"

#include "telephony/sip.h"

#include <string.h>

#define MAX_TEXT 1024
#define REPLACES "replaces="

static gboolean
is_printable (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isprint (*text))
      return FALSE;
  return TRUE;
}

/* The one Replaces among the headers of a URI, decoded; FALSE: several, or not decodable. */
static gboolean
find_replaces (const char *headers, char **value)
{
  g_auto (GStrv) all = g_strsplit (headers != NULL ? headers : "", "&", 16);
  *value = NULL;
  for (guint i = 0; all[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (all[i], REPLACES, strlen (REPLACES)) != 0)
        continue;
      if (*value != NULL)
        return FALSE;
      *value = g_uri_unescape_string (all[i] + strlen (REPLACES), NULL);
      if (*value == NULL || !is_printable (*value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_replaces (su_home_t *home, const char *headers, TelRefer *refer)
{
  g_autofree char *value = NULL;
  sip_replaces_t *replaces;
  if (!find_replaces (headers, &value))
    return FALSE;
  if (value == NULL)
    return TRUE;
  replaces = sip_replaces_make (home, value);
  if (replaces == NULL || replaces->rp_call_id == NULL || replaces->rp_to_tag == NULL ||
      replaces->rp_from_tag == NULL)
    return FALSE;
  refer->call_id = g_strdup (replaces->rp_call_id);
  refer->to_tag = g_strdup (replaces->rp_to_tag);
  refer->from_tag = g_strdup (replaces->rp_from_tag);
  return TRUE;
}

/* An INVITE is all that is done for anybody. */
static gboolean
is_call (const url_t *url)
{
  char method[16] = "";
  if (url->url_type != url_sip && url->url_type != url_sips && url->url_type != url_tel)
    return FALSE;
  return url->url_params == NULL ||
         url_param (url->url_params, "method", method, sizeof method) <= 0 ||
         g_ascii_strcasecmp (method, "INVITE") == 0;
}

static gboolean
read_address (su_home_t *home, const char *text, TelRefer *refer)
{
  const sip_refer_to_t *header = sip_refer_to_make (home, text);
  url_t url[1];
  if (header == NULL || !is_call (header->r_url) || header->r_next != NULL)
    return FALSE;
  *url = *header->r_url;
  url->url_headers = NULL;
  refer->uri = tel_sip_url (url);
  return refer->uri != NULL && read_replaces (home, header->r_url->url_headers, refer);
}

gboolean
tel_refer_read (const char *text, TelRefer *refer)
{
  su_home_t home[1] = { SU_HOME_INIT (home) };
  *refer = (TelRefer){ 0 };
  gboolean ok = text != NULL && strnlen (text, MAX_TEXT + 1) <= MAX_TEXT && is_printable (text) &&
                read_address (home, text, refer);
  su_home_deinit (home);
  if (!ok)
    tel_refer_clear (refer);
  return ok;
}

void
tel_refer_clear (TelRefer *refer)
{
  g_clear_pointer (&refer->uri, g_free);
  g_clear_pointer (&refer->call_id, g_free);
  g_clear_pointer (&refer->to_tag, g_free);
  g_clear_pointer (&refer->from_tag, g_free);
}
