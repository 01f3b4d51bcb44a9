/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small centre for tests. Owns a SoupServer on loopback, one stream, the stored events and a
 * script of odd answers. */
#include "fake-centre-parts.h"

static void
odd_free (Odd *odd)
{
  g_free (odd->method);
  g_free (odd->path_end);
  g_free (odd->body);
  g_free (odd);
}

void
fake_centre_answer (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message,
                                    status < 400 ? "application/json" : "application/problem+json",
                                    SOUP_MEMORY_COPY, body, strlen (body));
}

void
fake_centre_now_text (char buffer[BASE_TIME_TEXT_SIZE])
{
  base_time_write (g_get_real_time () / 1000, buffer);
}

static char *
desk_text (FakeCentre *self)
{
  GString *text = g_string_new (NULL);
  char now[BASE_TIME_TEXT_SIZE];
  GHashTableIter iter;
  gpointer name, json;

  fake_centre_now_text (now);
  g_string_printf (text,
                   "{\"cursor\":\"c%" G_GINT64_FORMAT "\",\"epoch\":\"" EPOCH
                   "\",\"seq\":%" G_GINT64_FORMAT ",\"server_time\":\"%s\"",
                   self->seq, self->seq, now);
  g_hash_table_iter_init (&iter, self->desk);
  while (g_hash_table_iter_next (&iter, &name, &json))
    g_string_append_printf (text, ",\"%s\":%s", (char *) name, (char *) json);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static char *
sip_text (FakeCentre *self)
{
  if (!self->sip)
    return g_strdup ("null");
  return g_strdup_printf (
      "{\"uri\":\"sip:ana@centre.test\",\"registrar\":\"sip:127.0.0.1:5070\",\"user\":\"ana\","
      "\"password\":\"pw\",\"transport\":\"udp\",\"srtp\":\"optional\"%s}",
      self->sip_more != NULL ? self->sip_more : "");
}

static char *
session_text (FakeCentre *self, gboolean secrets)
{
  g_autofree char *sip = sip_text (self);
  const char *station = g_hash_table_lookup (self->desk, "station");
  char now[BASE_TIME_TEXT_SIZE];

  fake_centre_now_text (now);
  return g_strdup_printf ("{\"session\":\"s1\"%s,\"agent\":%s,\"sip\":%s,\"station\":%s,"
                          "\"server_time\":\"%s\","
                          "\"centre\":{\"id\":\"centre\",\"names\":{\"en\":\"Test "
                          "Centre\"}},\"limits\":{\"note\":4000}}",
                          secrets ? ",\"token\":\"" FAKE_CENTRE_TOKEN "\"" : "",
                          (char *) g_hash_table_lookup (self->desk, "agent"), sip,
                          station != NULL ? station : "null", now);
}

static Odd *
take_odd (FakeCentre *self, const char *method, const char *path)
{
  for (GList *at = self->odds.head; at != NULL; at = at->next)
    {
      Odd *odd = at->data;
      if (g_str_equal (odd->method, method) && g_str_has_suffix (path, odd->path_end))
        {
          g_queue_delete_link (&self->odds, at);
          return odd;
        }
    }
  return NULL;
}

static char *
usual_answer (FakeCentre *self, const char *method, const char *path, guint *status)
{
  *status = 200;
  if (g_str_equal (path, "/v1/sessions"))
    {
      *status = 201;
      return session_text (self, TRUE);
    }
  if (g_str_equal (path, "/v1/session") && g_str_equal (method, "GET"))
    return session_text (self, FALSE);
  if (g_str_has_suffix (path, "/reveal"))
    return g_strdup ("{\"seq\":1,\"cursor\":\"c1\",\"value\":\"4929 1234\"}");
  if (g_str_has_prefix (path, "/v1/customers") && !g_str_equal (method, "GET"))
    return g_strdup ("{\"seq\":1,\"cursor\":\"c1\",\"customer\":{\"id\":\"p1\",\"name\":\"Ivan\","
                     "\"numbers\":[\"+359888\"],"
                     "\"revision\":2}}");
  if (g_str_has_suffix (path, "/history"))
    return g_strdup ("{\"interactions\":[]}");
  if (g_str_has_prefix (path, "/v1/customers/"))
    return g_strdup ("{\"customer\":{\"id\":\"p1\",\"name\":\"Ivan\",\"numbers\":[\"+359888\"],"
                     "\"addresses\":[{\"channel\":\"email\",\"address\":\"ivan@example.com\"}],"
                     "\"revision\":1}}");
  if (g_str_has_prefix (path, "/v1/customers"))
    return g_strdup ("{\"customers\":[{\"id\":\"p1\",\"name\":\"Ivan\",\"numbers\":[\"+359888\"],"
                     "\"revision\":1}]}");
  if (g_str_equal (path, "/v1/colleagues"))
    return g_strdup_printf ("{\"teams\":[{\"id\":\"t1\",\"names\":{\"en\":\"Counter\"}}],"
                            "\"colleagues\":%s}",
                            (char *) g_hash_table_lookup (self->desk, "colleagues"));
  if (g_str_equal (path, "/v1/directory"))
    return g_strdup (
        "{\"total\":3,\"complete\":true,\"items\":[{\"kind\":\"agent\",\"id\":\"bob\",\"name\":"
        "\"Bob\",\"numbers\":[],\"presence\":{\"presence\":\"on_break\",\"reason\":\"lunch\","
        "\"since\":"
        "null},\"favourite\":true,\"used\":null,\"actions\":{\"im\":\"allowed\",\"consult\":"
        "\"allowed\","
        "\"conference\":\"allowed\",\"transfer\":\"agent_busy\"}},{\"kind\":\"queue\",\"id\":"
        "\"q1\","
        "\"names\":{\"en\":\"Billing\"},\"free\":1,\"of\":2,\"waiting\":3,\"channel\":\"voice\","
        "\"favourite\":false,\"used\":null,\"actions\":{\"consult\":\"allowed\",\"conference\":"
        "\"allowed\","
        "\"transfer\":\"closed\"}},{\"kind\":\"speed_dial\",\"id\":\"_1\",\"name\":\"Taxi\","
        "\"own\":true,"
        "\"numbers\":[\"+359291119\"],\"favourite\":false,\"used\":null,\"actions\":{\"call\":"
        "\"allowed\","
        "\"consult\":\"allowed\",\"conference\":\"allowed\",\"transfer\":\"allowed\"}}]}");
  if (g_str_equal (path, "/v1/canned-replies") && g_str_equal (method, "GET"))
    return g_strdup_printf ("{\"epoch\":\"" EPOCH "\",\"since\":0,\"version\":%" G_GINT64_FORMAT
                            ",\"canned_replies\":%s,\"deleted\":[]}",
                            self->seq, (char *) g_hash_table_lookup (self->desk, "canned_replies"));
  if (g_str_equal (path, "/v1/notices") && g_str_equal (method, "GET"))
    return g_strdup_printf ("{\"notices\":%s}",
                            (char *) g_hash_table_lookup (self->desk, "notices"));
  if (g_str_equal (path, "/v1/voicemail") && g_str_equal (method, "GET"))
    return g_strdup_printf ("{\"boxes\":[],\"voicemails\":%s}",
                            (char *) g_hash_table_lookup (self->desk, "voicemails"));
  if (g_str_equal (path, "/v1/clips") && g_str_equal (method, "GET"))
    return g_strdup_printf ("{\"version\":%" G_GINT64_FORMAT ",\"clips\":%s}", self->seq,
                            (char *) g_hash_table_lookup (self->desk, "clips"));
  if (g_str_equal (path, "/v1/recent"))
    return g_strdup (
        "{\"recent\":[{\"interaction\":\"i0\",\"kind\":\"handled\",\"reason\":\"\",\"at\":"
        "\"2026-01-01T00:00:00.000Z\",\"queue\":\"q1\",\"customer\":{\"number\":\"+1\"},\"talk\":5}"
        "]}");
  return g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"cursor\":\"c%" G_GINT64_FORMAT
                          "\",\"revision\":%" G_GINT64_FORMAT "}",
                          self->seq, self->seq, ++self->revision);
}

