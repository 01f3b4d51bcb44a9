/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands to a mailbox and the answers. The thread of its reader. */
#include "server/channels/email/imap.h"

#include <curl/curl.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

#define CONNECT_SECONDS 30
#define ANSWER_SECONDS  60
#define SMALL_MAX       (64 * 1024) /* a literal that nobody asked for */
#define UIDS_MAX        10000       /* of one search; the others follow in the next */
#define POLL_SECONDS    30          /* without IDLE */

struct _Imap
{
  CURL *curl;
  curl_socket_t socket;
  int wake;
  GByteArray *buffer;
  gsize literal_max;
  guint tag;
  gboolean no_idle;
  gboolean fresh; /* mails came since the last search began */
};

/* --- bytes ------------------------------------------------------------------------------------ */

/* FALSE without error at the deadline. */
static gboolean
wait_for (Imap *self, short events, gint64 deadline, GError **error)
{
  struct pollfd fds[] = { { self->socket, events, 0 }, { self->wake, POLLIN, 0 } };
  gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
  int got;

  if (left <= 0)
    return FALSE;
  do
    got = poll (fds, 2, (int) MIN (left, G_MAXINT));
  while (got < 0 && errno == EINTR);
  if (got > 0 && fds[1].revents != 0)
    return g_set_error (error, IMAP_ERROR, IMAP_ERROR_STOPPED, "stopped"), FALSE;

  return got > 0;
}

static gboolean
say (Imap *self, const char *text, GError **error)
{
  gsize length = strlen (text);
  gint64 deadline = g_get_monotonic_time () + ANSWER_SECONDS * G_USEC_PER_SEC;

  while (length > 0)
    {
      gsize sent = 0;
      CURLcode code = curl_easy_send (self->curl, text, length, &sent);

      if (code != CURLE_OK && code != CURLE_AGAIN)
        return g_set_error (error, IMAP_ERROR, IMAP_ERROR_CLOSED, "connection lost"), FALSE;
      text += sent;
      length -= sent;
      if (code == CURLE_AGAIN && !wait_for (self, POLLOUT, deadline, error))
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, IMAP_ERROR, IMAP_ERROR_DEADLINE, "no answer");
          return FALSE;
        }
    }

  return TRUE;
}

/* The next response; NULL without error at the deadline. */
static ImapResponse *
listen_until (Imap *self, gint64 deadline, GError **error)
{
  for (;;)
    {
      GError *reason = NULL;
      ImapResponse *response = imap_response_take (self->buffer, self->literal_max, &reason);
      guint8 bytes[16384];
      gsize got = 0;
      CURLcode code;

      if (response != NULL)
        return response;
      if (reason != NULL)
        return g_propagate_error (error, reason), NULL;
      code = curl_easy_recv (self->curl, bytes, sizeof bytes, &got);
      if (code == CURLE_OK && got > 0)
        g_byte_array_append (self->buffer, bytes, (guint) got);
      else if (code != CURLE_AGAIN)
        return g_set_error (error, IMAP_ERROR, IMAP_ERROR_CLOSED, "connection lost"), NULL;
      else if (!wait_for (self, POLLIN, deadline, &reason))
        {
          if (reason != NULL)
            g_propagate_error (error, reason);
          return NULL;
        }
    }
}

static ImapResponse *
next_response (Imap *self, GError **error)
{
  GError *reason = NULL;
  ImapResponse *response =
      listen_until (self, g_get_monotonic_time () + ANSWER_SECONDS * G_USEC_PER_SEC, &reason);

  if (response == NULL && reason == NULL)
    g_set_error (error, IMAP_ERROR, IMAP_ERROR_DEADLINE, "no answer");
  else if (reason != NULL)
    g_propagate_error (error, reason);

  return response;
}

/* --- commands --------------------------------------------------------------------------------- */

typedef void (*ImapFunc) (const ImapResponse *response, gpointer user_data);

static void
note_exists (Imap *self, const ImapResponse *response)
{
  guint32 number;

  if (imap_response_number (response, "EXISTS", &number))
    self->fresh = TRUE;
}

