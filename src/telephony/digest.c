/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digest authentication (RFC 2617 MD5, qop=auth): challenges of our own and their answers, and
 * credentials for the challenges of others. Nonces carry their time and a keyed hash, so that
 * only the last count of each must be remembered. On the user agent's main context. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/request-private.h"

#include <sofia-sip/auth_digest.h>
#include <sofia-sip/su_alloc.h>
#include <stdlib.h>
#include <string.h>

#define NONCE_LIFE_S 300
#define MAX_COUNTS   20000

G_LOCK_DEFINE_STATIC (counts);
static GHashTable *counts_by_nonce; /* nonce -> last count */

/* --- nonces --- */

static const guint8 *
secret (void)
{
  static guint8 bytes[32];
  static gsize done = 0;
  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < sizeof bytes; i += 4)
        {
          guint32 word = g_random_int ();
          memcpy (bytes + i, &word, 4);
        }
      g_once_init_leave (&done, 1);
    }
  return bytes;
}

static char *
sign_nonce (gint64 time, guint32 salt)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_MODIFIER "x.%08x", time, salt);
  g_autofree char *mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, secret (), 32, plain, -1);
  return g_strdup_printf ("%s.%.32s", plain, mac);
}

static char *
make_nonce (void)
{
  return sign_nonce (g_get_monotonic_time () / G_USEC_PER_SEC, g_random_int ());
}

typedef enum
{
  NONCE_GOOD,
  NONCE_STALE,
  NONCE_FOREIGN,
} Nonce;

static Nonce
check_nonce (const char *nonce)
{
  g_auto (GStrv) parts = g_strsplit (nonce, ".", 4);
  if (g_strv_length (parts) != 3)
    return NONCE_FOREIGN;
  gint64 time = (gint64) g_ascii_strtoull (parts[0], NULL, 16);
  g_autofree char *expected = sign_nonce (time, (guint32) g_ascii_strtoull (parts[1], NULL, 16));
  if (strcmp (expected, nonce) != 0)
    return NONCE_FOREIGN;
  return g_get_monotonic_time () / G_USEC_PER_SEC - time > NONCE_LIFE_S ? NONCE_STALE : NONCE_GOOD;
}

/* A count may be used once: a copied request is stale. */
static gboolean
take_count (const char *nonce, guint count)
{
  gboolean fresh = FALSE;
  G_LOCK (counts);
  if (counts_by_nonce == NULL)
    counts_by_nonce = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_size (counts_by_nonce) >= MAX_COUNTS)
    g_hash_table_remove_all (counts_by_nonce);
  if (count > GPOINTER_TO_UINT (g_hash_table_lookup (counts_by_nonce, nonce)))
    {
      g_hash_table_replace (counts_by_nonce, g_strdup (nonce), GUINT_TO_POINTER (count));
      fresh = TRUE;
    }
  G_UNLOCK (counts);
  return fresh;
}

/* --- answers to our challenges --- */

static char *
unquoted (const char *text)
{
  gsize n = text != NULL ? strlen (text) : 0;
  return n >= 2 && text[0] == '"' && text[n - 1] == '"' ? g_strndup (text + 1, n - 2)
                                                        : g_strdup (text);
}

static const sip_authorization_t *
find_answer (const sip_t *sip, const char *realm)
{
  for (const sip_authorization_t *a = sip->sip_authorization; a != NULL; a = a->au_next)
    {
      const char *given = msg_params_find (a->au_params, "realm=");
      g_autofree char *plain = unquoted (given);
      if (g_ascii_strcasecmp (a->au_scheme, "Digest") == 0 && g_strcmp0 (plain, realm) == 0)
        return a;
    }
  return NULL;
}

static TelAuth
challenge (TelRequest *request, const char *realm, gboolean stale)
{
  g_autofree char *nonce = make_nonce ();
  g_autofree char *header =
      g_strdup_printf ("WWW-Authenticate: Digest realm=\"%s\", nonce=\"%s\", algorithm=MD5, "
                       "qop=\"auth\"%s",
                       realm, nonce, stale ? ", stale=true" : "");
  tel_request_refuse (request, 401, header);
  return TEL_AUTH_CHALLENGED;
}

