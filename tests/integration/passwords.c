/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before guichetd by LD_PRELOAD: makes of a password the cheapest hash that libsodium can
 * make, in the usual form, so that it is as cheaply verified. The usual one is to be dear, which a
 * test that signs in dozens of times pays for. Any thread. */
#include <sodium.h>

__attribute__ ((visibility ("default"))) int
crypto_pwhash_str (char out[crypto_pwhash_STRBYTES],
                   const char *const passwd,
                   unsigned long long passwdlen,
                   unsigned long long opslimit,
                   size_t memlimit)
{
  (void) opslimit;
  (void) memlimit;
  return crypto_pwhash_str_alg (out, passwd, passwdlen, crypto_pwhash_OPSLIMIT_MIN,
                                crypto_pwhash_MEMLIMIT_MIN, crypto_pwhash_ALG_ARGON2ID13);
}
