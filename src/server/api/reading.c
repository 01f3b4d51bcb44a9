/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request looks for on the store's reading thread, as long as somebody waits for the answer:
 * who types on closes the connection. That a later request is the newer one cannot be told here,
 * for they come on several connections. Owns nothing but the requests under way. Centre's thread.
 */
#include "server/api/call.h"

typedef struct
{
  ApiCall *call;
  ApiHandler answer;
  StoreReadFunc read;
  StoreReading *reading;
  GSource *gone; /* dispatched when nobody waits for the answer; or NULL */
} ApiReading;

static gboolean
on_gone (int fd, GIOCondition condition, gpointer data)
{
  ApiReading *self = data;

  store_reading_stop (self->reading);

  return G_SOURCE_REMOVE;
}

/* On the reading thread. */
static void
on_read (StoreReader *reader, gpointer data)
{
  ApiReading *self = data;

  self->read (reader, self->call->data);
}

static void
on_done (gpointer data)
{
  ApiReading *self = data;

  self->answer (self->call);
}

/* The API may be gone by now. */
static void
reading_free (gpointer data)
{
  ApiReading *self = data;

  if (self->gone != NULL)
    {
      g_source_destroy (self->gone);
      g_source_unref (self->gone);
    }
  api_call_unref (self->call);
  g_free (self);
}

void
api_call_read (ApiCall *call, StoreReadFunc read, ApiHandler answer)
{
  ApiReading *self = g_new0 (ApiReading, 1);

  self->call = api_call_ref (call);
  self->answer = answer;
  self->read = read;
  self->reading = store_read (centre_store (call->centre), on_read, on_done, self, reading_free);
  self->gone = front_gone_source (call->message);
  if (self->gone != NULL)
    {
      g_source_set_callback (self->gone, G_SOURCE_FUNC (on_gone), self, NULL);
      g_source_attach (self->gone, NULL);
    }
}