static void
note_request (FakeCentre *self, SoupServerMessage *message, const char *path)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  g_ptr_array_add (self->requests,
                   g_strdup_printf ("%s %s%s%s %.*s", soup_server_message_get_method (message),
                                    path, query != NULL ? "?" : "", query != NULL ? query : "",
                                    (int) body->length, body->length > 0 ? body->data : ""));
}

static void
lose (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* Whoever asked waits no longer. */
static void
on_request_aborted (FakeCentre *self, SoupServerMessage *message)
{
  if (g_queue_remove (&self->held, message))
    g_object_unref (message);
}

/* GET of a conversation, POST to an interaction. */
static char *
chat_answer (FakeCentre *self, SoupServerMessage *message, const char *path, GHashTable *query)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autofree char *text = g_strndup (body->data, (gsize) body->length);

  if (!g_str_has_suffix (path, "/messages") || g_strv_length (parts) != 5)
    return NULL;
  return g_str_equal (parts[2], "conversations") ? fake_centre_page (self, query)
                                                 : fake_centre_add_message (self, parts[3], text);
}

static void
on_command (FakeCentre *self, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *method = soup_server_message_get_method (message);
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                  "Idempotency-Key");
  Odd *odd = take_odd (self, method, path);
  const char *before = key != NULL ? g_hash_table_lookup (self->keys, key) : NULL;
  g_autofree char *text = NULL;
  guint status = 200;

  if (before != NULL)
    {
      self->repeated++;
      fake_centre_answer (message, 200, before);
      g_clear_pointer (&odd, odd_free);
      return;
    }
  note_request (self, message, path);
  if (odd != NULL && odd->status != 0)
    {
      fake_centre_answer (message, odd->status, odd->body);
      odd_free (odd);
      return;
    }
  text = chat_answer (self, message, path, query);
  if (text == NULL)
    text = usual_answer (self, method, path, &status);
  if (key != NULL)
    g_hash_table_insert (self->keys, g_strdup (key), g_strdup (text));
  fake_centre_answer (message, status, text);
  if (odd != NULL && odd->lose)
    lose (message);
  else if (odd != NULL && odd->hold)
    {
      soup_server_message_pause (message);
      g_queue_push_tail (&self->held, g_object_ref (message));
    }
  g_clear_pointer (&odd, odd_free);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  FakeCentre *self = user_data;
  const char *bearer = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *text = NULL;

  if (!g_str_equal (path, "/v1/sessions") && g_strcmp0 (bearer, "Bearer " FAKE_CENTRE_TOKEN) != 0)
    fake_centre_answer (message, 401,
                        "{\"type\":\"urn:guichet:error:not_signed_in\",\"status\":401}");
  else if (g_str_equal (path, "/v1/desk"))
    {
      Odd *odd = take_odd (self, "GET", path);
      self->snapshots++;
      text = desk_text (self);
      fake_centre_answer (message, odd != NULL ? odd->status : 200, odd != NULL ? odd->body : text);
      g_clear_pointer (&odd, odd_free);
    }
  else
    on_command (self, message, path, query);
}

