/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the user of a user agent about each request before the stack makes a transaction of it, as
 * that costs memory for 32 s. Owns the message class by which the stack tells us of a message that
 * is just parsed; the stack drops one without a first line. On the user agent's thread, the table
 * of classes under a lock. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sip.h"

#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/sip_parser.h>
#include <stdlib.h>

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
is_admitted (TelUa *ua, msg_t *msg, const sip_t *sip)
{
  guint port = 0;
  g_autofree char *address = tel_sip_source (msg, &port);

  return ua->events.admit (ua, address, port, tel_sip_transport (sip), ua->user_data);
}

static issize_t
on_body (msg_t *msg, msg_pub_t *pub, char *data, isize_t size, int eos)
{
  sip_t *sip = (sip_t *) pub;
  issize_t taken = sip_default_mclass ()->mc_extract_body (msg, pub, data, size, eos);
  TelUa *ua;

  if (sip->sip_request == NULL || (taken >= 0 && !(sip->sip_flags & MSG_FLG_COMPLETE)))
    return taken;
  ua = find_ua (msg);
  if (ua != NULL && !is_admitted (ua, msg, sip))
    sip->sip_request = NULL;

  return taken;
}

msg_mclass_t *
tel_admission_open (TelUa *ua)
{
  if (ua->events.admit == NULL)
    return NULL;
  msg_mclass_t *mclass = msg_mclass_clone (sip_default_mclass (), 0, 0);
  mclass->mc_extract_body = on_body;
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
