/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetOutbox: owns the rows in memory (the store has a copy) and the pause timer: what is typed,
 * found, decided and waited for. outbox-send.c sends it. Main loop. */
#include "client/outbox-private.h"

#include "base/ids.h"

#define PAUSE_MS 400
#define BOUND    5 /* pauses: typing without one is sent that often */

G_DEFINE_FINAL_TYPE (GuichetOutbox, guichet_outbox, G_TYPE_OBJECT)

guint outbox_signals[OUTBOX_N_SIGNALS];

void
outbox_keep (GuichetOutbox *self, const GuichetRow *row)
{
  if (self->store != NULL)
    guichet_store_put (self->store, row);
}

void
outbox_replace_text (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

void
outbox_drop (GuichetOutbox *self, GuichetRow *row)
{
  if (self->store != NULL)
    guichet_store_delete (self->store, row->id);
  g_ptr_array_remove (self->rows, row);
}

guint
guichet_outbox_count (GuichetOutbox *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += guichet_row_is_under_way (self->rows->pdata[i]) ? 1 : 0;
  return n;
}

static void
settle_flushes (GuichetOutbox *self)
{
  for (guint i = self->flushes->len; i > 0; i--)
    {
      GTask *task = self->flushes->pdata[i - 1];

      if (self->online && guichet_rows_any_under_way (self->rows, g_task_get_task_data (task)))
        continue;
      g_object_ref (task);
      g_ptr_array_remove_index (self->flushes, i - 1);
      if (guichet_rows_any_under_way (self->rows, g_task_get_task_data (task)))
        g_task_return_error (task, guichet_client_error_new (GUICHET_CLIENT_ERROR_LINK_DOWN, NULL,
                                                             NULL, 0, 0, "typing waits"));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  self->in_haste = self->flushes->len > 0;
}

void
outbox_changed (GuichetOutbox *self)
{
  g_signal_emit (self, outbox_signals[OUTBOX_CHANGED], 0);
  settle_flushes (self);
}

static gboolean
on_pause_over (gpointer user_data)
{
  GuichetOutbox *self = user_data;

  self->pause_id = 0;
  self->typing_since = 0;
  outbox_send_next (self);
  return G_SOURCE_REMOVE;
}

/* Until a pause in the typing, but no longer than a few of them. */
static guint
pause_after_stroke (GuichetOutbox *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 left;

  if (self->in_haste)
    return 0;
  if (self->typing_since == 0)
    self->typing_since = now;
  left = (self->typing_since - now) / 1000 + (gint64) self->pause_ms * BOUND;
  return (guint) CLAMP (left, 0, self->pause_ms);
}

void
outbox_send_after (GuichetOutbox *self, guint milliseconds)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->online)
    self->pause_id = g_timeout_add (milliseconds, on_pause_over, self);
}

GuichetRow *
outbox_add (GuichetOutbox *self, const GuichetTyped *typed, gint64 revision)
{
  GuichetRow *row = g_new0 (GuichetRow, 1);

  row->id = ++self->last_id;
  row->key = base_token_new (18);
  row->epoch = g_strdup (self->epoch);
  row->interaction = g_strdup (typed->interaction);
  row->kind = g_strdup (typed->kind);
  row->target = g_strdup (typed->target);
  row->name = g_strdup (typed->name);
  row->value = g_strdup (typed->value);
  row->revision = revision;
  row->problem = g_strdup ("");
  row->theirs = g_strdup ("");
  row->secret = typed->secret;
  g_ptr_array_add (self->rows, row);
  return row;
}

void
guichet_outbox_type (GuichetOutbox *self, const GuichetTyped *typed)
{
  GuichetRow *row = guichet_rows_newest (self->rows, typed->kind, typed->target, typed->name);

  if (row != NULL && guichet_row_is_under_way (row) && row->attempted)
    row = outbox_add (self, typed, -1);
  else if (row == NULL)
    row = outbox_add (self, typed, typed->revision);
  else
    {
      gboolean refused = !guichet_row_is_under_way (row) && !g_str_equal (row->problem, "conflict");

      outbox_replace_text (&row->value, typed->value);
      if (refused) /* other content may pass: as a new row */
        {
          outbox_replace_text (&row->problem, "");
          g_free (row->key);
          row->key = base_token_new (18);
          row->attempted = FALSE;
          row->revision = typed->revision;
        }
    }
  outbox_keep (self, row);
  outbox_changed (self);
  outbox_send_after (self, pause_after_stroke (self));
}

