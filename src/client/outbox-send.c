/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox's way to the centre: one request at a time, and what becomes of a row by its answer:
 * saved, set aside, or sent once more. Main loop. */
#include "client/outbox-private.h"

#include "base/json.h"
#include "base/log.h"
#include "client/row-json.h"

#define RETRY_MS 1000

static void
row_saved (GuichetOutbox *self, GuichetRow *row, gint64 revision)
{
  GuichetRow *next = guichet_rows_next (self->rows, row);

  if (next != NULL && next->revision < 0)
    {
      next->revision = revision;
      outbox_keep (self, next);
    }
  g_signal_emit (self, outbox_signals[OUTBOX_SAVED], 0, row, revision);
  outbox_drop (self, row);
  outbox_changed (self);
}

/* A refused row takes up what was typed after it, so that there is one text to decide on. */
static void
set_aside (GuichetOutbox *self,
           GuichetRow *row,
           const char *problem,
           const char *theirs,
           gint64 theirs_revision)
{
  GuichetRow *next;

  while ((next = guichet_rows_next (self->rows, row)) != NULL)
    {
      outbox_replace_text (&row->value, next->value);
      outbox_drop (self, next);
    }
  outbox_replace_text (&row->problem, problem);
  outbox_replace_text (&row->theirs, theirs);
  row->theirs_revision = theirs_revision;
  outbox_keep (self, row);
  g_signal_emit (self, outbox_signals[OUTBOX_SET_ASIDE], 0, row);
  outbox_changed (self);
}

static void
row_refused (GuichetOutbox *self, GuichetRow *row, const GError *error, JsonObject *problem)
{
  g_autofree char *theirs = NULL;
  gint64 revision = 0;

  base_log (BASE_LOG_INFO, "outbox", "refused", "kind", row->kind, "target", row->target, "code",
            guichet_client_error_get_code_name (error), NULL);
  if (!g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_CONFLICT) ||
      guichet_row_is_message (row))
    {
      /* What a message brings along stays with it. */
      g_autofree char *files = g_strdup (row->theirs);

      const char *reason = guichet_client_error_get_reason (error);
      /* What is wrong with its files or its words, the agent can mend. */
      gboolean of_content = reason != NULL && (g_str_has_prefix (reason, "file") ||
                                               g_str_equal (reason, "card_data"));

      set_aside (self, row, of_content ? reason : guichet_client_error_get_code_name (error),
                 guichet_row_is_message (row) ? files : "", 0);
      return;
    }
  theirs = guichet_row_read_current (problem, &revision);
  if (g_str_equal (theirs, row->value) && guichet_rows_next (self->rows, row) == NULL)
    row_saved (self, row, revision);
  else
    set_aside (self, row, "conflict", theirs, revision);
}

static gboolean
is_passing (const GError *error)
{
  return guichet_api_is_transport_error (error) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_UNAVAILABLE) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_TOO_MANY) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT) ||
         g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_FULL);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetOutbox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) problem = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  GuichetRow *row = guichet_rows_find (self->rows, self->sending);
  gint64 revision = 0;
  BaseJson root;

  self->sending = 0;
  if (row == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer != NULL)
    {
      base_json_from_object (&root, answer);
      base_json_opt_int (&root, "revision", 0, G_MAXINT64, row->revision + 1, &revision, NULL);
      g_signal_emit (self, outbox_signals[OUTBOX_ANSWERED], 0, row, answer);
      row_saved (self, row, revision);
    }
  else if (is_passing (error))
    {
      outbox_send_after (self, RETRY_MS);
      return;
    }
  else
    row_refused (self, row, error, problem);
  outbox_send_next (self);
}

void
outbox_send_next (GuichetOutbox *self)
{
  GuichetRow *row = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *path = NULL;

  if (!self->online || self->sending != 0)
    return;
  for (guint i = 0; i < self->rows->len && row == NULL; i++)
    if (guichet_row_is_under_way (self->rows->pdata[i]))
      row = self->rows->pdata[i];
  if (row == NULL || self->pause_id != 0)
    return;
  if (!row->attempted)
    {
      row->attempted = TRUE;
      outbox_keep (self, row);
    }
  self->sending = row->id;
  body = guichet_row_to_json (row);
  path = guichet_row_path (row);
  guichet_api_send_async (self->api, guichet_row_method (row), path, body, row->key,
                          self->cancellable, on_sent, g_object_ref (self));
}
