/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks that nobody outside has to do with, and the hosts that an account allows. Pure. */
#include "server/channels/net-guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

typedef struct
{
  guint8 bytes[16];
  guint bits;
} Network;

/* What is not of the public Internet by the registries of special addresses. */
static const Network closed_4[] = {
  { { 0 }, 8 },            /* this network */
  { { 10 }, 8 },           /* private */
  { { 100, 64 }, 10 },     /* of carriers */
  { { 127 }, 8 },          /* this machine */
  { { 169, 254 }, 16 },    /* this link, and what clouds tell their machines */
  { { 172, 16 }, 12 },     /* private */
  { { 192, 0, 0 }, 24 },   /* protocols */
  { { 192, 0, 2 }, 24 },   /* examples */
  { { 192, 88, 99 }, 24 }, /* 6to4 */
  { { 192, 168 }, 16 },    /* private */
  { { 198, 18 }, 15 },     /* benchmarks */
  { { 198, 51, 100 }, 24 },
  { { 203, 0, 113 }, 24 },
  { { 224 }, 3 }, /* groups, reserved, everybody */
};
/* Within 2000::/3, the only part that is public at all. */
static const Network closed_6[] = {
  { { 0x20, 0x01, 0x00 }, 23 },       /* protocols, Teredo */
  { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* examples */
  { { 0x20, 0x02 }, 16 },             /* 6to4 */
  { { 0x3f, 0xff }, 20 },             /* examples */
};
static const Network public_6 = { { 0x20 }, 3 };
static const Network mapped_6 = { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96 };
static const Network translated_6 = { { 0x00, 0x64, 0xff, 0x9b }, 96 };

static gboolean
is_in (const guint8 *address, const Network *network)
{
  guint whole = network->bits / 8, rest = network->bits % 8;

  return memcmp (address, network->bytes, whole) == 0 &&
         (rest == 0 || (address[whole] ^ network->bytes[whole]) >> (8 - rest) == 0);
}

static gboolean
is_public_4 (const guint8 *address)
{
  for (guint i = 0; i < G_N_ELEMENTS (closed_4); i++)
    if (is_in (address, &closed_4[i]))
      return FALSE;

  return TRUE;
}

static gboolean
is_public_6 (const guint8 *address)
{
  if (is_in (address, &mapped_6) || is_in (address, &translated_6))
    return is_public_4 (address + 12);
  for (guint i = 0; i < G_N_ELEMENTS (closed_6); i++)
    if (is_in (address, &closed_6[i]))
      return FALSE;

  return is_in (address, &public_6);
}

gboolean
net_guard_is_public (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return is_public_4 (
        (const guint8 *) &((const struct sockaddr_in *) (const void *) address)->sin_addr);
  if (address->sa_family == AF_INET6)
    return is_public_6 (
        (const guint8 *) &((const struct sockaddr_in6 *) (const void *) address)->sin6_addr);

  return FALSE;
}

gboolean
net_guard_is_loopback (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return *(const guint8 *) &((const struct sockaddr_in *) (const void *) address)->sin_addr ==
           127;
  if (address->sa_family == AF_INET6)
    return IN6_IS_ADDR_LOOPBACK (
        &((const struct sockaddr_in6 *) (const void *) address)->sin6_addr);

  return FALSE;
}

/* --- names ------------------------------------------------------------------------------------ */

static gboolean
is_of (const char *host, const char *const *hosts)
{
  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    if (*hosts[i] == '.' ? g_str_has_suffix (host, hosts[i]) : g_str_equal (host, hosts[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_loopback_name (const char *host)
{
  struct sockaddr_in four = { .sin_family = AF_INET };
  struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

  if (inet_pton (AF_INET, host, &four.sin_addr) == 1)
    return net_guard_is_loopback ((const struct sockaddr *) (const void *) &four);
  if (inet_pton (AF_INET6, host, &six.sin6_addr) == 1)
    return net_guard_is_loopback ((const struct sockaddr *) (const void *) &six);

  return FALSE;
}

/* Others may read what stands in an address in another way than we do: then nobody reads it. */
static gboolean
is_plain (const char *url)
{
  for (const char *at = url; *at != '\0'; at++)
    if ((guchar) *at <= 0x20 || (guchar) *at >= 0x7f || *at == '\\')
      return FALSE;

  return strlen (url) <= NET_GUARD_URL_MAX;
}

gboolean
net_guard_allows (const char *url, const char *const *hosts, gboolean loopback, char **host)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *name = NULL;
  const char *scheme;
  gboolean here;

  if (is_plain (url))
    uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_host (uri) == NULL)
    return FALSE;
  scheme = g_uri_get_scheme (uri);
  name = g_ascii_strdown (g_uri_get_host (uri), -1);
  here = loopback && is_loopback_name (name);
  if (!g_str_equal (scheme, "https") && !(here && g_str_equal (scheme, "http")))
    return FALSE;
  if (!here && !is_of (name, hosts))
    return FALSE;
  if (host != NULL)
    *host = g_steal_pointer (&name);

  return TRUE;
}
