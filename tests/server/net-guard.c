/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where strangers' links may lead: which networks are the public Internet, and which addresses of
 * files an account allows. */
#include "server/channels/net-guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static gboolean
is_public (const char *text, gboolean *loopback)
{
  struct sockaddr_in four = { .sin_family = AF_INET };
  struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
  const struct sockaddr *address = (const struct sockaddr *) (const void *) &four;

  if (inet_pton (AF_INET, text, &four.sin_addr) != 1)
    {
      g_assert_cmpint (inet_pton (AF_INET6, text, &six.sin6_addr), ==, 1);
      address = (const struct sockaddr *) (const void *) &six;
    }
  *loopback = net_guard_is_loopback (address);

  return net_guard_is_public (address);
}

static void
test_networks (void)
{
  static const char *const open[] = { "1.1.1.1",    "9.255.255.255",        "11.0.0.0",
                                      "100.63.0.1", "100.128.0.1",          "172.15.255.255",
                                      "172.32.0.1", "169.253.1.1",          "192.167.1.1",
                                      "223.1.1.1",  "2001:4860:4860::8888", "2a03:2880::1",
                                      "2003::1",    "::ffff:1.1.1.1",       "64:ff9b::101:101" };
  static const char *const closed[] = { "0.0.0.0",
                                        "10.0.0.1",
                                        "100.64.0.1",
                                        "100.127.255.255",
                                        "127.0.0.1",
                                        "127.255.255.254",
                                        "169.254.169.254",
                                        "172.16.0.1",
                                        "172.31.255.255",
                                        "192.0.0.8",
                                        "192.0.2.1",
                                        "192.168.1.1",
                                        "198.18.0.1",
                                        "198.19.255.255",
                                        "198.51.100.1",
                                        "203.0.113.1",
                                        "224.0.0.1",
                                        "240.0.0.1",
                                        "255.255.255.255",
                                        "::",
                                        "::1",
                                        "::ffff:127.0.0.1",
                                        "::ffff:10.0.0.1",
                                        "::7f00:1",
                                        "64:ff9b::7f00:1",
                                        "64:ff9b::a00:1",
                                        "64:ff9b:1::1",
                                        "100::1",
                                        "2001::1",
                                        "2001:db8::1",
                                        "2002:7f00:1::1",
                                        "3fff::1",
                                        "fc00::1",
                                        "fd12::1",
                                        "fe80::1",
                                        "fec0::1",
                                        "ff02::1",
                                        "4000::1" };
  gboolean loopback;

  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    if (!is_public (open[i], &loopback) || loopback)
      g_error ("%s is public", open[i]);
  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    if (is_public (closed[i], &loopback) ||
        loopback != (g_str_has_prefix (closed[i], "127.") || g_str_equal (closed[i], "::1")))
      g_error ("%s is not public", closed[i]);
}

static void
test_addresses (void)
{
  static const char *const hosts[] = { ".cdn.example", "files.example", NULL };
  static const struct
  {
    const char *url;
    gboolean allowed, here;
  } rows[] = {
    { "https://files.example/1?x=%20#y", TRUE, TRUE },
    { "https://FILES.example:444/1", TRUE, TRUE },
    { "https://a.b.cdn.example/1", TRUE, TRUE },
    { "http://files.example/1", FALSE, FALSE },
    { "https://cdn.example/1", FALSE, FALSE },
    { "https://evilcdn.example/1", FALSE, FALSE },
    { "https://files.example.evil/1", FALSE, FALSE },
    { "https://files.example@evil.example/1", FALSE, FALSE },
    { "https://user@files.example/1", FALSE, FALSE },
    { "https://user:pass@files.example/1", FALSE, FALSE },
    { "https://:@files.example/1", FALSE, FALSE },
    { "https://files.example\\@evil.example/1", FALSE, FALSE },
    { "https://files.example/1 2", FALSE, FALSE },
    { "ftp://files.example/1", FALSE, FALSE },
    { "file:///etc/hostname", FALSE, FALSE },
    { "//files.example/1", FALSE, FALSE },
    { "https:files.example", FALSE, FALSE },
    { "https://", FALSE, FALSE },
    { "", FALSE, FALSE },
    { "http://127.0.0.1:8080/1", FALSE, TRUE },
    { "https://127.9.9.9/1", FALSE, TRUE },
    { "http://[::1]:8080/1", FALSE, TRUE },
    { "http://localhost/1", FALSE, FALSE }, /* a name may be anything */
    { "http://127.1/1", FALSE, FALSE },
    { "http://2130706433/1", FALSE, FALSE },
    { "http://10.0.0.1/1", FALSE, FALSE },
  };
  g_autofree char *path = g_strnfill (NET_GUARD_URL_MAX, 'a');
  g_autofree char *endless = g_strconcat ("https://files.example/", path, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (net_guard_allows (rows[i].url, hosts, FALSE, NULL) != rows[i].allowed ||
        net_guard_allows (rows[i].url, hosts, TRUE, NULL) != rows[i].here)
      g_error ("%s: not as it should be", rows[i].url);
  g_assert_false (net_guard_allows (endless, hosts, TRUE, NULL));
  g_assert_false (net_guard_allows ("https://files.example/1", NULL, FALSE, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net-guard/networks", test_networks);
  g_test_add_func ("/net-guard/addresses", test_addresses);

  return g_test_run ();
}