guint
fake_centre_count_snapshots (FakeCentre *self)
{
  return self->snapshots;
}

void
fake_centre_set_desk (FakeCentre *self, const char *member, const char *json)
{
  g_hash_table_insert (self->desk, g_strdup (member), g_strdup (json));
}

void
fake_centre_set_sip (FakeCentre *self, gboolean sip)
{
  self->sip = sip;
}

void
fake_centre_set_sip_more (FakeCentre *self, const char *members)
{
  g_free (self->sip_more);
  self->sip_more = g_strdup (members);
}

static Odd *
add_odd (FakeCentre *self, const char *method, const char *path_end)
{
  Odd *odd = g_new0 (Odd, 1);

  odd->method = g_strdup (method);
  odd->path_end = g_strdup (path_end);
  g_queue_push_tail (&self->odds, odd);
  return odd;
}

void
fake_centre_answer_next (FakeCentre *self,
                         const char *method,
                         const char *path_end,
                         guint status,
                         const char *body)
{
  Odd *odd = add_odd (self, method, path_end);

  odd->status = status;
  odd->body = g_strdup (body);
}

void
fake_centre_lose_next_answer (FakeCentre *self, const char *method, const char *path_end)
{
  add_odd (self, method, path_end)->lose = TRUE;
}

void
fake_centre_hold_next (FakeCentre *self, const char *method, const char *path_end)
{
  add_odd (self, method, path_end)->hold = TRUE;
}

