/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a customer's history what has these words in it. That many notes and messages are looked
 * through on the reading thread; the rows are made on the centre's. */
#include "server/api/history.h"

#include "base/words.h"
#include "server/api/sight.h"
#include "server/centre/erased.h"

#define SCANNED 1000 /* interactions that one request looks through */
#define PAGE    100

/* --- on the thread of the reader -------------------------------------------------------------- */

typedef struct
{
  char **words;
  gboolean *found;
} Looking;

static void
look_at (Looking *looking, const char *text)
{
  gsize start, length;

  for (guint i = 0; text != NULL && looking->words[i] != NULL; i++)
    looking->found[i] =
        looking->found[i] || base_words_find (text, looking->words[i], &start, &length);
}

static void
on_note_text (StoreRow *row, gpointer user_data)
{
  look_at (user_data, store_row_text (row, 1));
}

static void
on_message_text (StoreRow *row, gpointer user_data)
{
  look_at (user_data, store_row_text (row, 6));
}

gboolean
history_has_words (StoreReader *reader, const char *interaction, char **words)
{
  guint n = g_strv_length (words);
  g_autofree gboolean *found = g_new0 (gboolean, n);
  Looking looking = { words, found };
  guint have = 0;

  store_reader_query (reader, NULL, on_note_text, &looking, STORE_GET_NOTES, interaction);
  store_reader_query (reader, NULL, on_message_text, &looking, STORE_GET_MESSAGES_OF, interaction);
  for (guint i = 0; i < n; i++)
    have += found[i] ? 1 : 0;

  return have == n;
}

typedef struct
{
  char *customer, *channel;
  char **words;
  gint64 limit;
  Sight *sight;

  StoreReader *reader; /* while it is read */
  GPtrArray *ids;
  guint scanned, rows;
  gint64 last; /* at of the last row looked at */
  gboolean more;
  GError *error;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_free (self->customer);
  g_free (self->channel);
  g_strfreev (self->words);
  sight_free (self->sight);
  g_ptr_array_unref (self->ids);
  g_clear_error (&self->error);
  g_free (self);
}

/* A row during which the reading was stopped is looked at again by the next request. */
static void
on_row (StoreRow *row, gpointer user_data)
{
  Asking *self = user_data;
  const char *id = store_row_text (row, 0);
  gboolean fits;

  self->rows++;
  if (self->ids->len >= self->limit)
    return;
  fits = sight_sees_interaction (self->sight, self->reader, id, store_row_text (row, 4)) &&
         history_has_words (self->reader, id, self->words);
  if (store_reader_stopped (self->reader))
    return;
  self->scanned++;
  self->last = store_row_int (row, 1);
  if (fits)
    g_ptr_array_add (self->ids, g_strdup (id));
}

static void
on_read (StoreReader *reader, gpointer data)
{
  Asking *self = data;

  self->reader = reader;
  do
    {
      self->rows = 0;
      self->more = TRUE;
      if (!store_reader_query (reader, &self->error, on_row, self, STORE_GET_HISTORY,
                               self->customer, self->last, self->channel, (gint64) PAGE))
        break;
      self->more = self->rows == PAGE;
    }
  while (self->more && self->scanned < SCANNED && self->ids->len < self->limit);
  if (g_error_matches (self->error, STORE_ERROR, STORE_ERROR_STOPPED))
    g_clear_error (&self->error);
}

/* --- the answer ------------------------------------------------------------------------------- */

typedef struct
{
  ApiCall *call;
  JsonArray *list;
} Listing;

static void
on_entry_row (StoreRow *row, gpointer user_data)
{
  Listing *listing = user_data;

  json_array_add_object_element (listing->list, history_entry_recorded (listing->call, row, TRUE));
}

static void
on_found (ApiCall *call)
{
  Asking *self = call->data;
  Listing listing = { call, NULL };

  if (self->error != NULL)
    {
      api_call_store_error (call, self->error);
      return;
    }
  listing.list = json_array_new ();
  for (guint i = 0; i < self->ids->len; i++)
    {
      const char *id = g_ptr_array_index (self->ids, i);

      if (!history_is_in_hand (call, id) && !erased_has (centre_erased (call->centre), id))
        store_query (centre_store (call->centre), NULL, on_entry_row, &listing, STORE_GET_ENTRY,
                     id);
    }
  history_reply (call, listing.list, self->more && self->last < G_MAXINT64 ? self->last : 0);
}

void
history_find (ApiCall *call, const char *customer, char **words, gint64 before, gint64 limit)
{
  Asking *self = g_new0 (Asking, 1);

  self->customer = g_strdup (customer);
  self->channel = g_strdup (api_call_query (call, "channel"));
  self->words = g_strdupv (words);
  self->limit = limit;
  self->sight = sight_new (call);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->last = before;
  call->data = self;
  call->data_free = asking_free;
  api_call_read (call, on_read, on_found);
}