/* Tells @func of each response but the last. */
static gboolean
command (Imap *self, const char *words, ImapFunc func, gpointer user_data, GError **error)
{
  g_autofree char *tag = g_strdup_printf ("g%u", ++self->tag);
  g_autofree char *text = g_strconcat (tag, " ", words, "\r\n", NULL);

  if (!say (self, text, error))
    return FALSE;
  for (;;)
    {
      g_autoptr (ImapResponse) response = next_response (self, error);

      if (response == NULL)
        return FALSE;
      if (imap_response_is_answer (response, tag))
        return imap_response_is_ok (response, tag, error);
      note_exists (self, response);
      if (func != NULL)
        func (response, user_data);
    }
}

static char *
quote (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      if (!g_ascii_iscntrl (*p))
        g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static void
on_select (const ImapResponse *response, gpointer user_data)
{
  ImapFolder *folder = user_data;
  guint32 number;

  if (imap_response_code (response, "UIDVALIDITY", &number))
    folder->validity = number;
  else if (imap_response_code (response, "UIDNEXT", &number))
    folder->next = number;
}

static gboolean
select_folder (Imap *self, const char *name, ImapFolder *folder, GError **error)
{
  g_autofree char *quoted = quote (name);
  g_autofree char *words = g_strconcat ("SELECT ", quoted, NULL);

  *folder = (ImapFolder){ 0, 0 };

  return command (self, words, on_select, folder, error);
}

static int
on_progress (void *data, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
  struct pollfd fd = { *(int *) data, POLLIN, 0 };

  return poll (&fd, 1, 0) > 0;
}

static gboolean
connect_to (Imap *self, const ImapPlace *place, GError **error)
{
  CURLcode code;

  curl_easy_setopt (self->curl, CURLOPT_URL, place->url);
  curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
  curl_easy_setopt (self->curl, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->curl, CURLOPT_PROXY, "");
  curl_easy_setopt (self->curl, CURLOPT_USERNAME, place->user);
  curl_easy_setopt (self->curl, CURLOPT_PASSWORD, place->password);
  curl_easy_setopt (self->curl, CURLOPT_USE_SSL,
                    (long) (place->plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (place->ca != NULL)
    curl_easy_setopt (self->curl, CURLOPT_CAINFO, place->ca);
  curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_SECONDS);
  curl_easy_setopt (self->curl, CURLOPT_TIMEOUT, (long) ANSWER_SECONDS);
  curl_easy_setopt (self->curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (self->curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFODATA, &self->wake);
  code = curl_easy_perform (self->curl);
  if (code == CURLE_OK &&
      curl_easy_getinfo (self->curl, CURLINFO_ACTIVESOCKET, &self->socket) == CURLE_OK &&
      self->socket != CURL_SOCKET_BAD)
    return TRUE;
  g_set_error (error, IMAP_ERROR,
               code == CURLE_LOGIN_DENIED          ? IMAP_ERROR_LOGIN
               : code == CURLE_ABORTED_BY_CALLBACK ? IMAP_ERROR_STOPPED
               : code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_USE_SSL_FAILED ||
                       code == CURLE_SSL_CONNECT_ERROR || code == CURLE_SSL_CACERT_BADFILE
                   ? IMAP_ERROR_TLS
                   : IMAP_ERROR_CLOSED,
               "%s", curl_easy_strerror (code));

  return FALSE;
}

Imap *
imap_open (const ImapPlace *place, int wake, ImapFolder *folder, GError **error)
{
  g_autoptr (Imap) self = g_new0 (Imap, 1);

  self->curl = curl_easy_init ();
  self->wake = wake;
  self->buffer = g_byte_array_new ();
  self->literal_max = SMALL_MAX;
  if (!connect_to (self, place, error) || !select_folder (self, place->folder, folder, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
imap_close (Imap *self)
{
  curl_easy_cleanup (self->curl);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

/* --- what the reader asks --------------------------------------------------------------------- */

static void
on_search (const ImapResponse *response, gpointer user_data)
{
  imap_response_search (response, user_data, UIDS_MAX);
}

static gint
by_number (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;

  return first < second ? -1 : first > second;
}

GArray *
imap_search (Imap *self, const char *what, GError **error)
{
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *words = g_strconcat ("UID SEARCH ", what, NULL);

  self->fresh = FALSE;
  if (!command (self, words, on_search, uids, error))
    return NULL;
  g_array_sort (uids, by_number);

  return g_steal_pointer (&uids);
}

typedef struct
{
  guint32 uid;
  guint32 size;
  GBytes *body;
} Fetching;

static void
on_fetch (const ImapResponse *response, gpointer user_data)
{
  Fetching *fetching = user_data;
  guint32 uid, size;
  GBytes *body;

  if (!imap_response_fetch (response, &uid, &size, &body))
    return;
  if (uid == fetching->uid && size > 0)
    fetching->size = size;
  if (uid == fetching->uid && body != NULL && fetching->body == NULL)
    fetching->body = g_steal_pointer (&body);
  g_clear_pointer (&body, g_bytes_unref);
}

GBytes *
imap_fetch (Imap *self, guint32 uid, gsize max, gsize part, gboolean *whole, GError **error)
{
  Fetching fetching = { uid, 0, NULL };
  g_autofree char *ask = g_strdup_printf ("UID FETCH %u (UID RFC822.SIZE)", uid);
  g_autofree char *get = NULL;
  gboolean got;

  if (!command (self, ask, on_fetch, &fetching, error) || fetching.size == 0)
    return NULL;
  *whole = fetching.size <= max;
  get = *whole
            ? g_strdup_printf ("UID FETCH %u (UID BODY.PEEK[])", uid)
            : g_strdup_printf ("UID FETCH %u (UID BODY.PEEK[]<0.%" G_GSIZE_FORMAT ">)", uid, part);
  self->literal_max = (*whole ? max : part) + SMALL_MAX;
  got = command (self, get, on_fetch, &fetching, error);
  self->literal_max = SMALL_MAX;
  if (!got)
    g_clear_pointer (&fetching.body, g_bytes_unref);

  return fetching.body;
}

gboolean
imap_mark_seen (Imap *self, guint32 uid, GError **error)
{
  g_autofree char *words = g_strdup_printf ("UID STORE %u +FLAGS.SILENT (\\Seen)", uid);

  return command (self, words, NULL, NULL, error);
}

/* --- waiting ---------------------------------------------------------------------------------- */

/* What was said until the command ended, or FALSE. */
static gboolean
end_idle (Imap *self, const char *tag, GError **error)
{
  if (!say (self, "DONE\r\n", error))
    return FALSE;
  for (;;)
    {
      g_autoptr (ImapResponse) response = next_response (self, error);

      if (response == NULL)
        return FALSE;
      if (imap_response_is_answer (response, tag))
        return imap_response_is_ok (response, tag, error);
    }
}

static gboolean
idle (Imap *self, guint seconds, GError **error)
{
  g_autofree char *tag = g_strdup_printf ("g%u", ++self->tag);
  g_autofree char *text = g_strconcat (tag, " IDLE\r\n", NULL);
  gint64 deadline = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  if (!say (self, text, error))
    return FALSE;
  for (;;)
    {
      GError *reason = NULL;
      g_autoptr (ImapResponse) response = listen_until (self, deadline, &reason);
      guint32 number;

      if (reason != NULL)
        return g_propagate_error (error, reason), FALSE;
      if (response == NULL || imap_response_number (response, "EXISTS", &number))
        return end_idle (self, tag, error);
      if (imap_response_is_answer (response, tag))
        {
          self->no_idle = TRUE;
          return TRUE;
        }
      if (g_ascii_strncasecmp (response->line, "* BYE", 5) == 0)
        return g_set_error (error, IMAP_ERROR, IMAP_ERROR_CLOSED, "connection lost"), FALSE;
    }
}

gboolean
imap_wait (Imap *self, guint seconds, GError **error)
{
  GError *reason = NULL;

  if (self->fresh)
    return TRUE;
  if (!self->no_idle)
    return idle (self, seconds, error);
  wait_for (self, 0, g_get_monotonic_time () + MIN (seconds, POLL_SECONDS) * G_USEC_PER_SEC,
            &reason);
  if (reason != NULL)
    return g_propagate_error (error, reason), FALSE;

  return command (self, "NOOP", NULL, NULL, error);
}