guint
fake_centre_count_held (FakeCentre *self)
{
  return self->held.length;
}

void
fake_centre_release (FakeCentre *self)
{
  SoupServerMessage *message;

  while ((message = g_queue_pop_head (&self->held)) != NULL)
    {
      soup_server_message_unpause (message);
      g_object_unref (message);
    }
}

guint
fake_centre_count (FakeCentre *self, const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += g_str_has_prefix (self->requests->pdata[i], prefix) ? 1 : 0;
  return n;
}

const char *
fake_centre_last (FakeCentre *self, const char *prefix)
{
  for (guint i = self->requests->len; i > 0; i--)
    if (g_str_has_prefix (self->requests->pdata[i - 1], prefix))
      return self->requests->pdata[i - 1];
  return "";
}

void
fake_centre_clear (FakeCentre *self)
{
  g_ptr_array_set_size (self->requests, 0);
}

guint
fake_centre_count_repeated (FakeCentre *self)
{
  return self->repeated;
}

const char *
fake_centre_url (FakeCentre *self)
{
  return self->url;
}

/*
 * libsoup's server warns of a client that went before its first request was read, and from 3.4 on
 * misuses itself once where a handshake failed: no faults of ours.
 */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return strstr (message, "could not get remote address") == NULL &&
         strstr (message, "soup_server_connection_disconnect: assertion") == NULL;
}

/* Nobody else gets the port while the centre is away: who connects to somewhere would, too. */
static void
take_place (FakeCentre *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;

  self->place =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->place, wanted, TRUE, &error));
  given = g_socket_get_local_address (self->place, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
}

void
fake_centre_listen (FakeCentre *self)
{
  g_autoptr (GError) error = NULL;

  if (self->place == NULL)
    take_place (self);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  self->server = soup_server_new ("server-header", "fake", NULL);
  g_signal_connect_swapped (self->server, "request-aborted", G_CALLBACK (on_request_aborted), self);
  soup_server_add_handler (self->server, "/", on_request, self, NULL);
  soup_server_add_early_handler (self->server, "/v1/events", fake_centre_on_early, self, NULL);
  soup_server_add_websocket_handler (self->server, "/v1/events", NULL, NULL, fake_centre_on_stream,
                                     self, NULL);
  soup_server_set_tls_certificate (self->server, self->certificate);
  soup_server_listen_local (self->server, self->port,
                            SOUP_SERVER_LISTEN_IPV4_ONLY |
                                (self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0),
                            &error);
  g_assert_no_error (error);
  g_free (self->url);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", self->certificate != NULL ? "https" : "http",
                               self->port);
}

void
fake_centre_listen_tls (FakeCentre *self, GTlsCertificate *certificate)
{
  fake_centre_stop_listening (self);
  g_set_object (&self->certificate, certificate);
  g_clear_object (&self->place);
  fake_centre_listen (self);
}

