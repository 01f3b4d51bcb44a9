/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: descriptions as offers and as answers, under each SRTP policy. Built with
 * -fsanitize=fuzzer it is a libFuzzer target; as a test it runs over a corpus that it makes from
 * good descriptions with a fixed seed. */
#include <glib.h>
#include <string.h>

#include "telephony/sdp.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const TelSrtp policies[] = { TEL_SRTP_OFF, TEL_SRTP_OPTIONAL, TEL_SRTP_REQUIRED };
  g_autofree char *text = g_memdup2 (data, size);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      TelSdpLocal local;
      TelSdpAgreed agreed = { 0 };
      char *answer = NULL;
      tel_sdp_local_init (&local, "127.0.0.1", 4000, NULL, policies[i]);
      if (tel_sdp_answer (&local, text, size, &agreed, &answer, NULL))
        g_assert_true (agreed.remote_address != NULL && agreed.codec != TEL_CODEC_NONE);
      g_free (answer);
      g_free (tel_sdp_make_offer (&local, agreed.codec != TEL_CODEC_NONE ? &agreed : NULL));
      tel_sdp_take_answer (&local, text, size, &agreed, NULL);
      tel_sdp_agreed_clear (&agreed);
      tel_sdp_local_clear (&local);
    }
  return 0;
}

#ifndef GUICHET_LIBFUZZER
#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
#define KEY  "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0\r\n"

static const char *const seeds[] = {
  HEAD "m=audio 6000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n",
  HEAD "m=video 1 RTP/AVP 31\r\nm=audio 6000 RTP/SAVP 96\r\na=rtpmap:96 opus/48000/2\r\n" KEY,
  ("v=0\r\no=a 2 2 IN IP6 ::1\r\ns=x\r\ni=y\r\nu=z\r\ne=a@b\r\np=1\r\nc=IN IP6 ::1\r\nb=AS:64\r\n"
   "t=1 2\r\nr=1 2 3\r\nz=1 2\r\nk=clear:x\r\na=sendonly\r\nm=audio 9/2 RTP/AVP 9\r\na=rtcp:7\r\n"),
};
static const char *const pieces[] = { "m=audio ", "a=rtpmap:", "a=crypto:", "c=IN IP4 ",
                                      "\r\n",     "/",         "127",       "65536",
                                      "-1",       "\xff",      "inline:",   "999999999999999999999",
                                      " ",        "=",         "RTP/SAVP ", "a=fmtp:" };

static void
mutate (GRand *rand, GString *text)
{
  for (gint n = g_rand_int_range (rand, 1, 6); n > 0; n--)
    {
      gssize at = text->len > 0 ? g_rand_int_range (rand, 0, (gint) text->len) : 0;
      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          g_string_insert (text, at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          break;
        case 1:
          g_string_truncate (text, (gsize) at);
          break;
        case 2:
          if (text->len > 0)
            text->str[at] = (char) g_rand_int_range (rand, 0, 256);
          break;
        case 3:
          g_string_append (text, seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))]);
          break;
        }
    }
}

int
main (void)
{
  GRand *rand = g_rand_new_with_seed (20);
  for (guint i = 0; i < 30000; i++)
    {
      g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);
      if (i >= G_N_ELEMENTS (seeds))
        mutate (rand, text);
      LLVMFuzzerTestOneInput ((const guint8 *) text->str, text->len);
    }
  g_rand_free (rand);
  return 0;
}
#endif
