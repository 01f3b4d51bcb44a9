/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of them at a time, now and then, everybody in turn. The gateway is as small as one can be: it
 * takes everything, says that it was delivered, and repeats what the centre did not take. */
#define G_LOG_DOMAIN "guichet-demo"

#include "demo/texts.h"

#include "base/log.h"

#include <libsoup/soup.h>

#define FIRST_MS      30000 /* calls and a chat come before */
#define GAP_MS        60000 /* at least, between two of the crowd */
#define GAP_VARIES_MS 60000
#define CHATS_MAX     2 /* with so many nobody begins to write by SMS, too */
#define AGAIN_S       2
#define TRIES         10

struct _DemoTexts
{
  GPtrArray *people;
  DemoChats *chats;
  char *centre, *secret, *ours; /* centre NULL: no SMS */
  DemoTextTold on_event;
  gpointer user_data;

  SoupServer *server;
  SoupSession *session;
  GCancellable *cancellable;
  GHashTable *texts; /* number of a customer → DemoText, which frees itself */
  guint last, sent;
  char *run; /* tells messages of this run from those of another */
  guint turn;
  gboolean started;
  guint next; /* timeout */
};

static void plan_next (DemoTexts *self, guint ms);

/* --- to the centre ---------------------------------------------------------------------------- */

/* What is on its way. */
typedef struct
{
  DemoTexts *self;
  char *url, *form; /* form NULL: it is asked for */
  guint tries;
  guint source;
  GCancellable *cancellable;
} Handing;

static gboolean hand (gpointer user_data);

static void
handing_free (Handing *handing)
{
  g_free (handing->url);
  g_free (handing->form);
  g_object_unref (handing->cancellable);
  g_free (handing);
}

static gboolean
on_again (gpointer user_data)
{
  Handing *handing = user_data;

  if (g_cancellable_is_cancelled (handing->cancellable))
    handing_free (handing);
  else
    hand (handing);
  return G_SOURCE_REMOVE;
}

static void
on_handed (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Handing *handing = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (session), result);
  guint status = soup_message_get_status (message);
  g_autoptr (GBytes) answer =
      soup_session_send_and_read_finish (SOUP_SESSION (session), result, NULL);

  if (g_cancellable_is_cancelled (handing->cancellable))
    handing_free (handing);
  else if ((answer == NULL || status == 503 || status == 429) && handing->tries < TRIES)
    g_timeout_add_seconds (AGAIN_S, on_again, handing);
  else
    {
      if (answer == NULL || status != 200)
        base_log (BASE_LOG_WARNING, "sms", "not_handed_over", NULL);
      handing_free (handing);
    }
}

static gboolean
hand (gpointer user_data)
{
  Handing *handing = user_data;
  DemoTexts *self = handing->self;
  g_autoptr (SoupMessage) message =
      soup_message_new (handing->form != NULL ? "POST" : "GET", handing->url);

  handing->tries++;
  if (message == NULL)
    {
      handing_free (handing);
      return G_SOURCE_REMOVE;
    }
  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Guichet-Secret",
                                self->secret);
  if (handing->form != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (handing->form, strlen (handing->form));

      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
    }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT,
                                    handing->cancellable, on_handed, handing);
  return G_SOURCE_REMOVE;
}

/* Takes both. */
static void
hand_over (DemoTexts *self, char *url, char *form)
{
  Handing *handing = g_new0 (Handing, 1);

  handing->self = self;
  handing->url = url;
  handing->form = form;
  handing->cancellable = g_object_ref (self->cancellable);
  hand (handing);
}

/* DemoTextWorld.send */
static void
send_text (const DemoPerson *person, const char *text, gpointer user_data)
{
  DemoTexts *self = user_data;
  g_autofree char *id = g_strdup_printf ("%s-%u", self->run, ++self->sent);

  hand_over (
      self, g_strdup (self->centre),
      soup_form_encode ("from", person->number, "to", self->ours, "text", text, "id", id, NULL));
}

/* --- from the centre -------------------------------------------------------------------------- */

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  DemoTexts *self = user_data;
  const SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *form = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  g_autoptr (GHashTable) fields = soup_form_decode (form);
  const char *to = g_hash_table_lookup (fields, "to");
  const char *text = g_hash_table_lookup (fields, "text");
  const char *report = g_hash_table_lookup (fields, "report");
  DemoText *writer = to != NULL ? g_hash_table_lookup (self->texts, to) : NULL;

  if (to == NULL || text == NULL)
    {
      soup_server_message_set_status (message, 400, NULL);
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  if (report != NULL && *report != '\0')
    hand_over (self, g_strconcat (report, "&state=delivered", NULL), NULL);
  if (writer != NULL)
    demo_text_said (writer, text);
}

