/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several turns in one batch, for what must not be torn apart by a crash: each is still shown by
 * itself and in its order. Centre's thread. */
#include "server/centre/centre-private.h"

gboolean
centre_together_take (Centre *self, Turn *turn, StoreBatch *batch)
{
  if (self->together == 0)
    return FALSE;
  if (self->joint == NULL)
    {
      self->joint = store_batch_new ();
      self->joined = g_ptr_array_new ();
    }
  store_batch_take (self->joint, batch);
  g_ptr_array_add (self->joined, turn);

  return TRUE;
}

static void
on_durable (const GError *error, gpointer user_data)
{
  g_autoptr (GPtrArray) turns = user_data;

  for (guint i = 0; i < turns->len; i++)
    turn_durable (g_ptr_array_index (turns, i), error);
}

void
centre_together_begin (Centre *self)
{
  self->together++;
}

void
centre_together_end (Centre *self)
{
  g_return_if_fail (self->together > 0);

  if (--self->together == 0 && self->joint != NULL)
    store_submit (self->store, g_steal_pointer (&self->joint), on_durable,
                  g_steal_pointer (&self->joined));
}
