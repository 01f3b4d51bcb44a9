/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trunks: matching addresses, digest for those without, and the headers that one may believe. Pure
 * but for the digest's answers, which go out through telephony on the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/trunk.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_VALUE 512
#define MAX_USER  64

gboolean
trunk_address_matches (const char *pattern, const char *address)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (pattern, NULL);
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  return mask != NULL && inet != NULL &&
         g_inet_address_mask_get_family (mask) == g_inet_address_get_family (inet) &&
         g_inet_address_mask_matches (mask, inet);
}

static gboolean
owns_address (const VoiceTrunk *trunk, const char *address)
{
  for (guint i = 0; trunk->addresses != NULL && trunk->addresses[i] != NULL; i++)
    if (trunk_address_matches (trunk->addresses[i], address))
      return TRUE;

  return FALSE;
}

static gboolean
has_addresses (const VoiceTrunk *trunk)
{
  return trunk->addresses != NULL && trunk->addresses[0] != NULL;
}

static VoiceTrunk *
trunk_by_user (GPtrArray *trunks, const char *user)
{
  for (guint i = 0; i < trunks->len; i++)
    {
      VoiceTrunk *trunk = trunks->pdata[i];

      if (!has_addresses (trunk) && trunk->user != NULL && trunk->password != NULL &&
          g_strcmp0 (trunk->user, user) == 0)
        return trunk;
    }

  return NULL;
}

static char *
on_ha1 (const char *user, const char *realm, gpointer user_data)
{
  VoiceTrunk *trunk = trunk_by_user (user_data, user);

  return trunk ? tel_digest_ha1 (user, realm, trunk->password) : NULL;
}

static gboolean
any_digest (GPtrArray *trunks)
{
  for (guint i = 0; i < trunks->len; i++)
    {
      VoiceTrunk *trunk = trunks->pdata[i];

      if (trunk->user != NULL && trunk_by_user (trunks, trunk->user) != NULL)
        return TRUE;
    }

  return FALSE;
}

VoiceTrunk *
trunk_at (GPtrArray *trunks, const char *address)
{
  for (guint i = 0; i < trunks->len; i++)
    if (address != NULL && owns_address (trunks->pdata[i], address))
      return trunks->pdata[i];

  return NULL;
}

VoiceTrunk *
trunk_of_request (GPtrArray *trunks, const char *realm, TelRequest *request, gboolean *answered)
{
  VoiceTrunk *trunk = trunk_at (trunks, tel_request_get_source_address (request));
  g_autofree char *user = NULL;

  *answered = FALSE;
  if (trunk != NULL)
    return trunk;
  if (!any_digest (trunks))
    return NULL;
  if (tel_request_authenticate (request, realm, on_ha1, trunks, &user) != TEL_AUTH_OK)
    {
      *answered = TRUE;
      return NULL;
    }

  return trunk_by_user (trunks, user);
}

VoiceTrunk *
trunk_by_name (GPtrArray *trunks, const char *name)
{
  for (guint i = 0; i < trunks->len; i++)
    {
      VoiceTrunk *trunk = trunks->pdata[i];

      if (trunk->proxy != NULL && (name == NULL || g_strcmp0 (trunk->name, name) == 0))
        return trunk;
    }

  return NULL;
}

GHashTable *
trunk_map_variables (const VoiceTrunk *trunk, TelRequest *request)
{
  g_autoptr (GHashTable) mapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer header, variable;

  if (trunk->variables == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, trunk->variables);
  while (g_hash_table_iter_next (&iter, &header, &variable))
    {
      const char *value = tel_request_get_header (request, header);

      if (value != NULL && strlen (value) <= MAX_VALUE && g_utf8_validate (value, -1, NULL))
        g_hash_table_insert (mapped, g_strdup (variable), g_strdup (value));
    }

  return g_hash_table_size (mapped) > 0 ? g_steal_pointer (&mapped) : NULL;
}

gboolean
trunk_get_srtp (const VoiceTrunk *trunk, TelSrtp *srtp)
{
  if (trunk->media == NULL || g_str_equal (trunk->media, "rtp"))
    *srtp = TEL_SRTP_OFF;
  else if (g_str_equal (trunk->media, "srtp"))
    *srtp = TEL_SRTP_OPTIONAL;
  else if (g_str_equal (trunk->media, "srtp-required"))
    *srtp = TEL_SRTP_REQUIRED;
  else
    return FALSE;

  return TRUE;
}

char *
trunk_uri_user (const char *uri)
{
  const char *start, *end;
  g_autofree char *user = NULL;

  if (uri == NULL)
    return NULL;
  start = strchr (uri, ':');
  if (g_ascii_strncasecmp (uri, "tel:", 4) == 0)
    end = uri + strcspn (uri, ";?");
  else
    end = start ? strchr (start, '@') : NULL;
  if (start == NULL || end == NULL || end <= start + 1)
    return NULL;
  start++;
  end = start + strcspn (start, ";:@?") < end ? start + strcspn (start, ";:@?") : end;
  user = g_uri_unescape_segment (start, end, NULL);
  if (user == NULL || user[0] == '\0' || strlen (user) > MAX_USER ||
      !g_utf8_validate (user, -1, NULL) || g_ascii_strcasecmp (user, "anonymous") == 0)
    return NULL;
  for (const char *at = user; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return NULL;

  return g_steal_pointer (&user);
}