static gboolean
is_complete (const auth_response_t *ar)
{
  return ar->ar_username != NULL && ar->ar_nonce != NULL && ar->ar_uri != NULL &&
         ar->ar_response != NULL && ar->ar_cnonce != NULL && ar->ar_nc != NULL && ar->ar_md5 &&
         ar->ar_auth && !ar->ar_auth_int && !ar->ar_md5sess;
}

static gboolean
is_right (TelRequest *request, auth_response_t *ar, const char *ha1)
{
  auth_hexmd5_t key, expected;
  g_autofree char *given = unquoted (ar->ar_response);
  if (ha1 == NULL || strlen (ha1) != 32)
    return FALSE;
  memcpy (key, ha1, 33);
  auth_digest_response (ar, expected, key, request->method, NULL, 0);
  return g_ascii_strcasecmp (expected, given) == 0;
}

TelAuth
tel_request_authenticate (TelRequest *request,
                          const char *realm,
                          TelHa1Lookup lookup,
                          gpointer user_data,
                          char **user)
{
  su_home_t home[1] = { SU_HOME_INIT (home) };
  auth_response_t ar = { .ar_size = sizeof ar };
  const sip_authorization_t *answer = find_answer (request->sip, realm);
  if (answer != NULL)
    auth_digest_response_get (home, &ar, answer->au_params);
  g_autofree char *name = unquoted (ar.ar_username), *nonce = unquoted (ar.ar_nonce);
  TelAuth verdict = TEL_AUTH_CHALLENGED;
  if (answer == NULL || !is_complete (&ar) || check_nonce (nonce) == NONCE_FOREIGN)
    challenge (request, realm, FALSE);
  else
    {
      g_autofree char *ha1 = lookup (name, realm, user_data);
      guint count = (guint) g_ascii_strtoull (ar.ar_nc, NULL, 16);
      if (!is_right (request, &ar, ha1))
        {
          tel_request_refuse (request, 403, NULL);
          verdict = TEL_AUTH_REFUSED;
        }
      else if (check_nonce (nonce) == NONCE_STALE || !take_count (nonce, count))
        challenge (request, realm, TRUE);
      else
        verdict = TEL_AUTH_OK;
    }
  if (verdict == TEL_AUTH_OK && user != NULL)
    *user = g_steal_pointer (&name);
  su_home_deinit (home);
  return verdict;
}

char *
tel_digest_ha1 (const char *user, const char *realm, const char *password)
{
  g_autofree char *text = g_strdup_printf ("%s:%s:%s", user, realm, password);
  return g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
}

/* --- challenges of others --- */

static const char *
usable_realm (const msg_auth_t *au)
{
  for (; au != NULL; au = au->au_next)
    {
      const char *algorithm = msg_params_find (au->au_params, "algorithm=");
      g_autofree char *plain = unquoted (algorithm);
      if (g_ascii_strcasecmp (au->au_scheme, "Digest") == 0 &&
          (plain == NULL || g_ascii_strncasecmp (plain, "MD5", 3) == 0))
        return msg_params_find (au->au_params, "realm=");
    }
  return NULL;
}

char *
tel_digest_credentials (const sip_t *response, const char *user, const char *password)
{
  const char *realm = usable_realm (response->sip_www_authenticate);
  if (realm == NULL)
    realm = usable_realm (response->sip_proxy_authenticate);
  if (realm == NULL || user == NULL)
    return NULL;
  /* nua_authenticate cuts the password at a colon: give it the hash */
  g_autofree char *plain = unquoted (realm);
  g_autofree char *ha1 = tel_digest_ha1 (user, plain, password != NULL ? password : "");
  return g_strdup_printf ("HA1+Digest:%s:%s:HA1+%s", realm, user, ha1);
}