void
fake_centre_stop_listening (FakeCentre *self)
{
  fake_centre_drop (self);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

FakeCentre *
fake_centre_new (void)
{
  FakeCentre *self = g_new0 (FakeCentre, 1);

  self->events = g_ptr_array_new_with_free_func (g_free);
  self->event_seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->desk = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->seq = 10;
  self->revision = 100;
  fake_centre_set_desk (self, "agent",
                        "{\"id\":\"ana\",\"name\":\"Ana "
                        "Petrova\",\"team\":\"t1\",\"role\":\"agent\",\"languages\":[\"bg\"],"
                        "\"slots\":{\"voice\":1}}");
  fake_centre_set_desk (self, "state",
                        "{\"state\":\"idle\",\"reason\":\"lunch\",\"since\":\"2026-01-01T00:00:00."
                        "000Z\",\"next\":null}");
  fake_centre_set_desk (self, "memberships", "[{\"queue\":\"q1\",\"state\":\"ready\"}]");
  fake_centre_set_desk (self, "offers", "[]");
  fake_centre_set_desk (self, "interactions", "[]");
  fake_centre_set_desk (self, "recent", "[]");
  fake_centre_set_desk (self, "colleagues", "[]");
  fake_centre_set_desk (self, "canned_replies", "[]");
  fake_centre_set_desk (self, "clips", "[]");
  fake_centre_set_desk (self, "notices", "[]");
  fake_centre_set_desk (self, "voicemails", "[]");
  fake_centre_set_desk (self, "messages", "[]");
  fake_centre_set_desk (self, "queues",
                        "[{\"id\":\"q1\",\"names\":{\"en\":\"Billing\"},\"channel\":\"voice\","
                        "\"disposition_required\":true,"
                        "\"wrap_up\":30,\"waiting\":2}]");
  fake_centre_set_desk (self, "reasons",
                        "[{\"id\":\"lunch\",\"names\":{\"en\":\"Lunch\"},\"kind\":\"idle\"}]");
  fake_centre_set_desk (self, "dispositions",
                        "[{\"id\":\"solved\",\"names\":{\"en\":\"Solved\"}},{\"id\":\"other\","
                        "\"names\":{\"en\":\"Other\"},"
                        "\"queues\":[\"q9\"]}]");
  fake_centre_set_desk (self, "tags", "[{\"id\":\"angry\",\"names\":{\"en\":\"Angry\"}}]");
  fake_centre_set_desk (self, "variables",
                        "[{\"id\":\"ref\",\"names\":{\"en\":\"Reference\"},\"type\":\"text\","
                        "\"editable\":true,\"secure\":false,"
                        "\"on_card\":1},{\"id\":\"card\",\"names\":{\"en\":\"Card\"},\"type\":"
                        "\"text\",\"editable\":true,"
                        "\"secure\":true,\"on_card\":0}]");
  fake_centre_set_desk (self, "settings",
                        "{\"mask_numbers\":false,\"confirm_end\":true,\"auto_accept\":\"off\","
                        "\"wipe_cache_at_sign_out\":false}");
  fake_centre_listen (self);
  fake_centre_set_heartbeat (self, 100);
  return self;
}

void
fake_centre_free (FakeCentre *self)
{
  Odd *odd;

  fake_centre_set_heartbeat (self, 0);
  fake_centre_release (self);
  if (self->server != NULL)
    fake_centre_stop_listening (self);
  while ((odd = g_queue_pop_head (&self->odds)) != NULL)
    odd_free (odd);
  g_ptr_array_unref (self->events);
  g_array_unref (self->event_seqs);
  g_hash_table_unref (self->desk);
  g_ptr_array_unref (self->requests);
  g_hash_table_unref (self->keys);
  g_clear_object (&self->certificate);
  g_clear_object (&self->place);
  g_free (self->url);
  g_free (self->sip_more);
  g_free (self);
}