/* --- who writes ------------------------------------------------------------------------------- */

static void
plan_after_pause (DemoTexts *self)
{
  plan_next (self, GAP_MS + (guint) g_random_int_range (0, GAP_VARIES_MS));
}

/* DemoTextWorld.told */
static void
on_told (DemoText *text, const char *event, const char *key, const char *value, gpointer user_data)
{
  DemoTexts *self = user_data;

  self->on_event (text, event, key, value, self->user_data);
  if (g_str_equal (event, "ended"))
    g_hash_table_remove (self->texts, demo_text_get_person (text)->number);
}

gboolean
demo_texts_begin (DemoTexts *self, const DemoPerson *person)
{
  static const DemoTextWorld world = { send_text, on_told };
  DemoText *text;

  if (self->centre == NULL || person->talk == NULL ||
      g_hash_table_contains (self->texts, person->number))
    return FALSE;
  text = demo_text_new (++self->last, person, &world, self);
  g_hash_table_insert (self->texts, person->number, text);
  on_told (text, "begins", NULL, NULL, self);
  return TRUE;
}

/* NULL: it is not anybody's turn. */
static const DemoPerson *
next_person (DemoTexts *self)
{
  if (g_hash_table_size (self->texts) > 0 || demo_chats_count (self->chats) >= CHATS_MAX)
    return NULL;
  for (guint i = 0; i < self->people->len; i++)
    {
      const DemoPerson *person = g_ptr_array_index (self->people, self->turn++ % self->people->len);

      if (person->talk != NULL && !demo_chats_has (self->chats, person))
        return person;
    }
  return NULL;
}

static gboolean
on_next (gpointer user_data)
{
  DemoTexts *self = user_data;
  const DemoPerson *person = next_person (self);

  self->next = 0;
  if (person != NULL)
    demo_texts_begin (self, person);
  plan_after_pause (self);
  return G_SOURCE_REMOVE;
}

static void
plan_next (DemoTexts *self, guint ms)
{
  if (self->next == 0)
    self->next = g_timeout_add (ms, on_next, self);
}

void
demo_texts_start (DemoTexts *self)
{
  const char *first = g_getenv ("GUICHET_DEMO_FIRST_SMS_MS"); /* a test does not wait */

  if (self->centre == NULL || self->started)
    return;
  self->started = TRUE;
  self->turn = (guint) g_random_int_range (0, (int) self->people->len);
  plan_next (self, first != NULL ? (guint) g_ascii_strtoull (first, NULL, 10) : FIRST_MS);
}

/* --- life ------------------------------------------------------------------------------------- */

static gboolean
listen_on (DemoTexts *self, int listener, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (listener, error);

  self->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (self->server, "/", on_request, self, NULL);

  return socket != NULL && soup_server_listen_socket (self->server, socket, 0, error);
}

DemoTexts *
demo_texts_new (GPtrArray *people,
                const DemoTextsConfig *config,
                DemoChats *chats,
                DemoTextTold on_event,
                gpointer user_data,
                GError **error)
{
  DemoTexts *self = g_new0 (DemoTexts, 1);

  self->people = g_ptr_array_ref (people);
  self->chats = chats;
  self->on_event = on_event;
  self->user_data = user_data;
  self->texts = g_hash_table_new (g_str_hash, g_str_equal);
  self->run = g_uuid_string_random ();
  self->session = soup_session_new ();
  self->cancellable = g_cancellable_new ();
  if (config == NULL)
    return self;
  self->centre = g_strdup (config->centre);
  self->secret = g_strdup (config->secret);
  self->ours = g_strdup (config->number);
  if (!listen_on (self, config->listener, error))
    g_clear_pointer (&self, demo_texts_free);
  return self;
}

void
demo_texts_free (DemoTexts *self)
{
  GHashTableIter iter;
  gpointer text;

  g_clear_handle_id (&self->next, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    demo_text_free (text);
  g_hash_table_unref (self->texts);
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->people);
  g_free (self->centre);
  g_free (self->secret);
  g_free (self->ours);
  g_free (self->run);
  g_free (self);
}
