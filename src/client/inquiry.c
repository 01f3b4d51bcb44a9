/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetInquiry: one question at a time. An answer that nobody waits for any more finds its
 * question cancelled; the session, and with it the owner, lives until it came. Main loop. */
#include "client/inquiry.h"

#include "base/log.h"

#define RETRY_MS 5000

struct _GuichetInquiry
{
  GuichetSession *session; /* owns this by way of the owner */
  GuichetInquiryDueFunc due;
  GuichetInquiryTakeFunc take;
  const char *failure;
  gpointer owner;
  GCancellable *asking; /* NULL unless it is under way */
  guint due_id;
};

GuichetInquiry *
guichet_inquiry_new (GuichetSession *session,
                     GuichetInquiryDueFunc due,
                     GuichetInquiryTakeFunc take,
                     const char *failure,
                     gpointer owner)
{
  GuichetInquiry *self = g_new0 (GuichetInquiry, 1);

  *self = (GuichetInquiry){ session, due, take, failure, owner, NULL, 0 };
  return self;
}

void
guichet_inquiry_stop (GuichetInquiry *self)
{
  g_clear_handle_id (&self->due_id, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

void
guichet_inquiry_free (GuichetInquiry *self)
{
  guichet_inquiry_stop (self);
  g_free (self);
}

static gboolean
on_due (gpointer user_data)
{
  GuichetInquiry *self = user_data;

  self->due_id = 0;
  self->due (self->owner);
  return G_SOURCE_REMOVE;
}

void
guichet_inquiry_later (GuichetInquiry *self, guint ms)
{
  if (self->due_id == 0)
    self->due_id = g_timeout_add (ms, on_due, self);
}

/* The session that the question holds. */
typedef struct
{
  GuichetInquiry *inquiry;
  GuichetSession *session;
} Asked;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (GuichetSession) session = asked->session;
  GuichetInquiry *self = asked->inquiry;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer =
      guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  BaseJson json;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (answer != NULL)
    base_json_from_object (&json, answer);
  if (answer != NULL && self->take (self->owner, &json, &error))
    return;
  base_log_failure (BASE_LOG_WARNING, "session", self->failure, error);
  guichet_inquiry_later (self, RETRY_MS);
}

void
guichet_inquiry_ask (GuichetInquiry *self, const char *path)
{
  Asked *asked = g_new (Asked, 1);

  guichet_inquiry_stop (self);
  *asked = (Asked){ self, g_object_ref (self->session) };
  self->asking = g_cancellable_new ();
  guichet_api_send_async (self->session->api, "GET", path, NULL, NULL, self->asking, on_answer,
                          asked);
}

gboolean
guichet_inquiry_is_open (const GuichetInquiry *self)
{
  return self->asking != NULL || self->due_id != 0;
}
