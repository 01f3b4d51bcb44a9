/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps sofia-sip from following a redirection by itself: it would send the call and the caller's
 * name wherever a response says. 302 has a switch (NUTAG_AUTO302), 305 has none: there the address
 * is read as one that the stack does not follow. Pure but for the message it is given, any thread.
 */
#include "telephony/sip.h"

#include <sofia-sip/msg_mclass.h>

issize_t
tel_redirect_read_contact (su_home_t *home, msg_header_t *header, char *text, isize_t length)
{
  const sip_t *sip = sip_object ((msg_t *) home); /* the home of a header is its message */
  header->sh_common->h_class = sip_contact_class;
  issize_t read = sip_contact_class->hc_parse (home, header, text, (isize_t) length);
  if (sip != NULL && sip->sip_status != NULL && sip->sip_status->st_status == 305)
    for (sip_contact_t *m = (sip_contact_t *) header; read >= 0 && m != NULL; m = m->m_next)
      m->m_url->url_type = url_unknown;
  return read;
}
