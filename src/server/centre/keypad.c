/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes the PINs that agents choose; those of the definitions are in these. Centre's
 * thread. */
#include "server/centre/keypad.h"

static void
on_row (StoreRow *row, gpointer user_data)
{
  char **hash = user_data;

  g_free (*hash);
  *hash = g_strdup (store_row_text (row, 0));
}

char *
keypad_pin (Centre *centre, const ModelVoicemailBox *box)
{
  char *hash = NULL;

  if (box->agent != NULL)
    store_query (centre_store (centre), NULL, on_row, &hash, STORE_GET_VOICEMAIL_PIN, box->agent);

  return hash != NULL ? hash : g_strdup (box->pin);
}

void
keypad_set (Centre *centre, const char *agent, const char *hash, const char *by, StoreBatch *batch)
{
  if (hash != NULL)
    store_batch_add (batch, STORE_VOICEMAIL_PIN_SET, agent, hash);
  else
    store_batch_add (batch, STORE_VOICEMAIL_PIN_DROP, agent);
  store_batch_add (batch, STORE_AUDIT_ADD, centre_now (centre), by,
                   hash != NULL ? "voicemail_pin_set" : "voicemail_pin_reset", NULL, agent);
}
