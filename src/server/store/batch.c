/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches of changes: made on the centre's thread, handed over whole to the store thread. */
#include "server/store/batch.h"

#define PARAMETERS(NAME, parameters) parameters,
static const char *const change_parameters[] = { STORE_CHANGES (PARAMETERS) };
const char *const store_query_parameters[] = { STORE_QUERIES (PARAMETERS) };

StoreValue *
store_values_new (const char *parameters, va_list arguments)
{
  gsize n = strlen (parameters);
  StoreValue *values = g_new0 (StoreValue, n);

  for (gsize i = 0; i < n; i++)
    {
      values[i].type = parameters[i];
      if (parameters[i] == 's')
        values[i].text = g_strdup (va_arg (arguments, const char *));
      else if (parameters[i] == 'i')
        values[i].number = va_arg (arguments, gint64);
      else
        {
          GBytes *bytes = va_arg (arguments, GBytes *);

          values[i].bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
        }
    }

  return values;
}

void
store_values_free (StoreValue *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    {
      g_free (values[i].text);
      g_clear_pointer (&values[i].bytes, g_bytes_unref);
    }
  g_free (values);
}

static void
op_clear (gpointer data)
{
  StoreOp *op = data;

  store_values_free (op->values, op->n_values);
}

StoreBatch *
store_batch_new (void)
{
  StoreBatch *self = g_new0 (StoreBatch, 1);

  self->ops = g_array_new (FALSE, FALSE, sizeof (StoreOp));
  g_array_set_clear_func (self->ops, op_clear);

  return self;
}

void
store_batch_free (StoreBatch *self)
{
  g_array_unref (self->ops);
  g_free (self);
}

gboolean
store_batch_is_empty (const StoreBatch *self)
{
  return self->ops->len == 0;
}

void
store_batch_add (StoreBatch *self, StoreChange change, ...)
{
  const char *parameters = change_parameters[change];
  StoreOp op = { .change = change, .n_values = (guint) strlen (parameters) };
  va_list arguments;

  va_start (arguments, change);
  op.values = store_values_new (parameters, arguments);
  va_end (arguments);
  g_array_append_val (self->ops, op);
}

void
store_batch_take (StoreBatch *self, StoreBatch *other)
{
  g_array_append_vals (self->ops, other->ops->data, other->ops->len);
  g_array_set_clear_func (other->ops, NULL);
  g_array_set_size (other->ops, 0);
  store_batch_free (other);
}