const GuichetRow *
guichet_outbox_find (GuichetOutbox *self, const char *kind, const char *target, const char *name)
{
  return guichet_rows_newest (self->rows, kind, target, name);
}

void
guichet_outbox_resolve (GuichetOutbox *self, gint64 id, const char *value)
{
  GuichetRow *row = guichet_rows_find (self->rows, id);

  if (row == NULL || guichet_row_is_under_way (row))
    return;
  if (g_str_equal (row->theirs, value))
    {
      outbox_drop (self, row);
      outbox_changed (self);
      return;
    }
  outbox_replace_text (&row->value, value);
  outbox_replace_text (&row->problem, "");
  g_free (row->key);
  row->key = base_token_new (18);
  row->attempted = FALSE;
  row->revision = row->theirs_revision;
  outbox_keep (self, row);
  outbox_changed (self);
  outbox_send_after (self, 0);
}

void
guichet_outbox_flush_async (GuichetOutbox *self,
                            const char *interaction,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (interaction), g_free);
  g_ptr_array_add (self->flushes, task);
  settle_flushes (self);
  if (self->flushes->len > 0)
    outbox_send_after (self, 0);
}

gboolean
guichet_outbox_flush_finish (GuichetOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
guichet_outbox_foreach (GuichetOutbox *self,
                        void (*each) (const GuichetRow *row, gpointer user_data),
                        gpointer user_data)
{
  for (guint i = 0; i < self->rows->len; i++)
    each (self->rows->pdata[i], user_data);
}

void
guichet_outbox_load (GuichetOutbox *self, GuichetStore *store, GPtrArray *rows, const char *epoch)
{
  if (self->store != NULL && self->store != store) /* its file has them */
    g_ptr_array_set_size (self->rows, 0);
  g_set_object (&self->store, store);
  outbox_replace_text (&self->epoch, epoch);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GuichetRow *row = rows->pdata[i];

      self->last_id = MAX (self->last_id, row->id);
      if (g_strcmp0 (row->epoch, epoch) == 0)
        g_ptr_array_add (self->rows, guichet_row_copy (row));
    }
  outbox_changed (self);
}

void
guichet_outbox_set_online (GuichetOutbox *self, gboolean online)
{
  if (self->online == online)
    return;
  self->online = online;
  if (online)
    outbox_send_after (self, 0);
  else
    {
      g_clear_handle_id (&self->pause_id, g_source_remove);
      settle_flushes (self);
    }
}

void
guichet_outbox_set_pause (GuichetOutbox *self, guint milliseconds)
{
  self->pause_ms = milliseconds;
}

static void
guichet_outbox_dispose (GObject *object)
{
  GuichetOutbox *self = GUICHET_OUTBOX (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  self->online = FALSE;
  settle_flushes (self);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (guichet_outbox_parent_class)->dispose (object);
}

static void
guichet_outbox_finalize (GObject *object)
{
  GuichetOutbox *self = GUICHET_OUTBOX (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->flushes);
  g_object_unref (self->cancellable);
  g_free (self->epoch);
  G_OBJECT_CLASS (guichet_outbox_parent_class)->finalize (object);
}

static void
guichet_outbox_class_init (GuichetOutboxClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_outbox_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_outbox_finalize;
  outbox_signals[OUTBOX_ANSWERED] =
      g_signal_new ("answered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_POINTER, JSON_TYPE_OBJECT);
  outbox_signals[OUTBOX_SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT64);
  outbox_signals[OUTBOX_SET_ASIDE] = g_signal_new ("set-aside", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  outbox_signals[OUTBOX_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_outbox_init (GuichetOutbox *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_row_free);
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->epoch = g_strdup ("");
  self->pause_ms = PAUSE_MS;
}

GuichetOutbox *
guichet_outbox_new (GuichetApi *api)
{
  GuichetOutbox *self = g_object_new (GUICHET_TYPE_OUTBOX, NULL);

  self->api = g_object_ref (api);
  return self;
}
