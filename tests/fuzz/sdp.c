/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: descriptions as offers and as answers, under each SRTP policy. */
#include "fuzz.h"

#include "telephony/sdp.h"

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
