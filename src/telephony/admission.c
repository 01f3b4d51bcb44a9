/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message class by which the stack reads what comes in: asks the user of a user agent about
 * each request at its first line, before anything is kept of it (a transaction costs memory for 32
 * s), and reads the lines of request-line.c and redirect.c. The stack drops a message without a
 * first line. Owns the class; on the user agent's thread, the table of classes under a lock. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sip.h"

#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/msg_addr.h>
#include <stdlib.h>
#include <string.h>

static GMutex lock;
static GHashTable *by_class; /* msg_mclass_t → TelUa */

static TelUa *
find_ua (msg_t *msg)
{
  g_mutex_lock (&lock);
  TelUa *ua = by_class != NULL ? g_hash_table_lookup (by_class, msg_mclass (msg)) : NULL;
  g_mutex_unlock (&lock);

  return ua;
}

static gboolean
is_admitted (TelUa *ua, msg_t *msg)
{
  guint port = 0;
  g_autofree char *address = tel_sip_source (msg, &port);
  gboolean stream = msg_addrinfo (msg)->ai_socktype == SOCK_STREAM;

  return ua->events.admit (ua, address, port, stream, ua->user_data);
}

static issize_t
on_request_line (su_home_t *home, msg_header_t *header, char *text, isize_t length)
{
  msg_t *msg = (msg_t *) home; /* the home of a header is its message */
  TelUa *ua = find_ua (msg);

  if (ua != NULL && ua->events.admit != NULL && !is_admitted (ua, msg))
    return -1;

  return tel_request_line_read (home, header, text, length);
}

/* Headers of @original are read by @parse. Ours comes before it in the table, where a name is
 * looked up; the original stays behind, as headers of ours are found by their class. */
static void
replace_parser (msg_mclass_t *mclass, msg_hclass_t *original, msg_hclass_t *ours)
{
  for (int i = 0; i < mclass->mc_hash_size; i++)
    if (mclass->mc_hash[i].hr_class == original)
      {
        msg_href_t reference = mclass->mc_hash[i];
        mclass->mc_hash[i].hr_class = ours;
        msg_mclass_insert (mclass, &reference);
        if (original->hc_short[0] != '\0')
          ((msg_href_t *) mclass->mc_short)[original->hc_short[0] - 'a'].hr_class = ours;
        return;
      }
}

static void
install_parsers (msg_mclass_t *mclass)
{
  static struct msg_hclass_s request, cseq, contact;
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      memcpy (&request, sip_request_class, sizeof request);
      memcpy (&cseq, sip_cseq_class, sizeof cseq);
      memcpy (&contact, sip_contact_class, sizeof contact);
      request.hc_parse = on_request_line;
      contact.hc_parse = tel_redirect_read_contact;
      cseq.hc_parse = tel_request_line_read_cseq;
      g_once_init_leave (&done, 1);
    }
  mclass->mc_request[0].hr_class = &request;
  replace_parser (mclass, sip_cseq_class, &cseq);
  replace_parser (mclass, sip_contact_class, &contact);
}

msg_mclass_t *
tel_admission_open (TelUa *ua)
{
  msg_mclass_t *mclass = msg_mclass_clone (sip_default_mclass (), 0, 0);

  install_parsers (mclass);
  g_mutex_lock (&lock);
  if (by_class == NULL)
    by_class = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (by_class, mclass, ua);
  g_mutex_unlock (&lock);
  ua->mclass = mclass;

  return mclass;
}

/* After the stack has gone. */
void
tel_admission_close (TelUa *ua)
{
  if (ua->mclass == NULL)
    return;
  g_mutex_lock (&lock);
  g_hash_table_remove (by_class, ua->mclass);
  if (g_hash_table_size (by_class) == 0)
    g_clear_pointer (&by_class, g_hash_table_unref);
  g_mutex_unlock (&lock);
  free (ua->mclass);
  ua->mclass = NULL;
}
